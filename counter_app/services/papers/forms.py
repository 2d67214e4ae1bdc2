"""Every paper a job can hold: its data, how it is drawn, which printer it goes to.

A job keeps the data of its paper, not a picture: drawing happens after the commit, and a reprint is drawn
again with its copy number. A new form is one line of ``FORMS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from counter_app.domain.errors import DomainError
from counter_app.printing.forms import (
    appointment,
    arrival_minutes,
    bound_note,
    certification,
    certification_matters,
    day_closing,
    group_list,
    minutes,
    receipt,
    refusal,
    register_month,
    register_pdf,
    stamp_list,
    strip,
    year_closing,
)
from counter_app.printing.forms.one_stop import content, drawing
from counter_app.printing.forms.one_stop.books import FormBook, shipped
from counter_app.printing.jobs import PrinterRole
from counter_app.printing.model import Marks

STRIP = "strip"
RECEIPT = "receipt"
SLIP = "slip"
APPOINTMENT = "appointment"
REFUSAL = "refusal"
CERTIFICATION = "certification"
CERTIFICATION_MATTERS = "certification_matters"
CERTIFICATION_UNDER = "certification_under"
"""Texts under signatures: the citizens' own sheets lie in the tray of copies, in the order of the pile."""
STAMP_LIST = "stamp_list"
GROUP_LIST = "group_list"
REGISTER = "register"
DAY_CLOSING = "day_closing"
MINUTES = "minutes"
BOUND_NOTE = "bound_note"
YEAR_CLOSING = "year_closing"
ARRIVAL_MINUTES = "arrival_minutes"


class Form(NamedTuple):
    """One kind of paper: what it is called on the list of jobs, data, drawing, printer.

    ``template``: form and set of one that is drawn from a file of the unit or the province.
    """

    title: str
    data: type[Any]
    render: Callable[[Any], bytes]
    role: PrinterRole
    template: tuple[str, str] | None = None


FORMS: dict[str, Form] = {
    STRIP: Form("Phiếu", strip.Strip, strip.render, PrinterRole.STRIP),
    RECEIPT: Form("Biên lai", receipt.Receipt, receipt.render, PrinterRole.A5),
    SLIP: Form("Phiếu thu tạm", receipt.Receipt, receipt.render, PrinterRole.A5),
    APPOINTMENT: Form("Giấy tiếp nhận và hẹn", appointment.Appointment, appointment.render, PrinterRole.A5),
    REFUSAL: Form("Phiếu từ chối", refusal.Refusal, refusal.render, PrinterRole.A5),
    CERTIFICATION: Form(
        "Lời chứng", certification.CertificationPile, certification.render, PrinterRole.COPIES
    ),
    CERTIFICATION_MATTERS: Form(
        "Lời chứng", certification_matters.MatterPile, certification_matters.render, PrinterRole.A4
    ),
    CERTIFICATION_UNDER: Form(
        "Lời chứng dưới chữ ký",
        certification_matters.MatterPile,
        certification_matters.render,
        PrinterRole.COPIES,
    ),
    STAMP_LIST: Form("Danh sách số để đóng dấu", stamp_list.StampList, stamp_list.render, PrinterRole.A4),
    GROUP_LIST: Form("Danh sách nhóm", group_list.GroupList, group_list.render, PrinterRole.A4),
    REGISTER: Form("Sổ tháng", register_month.RegisterMonth, register_pdf.render, PrinterRole.A4),
    DAY_CLOSING: Form("Biên bản chốt quỹ", day_closing.DayClosing, day_closing.render, PrinterRole.A4),
    MINUTES: Form("Biên bản", minutes.Minutes, minutes.render, PrinterRole.A4),
    BOUND_NOTE: Form("Phiếu ghi chú bổ sung", bound_note.BoundNote, bound_note.render, PrinterRole.A5),
    ARRIVAL_MINUTES: Form("Biên bản", arrival_minutes.ArrivalMinutes, arrival_minutes.render, PrinterRole.A4),
    YEAR_CLOSING: Form("Khóa sổ năm", year_closing.YearClosing, year_closing.render, PrinterRole.A4),
}


def _one_stop(form: str, form_set: str) -> Callable[[Any], bytes]:
    """Draws with the shipped template."""
    return lambda content: _by_template(FormBook((shipped(),)), (form, form_set), content)


def _by_template(book: FormBook, template: tuple[str, str], content: Any) -> bytes:
    """Draws with the template in force when the dossier was received (``law.md`` 0.2)."""
    form, form_set = template
    day = getattr(content, "received_at", content.issued_at).date()
    return drawing.render(book.in_force(form, day, form_set), content)


def _dossier_forms(form_set: str) -> dict[str, Form]:
    kinds = (
        ("01", "Giấy tiếp nhận và hẹn", content.Form01Content),
        ("02", "Phiếu bổ sung", content.Form02Content),
        ("03", "Phiếu từ chối", content.Form03Content),
        ("04", "Xin lỗi, gia hạn", content.Form04Content),
        ("05", "Thông báo dừng", content.Form05Content),
        ("06", "Phiếu kiểm soát", content.Form06Content),
    )
    return {
        f"{form_set}_{form}": Form(title, data, _one_stop(form, form_set), PrinterRole.A5, (form, form_set))
        for form, title, data in kinds
    }


FORMS.update(_dossier_forms("one_stop") | _dossier_forms("residence"))


class Paper(NamedTuple):
    """A paper to be queued: its form, what people call it, its data."""

    form: str
    title: str
    data: msgspec.Struct


def pack(paper: Paper) -> bytes:
    """The data as a job keeps it."""
    return msgspec.msgpack.encode(paper.data)


def draw(form: str, content: bytes, copy_number: int, book: FormBook | None = None) -> bytes:
    """The PDF of a job's paper with its copy number; ``book``: forms in use here, None for the shipped ones.

    Raises DomainError ``paper.damaged`` for content that is not of this form, and what drawing raises.
    """
    known = FORMS.get(form)
    try:
        data = None if known is None else msgspec.msgpack.decode(content, type=known.data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        data = None
    if known is None or data is None:
        raise DomainError(
            "Không đọc được bản in này.", "Bản in do bản khác của chương trình để lại.",
            "Bỏ bản in này, rồi in lại từ hồ sơ.", code="paper.damaged",
            title_en="This job cannot be read.", meaning_en="Another version left it.",
            remedy_en="Drop it and print again from the record.",
        )  # fmt: skip
    marks = Marks(practice=data.marks.practice, copy_number=copy_number)
    marked = msgspec.structs.replace(data, marks=marks)
    if book is not None and known.template is not None:
        return _by_template(book, known.template, marked)
    return known.render(marked)
