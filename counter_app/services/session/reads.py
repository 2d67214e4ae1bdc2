"""Looks at personal data: written down as they happen, read by heads and inspection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RequestState
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports import reads as ways
from counter_app.services.ports.reads import ReadRow
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit
from counter_app.storage.this_pc.read_log import LoggedRead, Read, logged_reads, read_log_intact
from sync.protocol.naming.ids import EntryId

SAME_LOOK_MS = 5 * 60_000
"""A screen that is drawn again shows what it showed: within this time it is one look."""
MOST_REMEMBERED = 500
MOST_ROWS = 1_000
LISTS = frozenset({ways.SEARCH, ways.WORK_LIST, ways.PILE, ways.LOT, ways.SYNC_LIST, ways.PRINT_LIST})
"""Looks that may wait two seconds for a write: they come with every letter typed, and openings follow."""
ALWAYS = frozenset({ways.PRINT, ways.BUNDLE_OUT, ways.MONTH_PDF, ways.MONTH_EXCEL, ways.EXPORT_ALL})
"""What leaves the PC is written down each time."""
SHOWN_CODES = 5
Look = tuple[EntryId | None, str, tuple[EntryId, ...], str]


@dataclass
class Looks:
    """Notes looks into the store's read log; safe from any thread, never raises, never waits for a writer."""

    work: Workplace
    _last: dict[Look, int] = field(default_factory=dict)

    def note(
        self, who: OfficialState | None, what: str, subjects: Iterable[EntryId], shown: int, reason: str
    ) -> None:
        """``who`` saw ``shown`` things, ``subjects`` of them by id; a look just repeated is not counted."""
        seen = tuple(dict.fromkeys(subjects))
        now, official = self.work.now(), None if who is None else who.id
        look = (official, what, seen, reason)
        if what not in ALWAYS and 0 <= now - self._last.get(look, -SAME_LOOK_MS) < SAME_LOOK_MS:
            return
        if len(self._last) >= MOST_REMEMBERED:
            self._last.clear()
        self._last[look] = now
        read = Read(now, official, what, seen, shown or len(seen), reason)
        self.work.store.log_read(read, at_once=what not in LISTS)

    def forget(self) -> None:
        """Somebody else sits down: his looks are his own."""
        self._last.clear()


@dataclass
class ReadsArea:
    """Implements ``ReadsPort``. ``person`` answers who is at the counter, or raises ``session.none``."""

    work: Workplace
    person: Callable[[], OfficialState]

    def rows(self, days: int = 1) -> tuple[ReadRow, ...]:
        """Looks of the last ``days`` days, newest first."""
        roles.require(self.person(), roles.READ_PEOPLE)
        first = vn_date(self.work.now()) - timedelta(days=days - 1)
        since = vn_instant(datetime.combine(first, time()))
        with self.work.store.read() as connection:
            names: dict[EntryId, str] = {}
            return tuple(
                self._row(connection, row, names)
                for row in logged_reads(connection, since, 2**62, MOST_ROWS)
            )  # fmt: skip

    def intact(self) -> bool:
        """Whether the chain of the log holds."""
        roles.require(self.person(), roles.READ_PEOPLE)
        with self.work.store.read() as connection:
            return read_log_intact(connection)

    def _row(self, connection: Connection, row: LoggedRead, names: dict[EntryId, str]) -> ReadRow:
        if row.official is not None and row.official not in names:
            found = unit.official(connection, row.official)
            names[row.official] = str(row.official) if found is None else found.name
        who = "" if row.official is None else names[row.official]
        codes = tuple(self._code(connection, subject) for subject in row.subjects[:SHOWN_CODES])
        return ReadRow(row.id, row.at, who, row.what, codes, max(row.shown, len(row.subjects)), row.reason)

    def _code(self, connection: Connection, subject: EntryId) -> str:
        """``02-0018`` of a request, ``1842/2026`` of a line, else the id: names stay where they are."""
        try:
            state = self.work.state(connection, subject, required=False)
        except DomainError:
            return _plain(subject)
        if isinstance(state, RequestState):
            return parse_provisional(state.code).short
        if isinstance(state, LineState):
            return f"{state.number:02d}/{state.year}"
        return _plain(subject)


def _plain(subject: EntryId) -> str:
    return f"{subject.journal}-{subject.seq}"
