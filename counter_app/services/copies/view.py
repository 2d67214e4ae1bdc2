"""What the page shows of a form: rows, money, notices, the promise."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.matters import (
    COPY,
    ELECTRONIC,
    OF_COPIES,
    OF_SIGNATURES,
    TRANSACTION,
)
from counter_app.domain.certification.taking_in.time_limit import Due, certification_due
from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import read_given, short_notice
from counter_app.domain.money.entries import TRANSFER
from counter_app.domain.money_words import money_figures
from counter_app.services.copies import notices
from counter_app.services.copies.reading import FormRead
from counter_app.services.copies.rows import ReadRow
from counter_app.services.copies.signers import signers_line
from counter_app.services.people import known
from counter_app.services.ports.copies import (
    LOOK,
    STOP,
    MoneyLine,
    Notice,
    RequestForm,
    RequestView,
    RowForm,
    RowView,
    TextPlace,
)
from counter_app.services.ports.saying import counted, noticed, say, spoken

PAY_NOW = "now"
NO_GIVEN = ""


def view_of(connection: Connection, read: FormRead, today: int) -> RequestView:
    """The page for a form that was read; ``today`` is ``yyyymmdd``."""
    given, money_notices = _given(read)
    found = [*read.stops, *read.unseen, *money_notices, *_again(connection, read, today)]
    due, due_notices = _due(read)
    found += [*due_notices, *read.hints]
    blocked = any(notice.level in (STOP, LOOK) for notice in found)
    originals = tuple(read.all_originals())
    return RequestView(
        rows=tuple(view for row in read.rows for view in _rows(row, read.form, read.texts.get(row.index))),
        money=_money(originals, read),
        total=read.total,
        given=given,
        change=given - read.total if read.form.pay == PAY_NOW else 0,
        notices=tuple(found),
        originals=len(originals),
        copies=sum(one.copies for one in originals),
        due_text="" if due is None else due_words(due),
        can_commit=not blocked,
    )


def _rows(row: ReadRow, form: RequestForm, place: TextPlace | None) -> list[RowView]:
    """A row, and under it its photocopies as a line of their own; ``place``: where its text will stand."""
    one, typed = row.original, row.typed
    if one is None or typed is None:
        text = "" if row.fault is None else row.fault.words(spoken()).title
        return [RowView(row.index, typed.name if typed else "", text, "", 0, 0, 0, 0, False)]
    unit = one.fee if row.matter == TRANSACTION else one.fee // one.copies  # one case, however many originals
    second = one.mark or _second(row, one)
    if row.matter == ELECTRONIC:
        second = " · ".join(filter(None, (one.mark, _scan_words(form.rows[row.index]))))
    kind = row.matter
    shown = [
        RowView(
            row.index,
            one.name,
            second,
            kind,
            one.pages,
            one.copies,
            unit,
            one.fee,
            bool(one.compared_at),
            one.kind,
            place,
        )
    ]
    if one.photocopy_pages:
        pages = counted(one.photocopy_pages, "page", "pages")
        words = say(f"{one.photocopy_pages} trang · khoản riêng", f"{pages} · not a fee")
        paper = f"{one.name[0].lower()}{one.name[1:]}"
        name = say(f"Photo tại xã: {paper}", f"Photocopied here: {paper}")
        amount = one.photocopy_pages * one.photocopy_price
        shown.append(
            RowView(
                row.index, name, words, "photocopy", one.pages, one.copies, one.photocopy_price, amount, True
            )
        )
    return shown


def _scan_words(row: RowForm) -> str:
    """What stands under an electronic copy: its scan, or the key that brings it."""
    if not row.scan:
        return say("Chưa có tệp quét: Ctrl+O", "No scan yet: Ctrl+O")
    return say(f"Tệp quét {row.scan_pages} trang", f"Scan of {counted(row.scan_pages, 'page', 'pages')}")


def _second(row: ReadRow, one: OriginalTaken) -> str:
    """Who signs, and whether before the clerk; nothing for copies."""
    if row.matter in OF_COPIES:
        return ""
    signers = signers_line(one)
    if one.compared_at:
        return say(f"{signers} · đã ký trước mặt", f"{signers} · signed before the clerk").removeprefix(" · ")
    return signers


def _money(originals: tuple[OriginalTaken, ...], read: FormRead) -> tuple[MoneyLine, ...]:
    """Fees of copies, signatures, transactions; photocopies: only lines that are there."""
    copies = [row.original for row in read.rows if row.original is not None and row.matter in OF_COPIES]
    signed = [row.original for row in read.rows if row.original is not None and row.matter in OF_SIGNATURES]
    deals = [row.original for row in read.rows if row.original is not None and row.matter == TRANSACTION]
    pages = sum(one.photocopy_pages for one in originals)
    made, papers = sum(one.copies for one in copies), sum(one.copies for one in signed)
    lines = (
        (
            copies,
            say(
                f"Phí chứng thực bản sao · {made} bản",
                f"Fee for certified copies · {counted(made, 'copy', 'copies')}",
            ),
            sum(o.fee for o in copies),
        ),
        (
            signed,
            say(f"Phí chứng thực chữ ký · {papers}", f"Fee for signatures · {papers}"),
            sum(o.fee for o in signed),
        ),
        (
            deals,
            say(f"Phí chứng thực giao dịch · {len(deals)}", f"Fee for transactions · {len(deals)}"),
            sum(o.fee for o in deals),
        ),
        (
            pages,
            say(f"Photo · {pages} trang", f"Photocopies · {counted(pages, 'page', 'pages')}"),
            sum(one.photocopy_pages * one.photocopy_price for one in originals),
        ),
    )
    return tuple(MoneyLine(label, amount) for there, label, amount in lines if there)


def _given(read: FormRead) -> tuple[int, list[Notice]]:
    """Money given (dong), and what is wrong with it; nothing is asked when it is paid at return."""
    if read.form.pay != PAY_NOW:
        return 0, []
    if read.form.method == TRANSFER:
        return read.total, []
    try:
        given = read_given(read.form.given, read.total)
    except DomainError as error:
        return 0, [notices.stop_of(error, notices.PERSON)]
    if given < read.total:
        short = short_notice(given, read.total)
        hint = say(
            "Nhận thêm tiền, hoặc Ctrl+M để thu khi trả.", "Take more, or Ctrl+M to take it at return."
        )
        return given, [Notice(LOOK, short.code, noticed(short), hint, notices.PERSON, "given")]
    return given, []


def _again(connection: Connection, read: FormRead, today: int) -> list[Notice]:
    number = read.person.particulars.id_number
    times = known.times_this_year(connection, number, today)
    return [notices.again_this_year(times, known.last_titles(connection, number))] if times else []


def _due(read: FormRead) -> tuple[Due | None, list[Notice]]:
    try:
        rules = read.rules.intake_all(read.registers() or (COPY,), read.at)
        return certification_due(read.at, rules.limit, rules.calendar, read.extension), []
    except DomainError as error:
        return None, [notices.stop_of(error, notices.PERSON)]


def due_words(due: Due) -> str:
    """``Trả trong ngày, trước 17:00`` or ``Hẹn 17:00 ngày 23/11/2026``."""
    if not due.slip:
        return say(f"Trả trong ngày, trước {due.due:%H:%M}", f"Given today, before {due.due:%H:%M}")
    time, day = f"{due.due:%H:%M}", short_date(due.due.date())
    return say(f"Hẹn {time} ngày {day}", f"Promised for {time} on {day}")


def summary(read: FormRead) -> str:
    """``4 bản chính, 12 bản sao, 90.000 đ``"""
    originals = tuple(read.all_originals())
    copies = sum(one.copies for one in originals)
    total = money_figures(read.total)
    return say(
        f"{len(originals)} bản chính, {copies} bản sao, {total}",
        f"{counted(len(originals), 'original', 'originals')}, {counted(copies, 'copy', 'copies')}, {total}",
    )
