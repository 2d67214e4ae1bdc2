"""F9 on the intake page: person, dossier, outcome, money and print jobs in one transaction; then printing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import msgspec
from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import MISSING
from counter_app.domain.codes import ProvisionalCode, provisional_code
from counter_app.domain.dossiers.acts import desk as desk_acts
from counter_app.domain.dossiers.acts import intake as intake_acts
from counter_app.domain.dossiers.acts.handling import set_fees
from counter_app.domain.dossiers.acts.intake import FormNumber, Intake
from counter_app.domain.dossiers.entries import FeeUsed, PaperAsked
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import FeeLine, ProvisionalSlipIssued, ReceiptIssued
from counter_app.domain.money.receipts import Taking
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import contact_phone
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.cash.receiving import receive
from counter_app.services.dossiers import bringing, drafts, letters, papers
from counter_app.services.dossiers.checking import checked
from counter_app.services.dossiers.papers import FORM_OF, Written
from counter_app.services.dossiers.showing import tables, words
from counter_app.services.dossiers.showing.reading import IntakeRead, read_form
from counter_app.services.dossiers.showing.view import looks, outcome_of, stops, twin_of
from counter_app.services.lookups import asking
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.people.recording import record
from counter_app.services.ports.copies import LOOK, STOP
from counter_app.services.ports.intake import ACCEPT, ASK, REFUSE, IntakeForm, TakenIn
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import dossiers as dossier_queries
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId, life_of, pending

MOST_A_DAY = 9_999
_FORMS = {BY_BODY[body].number: body for body in FORM_OF}
_MONEY = {BY_BODY[body].number for body in (ReceiptIssued, ProvisionalSlipIssued)}
DONE_WORDS = {
    "accept": ("đã tiếp nhận, đã in giấy hẹn", "accepted, the slip is printed"),
    "ask": ("đã in phiếu bổ sung", "the request for papers is printed"),
    "refuse": ("đã in phiếu từ chối", "the refusal is printed"),
}


def next_number(connection: Connection, work: Workplace, form: str, at_year: int) -> FormNumber:
    """The next number of a form in this counter's book, asked inside the act's transaction."""
    book = papers.counter_book(work.place.counter_number, life_of(work.journal))
    return FormNumber(book, dossier_queries.next_form_number(connection, book, form, at_year))


def next_code_on(connection: Connection, work: Workplace, day: date) -> ProvisionalCode:
    """The code of the next slip of this counter's ``day``. Raises DomainError ``code.day_full``."""
    number = day.year * 10_000 + day.month * 100 + day.day
    daily = request_queries.last_daily(connection, number, work.journal) + 1
    if daily > MOST_A_DAY:
        raise DomainError(
            "Quầy này đã hết số phiếu trong ngày.", remedy="Nhận tiếp ở quầy khác.", code="code.day_full",
            title_en="This counter has used up its slips of the day.", remedy_en="Go on at another counter.",
        )  # fmt: skip
    place = work.place
    return provisional_code(place.unit, place.counter_number, life_of(work.journal), day, daily)


@dataclass
class Commit:
    """The act of F9 for one page; made for each press."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    form: IntakeForm
    jobs: list[int] = field(default_factory=list)
    outcome: str = ""
    dossier: EntryId | None = None

    def run(self) -> TakenIn:
        """Commit, then print. Raises DomainError: the first thing that stops the page."""
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_IN)
        act = self.desk.act()

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            self._follow(connection, entries, clerk, act.at)

        self.work.store.act(lambda acting: self._drafts(acting, clerk, act.at), act, then)
        self.work.changed("dossiers", "money", "prints", "people")
        return self._result()

    def _drafts(self, acting: Acting, clerk: OfficialState, at: int) -> list[Draft]:
        connection = acting.connection
        read = read_form(connection, self.work, self.form, at)
        self.outcome = outcome_of(read)
        self._check(connection, read)
        if self.outcome == ACCEPT and read.pays_now:
            roles.require(clerk, roles.TAKE_MONEY, with_act=True)
        if self.form.dossier is not None:
            return self._existing(acting, read, self.form.dossier)
        return self._new(acting, read)

    def _check(self, connection: Connection, read: IntakeRead) -> None:
        """What the page would show stops here too, words and all."""
        for fault in read.faults:
            raise fault
        checks = checked(connection, self.work, read, self.outcome, self.desk.person)
        twin = twin_of(connection, read)
        found = [*stops(read, self.outcome, checks), *looks(read, self.outcome, twin, checks)]
        for notice in found:
            if notice.level in (STOP, LOOK):
                raise DomainError(
                    notice.title, remedy=notice.detail, field=notice.field or None, code=notice.code
                )

    def _new(self, acting: Acting, read: IntakeRead) -> list[Draft]:
        """The person where he is new, the dossier with its outcome, and the money."""
        assert read.intake is not None  # without a procedure ``_check`` stopped
        batch: list[Draft] = []
        person: EntryId | None = None
        if read.person is not None:
            recorded = record(acting, self.work, read.person, from_card=self.form.party.from_card)
            batch, person = [*recorded.drafts], recorded.person
        code = next_code_on(acting.connection, self.work, read.day)
        known = None if person is None or person.is_placeholder else person
        place = len(batch) + 1
        party = msgspec.structs.replace(read.intake.party, person=known)
        intake = replace(
            read.intake, code=code.digits, daily=code.seq, person=person, place=place, party=party
        )
        batch += self._outcome(acting.connection, intake, read)
        batch += self._questions(acting, read, pending(place))
        if self.outcome == ACCEPT and read.pays_now:
            batch += self._money(acting, read, pending(place), code)
        return batch

    def _outcome(self, connection: Connection, intake: Intake, read: IntakeRead) -> tuple[Draft, ...]:
        year = read.day.year
        if self.outcome == ACCEPT:
            return intake_acts.accept(
                intake, next_number(connection, self.work, "01", year), read.rules.calendar
            )
        if self.outcome == ASK:
            number = next_number(connection, self.work, "02", year)
            return intake_acts.ask(intake, number, self._asked(read), *self._why())
        number = next_number(connection, self.work, "03", year)
        return intake_acts.refuse(intake, number, self.form.ground, self.form.reason)

    def _questions(self, acting: Acting, read: IntakeRead, dossier: EntryId) -> tuple[Draft, ...]:
        """What national systems are asked of, for rows that wait for a look-up; nothing when refused."""
        if read.intake is None or self.outcome == REFUSE:
            return ()
        clerk, of = self.desk.require(), read.intake
        return asking.with_intake(
            acting.connection, self.work, clerk, read.checklist, of.party, of.procedure.code, dossier, read.at
        )

    def _asked(self, read: IntakeRead) -> tuple[PaperAsked, ...]:
        """Rows of form 02 with the clerk's own words where he wrote some."""
        own = dict(self.form.asked_words)
        return tuple(
            PaperAsked(row.row, row.name, row.made_as, own.get(row.row, row.words)[:600])
            for row in intake_acts.asked_of(read.checklist)
        )

    def _why(self) -> tuple[str, str]:
        """Reason and whom to ask, as form 02 prints them."""
        clerk = self.desk.require()
        return self.form.reason.strip() or "Hồ sơ chưa đủ thành phần theo quy định.", clerk.name

    def _existing(self, acting: Acting, read: IntakeRead, dossier: EntryId) -> list[Draft]:
        """A dossier that came online or waits for papers: taken in, asked or refused on the same page."""
        assert read.intake is not None
        state: DossierState = self.work.state(acting.connection, dossier)
        self.dossier = dossier
        at, calendar, year = read.at, read.rules.calendar, read.day.year
        taken = intake_acts.taken_papers(read.intake)
        if state.stage is Stage.WAITING_CITIZEN:
            return [*self._brought(acting, read, state)]
        if self.outcome == ACCEPT:
            code = next_code_on(acting.connection, self.work, read.day)
            batch: list[Draft] = []
            person: EntryId | None = None
            if read.person is not None:
                recorded = record(acting, self.work, read.person, from_card=False)
                batch, person = [*recorded.drafts], recorded.person
            given = desk_acts.CounterCode(code.digits, code.seq, person)
            number = next_number(acting.connection, self.work, "01", year)
            limit = read.intake.limit
            accepted = desk_acts.accept_online(state, taken, number, given, at, calendar, limit)
            asked = self._questions(acting, read, dossier)
            return [*batch, *accepted, *_fees_typed(state, read.intake.fees), *asked]
        if self.outcome == ASK:
            number = next_number(acting.connection, self.work, "02", year)
            return [*desk_acts.ask(state, number, self._asked(read), *self._why(), at, calendar)]
        number = next_number(acting.connection, self.work, "03", year)
        return [*desk_acts.refuse(state, number, self.form.ground, self.form.reason, at)]

    def _brought(self, acting: Acting, read: IntakeRead, state: DossierState) -> tuple[Draft, ...]:
        """Papers of a request: form 01 with the last of them; part of them keeps it waiting."""
        assert read.intake is not None
        free = bringing.free_papers(acting.connection, state)
        all_there = read.checklist.is_complete and not any(paper.state == MISSING for paper in free)
        complete = all_there or self.form.outcome == ACCEPT
        self.outcome = ACCEPT if complete else ASK
        number = code = None
        if complete and state.form("01") is None:
            number = next_number(acting.connection, self.work, "01", read.day.year)
            if not state.code:
                given = next_code_on(acting.connection, self.work, read.day)
                code = desk_acts.CounterCode(given.digits, given.seq)
        taken = (*intake_acts.taken_papers(read.intake), *free)
        return desk_acts.bring(state, taken, complete, read.at, read.rules.calendar, number, code)

    def _money(
        self, acting: Acting, read: IntakeRead, dossier: EntryId, code: ProvisionalCode
    ) -> tuple[Draft, ...]:
        assert read.intake is not None
        given = read_given(self.form.given, read.total)
        change_for(given, read.total)
        lines = tuple(
            FeeLine(line.kind, line.label, 1, line.amount)
            for line in read.intake.fees
            if line.known and line.amount and not line.exemption
        )
        taking = Taking(lines, given, read.intake.party.name, read.day, salt(), self.form.method)
        return receive(acting, self.work, taking, dossier, code.receipt_digits)

    def _follow(
        self, connection: Connection, entries: tuple[Entry, ...], clerk: OfficialState, at: int
    ) -> None:
        """Queue the papers and drop the draft, in the act's transaction."""
        for entry in entries:
            if entry.facts.kind in _FORMS:
                self.dossier = entry.facts.subjects[0]
                self.jobs.append(queue_paper(connection, self.work, self.queue, entry, clerk, at))
            elif entry.facts.kind in _MONEY:
                self.jobs.append(queue_receipt(connection, self.work, self.queue, entry, clerk, at))
        drafts.drop(connection, clerk.id)
        tables.remember(connection, self.form.procedure)

    def _result(self) -> TakenIn:
        """Print what was queued, and say what happened."""
        assert self.dossier is not None
        with self.work.store.read() as connection:
            state: DossierState = self.work.state(connection, self.dossier)
        short = words.short_code(state.code, state.portal_code)
        failed = [job for job in self.queue.run(self.jobs) if job.state != "done"]
        if failed:
            saved = say(f"Đã lưu {short}.", f"{short} is saved.")
            sentence = f"{saved} {self.queue.words(failed[0].id)}".strip()
        elif not self.jobs:
            sentence = say(f"Đã ghi {short}, còn thiếu giấy tờ.", f"{short} is saved, papers are missing.")
        else:
            vi, en = DONE_WORDS[self.outcome]
            sentence = say(f"Đã lưu {short}, {vi}.", f"{short} is saved, {en}.")
        return TakenIn(self.dossier, short, self.outcome, sentence, tuple(self.jobs))


def _fees_typed(state: DossierState, fees: tuple[FeeUsed, ...]) -> tuple[Draft, ...]:
    """Rates of an online dossier that were not known and were typed on the page, with their ground."""
    if state.fee is not None or not fees or not all(line.known for line in fees):
        return ()
    return set_fees(state, fees, fees[0].ground)


def queue_paper(
    connection: Connection, work: Workplace, queue: PrintQueue, entry: Entry, by: OfficialState, at: int,
    *, promised: int = 0,
) -> int:  # fmt: skip
    """The paper of an entry that is a form, into the queue; returns the job's number."""
    state: DossierState = work.state(connection, entry.facts.subjects[0])
    body = read_fact(entry).body
    office, phone = letters.office_of(connection, work, body, by), contact_phone(work.policies(connection))
    written = Written(body, at, by.name, office, phone, promised)
    return queue.put(connection, papers.paper_of(work.place, state, written), state.id, at)


def queue_receipt(
    connection: Connection, work: Workplace, queue: PrintQueue, entry: Entry, by: OfficialState, at: int
) -> int:
    """The receipt or slip of an entry, into the queue; returns the job's number."""
    receipt: ReceiptState = work.state(connection, entry.id)
    state: DossierState = work.state(connection, entry.facts.subjects[1])
    template = work.state(connection, receipt.book).template if receipt.book else ""
    paper = papers.receipt_of(work.place, receipt, state, by.name, template)
    return queue.put(connection, paper, receipt.id, at)
