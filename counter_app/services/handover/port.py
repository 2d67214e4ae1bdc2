"""The return desk: the port of the screens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.handover import Handover, hand_over
from counter_app.domain.certification.state import STRUCK, RequestState
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import CASH, FeeLine
from counter_app.domain.money.receipts import COPY_FEE, Taking, receipt_lines, take_money, total
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.copies.papers import receipt_of
from counter_app.services.handover.finding import find
from counter_app.services.handover.view import view_of
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.handover import ReturnForm, ReturnView
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import money as money_queries
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.entry import Draft, Entry


@dataclass
class HandoverArea:
    """Implements ``HandoverPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def find(self, code_or_text: str) -> tuple[ReturnView, ...]:
        """By slip, receipt, card or copy; raises DomainError with words when nothing is found."""
        with self.work.store.read() as connection:
            states = find(connection, self.work, code_or_text)
        self.desk.saw(reads.REQUEST, [state.id for state in states])
        return tuple(view_of(state) for state in states)

    def waiting(self) -> tuple[ReturnView, ...]:
        """Requests with copies ready to be handed over, oldest promise first."""
        with self.work.store.read() as connection:
            rows = request_queries.to_hand_over(connection)
            found = tuple(view_of(self.work.state(connection, row.id)) for row in rows)
        self.desk.saw(reads.WORK_LIST, [row.id for row in rows])
        return found

    def hand_over(self, form: ReturnForm) -> str:
        """F9: takes what is still to pay and records the handing over in one transaction.

        Raises DomainError ``handover.*``, ``money.*``, ``role.*``.
        """
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_IN)
        act = self.desk.act()
        jobs: list[int] = []
        taken = 0
        short = ""

        def decide(acting: Acting) -> list[Draft]:
            nonlocal taken, short
            state: RequestState = self.work.state(acting.connection, form.request)
            short = parse_provisional(state.code).short
            batch: list[Draft] = []
            # Without anything to give no money is taken: the handing over says why first.
            drafts = hand_over(state, _handover(form, state.to_pay))
            if state.to_pay:
                roles.require(clerk, roles.TAKE_MONEY, with_act=True)
                taken = state.to_pay
                batch += self._money(acting, state, form, act.at)
            return [*batch, *drafts]

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            if taken:
                jobs.append(self._receipt(connection, entries[0], clerk, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("requests", "money", "prints")
        self.queue.run(jobs)
        if not taken:
            return say(f"Đã trả {short}.", f"{short} was handed over.")
        paid = money_figures(taken)
        return say(f"Đã trả {short}, đã thu {paid}.", f"{short} was handed over, {paid} taken.")

    def _money(self, acting: Acting, state: RequestState, form: ReturnForm, at: int) -> tuple[Draft, ...]:
        rules = self.work.rules(acting.connection).receipts
        given = read_given(form.given, state.to_pay)
        change_for(given, state.to_pay)
        book = money_queries.open_book(acting.connection, self.work.journal)
        taking = Taking(_lines(state), given, state.requester.name, vn_date(at), salt(), CASH)
        return take_money(
            taking, state.id, book=None if book is None else acting.state(book.id).state, rules=rules,
            slip_code=parse_provisional(state.code).receipt_digits,
        )  # fmt: skip

    def _receipt(self, connection: Connection, entry: Entry, clerk: OfficialState, at: int) -> int:
        receipt: ReceiptState = self.work.state(connection, entry.id)
        if receipt.request is None:
            raise DomainError(
                "Biên lai không có hồ sơ.",
                code="receipt.alone",
                title_en="The receipt belongs to no request.",
            )
        request: RequestState = self.work.state(connection, receipt.request)
        template = self.work.state(connection, receipt.book).template if receipt.book else ""
        paper = receipt_of(self.work.place, receipt, request, clerk.name, template)
        return self.queue.put(connection, paper, receipt.id, at)


def _handover(form: ReturnForm, paid_now: int) -> Handover:
    return Handover(salt(), None, form.receiver, form.receiver_id, form.how_signed, form.slip_lost, paid_now)


def _lines(state: RequestState) -> tuple[FeeLine, ...]:
    """What is still to be paid: line by line when nothing was, else the rest as one line."""
    lines = receipt_lines((one.taken for one in state.originals if one.state != STRUCK), state.register)
    if total(lines) == state.to_pay:
        return lines
    return (FeeLine(COPY_FEE, "Phần còn thiếu", 1, state.to_pay),)
