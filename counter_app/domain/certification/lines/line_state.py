"""One line of a register of certifications, with every legal column (``law.md`` 4.5)."""

from __future__ import annotations

import msgspec

from sync.protocol.naming.ids import EntryId

OLD_BOOK = "Từ sổ cũ"
"""First words of column 8 of a line that the old book held when the office arrived."""


class Note(msgspec.Struct, frozen=True, gc=False):
    """One note of column 8 (Ghi chú), with its moment in ms and who wrote it."""

    at: int
    by: EntryId | None
    words: str


class Change(msgspec.Struct, frozen=True, gc=False):
    """An entry that changed what the book says of a numbered line; ``pasted``: its slip came out."""

    entry: EntryId
    at: int
    words: str
    pasted: bool = False


class SignedFile(msgspec.Struct, frozen=True, gc=False):
    """The signed file of an electronic copy: SHA-256 and bytes of the whole, of certificates SHA-256 alone.

    ``serial`` and ``signer`` are the signatory's certificate's; ``organisation`` is empty until it signed.
    """

    digest: bytes
    size: int
    certificate: bytes
    serial: str
    signer: str
    organisation: bytes = b""
    stamped: bool = False


class LineState(msgspec.Struct, frozen=True, gc=False):
    """A register line: born numbered, then signed or struck; annulled only by a Chairman's decision.

    ``state`` is ``numbered``, ``signed``, ``struck`` or ``annulled``; whether the copies were handed over is
    told by the request. ``settled_by`` signed or struck it; ``contested`` acts could not stand beside that
    and no person has settled them. ``original`` is the index in the request, moments are ms, money is dong.
    ``parties`` and ``born_remarks`` are what its numbering wrote into columns 3 and 8. ``changes`` are what
    came later: those that the bound pages of its month do not show are pasted in. ``term`` 0: the line stands
    in the old book that this register goes on from; it has no request and no lot.
    """

    id: EntryId
    request: EntryId
    register: EntryId
    lot: EntryId
    number: int
    book: int
    year: int
    term: int
    original: int
    day: int
    requester_name: str
    original_name: str
    signatory_line: str
    copies: int
    fee: int
    numbered_at: int
    numbered_by: EntryId | None
    state: str = "numbered"
    signed_at: int = 0
    signed_how: str = ""
    struck_at: int = 0
    reason: str = ""
    words: str = ""
    annulled_at: int = 0
    act_number: str = ""
    act_date: int = 0
    notes: tuple[Note, ...] = ()
    printed: tuple[tuple[str, int], ...] = ()
    settled_by: EntryId | None = None
    settled_at: int = 0
    contested: tuple[EntryId, ...] = ()
    parties: str = ""
    born_remarks: str = ""
    file: SignedFile | None = None
    changes: tuple[Change, ...] = ()

    @property
    def from_old_book(self) -> bool:
        """True for a line that paper held before this register began."""
        return self.term == 0

    @property
    def about(self) -> tuple[EntryId, ...]:
        """Subjects of an act on this line: itself, and its request where it has one."""
        return (self.id,) if self.request.is_placeholder else (self.id, self.request)

    @property
    def shown_number(self) -> str:
        """``1842/2026``, as written and searched."""
        return f"{self.number:02d}/{self.year}"

    @property
    def column_3(self) -> str:
        """Whose certification it is: the parties with their identity papers, else the requester's name."""
        return self.parties or self.requester_name

    @property
    def remarks(self) -> str:
        """Column 8: reason of striking, annulment, what it was born with, notes, in order."""
        parts = (*self._own_remarks(), self.born_remarks, *(note.words for note in self.notes))
        return "; ".join(part for part in parts if part)

    def _own_remarks(self) -> tuple[str, ...]:
        if self.state == "struck":
            return (f"Số gạch: {self.words}",)
        if self.state == "annulled":
            day = f"{self.act_date % 100:02d}/{self.act_date // 100 % 100:02d}/{self.act_date // 10_000}"
            return (f"Huỷ bỏ giá trị theo {self.act_number} ngày {day}: {self.words}",)
        if self.file is not None:
            return (f"Bản điện tử, SHA-256 {self.file.digest.hex()[:16]}…",)
        return ()
