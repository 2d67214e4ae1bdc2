"""F9: person, requests, receipts and print jobs in one transaction; printing only after its commit."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.entries import CopiesRequested
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.intake import (
    Intake,
    day_of,
    extended_at_intake,
    take_request,
)
from counter_app.domain.certification.taking_in.time_limit import reason_of_due, reason_of_extension
from counter_app.domain.codes import ProvisionalCode, parse_provisional, provisional_code
from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import TRANSFER
from counter_app.domain.money.receipts import Taking, receipt_lines
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.cash.receiving import receive
from counter_app.services.copies import drafts
from counter_app.services.copies.papers import appointment_of, receipt_of, strip_of
from counter_app.services.copies.reading import FormRead, read_form
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.people.recording import record
from counter_app.services.ports.copies import Committed, RequestForm
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.scans import Scans
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import money as money_queries
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId, life_of, pending

MOST_A_DAY = 9_999


@dataclass
class Commit:
    """The act of F9 for one form; made for each press."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    form: RequestForm

    def run(self) -> Committed:
        """Commit, then print. Raises DomainError: the first thing that stops the form."""
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_IN)
        roles.require(clerk, roles.COMPARE, with_act=True)
        if self.form.pay == "now":
            roles.require(clerk, roles.TAKE_MONEY, with_act=True)
        act = self.desk.act()
        self._jobs: list[int] = []
        self._first: RequestState | None = None

        def decide(acting: Acting) -> list[Draft]:
            return self._drafts(acting, clerk, act.at)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            self._follow(connection, entries, clerk, act.at)

        self.work.store.act(decide, act, then)
        self.work.changed("requests", "money", "prints", "people")
        return self._result()

    def _drafts(self, acting: Acting, clerk: OfficialState, at: int) -> list[Draft]:
        read = read_form(acting.connection, self.work, self.form, at, clerk.id)
        for stop in read.stops:
            raise _stopped(stop.title, stop.detail, stop.code, stop.field)
        person = record(acting, self.work, read.person, from_card=self.form.person.from_card)
        batch = [*person.drafts]
        given = self._money_given(read)
        daily = request_queries.last_daily(acting.connection, day_of(at), self.work.journal)
        # One slip and one receipt, however many registers its papers belong to; the first names the request.
        matters = read.registers()
        code = self._code(read, daily + 1)
        rules = read.rules.intake_all(matters, read.at)
        intake = self._intake(read, matters[0], code, person.person)
        batch += take_request(intake, rules)
        request = pending(len(batch))
        batch += extended_at_intake(intake, rules, request)
        if self.form.pay == "now":
            batch += self._money(acting, read, matters[0], request, given, code)
        return batch

    def _money_given(self, read: FormRead) -> int:
        """What was given in dong; the whole sum is checked before any receipt is."""
        if self.form.pay != "now":
            return 0
        if self.form.method == TRANSFER:
            return read.total
        given = read_given(self.form.given, read.total)
        change_for(given, read.total)
        return given

    def _code(self, read: FormRead, daily: int) -> ProvisionalCode:
        if daily > MOST_A_DAY:
            raise DomainError(
                "Quầy này đã hết số phiếu trong ngày.", remedy="Nhận tiếp ở quầy khác.", code="code.day_full",
                title_en="This counter has used up its slips of the day.",
                remedy_en="Go on at another counter.",
            )  # fmt: skip
        place = self.work.place
        return provisional_code(place.unit, place.counter_number, life_of(self.work.journal), read.day, daily)

    def _intake(self, read: FormRead, register: str, code: ProvisionalCode, person: EntryId) -> Intake:
        taken, required = read.originals(register)
        known = None if person.is_placeholder else person
        return Intake(
            code=code.digits, daily=code.seq, requester=read.person.requester(known), originals=taken,
            received_at=read.at, salt=salt(), pay=self.form.pay, signatory=self.form.signatory, person=person,
            register=register, required=required, extension=read.extension,
        )  # fmt: skip

    def _money(
        self,
        acting: Acting,
        read: FormRead,
        register: str,
        request: EntryId,
        given: int,
        code: ProvisionalCode,
    ) -> tuple[Draft, ...]:
        taken, _ = read.originals(register)
        lines = receipt_lines(taken, register)
        taking = Taking(lines, given, read.person.particulars.name, read.day, salt(), self.form.method)
        return receive(acting, self.work, taking, request, code.receipt_digits)

    def _follow(
        self, connection: Connection, entries: tuple[Entry, ...], clerk: OfficialState, at: int
    ) -> None:
        """Queue the papers and drop the draft, in the act's transaction."""
        requests = [entry for entry in entries if entry.facts.kind == BY_BODY[CopiesRequested].number]
        for entry in requests:
            state: RequestState = self.work.state(connection, entry.id)
            self._first = self._first or state
            Scans(self.work).take_in(connection, state, self.form)
            rows = money_queries.receipts_of_request(connection, entry.id)
            receipts: list[ReceiptState] = [self.work.state(connection, row.id) for row in rows]
            given = sum(receipt.given for receipt in receipts) if receipts else None
            change = sum(receipt.change for receipt in receipts) if receipts else None
            place = self.work.place
            strip = strip_of(place, state, clerk.name, given=given, change=change)
            self._jobs.append(self.queue.put(connection, strip, entry.id, at))
            for receipt in receipts:
                template = self.work.state(connection, receipt.book).template if receipt.book else ""
                paper = receipt_of(place, receipt, state, clerk.name, template)
                self._jobs.append(self.queue.put(connection, paper, receipt.id, at))
            rules = self.work.rules(connection).intake_all(state.registers, state.taken_at)
            reason = (
                reason_of_extension(state.extension_ground) if state.extended
                else reason_of_due(state.taken_at, rules.limit, rules.calendar)
            )  # fmt: skip
            appointment = appointment_of(place, state, clerk.name, reason)
            if appointment is not None:
                self._jobs.append(self.queue.put(connection, appointment, entry.id, at))
        drafts.drop(connection, clerk.id)

    def _result(self) -> Committed:
        """Print what was queued, and say what happened."""
        assert self._first is not None  # an act without an original was refused before
        short = parse_provisional(self._first.code).short
        tried = self.queue.run(self._jobs)
        failed = [job for job in tried if job.state != "done"]
        if not failed:
            sentence = say(f"Đã lưu {short}, đã in phiếu.", f"{short} is saved, the slip is printed.")
        else:
            saved = say(f"Đã lưu {short}.", f"{short} is saved.")
            sentence = f"{saved} {self.queue.words(failed[0].id)}".strip()
        return Committed(self._first.id, short, sentence, tuple(self._jobs))


def _stopped(title: str, detail: str, code: str, field: str) -> DomainError:
    return DomainError(title, remedy=detail, field=field or None, code=code)
