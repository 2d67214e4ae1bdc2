"""The note that a PC leaves in the provisioning folder: this seat is taken. JSON, for people and programs.

It is a help, not a proof: nobody signs it, and a folder that was copied twice has two sets of notes. What
proves a double use is the opening of a journal, at the first meeting of any two PCs or with the hub.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import Line, UnitCode
from sync.protocol.refusals import Malformed, TooLarge

FOLDER = "da-dung"
SUFFIX = ".json"
MAX_BYTES = 2_048


class SeatNote(msgspec.Struct, frozen=True, gc=False):
    """Counter ``counter`` of ``unit`` is PC ``pc``, as ``journal``, since ``at`` (its clock, ms)."""

    unit: UnitCode
    counter: Annotated[int, Meta(ge=1, le=999)]
    name: Line
    journal: Annotated[int, Meta(ge=1, le=2**32)]
    at: Annotated[int, Meta(ge=0, le=2**47)]
    pc: Line = ""


def note_name(unit: str, counter: int) -> str:
    """The note's path below the provisioning folder."""
    return f"{FOLDER}/{unit}-{counter:03d}{SUFFIX}"


def write_note(note: SeatNote) -> bytes:
    """Its bytes, one line."""
    return msgspec.json.encode(note) + b"\n"


def read_note(data: bytes) -> SeatNote:
    """The note in ``data``, which anybody may have written. Raises TooLarge, Malformed."""
    if len(data) > MAX_BYTES:
        raise TooLarge("a note of a seat")
    try:
        return msgspec.json.decode(data, type=SeatNote)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Malformed("no note of a seat") from error
