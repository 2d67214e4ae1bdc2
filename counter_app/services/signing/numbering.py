"""Moment 2: checks, numbers and the text job in one transaction; printing after its commit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles import lots
from counter_app.domain.certification.piles.lots import Pile, Signing, number_lot
from counter_app.domain.certification.state import LotState, RequestState
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.refusals import pen_elsewhere, pen_on_paper
from counter_app.domain.registers.state import RegisterState
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.signing import Numbered
from counter_app.services.registers import held
from counter_app.services.registers.place import require_place
from counter_app.services.session.desk import Desk
from counter_app.services.signing.checking import Checker, checker
from counter_app.services.signing.guards import Guards
from counter_app.services.signing.texts import texts_of
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId


@dataclass
class Numbering:
    """One pressing of F9 or Ctrl+Enter at the desk; the PIN was checked.

    ``paper_first`` and ``paper_day``: numbers used on printed sheets are entered; their texts exist on paper.
    ``kind`` is the queue; "" takes the first in which the first request waits.
    """

    work: Workplace
    desk: Desk
    queue: PrintQueue
    guards: Guards
    requests: tuple[EntryId, ...]
    signatory: EntryId | None
    paper_first: int = 0
    paper_day: int = 0
    kind: str = ""

    def run(self) -> Numbered:
        """Number and print. Raises DomainError of ``lots.number_lot``, ``pen.*``, ``register.none``."""
        act = self.desk.act(sealed=True)
        numberer = self.desk.require()
        self._jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            return self._drafts(acting, numberer, act.at)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            lot: LotState = self.work.state(connection, entries[0].id)
            born: list[LineState] = [
                self.work.state(connection, entry.id) for entry in entries[1 : lot.count + 1]
            ]
            self._texts = 0 if self.paper_first else sum(line.copies for line in born)
            if self._texts:
                for paper in texts_of(connection, self.work, lot, born):
                    self._jobs.append(self.queue.put(connection, paper, lot.id, act.at))
            self._lot = lot

        self.work.store.act(decide, act, then)
        self.work.changed("requests", "registers", "signing", "prints")
        tried = self.queue.run(self._jobs)
        return self._result(all(job.state == "done" for job in tried))

    def _drafts(self, acting: Acting, numberer: OfficialState, at: int) -> tuple[Draft, ...]:
        connection, work = acting.connection, self.work
        states: tuple[RequestState, ...] = tuple(work.state(connection, one) for one in self.requests)
        if not states:
            raise _nothing()
        day = self.paper_day if self.paper_first else day_of(at)
        kind = self.kind or kind_of(states[0])
        register = held.required_register(connection, work, day // 10_000, kind)
        self._check_holder(connection, register)
        if not self.paper_first:  # numbers of printed sheets were given wherever the sheets were
            require_place(connection, work, kind)
        self.guards.check(register)
        checks = checker(work, connection, numberer, day)
        signatory = self._signatory(checks, states, kind)
        pile = Pile(states, (), looked_at=len(states) == 1)
        pile = replace(pile, salts=[salt() for _ in range(pile.size(kind))])
        signing = Signing(
            signatory, checks.act_for(signatory, register.register), numberer, checks.registrar_may_number
        )
        desk = lots.Desk(
            work.journal, at, self.guards.last_contact(connection),
            date_confirmed=self.guards.date_confirmed(),
            holder_name=held.where(connection, work, register),
            paper_first=self.paper_first, paper_day=self.paper_day,
        )  # fmt: skip
        return number_lot(pile, signing, register, checks.check_rules(states, signatory.id), desk)

    def _check_holder(self, connection: Connection, register: RegisterState) -> None:
        """Without the pen the words say where numbers are given, before anything else is asked."""
        if register.is_on_paper:
            raise pen_on_paper()
        if register.holder != self.work.journal:
            raise pen_elsewhere(held.where(connection, self.work, register))

    def _signatory(self, checks: Checker, states: tuple[RequestState, ...], kind: str) -> OfficialState:
        if self.signatory is not None:
            named: OfficialState = self.work.state(checks.connection, self.signatory)
            return named
        each = (checks.signatory_of(state, kind) for state in states)
        found = {signer.id: signer for signer in each if signer is not None}
        if len(found) == 1:
            return next(iter(found.values()))
        raise DomainError(
            "Chưa chọn người ký." if not found else "Các phiếu này trình những người ký khác nhau.",
            remedy="Chọn một người ký cho cả lô.", field="signatory", code="lot.signatory",
            title_en="No signatory is chosen." if not found else "These slips name different signatories.",
            remedy_en="Choose one signatory for the lot.",
        )  # fmt: skip

    def _result(self, printed: bool) -> Numbered:
        lot = self._lot
        numbers = f"{lot.first_number}–{lot.last_number}" if lot.count > 1 else f"{lot.first_number}"
        sentence = say(
            f"Đã cấp số {numbers}, đã in {self._texts} lời chứng.",
            f"Numbered {numbers}; {counted(self._texts, 'text', 'texts')} printed.",
        )
        if not printed:
            sentence = say(f"Đã cấp số {numbers}.", f"Numbered {numbers}.")
            sentence = f"{sentence} {self.queue.words(self._jobs[0])}"
        return Numbered(lot.id, lot.first_number, lot.last_number, self._texts, sentence, tuple(self._jobs))


def kind_of(state: RequestState) -> str:
    """The first queue in which a request waits; its own kind when it waits in none."""
    return next((kind for kind in state.registers if state.waits_in(kind)), state.register)


def _nothing() -> DomainError:
    return DomainError(
        "Chưa chọn phiếu nào còn chờ cấp số.",
        remedy="Quét phiếu, hoặc Ctrl+A để chọn các phiếu Đủ.", code="lot.empty",
        title_en="No slip that waits for a number is chosen.",
        remedy_en="Scan a slip, or press Ctrl+A for all that are complete.",
    )  # fmt: skip
