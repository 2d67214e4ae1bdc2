"""The papers of a request: the 80 mm strip, receipt or provisional slip, appointment slip, refusal."""

from __future__ import annotations

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.state import RequestState, price
from counter_app.domain.certification.taking_in.matters import (
    COPY,
    ELECTRONIC,
    SIGNATURE,
    TRANSACTION,
    TRANSLATOR,
)
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.money.state import ReceiptState
from counter_app.printing.forms.appointment import Appointment
from counter_app.printing.forms.strip import Strip, StripLine
from counter_app.services.cash.receipt_paper import receipt_paper
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.workplace import Place

_TITLES = {
    ELECTRONIC: "Bản sao điện tử",
    SIGNATURE: "Chữ ký",
    TRANSLATOR: "Chữ ký người dịch",
    TRANSACTION: "Giao dịch",
}
_PROCEDURES = {
    COPY: "Chứng thực bản sao từ bản chính",
    ELECTRONIC: "Chứng thực bản sao điện tử từ bản chính",
    SIGNATURE: "Chứng thực chữ ký",
    TRANSLATOR: "Chứng thực chữ ký người dịch",
    TRANSACTION: "Chứng thực giao dịch",
}


def strip_of(
    place: Place, request: RequestState, receiver: str, *, given: int | None, change: int | None
) -> Paper:
    """The strip of a request; ``given`` and ``change`` None when it is paid at return."""
    short = parse_provisional(request.code).short
    taken = vn_datetime(request.taken_at)
    due = vn_datetime(request.due_at)
    data = Strip(
        head=place.head, short_code=short, code=request.code, requester=request.requester.name,
        taken_at=taken, lines=tuple(
            line for one in request.originals for line in strip_lines(one.taken, request.register_of(one))
        ),
        due_at=due, received=given, change=change, receiver=receiver, marks=place.marks(),
    )  # fmt: skip
    return Paper(forms.STRIP, f"Phiếu {short}", data)


def strip_lines(taken: OriginalTaken, matter: str = COPY) -> tuple[StripLine, ...]:
    """One row of the strip; photocopies have their own, for they are no fee."""
    row = StripLine(
        text=_titled(taken, matter), pages=taken.pages, copies=taken.copies, amount=taken.fee,
        quantity=_quantity(taken, matter) if matter != COPY else "",
    )  # fmt: skip
    if not taken.photocopy_pages:
        return (row,)
    photo = StripLine(
        text=f"Sao chụp: {taken.name}", pages=taken.pages, copies=taken.copies,
        amount=price(taken) - taken.fee,
        original=False,
    )  # fmt: skip
    return (row, photo)


def _titled(taken: OriginalTaken, matter: str) -> str:
    """``Chữ ký: sơ yếu lý lịch``; a copy by the name of its original."""
    what = _TITLES.get(matter, "")
    return f"{what}: {taken.name[:1].lower()}{taken.name[1:]}" if what else taken.name


def _quantity(taken: OriginalTaken, matter: str) -> str:
    if matter == ELECTRONIC:
        return f"{taken.pages} trang, tệp ký số"
    if matter == COPY:
        return f"{taken.pages} trang, {taken.copies} bản"
    return f"{taken.copies} {'bản chính' if matter == TRANSACTION else 'giấy tờ'}"


def receipt_of(
    place: Place, receipt: ReceiptState, request: RequestState, cashier: str, template: str
) -> Paper:
    """The receipt of a paper book, or the provisional slip."""
    return receipt_paper(
        place, receipt, cashier, template, code=request.code, address=request.requester.address,
        whose=parse_provisional(request.code).short,
    )  # fmt: skip


def appointment_of(place: Place, request: RequestState, receiver: str, reason: str) -> Paper | None:
    """The slip with hour and date, None when the copies are given the same day (TT 01/2020 art. 2).

    ``reason`` is what the time limit's rule says: "Nhận sau 15:00".
    """
    if vn_date(request.due_at) == vn_date(request.taken_at):
        return None
    short = parse_provisional(request.code).short
    taken, due = vn_datetime(request.taken_at), vn_datetime(request.due_at)
    who = request.requester
    originals = tuple(
        f"{o.taken.name}, {_quantity(o.taken, request.register_of(o))}" for o in request.originals
    )
    procedures = (_PROCEDURES[matter] for matter in request.registers)
    data = Appointment(
        head=place.head, code=request.code, requester=who.name, address=who.address, phone=who.phone,
        procedure="; ".join(procedures), originals=originals, received_at=taken, due_at=due,
        reason=reason, return_place=place.issuing, receiver=receiver,
        fee_due=request.to_pay or None, marks=place.marks(),
    )  # fmt: skip
    return Paper(forms.APPOINTMENT, f"Giấy tiếp nhận và hẹn {short}", data)
