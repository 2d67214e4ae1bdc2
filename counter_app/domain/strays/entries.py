"""The kind that says which stray acts were dealt with, and what became of each."""

from __future__ import annotations

from counter_app.domain.field_types import Body, Code, Digest, Moment, Salt, Seal, Text
from sync.protocol.naming.ids import EntryId

TAKEN, LEFT = "taken", "left"
"""Written anew here; or left as it lies, since it was entered by hand or is not to be."""


class Origin(Body):
    """One stray entry: its place in the journal both branches claim, and the hash of its header.

    Its author and clock stand here, for the entry written anew bears those of whoever writes it. ``written``
    is the new entry, None for one that is not written anew: numbers, receipts, sealed acts.
    """

    entry: EntryId
    header: Digest
    at: Moment
    actor: EntryId | None
    written: EntryId | None


class StraysSettled(Body):
    """Two persons dealt with the stray acts of one case; sealed. Each origin counts once, by place and hash.

    Subjects: the case itself, and what was written anew.
    """

    outcome: Code
    origins: tuple[Origin, ...]
    words: Text
    salt: Salt
    second: EntryId
    second_seal: Seal
