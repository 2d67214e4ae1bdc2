"""Who wrote it and as which line: journals, devices, lives, entry ids.

``journal = device * 256 + life``; ``(journal, seq)`` is an entry's id and the id of whatever it began.

Device numbers: 1 .. 0x3FFFFF are counters, 0x400000 is the province's journal ``common``, and
0x400000 + unit code is the province's journal of that unit. The practice unit 00000 would fall on
``common`` itself, so it takes 0x400000 + 100000, which no five-digit unit code can reach.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from msgspec import Meta

MAX_COUNTER_DEVICE = 0x3FFFFF
COMMON_DEVICE = 0x400000
MAX_DEVICE = COMMON_DEVICE + 100_000
PRACTICE_UNIT = "00000"
FIRST_LIFE = 1
MAX_LIFE = 255
MAX_JOURNAL = 2**31 - 1
MAX_SEQ = 2**32 - 1

Journal = Annotated[int, Meta(ge=1, le=MAX_JOURNAL)]
Seq = Annotated[int, Meta(ge=1, le=MAX_SEQ)]


class EntryId(NamedTuple):
    """Position of an entry, and the name of what it began; on the wire a MessagePack array of two integers.

    Ids with journal 0 are place-holders inside one batch of drafts (``SELF``, ``pending``) and never travel:
    decoding one is refused.
    """

    journal: Journal
    seq: Seq

    @property
    def key(self) -> int:
        """The id as one integer of at most 63 bits, for database columns; keeps the order (journal, seq)."""
        return self.journal << 32 | self.seq

    @classmethod
    def from_key(cls, key: int) -> EntryId:
        """The id that ``key`` made."""
        return cls(key >> 32, key & MAX_SEQ)

    @property
    def is_placeholder(self) -> bool:
        """True for ``SELF`` and ``pending(i)``, which only an append may turn into real ids."""
        return self.journal == 0


SELF = EntryId(0, 0)
"""The draft that carries it."""


def pending(number: int) -> EntryId:
    """Place-holder for the ``number``-th draft (from 1) of the same batch; resolved when the batch is
    appended.

    Raises ValueError below 1.
    """
    if number < 1:
        raise ValueError("drafts of a batch are counted from 1")
    return EntryId(0, number)


def journal_of(device: int, life: int) -> int:
    """Number of the journal that ``device`` writes in its ``life``-th life (1 .. 255).

    Raises ValueError when either is out of range.
    """
    if not 1 <= device <= MAX_DEVICE:
        raise ValueError(f"no such device number: {device}")
    if not FIRST_LIFE <= life <= MAX_LIFE:
        raise ValueError(f"lives run from 1 to 255: {life}")
    return device * 256 + life


def device_of(journal: int) -> int:
    """Device (counter or province) whose journal this is."""
    return journal >> 8


def life_of(journal: int) -> int:
    """Which life of its device this journal is; a restored device (or hub) writes in the next one."""
    return journal & 0xFF


def unit_device(unit: str) -> int:
    """Device number of the province's journal of ``unit`` (five digits; the practice unit is 00000).

    Raises ValueError unless the code is five ASCII digits.
    """
    if len(unit) != 5 or not (unit.isascii() and unit.isdigit()):
        raise ValueError(f"a unit code is five digits: {unit!r}")
    return COMMON_DEVICE + (100_000 if unit == PRACTICE_UNIT else int(unit))


def unit_of_device(device: int) -> str | None:
    """Unit whose province journal ``device`` is; None for counters and for ``common``."""
    if not COMMON_DEVICE < device <= MAX_DEVICE:
        return None
    return f"{(device - COMMON_DEVICE) % 100_000:05d}"


def common_journal(life: int = FIRST_LIFE) -> int:
    """The province's journal ``common``; ``life`` counts the hub's restores from 1."""
    return journal_of(COMMON_DEVICE, life)


def unit_journal(unit: str, life: int = FIRST_LIFE) -> int:
    """The province's journal of ``unit``; ``life`` counts the hub's restores from 1."""
    return journal_of(unit_device(unit), life)


def is_province(journal: int) -> bool:
    """True when the hub writes this journal (``common`` or that of a unit)."""
    return device_of(journal) >= COMMON_DEVICE
