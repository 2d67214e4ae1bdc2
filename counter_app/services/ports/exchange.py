"""What is not at the province yet, files, questions (``ux.md`` 3.3, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId

SYNCED = "synced"
SENDING = "sending"
WAITING = "waiting"
OFFLINE = "offline"
SLOW = "slow"
OLD = "old"
UNKNOWN = "unknown"

NOT_PROVED, EQUAL = "", "equal"
ENTRY_APART, READ_APART, DAMAGED = "entry-apart", "read-apart", "damaged"
"""Verdicts of a comparison with the province entry by entry; the last three are red."""


@dataclass(frozen=True, slots=True)
class Pill:
    """The pill of the top bar: kind and words; never SYNCED while something waits."""

    kind: str
    words: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another counter of the unit met on the LAN in this run: last contact (ms), entries it lacks of ours.

    ``offset_ms`` is its clock minus ours, ``words`` one line for the page.
    """

    name: str
    connected: bool
    last: int
    lacks: int
    offset_ms: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProofView:
    """The last comparison with the province: verdict, moment (ms, 0: none), sentence, what to do ("": fine).

    ``first`` is the first entry that differs.
    """

    verdict: str = NOT_PROVED
    at: int = 0
    words: str = ""
    remedy: str = ""
    first: EntryId | None = None

    @property
    def bad(self) -> bool:
        """True for a difference that was found."""
        return self.verdict in (ENTRY_APART, READ_APART, DAMAGED)


@dataclass(frozen=True, slots=True)
class TroubleView:
    """Something that parts this PC from the others: stable code, and what it is, means, and asks for."""

    code: str
    title: str
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The page's figures: ``saved == received + waiting`` always; ``questions`` and files counted apart.

    ``systems``: national systems that answer slowly or not at all, in words."""

    saved: int
    received: int
    waiting: int
    in_backup: int
    questions: int
    pill: Pill
    offline_since: int
    last_ack: int
    oldest_waiting: int
    next_try: int
    waiting_bytes: int
    estimate_seconds: int
    second_copy: str
    neighbours: tuple[Neighbour, ...] = ()
    lan_trouble: str = ""
    files_sent: int = 0
    files_waiting: int = 0
    proof: ProofView = ProofView()
    troubles: tuple[TroubleView, ...] = ()
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncItem:
    """One saved act with its mark: waiting, received, questioned."""

    entry: EntryId
    at: int
    title: str
    second_line: str
    owner: str
    state: str
    at_province: int = 0


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What the province asks, in words; ``fields`` are (label, this PC's value, the province's value)."""

    question: EntryId
    title: str
    what: str
    why: str
    fields: tuple[tuple[str, str, str], ...]
    stays_true: str
    code: str
    can_correct: bool
    state: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """A bundle file that was written or read, in words; nothing was changed when ``applied`` is False."""

    path: str
    sentence: str
    entries: int
    applied: bool


@dataclass(frozen=True, slots=True)
class FileContents:
    """What importing a bundle file would bring, told before it is taken; looking changed nothing.

    ``verdict`` is WHOLE, PART, BLOCKED (nothing can be taken before what is missing) or NOTHING_NEW.
    ``brings`` are (writer, entries) new here, ``missing`` what must come first, each in words, ``remedy`` how
    to get that. ``newest`` is the moment of the newest entry in it, ms, 0 in a file without entries;
    ``oldest`` of the oldest that is new here.
    """

    verdict: str
    giver: str
    unit: str
    newest: int
    brings: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    word: bool
    sentence: str
    remedy: str
    oldest: int = 0


WHOLE, PART, BLOCKED, NOTHING_NEW = "whole", "part", "blocked", "nothing-new"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a bundle can be written or found; ``bundles`` are paths of ``.mcx`` files, newest first."""

    path: str
    name: str
    removable: bool
    writable: bool
    bundles: tuple[str, ...] = ()


class ExchangePort(Protocol):
    """Exchange with the province and by file."""

    def pill(self) -> Pill:
        """Cheap: the top bar asks every few seconds."""
        ...

    def status(self) -> SyncStatus:
        """The page's figures."""
        ...

    def items(self, which: str = "waiting") -> tuple[SyncItem, ...]:
        """``waiting``, ``questioned`` or ``received`` (last 200)."""
        ...

    def try_now(self) -> str:
        """One exchange now; returns a sentence; never raises for a missing line."""
        ...

    def compare(self) -> ProofView:
        """Compares with the province entry by entry, now. Raises DomainError ``equality.line``."""
        ...

    def compare_with_file(self, path: str) -> ProofView:
        """Compares with the province's file of heads. Raises DomainError ``equality.file``."""
        ...

    def places(self) -> tuple[FilePlace, ...]:
        """Sticks that are plugged in and the program's outbox, with the bundle files lying there."""
        ...

    def export_file(self, folder: str) -> FileResult:
        """Writes sealed ``.mcx`` parts for the province and siblings."""
        ...

    def look_into_file(self, path: str) -> FileContents:
        """What a ``.mcx`` file would bring; nothing is changed. Raises DomainError ``file.*`` with words."""
        ...

    def import_file(self, path: str) -> FileResult:
        """Reads a ``.mcx`` file; a wrong one is refused whole, in words."""
        ...

    def question(self, question: EntryId) -> QuestionView:
        """One question of the province."""
        ...

    def explain(self, question: EntryId, words: str) -> str:
        """Giải trình."""
        ...

    def ask_back(self, question: EntryId, words: str) -> str:
        """Hỏi lại tỉnh."""
        ...

    def correct(self, question: EntryId, value: str) -> str:
        """Lưu đính chính, gửi."""
        ...
