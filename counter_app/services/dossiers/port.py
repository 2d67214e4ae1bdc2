"""Everything about a dossier after its intake: the port of the screens (``ux.md`` 4.2, 4.3b, 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.dossiers import acts, bringing, giving, letters
from counter_app.services.dossiers.commit import queue_paper
from counter_app.services.dossiers.deciding import Deciding, decide
from counter_app.services.dossiers.papers import FORM_OF
from counter_app.services.dossiers.reprinting import Reprint
from counter_app.services.dossiers.showing import queue, words
from counter_app.services.dossiers.showing.page import banner, view_of
from counter_app.services.dossiers.tracking import TrackingRegister
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.dossiers import (
    ActForm,
    Done,
    DossierView,
    GivingForm,
    GivingRow,
    GivingView,
    QueueView,
)
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId

_PAPERS = frozenset(BY_BODY[body].number for body in FORM_OF)


@dataclass
class DossiersArea:
    """Implements ``DossiersPort``."""

    work: Workplace
    desk: Desk
    queue_of_prints: PrintQueue

    def look(self, dossier: EntryId) -> DossierView:
        """The page; raises DomainError ``subject.unknown`` when it is not on this PC."""
        person, now = self.desk.require(), self.work.now()
        with self.work.store.read() as connection:
            folded = self.work.store.readings.state(connection, dossier)
            if not isinstance(folded.state, DossierState):
                raise _not_here()
            page = view_of(connection, self.work, folded, person, now)
        self.desk.saw(reads.DOSSIER, [dossier])
        return page

    def act(self, form: ActForm) -> Done:
        """F9 on an act: one transaction, then printing.

        Raises DomainError ``act.unknown``, ``role.*``, ``pin.*``, ``session.*`` and those of the act.
        """
        kind = acts.BY_CODE.get(form.act)
        if kind is None:
            raise DomainError("Không có việc này.", code="act.unknown", title_en="There is no such act.")
        person = self.desk.require()
        if kind.sealed:
            self.desk.check_pin(form.pin)
        act = self.desk.act(sealed=kind.sealed)
        jobs: list[int] = []
        printed: list[str] = []
        promised = 0

        def decided(acting: Acting) -> tuple[Draft, ...]:
            nonlocal promised
            state: DossierState = self.work.state(acting.connection, form.dossier)
            self._allowed(acting.connection, kind, state, person, act.at)
            due = state.clock.due
            promised = 0 if due is None else vn_instant(due)
            folded = self.work.store.readings.state(acting.connection, form.dossier)
            clashes = tuple(found.entry for found in folded.open_conflicts)
            given = Deciding(acting.connection, self.work, state, dict(form.values), person, act.at, clashes)
            return decide(form.act, given)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            for entry in entries:
                if entry.facts.kind in _PAPERS:
                    printed.append(FORM_OF[BY_NUMBER[entry.facts.kind].body])
                    jobs.append(
                        queue_paper(connection, self.work, self.queue_of_prints, entry, person, act.at,
                                    promised=promised)
                    )  # fmt: skip

        self.work.store.act(decided, act, then)
        self.work.changed("dossiers", "prints")
        failed = [job for job in self.queue_of_prints.run(jobs) if job.state != "done"]
        return Done(self._sentence(kind, form.dossier, printed, failed[0].id if failed else 0), tuple(jobs))

    def _allowed(
        self, connection: Connection, kind: acts.Kind, state: DossierState, person: OfficialState, at: int
    ) -> None:
        """The role table and the folded history, asked again inside the transaction."""
        folded = self.work.store.readings.state(connection, state.id)
        if why := banner(folded):
            raise DomainError(why, code="subject.read_only")
        has_act = letters.act_for(connection, self.work, person, day_of(at)) is not None
        if (refused := acts.may(kind, state, person, with_act=has_act)) is not None:
            raise refused

    def _sentence(self, kind: acts.Kind, dossier: EntryId, printed: list[str], failed: int) -> str:
        """What was done, which form came out of it, what is still missing."""
        with self.work.store.read() as connection:
            state: DossierState = self.work.state(connection, dossier)
            left = len(bringing.wanted(connection, state)) if kind.code == "bring" else 0
        short = words.short_code(state.code, state.portal_code)
        parts = [say(*kind.words)]
        if left:
            parts.append(say(f"còn thiếu {left} giấy", f"{counted(left, 'paper is', 'papers are')} missing"))
        if printed and not failed:
            parts += [say(*words.PRINTED[form]) for form in printed]
        done = ", ".join(parts)
        sentence = say(f"Đã lưu {short}: {done}.", f"{short} is saved: {done}.")
        return f"{sentence} {self.queue_of_prints.words(failed)}".strip() if failed else sentence

    def queue(self, tab: str = "mine") -> QueueView:
        """Work of this person: mine, unit, waiting, deciding, late, online."""
        person, now = self.desk.require(), self.work.now()
        with self.work.store.read() as connection:
            found = queue.queue_of(connection, self.work, person, tab, now)
        self.desk.saw(reads.WORK_LIST, [row.dossier for row in found.rows])
        return found

    def online(self) -> QueueView:
        """Online dossiers waiting for acceptance, the most urgent acceptance clock first."""
        return self.queue("online")

    def find_results(self, code_or_text: str) -> GivingView:
        """By slip, strip or card; raises DomainError ``return.none``, ``card.*``."""
        now = self.work.now()
        with self.work.store.read() as connection:
            found = giving.find(connection, self.work, code_or_text, now)
        self.desk.saw(reads.DOSSIER, [row.dossier for row in found.rows])
        return found

    def ready(self) -> tuple[GivingRow, ...]:
        """Results waiting for their owners; uncollected over 30 days first."""
        now = self.work.now()
        with self.work.store.read() as connection:
            found = giving.ready_rows(connection, self.work, now)
        self.desk.saw(reads.WORK_LIST, [row.dossier for row in found])
        return found

    def give(self, form: GivingForm) -> Done:
        """F9 at the return desk; takes what is owed in the same transaction."""
        return giving.Handing(self.work, self.desk, self.queue_of_prints, form).run()

    def tracking_register(self, *, whole_year: bool = False, year: int = 0) -> str:
        """Form 07 as a file: today's lines of this counter as PDF, or a year of the unit as Excel; its path.

        ``year`` 0: this one. Raises DomainError ``role.*``, ``export.disk``.
        """
        book = TrackingRegister(self.work, self.desk, self.queue_of_prints)
        if not whole_year:
            return book.write_day()
        return book.write_year(year or vn_date(self.work.now()).year, excel=True)

    def reprint(self, dossier: EntryId, form: str, reason: str) -> Done:
        """A paper again, marked "Bản in lần 2"; form 06 is printed from the journal as it stands.

        Raises DomainError ``reprint.reason``, ``reprint.none``.
        """
        return Reprint(self.work, self.desk, self.queue_of_prints).run(dossier, form, reason)


def _not_here() -> DomainError:
    return DomainError(
        "Hồ sơ này chưa có trên máy này.", "Phần đầu của hồ sơ chưa về đến máy này.",
        "Nhận thêm dữ liệu (mạng hoặc tệp).", code="subject.unknown",
        title_en="This dossier is not on this PC.", meaning_en="Its beginning has not arrived.",
        remedy_en="Receive more data.",
    )  # fmt: skip
