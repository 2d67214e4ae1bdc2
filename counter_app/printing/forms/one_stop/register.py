"""Form 07, Sổ theo dõi hồ sơ: the lines of a day or a year, with the words of cover and closing line.

One book per counter, numbers continuous from 01; the unit's yearly book puts the counters' books one
after the other (``law.md`` 1.3; that several parallel books are allowed is unverified [U]).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Final

import msgspec

from counter_app.printing.barcodes import spaced
from counter_app.printing.formats import register_number, short_date, short_moment
from counter_app.printing.forms.one_stop.drawing import render_paper
from counter_app.printing.forms.one_stop.grid import SECTION
from counter_app.printing.forms.one_stop.pages import Paper
from counter_app.printing.forms.one_stop.template import Template
from counter_app.printing.forms.one_stop.values import NOT_REVIEWED, PROVISIONAL, Filled, Row
from counter_app.printing.model import Letterhead, Marks

NO_DUE: Final = "chưa có"
LONG_CODE: Final = 16
"""Letters above which an official code is parted at its last hyphen."""


class TrackedDossier(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the register.

    ``number`` in the counter's ``book``; ``code`` the official one when it has come, else the provisional,
    ``provisional`` then True. ``due_at`` None: no limit is known. ``returned_at`` None: not returned yet;
    ``signed`` says how the receiver signed ("Đã ký", "Điểm chỉ").
    """

    book: str
    number: int
    code: str
    procedure: str
    party: str
    contact: str
    decides: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None = None
    how: str = ""
    signed: str = ""
    note: str = ""
    sets: int = 1
    provisional: bool = False
    reviewed: bool = True


class RegisterContent(msgspec.Struct, frozen=True, kw_only=True):
    """The register of a day (``day`` given) or of a year (``day`` None, with cover and closing line).

    ``books`` are the counters' books in it; ``as_of`` the moment of the reading; ``closed``: the year is
    closed and signed, else the paper says that it is not. ``office``/``signer``: the head who closes it.
    """

    head: Letterhead
    year: int
    lines: tuple[TrackedDossier, ...]
    as_of: datetime
    maker: str
    office: str
    signer: str
    day: date | None = None
    closed: bool = False
    marks: Marks = Marks()

    @property
    def books(self) -> tuple[str, ...]:
        """Return the books in order."""
        return tuple(sorted({line.book for line in self.lines}))

    @property
    def ordered(self) -> tuple[TrackedDossier, ...]:
        """Return the lines by book and number."""
        return tuple(sorted(self.lines, key=lambda line: (line.book, line.number)))


def render(template: Template, content: RegisterContent) -> bytes:
    """Return the register as PDF, A4 lying, page x/y on every page; the year's with its cover."""
    paper = Paper(
        head=content.head,
        filled=Filled(values=values(content), tables={"lines": tuple(rows(content))}),
        marks=content.marks,
        numbered=True,
        cover=content.day is None,
    )
    return render_paper(template, paper)


def values(content: RegisterContent) -> Row:
    """Return the words of cover, title and closing line."""
    lines = content.ordered
    returned = sum(1 for line in lines if line.returned_at is not None)
    return {
        "unit": content.head.unit,
        "superior": content.head.superior,
        "place": content.head.place,
        "book": ", ".join(content.books) or "không có",
        "period": f"Năm {content.year}" if content.day is None else f"Ngày {short_date(content.day)}",
        "year": str(content.year),
        "status": status_words(content),
        "count": str(len(lines)),
        "ranges": ranges(content),
        "returned": str(returned),
        "open": str(len(lines) - returned),
        "pages": "",
        "maker": content.maker,
        "office": content.office,
        "signer": content.signer,
        "as_of": short_moment(content.as_of),
    }


def status_words(content: RegisterContent) -> str:
    """Return whether the register is closed, and as of when."""
    moment = short_moment(content.as_of)
    if content.closed:
        return f"Đã khóa sổ, số liệu đến {moment}"
    return f"CHƯA KHÓA SỔ, số liệu đến {moment}"


def rows(content: RegisterContent) -> Iterator[Row]:
    """Yield the lines as words; several books are parted by a line with the book's number."""
    several = len(content.books) > 1
    for book, lines in groupby(content.ordered, key=lambda line: line.book):
        if several:
            yield {SECTION: f"Quyển số {book}"}
        for line in lines:
            yield _row(line)


def _row(line: TrackedDossier) -> Row:
    """Return the cells of one dossier."""
    return {
        "number": register_number(line.number),
        "code": code_words(line),
        "procedure": procedure_words(line),
        "sets": str(line.sets),
        "party": line.party,
        "contact": line.contact,
        "decides": line.decides,
        "received": _moment(line.received_at),
        "due": NO_DUE if line.due_at is None else _moment(line.due_at),
        "returned": "" if line.returned_at is None else _moment(line.returned_at),
        "how": line.how,
        "signed": line.signed,
        "note": line.note,
    }


def ranges(content: RegisterContent) -> str:
    """Return the numbers of each book: ``quyển 01 từ số 01 đến số 25 (25 hồ sơ)``."""
    found = []
    for book, lines in groupby(content.ordered, key=lambda line: line.book):
        numbers = [line.number for line in lines]
        first, last = register_number(numbers[0]), register_number(numbers[-1])
        found.append(f"quyển {book} từ số {first} đến số {last} ({len(numbers)} hồ sơ)")
    return "; ".join(found) or "không có hồ sơ nào"


def code_words(line: TrackedDossier) -> str:
    """Return the code for a narrow column: the provisional one in groups and marked, else the official."""
    if line.provisional:
        return f"{spaced(line.code)}\n({PROVISIONAL})"
    start, hyphen, end = line.code.rpartition("-")
    return f"{start}-\n{end}" if hyphen and len(line.code) > LONG_CODE else line.code


def procedure_words(line: TrackedDossier) -> str:
    """Return the procedure's name, marked while nobody has reviewed it."""
    return line.procedure if line.reviewed else f"{line.procedure} {NOT_REVIEWED}"


def _moment(moment: datetime) -> str:
    """Return hour and date on two lines of a narrow column."""
    return f"{moment.hour:02d}:{moment.minute:02d}\n{short_date(moment.date())}"
