"""The signing desk with its four moments, and the pen (``ux.md`` 4.5, ``sync.md`` 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId

COMPLETE = "complete"
NEEDS_LOOK = "look"
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Banner:
    """By which act the person at the desk signs; ``warning`` from 7 days before its end; '' act = none.

    ``loads``: what lies with him and with everybody else who may sign these papers, in words.
    """

    act: str
    warning: str = ""
    loads: str = ""


@dataclass(frozen=True, slots=True)
class QueueTab:
    """One queue per authority with its count."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PileRow:
    """One request waiting for numbers; ``check`` is COMPLETE, NEEDS_LOOK or MISSING.

    ``group`` and its name for those who came in one.
    """

    request: EntryId
    name: str
    second_line: str
    content: str
    content_second: str
    waited: str
    due: str
    overdue: bool
    check: str
    originals: int
    copies: int
    code: str
    group: EntryId | None = None
    group_name: str = ""


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One original of the request in the right pane; ``index`` from 1, as people count."""

    index: int
    name: str
    quantity: str
    second_line: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One machine check with its outcome."""

    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class PileDetail:
    """The right pane of one request."""

    request: EntryId
    name: str
    check: str
    summary: str
    lines: tuple[DetailLine, ...]
    checks: tuple[CheckLine, ...]
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class LotRow:
    """A numbered lot not yet wholly confirmed."""

    lot: EntryId
    title: str
    second_line: str
    numbers: str
    content: str
    signatory: str
    signatory_second: str
    confirmed: int
    total: int


@dataclass(frozen=True, slots=True)
class LotLine:
    """One line of a lot awaiting ink and seal; ``state`` numbered, signed, struck."""

    line: EntryId
    number: int
    name: str
    original: str
    state: str
    request: EntryId


@dataclass(frozen=True, slots=True)
class Numbered:
    """What numbering did."""

    lot: EntryId
    first: int
    last: int
    texts: int
    sentence: str
    jobs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PenStatus:
    """Who holds the pen of a register; ``here`` allows numbering; ``words`` say what to do else."""

    here: bool
    holder: str
    words: str
    paper_witness_needed: bool = False
    date_confirmation_needed: bool = False
    last_number: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the list 1..9."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ReceiverSigned:
    """Of ``lines`` that ``name`` signed in a kind of register, ``own`` he had taken in himself."""

    name: str
    kind: str
    lines: int
    own: int


class SigningPort(Protocol):
    """Numbering, confirming, striking; passing the pen."""

    def banner(self, kind: str = "copy") -> Banner:
        """The act under which the person at the desk signs papers of a kind."""
        ...

    def tabs(self) -> tuple[QueueTab, ...]:
        """The queues with their counts."""
        ...

    def pile(self, kind: str = "copy") -> tuple[PileRow, ...]:
        """Requests waiting for numbers, oldest first."""
        ...

    def detail(self, request: EntryId, kind: str = "") -> PileDetail:
        """The right pane."""
        ...

    def request_of_code(self, code: str) -> EntryId | None:
        """The waiting or numbered request whose slip was scanned."""
        ...

    def group_of_code(self, code: str) -> tuple[EntryId, ...]:
        """Requests of everybody in the group whose slip was scanned, as on its list; () for other codes."""
        ...

    def number(
        self, requests: tuple[EntryId, ...], pin: str, *, signatory: EntryId | None = None, kind: str = ""
    ) -> Numbered:
        """Moment 2 for a lot or one looked-at request: checks, numbers, text job in one transaction.

        ``kind`` is the queue; "" takes the first in which the first request waits.
        """
        ...

    def confirm_witness(self, last_number: int, pin: str, kind: str = "copy") -> None:
        """Paper witness or date confirmation before the first numbering after a start."""
        ...

    def return_to_clerk(self, request: EntryId, reason: str, words: str) -> str:
        """Back to the clerk before numbering; returns the sentence for the bar."""
        ...

    def reasons(self) -> tuple[Reason, ...]:
        """Reasons 1..9 for returning or striking."""
        ...

    def lots(self) -> tuple[LotRow, ...]:
        """Lots with numbers not yet confirmed."""
        ...

    def lot_lines(self, lot: EntryId) -> tuple[LotLine, ...]:
        """Lines of a lot."""
        ...

    def lines_of_code(self, code: str) -> tuple[LotLine, ...]:
        """Unconfirmed lines of the slip or copy that was scanned."""
        ...

    def confirm(self, lot: EntryId, lines: tuple[EntryId, ...] | None) -> str:
        """Moment 4 for the ticked lines, or (None) for all still open; returns the sentence."""
        ...

    def strike(self, line: EntryId, reason: str, words: str) -> str:
        """A paper came back unsigned: its number is struck and stays in the book."""
        ...

    def pen(self, kind: str = "copy") -> PenStatus:
        """Where numbers of a kind are given now."""
        ...

    def receiver_signed(self, first: int, last: int) -> tuple[ReceiverSigned, ...]:
        """Where receiver and signatory were one, for reports: lines of ``first`` to ``last`` (yyyymmdd)."""
        ...

    def pass_pen_to_file(self, counter: int, folder: str) -> str:
        """Passes the pen into a file for another counter; returns the file's name."""
        ...
