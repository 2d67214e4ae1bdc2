"""Kinds of entry of the province's ``common`` journal, written by the administration command only."""

from __future__ import annotations

from ..field_types import Body, Code, Day, Text


class DataPut(Body):
    """A versioned data set (``fees``, ``calendar``, ``texts``, ``paper_kinds``) valid from a day.

    ``content`` is canonical JSON in the project's own format (at most 60,000 bytes).
    """

    name: Code
    valid_from: Day
    content: bytes
    source: Text
