"""Groups: a school's people taken in together (``ux.md`` 4.4 "School lot")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId

STOP, LOOK, UNTICKED, READY, TAKEN = "stop", "look", "unticked", "ready", "taken"
"""How a line stands: a fault, something to look at, not ticked as compared, complete, written already."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list as read: its head word, the first things in it, its role ("": passed over)."""

    head: str
    examples: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was pasted or read. ``lines``: (line number of the source from 1, its cells)."""

    source: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """What each column is taken for."""
        return tuple(column.role for column in self.columns)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list as typed; ``source`` is his line in the file, 0 when typed by hand.

    ``without`` names papers (from 0) that he did not bring, ``compared_at`` (ms) is his tick, ``seen`` the
    codes of amber notices the clerk has looked at.
    """

    name: str = ""
    id_number: str = ""
    birth: str = ""
    label: str = ""
    address: str = ""
    phone: str = ""
    source: int = 0
    without: tuple[int, ...] = ()
    compared_at: int = 0
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupForm:
    """A whole group as it stands on the screen.

    ``papers`` are rows of the fast grammar, the same for everybody; ``receipt`` and ``slip``: ``one`` or
    ``each``; ``method``: ``cash``, ``transfer``; ``group`` once its first piece is written: then nothing but
    going on is possible.
    """

    name: str = ""
    bearer: str = ""
    bearer_id: str = ""
    phone: str = ""
    papers: tuple[str, ...] = ()
    people: tuple[PersonLine, ...] = ()
    pay: str = "now"
    receipt: str = "one"
    slip: str = "one"
    given: str = ""
    signatory: EntryId | None = None
    group: EntryId | None = None
    method: str = "cash"


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper of the group as read; ``fault`` says what is wrong with the row. Money in dong a person."""

    name: str
    pages: int
    copies: int
    amount: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """How one person stands: state, words of all faults or notices, the cell to mend, his money in dong.

    ``id_number`` and ``birth`` are what was read of the cells, "" where nothing was.
    """

    state: str
    words: tuple[str, ...]
    field: str
    originals: int
    copies: int
    amount: int
    looks: tuple[str, ...] = ()
    id_number: str = ""
    birth: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The page for a form: papers, lines, sums over those that F9 would write, what stops it.

    ``faults`` are sentences about the group as a whole; ``counts`` how many lines stand how.
    """

    papers: tuple[PaperView, ...]
    lines: tuple[LineView, ...]
    counts: dict[str, int]
    originals: int
    copies: int
    total: int
    given: int
    change: int
    faults: tuple[tuple[str, str], ...]
    due_text: str

    @property
    def can_commit(self) -> bool:
        """True when F9 would write."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece wrote: the group so far, print jobs queued, the sentence once it is complete."""

    group: EntryId
    taken: int
    planned: int
    done: bool
    jobs: tuple[int, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group on the list; money in dong. ``here`` true when this PC holds its list and can go on."""

    group: EntryId
    short_code: str
    name: str
    bearer: str
    papers: str
    taken_at: int
    taken: int
    planned: int
    copies: int
    amount: int
    to_pay: int
    complete: bool
    here: bool
    to_refund: int = 0


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person of a group: his slip, name, label such as the class, how far his request is."""

    request: EntryId
    short_code: str
    name: str
    label: str
    stage: str


@dataclass(frozen=True, slots=True)
class GroupRefund:
    """What can be given back of a group, dong: ``paid`` by ``receipts``, of it ``owed`` by ``owing``.

    ``owed`` was paid for lines that were struck since.
    """

    group: EntryId
    name: str
    paid: int
    receipts: int
    owed: int
    owing: int


@dataclass(frozen=True, slots=True)
class GroupRefundForm:
    """Money of every receipt of a group goes back: all that was paid (``whole``) or what is owed.

    ``amount``: the sum as it was shown; another one now is refused.
    """

    group: EntryId
    whole: bool
    amount: int
    ground: str
    second: EntryId
    second_secret: str


class GroupsPort(Protocol):
    """Taking a school's people in."""

    def read_text(self, text: str) -> Sheet:
        """A list pasted from a spreadsheet; raises DomainError ``sheet.*`` with words."""
        ...

    def read_file(self, path: str) -> Sheet:
        """An .xlsx or .csv file; raises DomainError ``sheet.*`` with words."""
        ...

    def people(self, sheet: Sheet, roles: tuple[str, ...]) -> tuple[PersonLine, ...]:
        """The persons of a list under the chosen roles of its columns. Raises ``sheet.no_name``."""
        ...

    def view(self, form: GroupForm) -> GroupView:
        """The form read: faults by line, sums. Never raises for what was typed."""
        ...

    def write_piece(self, form: GroupForm) -> Piece:
        """F9: writes the next persons, at most 25, as one transaction.

        Raises DomainError, and then nothing is written. Called again with ``form.group`` until ``done``; what
        is there is never written again.
        """
        ...

    def end(self, group: EntryId, ground: str) -> Piece:
        """Ends a group that stopped half way: slip, list and receipt of those that are written."""
        ...

    def take_money(self, group: EntryId, given: str, method: str = "cash") -> Piece:
        """The group's money at return: one receipt. Raises ``money.*``."""
        ...

    def refundable(self, group: EntryId) -> GroupRefund:
        """What can be given back of a group."""
        ...

    def refund(self, form: GroupRefundForm) -> str:
        """Every receipt in one act with one second person; the sentence.

        Raises DomainError ``refund.*``, ``void.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``.
        """
        ...

    def print_again(self, group: EntryId, reason: str) -> str:
        """Slip and list once more, marked so; the sentence. Raises ``reprint.reason``, ``group.open``."""
        ...

    def print_jobs(self, jobs: tuple[int, ...]) -> str:
        """Tries print jobs; "" when all came out, else the sentence of the first that did not."""
        ...

    def recent(self) -> tuple[GroupRow, ...]:
        """Groups, unfinished first."""
        ...

    def resume(self, group: EntryId) -> GroupForm:
        """The fixed list of a group that is half written here. Raises ``group.elsewhere``."""
        ...

    def members(self, group: EntryId) -> tuple[MemberRow, ...]:
        """Persons of a group in the order of its list."""
        ...

    def load_draft(self) -> GroupForm | None:
        """The group that was being prepared by the person at the counter."""
        ...

    def save_draft(self, form: GroupForm | None) -> None:
        """Keeps (or with None drops) what is being prepared; local, never exchanged."""
        ...
