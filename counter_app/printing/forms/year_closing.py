"""The closing of a register-year: the closing sheet of the book and the minutes of two persons.

A register is closed on 31 December with its total, signature and seal (NĐ 23/2015 art. 13(3), verified);
layout and wording are our own (U). The sheet is the last page of the book, the minutes are kept beside it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from counter_app.domain.money_words import money_words, number_words
from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import grouped, hour_and_date, long_date, money, register_number
from counter_app.printing.forms.minutes import NUMBER_COLUMNS, Person
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers ``first`` to ``last`` by what became of them; ``copies``, ``fees`` (đồng) of those that count.

    ``signed`` leaves out the ``annulled``, which were signed too; ``month`` 0: the whole year.
    """

    month: int = 0
    first: int
    last: int
    signed: int
    struck: int
    annulled: int
    voided: int
    copies: int
    fees: int

    @property
    def numbers(self) -> int:
        """Return how many numbers there are; the parts add up to it."""
        return self.signed + self.struck + self.annulled + self.voided


class YearClosing(msgspec.Struct, frozen=True, kw_only=True):
    """A closed register-year; ``settled``, ``struck``: rows of (number, outcome, ground) for the minutes.

    ``held_at``: when two persons closed it, on the last day of the year or later; the book bears that day.
    ``changed``: how many bound lines have a later note. ``opened_at``: the number this register began with;
    ``old`` lines below it were taken over from the old book, where they stand signed.
    """

    head: Letterhead
    title: str
    symbol: str
    counted: str
    books: str
    year: int
    total: Tally
    months: tuple[Tally, ...]
    settled: tuple[tuple[str, str, str], ...]
    struck: tuple[tuple[str, str, str], ...]
    changed: int
    held_at: datetime
    first: Person
    second: Person
    journal_head: str
    marks: Marks = Marks()
    old: int = 0
    opened_at: int = 0

    @property
    def day(self) -> date:
        """Return the day the book is closed as of: the last of its year."""
        return date(self.year, 12, 31)


MONTH_COLUMNS: Final = (
    blocks.Column("Tháng", 16, Align.CENTRE),
    blocks.Column("Từ số - đến số", 34, Align.CENTRE),
    blocks.Column("Số việc", 20, Align.RIGHT),
    blocks.Column("Đã ký", 20, Align.RIGHT),
    blocks.Column("Gạch, hủy số", 24, Align.RIGHT),
    blocks.Column("Huỷ bỏ giá trị", 24, Align.RIGHT),
    blocks.Column("Số lượng", 22, Align.RIGHT),
    blocks.Column("Phí (đồng)", 30, Align.RIGHT),
)


def render(data: YearClosing) -> bytes:
    """Return the closing sheet, then the minutes, as A4."""
    sheet = Sheet(A4, f"Khoa so {data.symbol} {data.year}", practice=data.marks.practice)
    sheet.practice_marks()
    draw_sheet(sheet, blocks.frame_of(sheet, 18), data)
    sheet.new_page()
    _minutes(sheet, blocks.frame_of(sheet, 18), data)
    return sheet.finish()


def draw_sheet(sheet: Sheet, frame: blocks.Frame, data: YearClosing) -> None:
    """Draw the closing sheet on the current page: total in figures and words, places to sign and seal."""
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 6, "TRANG KHÓA SỔ", size=16)
    top = blocks.title(sheet, frame, top, data.title, size=13)
    words = f"Quyển số {data.books}/{data.year} -{data.symbol}"
    top = sheet.block(frame.middle, top, words, frame.width, size=12.5, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 5
    for line in total_lines(data):
        top = sheet.block(frame.left, top, line, frame.width, size=13) + 1.5
    words = f"Khóa sổ {long_date(data.day)}."
    top = sheet.block(frame.left, top + 1, words, frame.width, font=fonts.SERIF_BOLD, size=13)
    blocks.signatures(
        sheet, frame, top + 8,
        (
            Signature(role="NGƯỜI KHÓA SỔ", name=data.first.name),
            Signature(role="NGƯỜI KIỂM TRA", name=data.second.name),
            Signature(role="CHỦ TỊCH", hint="(Ký, ghi rõ họ tên và đóng dấu)"),
        ),
        room=26, size=12,
    )  # fmt: skip


def total_lines(data: YearClosing) -> tuple[str, ...]:
    """Return the sentences of the total; the parts add up to the whole, which stands in words too."""
    total = data.total
    if not total.numbers:
        return (f"Năm {data.year} sổ này không có số chứng thực nào.",)
    parts = ((total.signed, "đã ký"), (total.annulled, "đã ký, huỷ bỏ giá trị"), (total.struck, "gạch"),
             (total.voided, "hủy số theo biên bản"))  # fmt: skip
    shown = " + ".join(f"{grouped(count)} {word}" for count, word in parts if count)
    span = f"từ số {register_number(total.first)} đến số {register_number(total.last)}"
    before = old_lines(data)
    fee_words = f"{money(total.fees)} (bằng chữ: {money_words(total.fees, capital=False)})"
    whole = (
        f"Tổng số việc chứng thực trong sổ năm {data.year}: {grouped(total.numbers)} số, {span} "
        f"(bằng chữ: {number_words(total.numbers)} số), gồm {shown}."
    )
    return (
        whole,
        f"Số {data.counted}: {grouped(total.copies)} (bằng chữ: {number_words(total.copies)}).",
        f"Phí chứng thực: {fee_words}.",
        *before,
    )


def old_lines(data: YearClosing) -> tuple[str, ...]:
    """Return what the total says of numbers that the old book holds; nothing for a year that began here."""
    before = (data.opened_at or data.total.first) - 1
    if before < 1:
        return ()
    span = f"Các số từ 01 đến {register_number(before)}"
    if not data.old:
        return (f"{span} ghi trong sổ giấy, khóa cùng sổ giấy.",)
    rest = before - data.old
    left = f"; {grouped(rest)} số còn lại chỉ ghi trong sổ giấy, khóa cùng sổ giấy" if rest else ""
    return (
        f"{span} ghi trong sổ cũ: {grouped(data.old)} dòng đã chép từ sổ cũ và tính trong tổng trên{left}.",
    )


def _minutes(sheet: Sheet, frame: blocks.Frame, data: YearClosing) -> None:
    """Draw the minutes, over as many pages as their tables need."""
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 5, f"BIÊN BẢN KHÓA SỔ CHỨNG THỰC NĂM {data.year}")
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    place = f", tại {data.head.place}" if data.head.place else ""
    top = sheet.block(frame.left, top + 3, f"Lập lúc {hour_and_date(data.held_at)}{place}.", frame.width)
    for index, person in enumerate((data.first, data.second), 1):
        words = f"{index}. {person.name} - {person.office}"
        top = sheet.block(frame.left, top + 0.5, words, frame.width)
    words = f"{data.title}, quyển số {data.books}/{data.year} -{data.symbol}"
    top = blocks.labelled(sheet, frame, top + 2, "Sổ", words)
    rows = [_month_row(month) for month in (*data.months, data.total)]
    top = paging.paged_table(sheet, frame, top + 2, MONTH_COLUMNS, rows, size=10.5, head=14)
    for line in _found(data):
        top = paging.room_for(sheet, frame, top, 12)
        top = sheet.block(frame.left, top + 1.5, line, frame.width)
    for title, numbers in (
        ("Số chưa rõ đã giải quyết trong năm:", data.settled),
        ("Số gạch trong năm:", data.struck),
    ):
        if numbers:
            top = paging.room_for(sheet, frame, top, 30)
            top = sheet.block(frame.left, top + 2, title, frame.width, font=fonts.SERIF_BOLD)
            top = paging.paged_table(sheet, frame, top + 1, NUMBER_COLUMNS, numbers, size=10.5)
    _signed(sheet, frame, top, data)


def _signed(sheet: Sheet, frame: blocks.Frame, top: float, data: YearClosing) -> None:
    """Draw the head of the journal and the two places to sign."""
    top = paging.room_for(sheet, frame, top, 58)
    if data.journal_head:
        words = f"Nhật ký của máy sau việc này: {data.journal_head}"
        top = sheet.block(frame.left, top + 2, words, frame.width, font=fonts.SANS, size=7.5)
    places = tuple(
        Signature(role=f"NGƯỜI THỨ {word}", name=person.name)
        for word, person in (("NHẤT", data.first), ("HAI", data.second))
    )
    blocks.signatures(sheet, frame, top + 5, places, room=24, size=12)


def _month_row(tally: Tally) -> tuple[str, ...]:
    span = f"{register_number(tally.first)} - {register_number(tally.last)}" if tally.numbers else ""
    return (
        f"{tally.month:02d}" if tally.month else "Cả năm", span, grouped(tally.numbers),
        grouped(tally.signed),
        grouped(tally.struck + tally.voided), grouped(tally.annulled), grouped(tally.copies),
        grouped(tally.fees),
    )  # fmt: skip


def _found(data: YearClosing) -> tuple[str, ...]:
    """Return what the two persons state."""
    notes = (
        f"{grouped(data.changed)} dòng có ghi chú bổ sung sau khi đóng quyển, đã ghi ở cột Ghi chú."
        if data.changed
        else "Không có ghi chú bổ sung sau khi đóng quyển."
    )
    checked = (
        "Hai người nêu trên đã cùng kiểm tra: số liên tục, không thiếu, không trùng; mỗi số gạch có lý do; "
        "không còn số chưa xác nhận đã ký, không còn số chưa rõ; các tháng đã in, đóng quyển, "
        "đóng dấu giáp lai."
    )
    ending = f"Sổ khóa đến hết {long_date(data.day)}. Sau khi khóa chỉ được thêm ghi chú."
    return checked, notes, ending
