"""Papers of a whole group: one strip, the list of its persons, one receipt, one appointment slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.certification.state import RequestState, price
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money.state import ReceiptState
from counter_app.printing.forms.appointment import Appointment
from counter_app.printing.forms.group_list import GroupLine, GroupList
from counter_app.printing.forms.strip import Strip, StripLine
from counter_app.services.cash.receipt_paper import receipt_paper
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.workplace import Place


@dataclass(frozen=True)
class GroupPapers:
    """A group and the requests of its persons, in the order of its list."""

    place: Place
    group: GroupState
    requests: Sequence[RequestState]
    receiver: str

    @property
    def short(self) -> str:
        """``02-0018``"""
        return parse_provisional(self.group.code).short

    @property
    def due_at(self) -> int:
        """The latest promise of its persons, ms."""
        return max((request.due_at for request in self.requests), default=self.group.taken_at)

    def strip(self, given: int | None, change: int | None) -> Paper:
        """One strip for the school; ``given`` None while nothing is paid for the whole."""
        data = Strip(
            head=self.place.head, short_code=self.short, code=self.group.code,
            requester=f"{self.group.name} ({self.group.taken} người)",
            taken_at=vn_datetime(self.group.taken_at), lines=self._strip_lines(),
            due_at=vn_datetime(self.due_at), received=given, change=change, receiver=self.receiver,
            marks=self.place.marks(),
        )  # fmt: skip
        return Paper(forms.STRIP, f"Phiếu nhóm {self.short}", data)

    def _strip_lines(self) -> tuple[StripLine, ...]:
        """One line a paper: of how many persons, pages of one original, all copies, all money."""
        found: dict[tuple[str, int], list[int]] = {}
        for request in self.requests:
            for one in request.originals:
                sums = found.setdefault((one.taken.name, one.taken.pages), [0, 0, 0])
                sums[0] += 1
                sums[1] += one.taken.copies
                sums[2] += price(one.taken)
        return tuple(
            StripLine(text=f"{name} ({people} người)", pages=pages, copies=copies, amount=amount)
            for (name, pages), (people, copies, amount) in found.items()
        )

    def listing(self) -> Paper:
        """The A4 list."""
        same_day = vn_date(self.due_at) == vn_date(self.group.taken_at)
        data = GroupList(
            head=self.place.head, name=self.group.name, bearer=self.group.bearer, short_code=self.short,
            code=self.group.code, taken_at=vn_datetime(self.group.taken_at),
            due_at=None if same_day else vn_datetime(self.due_at), paid=self._paid(), receiver=self.receiver,
            lines=tuple(map(_line, self.requests)), marks=self.place.marks(),
        )  # fmt: skip
        return Paper(forms.GROUP_LIST, f"Danh sách nhóm {self.short}", data)

    def _paid(self) -> str:
        if self.group.pay != "now":
            return "Thu khi trả kết quả."
        return "Đã thu, một biên lai." if self.group.receipt == "one" else "Đã thu, biên lai từng người."

    def appointment(self, reason: str) -> Paper | None:
        """The slip with hour and date, None when the copies are given the same day (TT 01/2020 art. 2)."""
        if vn_date(self.due_at) == vn_date(self.group.taken_at):
            return None
        lines = (f"{line.text}, {line.pages} trang, {line.copies} bản" for line in self._strip_lines())
        group = self.group
        data = Appointment(
            head=self.place.head, code=group.code, requester=group.name, address="", phone=group.phone,
            procedure="Chứng thực bản sao từ bản chính", originals=tuple(lines),
            received_at=vn_datetime(group.taken_at), due_at=vn_datetime(self.due_at), reason=reason,
            return_place=self.place.issuing, receiver=self.receiver, fee_due=group.to_pay or None,
            marks=self.place.marks(),
        )  # fmt: skip
        return Paper(forms.APPOINTMENT, f"Giấy tiếp nhận và hẹn {self.short}", data)


def _line(request: RequestState) -> GroupLine:
    taken = [original.taken for original in request.originals]
    who = request.requester
    return GroupLine(
        short_code=parse_provisional(request.code).short, name=who.name, label=request.group_label,
        identity=f"…{who.id_number[-4:]}", papers="; ".join(one.name for one in taken),
        copies=sum(one.copies for one in taken), amount=sum(map(price, taken)),
    )  # fmt: skip


def receipt_of_group(
    place: Place, receipt: ReceiptState, group: GroupState, cashier: str, template: str
) -> Paper:
    """The one receipt of a group, or its provisional slip; the payer is the school."""
    whose = f"nhóm {parse_provisional(group.code).short}"
    return receipt_paper(place, receipt, cashier, template, code=group.code, address="", whose=whose)
