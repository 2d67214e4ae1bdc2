"""What is not at the province yet, files, questions: the port of the screens (``ux.md`` 3.3, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.organisation.roles import TECHNICIAN
from counter_app.services.exchange.bundle_files import BundleFiles
from counter_app.services.exchange.equality import Equality, last_proof
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.loop import ExchangeLoop
from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.exchange.outcome_words import told
from counter_app.services.exchange.pill import read_pill
from counter_app.services.exchange.places import places
from counter_app.services.exchange.standing import pill_words, troubles
from counter_app.services.exchange.titles import kind_of, title_of
from counter_app.services.lookups.words import standings
from counter_app.services.ports import reads
from counter_app.services.ports.exchange import (
    OLD,
    FileContents,
    FilePlace,
    FileResult,
    Pill,
    ProofView,
    QuestionView,
    SyncItem,
    SyncStatus,
)
from counter_app.services.ports.saying import say
from counter_app.services.questions.answers import Questions
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.queries import exchange as queries
from counter_app.storage.queries import unit
from counter_app.storage.queries.select import number
from counter_app.storage.this_pc import attachments
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId

WAITING = "waiting"
RECEIVED = "received"
QUESTIONED = "questioned"


@dataclass
class ExchangeArea:
    """Implements ``ExchangePort``. ``loop`` is the background exchange, None when only people ask.

    ``neighbours`` are the siblings on the LAN, None where this PC does not use it.
    """

    work: Workplace
    desk: Desk
    line: Line
    files: BundleFiles
    loop: ExchangeLoop | None = None
    neighbours: Neighbours | None = None
    equality: Equality | None = None

    def __post_init__(self) -> None:
        """Questions share workplace and desk."""
        self._questions = Questions(self.work, self.desk)

    def pill(self) -> Pill:
        """The top bar's pill: a few counts and what the last exchange said."""
        with self.work.store.read() as connection:
            counts = queries.sync_counts(connection)
            return self._pill(connection, counts)

    def _pill(self, connection: Connection, counts: queries.SyncCounts) -> Pill:
        facts = replace(self.line.facts, by_itself=self.loop is not None)
        pill = read_pill(
            facts, waiting=counts.waiting, tasks=_open_questions(connection),
            last_ack=_last_word(connection), estimate_seconds=self._estimate(counts.waiting_bytes),
            now=self.work.now(),
        )  # fmt: skip
        found = troubles(self.work, connection)
        return replace(pill, kind=OLD, words=pill_words(found[0])) if found and pill_words(found[0]) else pill

    def status(self) -> SyncStatus:
        """The page's figures; ``saved == received + waiting`` by construction from one vector."""
        with self.work.store.read() as connection:
            counts = queries.sync_counts(connection)
            pill, last = self._pill(connection, counts), _last_word(connection)
            second = self._second_copy(connection)
            files = attachments.counts(connection)
            proof, apart = last_proof(self.work, connection), troubles(self.work, connection)
            systems = tuple(words for _, words in standings(connection))
        facts = self.line.facts
        return SyncStatus(
            saved=counts.saved, received=counts.received, waiting=counts.waiting, in_backup=counts.backed_up,
            questions=pill.tasks, pill=pill, offline_since=facts.failing_since, last_ack=last,
            oldest_waiting=counts.oldest_waiting, next_try=facts.next_try,
            waiting_bytes=counts.waiting_bytes, estimate_seconds=self._estimate(counts.waiting_bytes),
            second_copy=second, neighbours=self.neighbours.rows() if self.neighbours else (),
            lan_trouble=self._lan_trouble(), files_sent=files.sent, files_waiting=files.waiting,
            proof=proof, troubles=apart, systems=systems,
        )  # fmt: skip

    def _lan_trouble(self) -> str:
        """Clocks that differ, or why no sibling is met; "" while all is well."""
        if self.neighbours is None:
            return ""
        return self.neighbours.clock_words() or " ".join(filter(None, self.neighbours.trouble()))

    def _estimate(self, waiting_bytes: int) -> int:
        speed = self.line.facts.speed
        return round(waiting_bytes / speed) if speed else 0

    def _second_copy(self, connection: Connection) -> str:
        """``Bản thứ hai: QUẦY-02, 10:24``, "" while nobody else is known to hold ours."""
        held = queries.second_copies(connection, self.work.journal) if self.work.store.is_enrolled else []
        if not held:
            return ""
        best = held[0]
        where = f"{best.peer}, {vn_datetime(best.at):%H:%M}"
        return say(f"Bản thứ hai: {where}", f"Second copy: {where}")

    def items(self, which: str = WAITING) -> tuple[SyncItem, ...]:
        """Saved acts with their mark, at most 200; questioned ones name the question as ``entry``."""
        with self.work.store.read() as connection:
            if which == QUESTIONED:
                found = tuple(self._asked(connection, row) for row in unit.questions(connection))
                self.desk.saw(reads.SYNC_LIST, [item.entry for item in found])
                return found
            marks = queries.marks(connection)
            wanted = queries.entries_waiting if which == WAITING else queries.entries_received
            at = _last_word(connection)
            found = tuple(self._item(connection, entry, marks, at) for entry in wanted(connection))
        self.desk.saw(reads.SYNC_LIST, [item.entry for item in found])
        return found

    def _item(self, connection: Connection, place: EntryId, marks: dict[int, int], at: int) -> SyncItem:
        entry = entry_at(connection, place)
        assert entry is not None
        title, second = self._words_of(entry)
        received = marks.get(place.journal, 0) >= place.seq
        return SyncItem(
            place, entry.facts.at, title, second, self._owner(connection, entry.facts.actor, place.journal),
            RECEIVED if received else WAITING, at if received else 0,
        )  # fmt: skip

    def _asked(self, connection: Connection, row: unit.QuestionRow) -> SyncItem:
        entry, asked = entry_at(connection, row.entry), entry_at(connection, row.id)
        title, second = (
            (say("Mục chưa về máy này", "Not on this PC yet"), "") if entry is None else self._words_of(entry)
        )
        actor = None if entry is None else entry.facts.actor
        words = second if self._is_technician() else row.words or second
        return SyncItem(
            row.id, 0 if asked is None else asked.facts.at, title, words,
            self._owner(connection, actor, row.entry.journal), QUESTIONED,
        )  # fmt: skip

    def _words_of(self, entry: Entry) -> tuple[str, str]:
        return (kind_of(entry), "") if self._is_technician() else title_of(entry)

    def _is_technician(self) -> bool:
        """He sees that items wait and whose they are, never a citizen's data (``product.md``, roles)."""
        person = self.desk.person
        return person is not None and set(person.roles) == {TECHNICIAN}

    def _owner(self, connection: Connection, actor: EntryId | None, journal: int) -> str:
        place = self.work.counter_name(connection, journal)
        official = None if actor is None else unit.official(connection, actor)
        return " · ".join(part for part in ("" if official is None else official.name, place) if part)

    def try_now(self) -> str:
        """One exchange now, however long the loop would have waited; the sentence for the bar."""
        if self.neighbours is not None:
            self.neighbours.hurry()
        outcomes = self.line.exchange()
        if self.loop is not None:
            self.loop.ask_now()
        with self.work.store.read() as connection:
            waiting = queries.sync_counts(connection).waiting
        return told(outcomes, waiting, f"{vn_datetime(self.work.now()):%H:%M}")

    def compare(self) -> ProofView:
        """Entry by entry with the province, now. Raises DomainError ``equality.line``."""
        assert self.equality is not None
        return self.equality.compare()

    def compare_with_file(self, path: str) -> ProofView:
        """With the province's file of heads. Raises DomainError ``equality.file``."""
        assert self.equality is not None
        return self.equality.compare_with_file(Path(path))

    def places(self) -> tuple[FilePlace, ...]:
        """Sticks that are plugged in and the outbox."""
        return places(self.work.papers_folder.with_name("outbox"))

    def export_file(self, folder: str) -> FileResult:
        """Sealed ``.mcx`` parts for the province and siblings. Raises DomainError ``file.*``."""
        written = self.files.write(Path(folder))
        self.desk.saw(reads.BUNDLE_OUT, (), shown=written.entries)
        return written

    def look_into_file(self, path: str) -> FileContents:
        """What a ``.mcx`` file would bring, before it is taken. Raises DomainError ``file.*``."""
        return self.files.look(Path(path))

    def import_file(self, path: str) -> FileResult:
        """A ``.mcx`` file with its parts; a wrong one is refused whole. Raises DomainError ``file.*``."""
        return self.files.read(Path(path))

    def question(self, question: EntryId) -> QuestionView:
        """One question of the province."""
        self.desk.saw(reads.QUESTION, [question])
        view = self._questions.view(question)
        return replace(view, what=view.why or view.what, why="", fields=()) if self._is_technician() else view

    def explain(self, question: EntryId, words: str) -> str:
        """Giải trình."""
        return self._questions.explain(question, words)

    def ask_back(self, question: EntryId, words: str) -> str:
        """Hỏi lại tỉnh."""
        return self._questions.ask_back(question, words)

    def correct(self, question: EntryId, value: str) -> str:
        """Lưu đính chính, gửi."""
        return self._questions.correct(question, value)


def _open_questions(connection: Connection) -> int:
    return number(connection, "SELECT count(*) FROM questions WHERE status = 'open'")


def _last_word(connection: Connection) -> int:
    """Moment of the province's last word, ms, 0 before the first."""
    return number(connection, "SELECT max(at) FROM hub_words")
