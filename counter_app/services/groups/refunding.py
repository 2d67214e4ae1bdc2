"""A group's money goes back: every receipt of it in one act, under one second person (``law.md`` 7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money.entries import TRANSFER
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money.undo import refund
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.services.groups.sums import sums_of
from counter_app.services.ports.groups import GroupRefund, GroupRefundForm
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.queries import money as money_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

Back = tuple[ReceiptState, int]
"""A receipt and how much of it goes back, dong."""


@dataclass(frozen=True)
class Refunding:
    """What can be given back of a group, and giving it back the way it was paid: all receipts or none."""

    work: Workplace
    desk: Desk

    def offered(self, group: EntryId) -> GroupRefund:
        """What was paid and what is owed back."""
        with self.work.store.read() as connection:
            state: GroupState = self.work.state(connection, group)
            whole, owed = self._backs(connection, state, True), self._backs(connection, state, False)
            return GroupRefund(group, state.name, _sum(whole), len(whole), _sum(owed), len(owed))

    def run(self, form: GroupRefundForm) -> str:
        """One act; the sentence.

        Raises DomainError ``refund.*``, ``void.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``.
        The right is asked before the second person's secret.
        """
        person = self.desk.require()
        roles.require(person, roles.REFUND_FIRST)
        act, day = self.desk.act(sealed=True), self.work.day()
        second = self.desk.second(form.second, form.second_secret)
        given: list[Back] = []

        def decide(acting: Acting) -> list[Draft]:
            connection = acting.connection
            if money_queries.open_items(connection, day, self.work.journal).closed:
                raise _day_closed()
            given[:] = self._backs(connection, self.work.state(connection, form.group), form.whole)
            if _sum(given) != form.amount:
                raise _changed(_sum(given))
            return [
                draft
                for receipt, amount in given
                for draft in refund(receipt, amount, form.ground, day, person, second)
            ]

        self.work.store.act(decide, act)
        self.work.changed("money", "requests", "groups")
        money, count = money_figures(_sum(given)), len(given)
        by_bank = _sum([one for one in given if one[0].method == TRANSFER])
        if by_bank:
            cash, bank = money_figures(_sum(given) - by_bank), money_figures(by_bank)
            return say(
                f"Đã hoàn {money} của {count} biên lai: {bank} chuyển khoản, {cash} trừ vào quỹ hôm nay.",
                f"{money} of {counted(count, 'receipt', 'receipts')} given back: {bank} by transfer,"
                f" {cash} out of today's cash.",
            )
        return say(
            f"Đã hoàn {money} của {count} biên lai, trừ vào quỹ hôm nay.",
            f"{money} of {counted(count, 'receipt', 'receipts')} given back out of today's cash.",
        )

    def _backs(self, connection: Connection, group: GroupState, whole: bool) -> list[Back]:
        """Receipts of the group with what goes back of each; ``whole`` False: what was paid too much."""
        found: list[Back] = []
        owed = sums_of(connection, group).to_refund
        for receipt in reversed(list(self._receipts(connection, group.id))):
            amount = receipt.counts if whole else min(receipt.counts, owed)
            owed -= 0 if whole else amount
            found += [(receipt, amount)] if amount else []
        for member in group_queries.members(connection, group.id):
            request: RequestState = self.work.state(connection, member.id)
            owed = request.to_refund
            for receipt in self._receipts(connection, member.id):
                amount = receipt.counts if whole else min(receipt.counts, owed)
                owed -= 0 if whole else amount
                found += [(receipt, amount)] if amount else []
        return found

    def _receipts(self, connection: Connection, payer: EntryId) -> Iterator[ReceiptState]:
        """Receipts of the group itself or of one of its persons that are not void."""
        for row in money_queries.receipts_of_request(connection, payer):
            receipt: ReceiptState = self.work.state(connection, row.id)
            if not receipt.is_void:
                yield receipt


def _sum(backs: list[Back]) -> int:
    return sum(amount for _, amount in backs)


def _changed(now: int) -> DomainError:
    if not now:
        return DomainError(
            "Nhóm này không còn khoản nào để hoàn.", code="refund.nothing",
            title_en="There is nothing of this group to be given back.",
        )  # fmt: skip
    money = money_figures(now)
    return DomainError(
        f"Số tiền hoàn đã đổi: {money}.", remedy="Xem lại số tiền rồi F9.", field="amount",
        code="refund.changed", title_en=f"What goes back has changed: {money}.",
        remedy_en="Look at the amount, then F9.",
    )  # fmt: skip


def _day_closed() -> DomainError:
    return DomainError(
        "Hôm nay đã chốt quỹ.", "Biên bản chốt ngày không sửa được.", "Hoàn tiền vào ngày làm việc sau.",
        code="refund.day_closed", title_en="Today's cash is closed.",
        meaning_en="The sheet of a closed day cannot change.",
        remedy_en="Refund on the next working day.",
    )  # fmt: skip
