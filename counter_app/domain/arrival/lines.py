"""Lines of an old book: read, looked at one by one and against the register-year that goes on from them.

A number below the register's first one belongs to the old book; it is written here as that book has it and
never given again (NĐ 23/2015 art. 13: numbers run through the calendar year). What the file leaves out stays
in the paper book alone and is no hole of this register.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from counter_app.domain.arrival import cells, columns
from counter_app.domain.arrival.cells import BadCell, Fault
from counter_app.domain.arrival.entries import OldLineWritten
from counter_app.domain.drafting import draft
from counter_app.domain.fold_text import fold
from counter_app.domain.registers.spans import Span, Spans, joined, without
from counter_app.domain.registers.state import RegisterState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId

MOST_COPIES = 9_999
_STRUCK = re.compile(r"(?:so )?(?:gach|huy|bo so)\b")
_SAYS_STRUCK = re.compile(r"(?:số\s+)?gạch\s*[:,-]?\s*", re.I)

Rows = Iterable[tuple[int, tuple[str, ...]]]


class OldLine(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A line as it was read; ``line`` is its place in the file, ``day`` yyyymmdd, book 0: not said."""

    line: int
    number: int
    book: int
    day: int
    name: str
    original: str
    signatory: str
    copies: int
    fee: int
    remarks: str
    struck: bool


class OldBook(NamedTuple):
    """What lines are looked at against: the register-year, numbers that are there already, today."""

    register: RegisterState
    known: Collection[int]
    today: int


def read_lines(
    rows: Rows, roles: Sequence[str], book: OldBook
) -> tuple[tuple[OldLine, ...], tuple[Fault, ...]]:
    """Every row as a line or with what is wrong with it; rows without number, name and paper (totals) go."""
    places = {role: place for place, role in reversed(list(enumerate(roles))) if role}
    found: list[OldLine] = []
    faults: list[Fault] = []
    for line, row in rows:
        given = {role: row[place].strip() for role, place in places.items() if place < len(row)}
        telling = (given.get(role) for role in (columns.NUMBER, columns.NAME, columns.ORIGINAL))
        if columns.is_numbering(row) or not any(telling) or _is_total(given):
            continue
        read, wrong = _line(line, given, book.register.year)
        faults += wrong
        if read is not None:
            found.append(read)
    return tuple(found), (*faults, *_against(found, book))


def _is_total(given: Mapping[str, str]) -> bool:
    """``Cộng``, ``Tổng số``: a sum below a page."""
    number = fold(given.get(columns.NUMBER, ""))
    return not any(char.isdigit() for char in number) and not given.get(columns.DAY, "")


def _line(line: int, given: Mapping[str, str], year: int) -> tuple[OldLine | None, list[Fault]]:
    wrong: list[Fault] = []

    def cell(role: str, read: object, otherwise: int = 0) -> int:
        try:
            return read(given.get(role, ""))  # type: ignore[operator,no-any-return]
        except BadCell as bad:
            wrong.append(Fault(line, role, bad.vi, bad.en))
            return otherwise

    remarks = given.get(columns.REMARKS, "")
    bare_copies = given.get(columns.COPIES, "").strip(" -–0")
    struck = bool(_STRUCK.match(fold(remarks))) and not bare_copies
    number = cell(columns.NUMBER, lambda text: cells.number(text, year))
    day = cell(columns.DAY, lambda text: cells.day(text, year))
    book = cell(columns.BOOK, lambda text: cells.number(text, year) if text else 0)
    copies = 0 if struck else cell(columns.COPIES, lambda text: cells.count(text, MOST_COPIES), 1)
    fee = 0 if struck else cell(columns.FEE, cells.money)
    if not struck and not copies:
        wrong.append(Fault(line, columns.COPIES, "chưa có số bản", "the number of copies is missing"))
    for role, vi, en in _WANTED:
        if not struck and not given.get(role):
            wrong.append(Fault(line, role, vi, en))
    if wrong:
        return None, wrong
    texts = (given.get(columns.NAME, ""), given.get(columns.ORIGINAL, ""), given.get(columns.SIGNATORY, ""))
    name, original, signatory = (text[:120] for text in texts)
    told = _SAYS_STRUCK.sub("", remarks, count=1) if struck else remarks  # the column's word comes by itself
    return OldLine(line, number, book, day, name, original, signatory, copies, fee, told[:400], struck), []


_WANTED = (
    (columns.NAME, "chưa có họ tên", "the name is missing"),
    (columns.ORIGINAL, "chưa có tên giấy tờ", "the name of the paper is missing"),
)


def _against(lines: Sequence[OldLine], book: OldBook) -> list[Fault]:
    """What is wrong between the lines, and with the register-year."""
    state, faults = book.register, []
    times = Counter(line.number for line in lines)
    bound = {closed.month for closed in state.closed_months}
    for one in lines:
        told = _number_faults(one.number, times[one.number], book) or _day_faults(one.day, bound, book)
        if told is not None:
            role, vi, en = told
            faults.append(Fault(one.line, role, vi, en))
    return faults


def _number_faults(number: int, times: int, book: OldBook) -> tuple[str, str, str] | None:
    first = book.register.first_number
    if number >= first:
        return (columns.NUMBER, f"số {number:02d} không thuộc sổ cũ: máy cấp từ số {first:02d}",
                f"number {number:02d} is not of the old book: numbers here begin at {first:02d}")  # fmt: skip
    if times > 1:
        return columns.NUMBER, f"số {number:02d} có {times} dòng", f"{times} lines for number {number:02d}"
    if number in book.known:
        return columns.NUMBER, f"số {number:02d} đã có trên máy", f"number {number:02d} is here already"
    return None


def _day_faults(day: int, bound: Collection[int], book: OldBook) -> tuple[str, str, str] | None:
    year, month = day // 10_000, day // 100 % 100
    if year != book.register.year:
        return columns.DAY, f"ngày không thuộc năm {book.register.year}", "the day is of another year"
    if day > book.today:
        return columns.DAY, "ngày sau hôm nay", "the day has not come"
    if month in bound:
        return (columns.DAY, f"tháng {month} đã khóa và in trên máy",
                f"month {month} is closed and printed here")  # fmt: skip
    return None


def left_out(lines: Iterable[OldLine], book: OldBook) -> Spans:
    """Numbers of the old book that neither the file nor this register holds: they stay on paper alone."""
    there = joined([Span(number, number) for number in {*book.known, *(one.number for one in lines)}])
    missing: Spans = (Span(1, book.register.first_number - 1),) if book.register.first_number > 1 else ()
    for span in there:
        missing = without(missing, span.first, span.last)
    return missing


def line_draft(one: OldLine, row: int, year: int, register: EntryId, arrival: EntryId, salt: bytes) -> Draft:
    """The entry of one line; ``row`` from 0 in the plan."""
    body = OldLineWritten(
        row, one.number, one.book, year, one.day, one.name, one.original, one.signatory, one.copies, one.fee,
        one.remarks, one.struck, salt,
    )  # fmt: skip
    return draft(body, SELF, register, arrival)
