"""Copies that leave in one act: several requests of one person, what is owed taken with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from counter_app.domain.certification.handover import Handover, hand_over
from counter_app.domain.certification.state import STRUCK, RequestState
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import TRANSFER, FeeLine
from counter_app.domain.money.receipts import COPY_FEE, Taking, receipt_lines, total
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.cash.receiving import receive
from counter_app.services.copies.papers import receipt_of
from counter_app.services.groups.handing import check_paid, with_bearer
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry


@dataclass
class Leaving:
    """The copies of one press of F9; ``receipts`` counts the papers of the open book its batch uses."""

    work: Workplace
    queue: PrintQueue
    forms: tuple[ReturnForm, ...]
    clerk: OfficialState
    receipts: int = 0
    left: list[tuple[str, int]] = field(default_factory=list)

    def drafts(self, acting: Acting, at: int) -> list[Draft]:
        """Money first where any is owed. Raises ``handover.*``, ``money.*``, ``role.*``."""
        self.receipts = 0
        self.left.clear()
        batch: list[Draft] = []
        check_paid(acting.connection, self.work, self.forms)
        for form in with_bearer(acting.connection, self.work, self.forms):
            state: RequestState = self.work.state(acting.connection, form.request)
            # Without anything to give no money is taken: the handing over says why first.
            handed = hand_over(state, _handover(form, state.to_pay))
            if state.to_pay:
                roles.require(self.clerk, roles.TAKE_MONEY, with_act=True)
                batch += self._money(acting, state, form, at)
            self.left.append((parse_provisional(state.code).short, state.to_pay))
            batch += handed
        return batch

    def put(self, connection: Connection, entries: tuple[Entry, ...], at: int) -> list[int]:
        """The receipts among the written entries, into the print queue; job numbers."""
        requests = {form.request for form in self.forms}
        paid = [
            entry
            for entry in entries
            if entry.facts.subjects[0] == entry.id and requests.intersection(entry.facts.subjects[1:])
        ]
        return [self._receipt(connection, entry, at) for entry in paid]

    def sentence(self) -> str:
        """``Đã trả 01-0001, đã thu 6.000 đ.``, one for each request."""
        return " ".join(_told(short, taken) for short, taken in self.left)

    def _money(self, acting: Acting, state: RequestState, form: ReturnForm, at: int) -> tuple[Draft, ...]:
        given = state.to_pay if form.method == TRANSFER else read_given(form.given, state.to_pay)
        change_for(given, state.to_pay)
        used, self.receipts = self.receipts, self.receipts + 1
        taking = Taking(_lines(state), given, state.requester.name, vn_date(at), salt(), form.method)
        code = parse_provisional(state.code).receipt_digits
        return receive(acting, self.work, taking, state.id, code, used=used)

    def _receipt(self, connection: Connection, entry: Entry, at: int) -> int:
        receipt: ReceiptState = self.work.state(connection, entry.id)
        if receipt.request is None:
            raise DomainError(
                "Biên lai không có hồ sơ.",
                code="receipt.alone",
                title_en="The receipt belongs to no request.",
            )
        request: RequestState = self.work.state(connection, receipt.request)
        template = self.work.state(connection, receipt.book).template if receipt.book else ""
        paper = receipt_of(self.work.place, receipt, request, self.clerk.name, template)
        return self.queue.put(connection, paper, receipt.id, at)


def _told(short: str, taken: int) -> str:
    if not taken:
        return say(f"Đã trả {short}.", f"{short} was handed over.")
    paid = money_figures(taken)
    return say(f"Đã trả {short}, đã thu {paid}.", f"{short} was handed over, {paid} taken.")


def _handover(form: ReturnForm, paid_now: int) -> Handover:
    return Handover(salt(), None, form.receiver, form.receiver_id, form.how_signed, form.slip_lost, paid_now)


def _lines(state: RequestState) -> tuple[FeeLine, ...]:
    """What is still to be paid: line by line when nothing was, else the rest as one line."""
    lines = receipt_lines((one.taken for one in state.originals if one.state != STRUCK), state.register)
    if total(lines) == state.to_pay:
        return lines
    return (FeeLine(COPY_FEE, "Phần còn thiếu", 1, state.to_pay),)
