"""What all papers share: whose paper it is, how it is marked, who signs it."""

from __future__ import annotations

import msgspec


class Letterhead(msgspec.Struct, frozen=True, kw_only=True):
    """The body that issues the paper, as its head shows it.

    ``superior`` is the line above (``UBND XÃ BÌNH LƯ``; empty when there is none), ``unit`` the issuing body
    in bold, ``place`` the name that stands before the date (``Bình Lư``).
    """

    superior: str
    unit: str
    place: str


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How this print differs from the first real one.

    ``practice``: printed in training, worthless. ``copy_number``: 1 for the first print, n for a reprint,
    which is marked ``Bản in lần n``.
    """

    practice: bool = False
    copy_number: int = 1

    def __post_init__(self) -> None:
        """Refuse a print number below 1."""
        if self.copy_number < 1:
            raise ValueError("prints are counted from 1")

    @property
    def reprint(self) -> str:
        """Return the words of the reprint mark, empty for the first print."""
        return f"Bản in lần {self.copy_number}" if self.copy_number > 1 else ""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A place to sign: role in capitals, hint under it, printed name (empty: left for ink)."""

    role: str
    name: str = ""
    hint: str = "(Ký và ghi rõ họ tên)"
