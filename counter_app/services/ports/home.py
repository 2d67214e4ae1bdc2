"""Home of the clerk and search from anywhere (``ux.md`` 4.2, 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that filters; ``formula`` is its tooltip."""

    code: str
    icon: str
    value: str
    label: str
    kind: str
    formula: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the work list; ``state`` is a key of the record states, ``sync`` waiting/received/asked.

    ``target`` names the screen that opens it: dossier, or intake for an online one; empty for a request of
    copies, which its state leads to the right desk.
    """

    subject: EntryId
    code: str
    code_second: str
    name: str
    name_second: str
    what: str
    what_second: str
    due: str
    due_second: str
    due_kind: str
    state: str
    sync: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class SideCard:
    """The sync card and the figures below it; ``down`` while the province cannot be reached."""

    title: str
    words: str
    waiting: int
    oldest: str
    tasks: int
    unconfirmed: int
    numbers_at: str
    level: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class TodayFigure:
    """One figure of the supervisor's day in words of the screen; ``formula`` is its tooltip."""

    code: str
    label: str
    value: str
    formula: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The whole page; ``tabs`` are (code, label, count), shown as they are given.

    Codes: todo, online, overdue, supplement, ready, returned. ``last_asked``: when the province was last
    asked for online dossiers. ``today`` is empty for people who neither sign nor supervise.
    """

    tiles: tuple[Tile, ...]
    tabs: tuple[tuple[str, str, int], ...]
    rows: tuple[WorkRow, ...]
    side: SideCard
    reminders: tuple[tuple[str, str], ...]
    last_asked: str = ""
    today: tuple[TodayFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit. ``group``: person, dossier, request, number, procedure, command; ``target`` opens it."""

    group: str
    title: str
    second_line: str
    target: str
    subject: EntryId | None = None


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scan means: ``kind`` card, request, receipt, copy, unknown; ``words`` for the bar."""

    kind: str
    text: str
    words: str
    subject: EntryId | None = None


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """The offline check of a copy's QR.

    ``kind``: valid, unconfirmed (numbered, ink not confirmed yet), altered, annulled, unknown, not_sent,
    recovering, struck; by the province's list also doubled, revoked, no_key, other_province.
    """

    kind: str
    title: str
    words: str
    fields: tuple[tuple[str, str], ...]


class HomePort(Protocol):
    """Home, search, scan from anywhere."""

    def home(self, tab: str = "todo") -> HomeView:
        """What to do next."""
        ...

    def search(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        """Tokens without diacritics in any order; numbers match ids, codes, ``1842/2026``, dates."""
        ...

    def scan(self, text: str) -> ScanResult:
        """Kind of a scanned code from its content."""
        ...

    def check_copy(self, text: str) -> CopyVerdict:
        """The signed QR of a certified copy, against this PC's journals and the province's list."""
        ...

    def list_words(self) -> str:
        """Of which day the province's list for the check is, and until when it counts."""
        ...

    def take_list(self, path: str) -> str:
        """Keeps the list of a file (``*.mcl``); returns ``list_words``. Raises DomainError ``list.*``."""
        ...

    def badges(self) -> dict[str, int]:
        """Counts for the rail by screen name."""
        ...
