"""Minutes of two persons: opening figures of a counter, and a file of an old book that was written."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.arrival.state import ArrivalState, FiguresState
from counter_app.domain.dates import vn_datetime
from counter_app.domain.money_words import money_figures
from counter_app.printing.forms import arrival_minutes
from counter_app.printing.forms.minutes import Person
from counter_app.services.arrival.plan import Plan
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.ports.arrival import LINES, FiguresForm
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import position
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId


def of_file(connection: Connection, work: Workplace, state: ArrivalState, rows: Plan) -> Paper:
    """The minutes of a file whose last row is written."""
    facts = [
        ("Tệp", state.name),
        ("Mã kiểm tra của tệp (SHA-256)", state.file_digest.hex()[:32] + "…"),
        ("Căn cứ", state.words),
        ("Số dòng đã ghi", _grouped(state.planned)),
    ]
    if state.what == LINES:
        struck = sum(line.struck for line in rows.lines)
        facts += [
            ("Sổ", _register(connection, work, state)),
            ("Từ số - đến số", f"{state.first:02d} - {state.last:02d}"),
            ("Trong đó số gạch", _grouped(struck)),
            ("Số bản, lệ phí", f"{_grouped(state.copies)} bản, {money_figures(state.fees)}"),
            ("Số của sổ cũ không có trong tệp", _grouped(state.missing)),
        ]
    statement = arrival_minutes.LINES_WORDS if state.what == LINES else arrival_minutes.DOSSIERS_WORDS
    title = arrival_minutes.LINES_TITLE if state.what == LINES else arrival_minutes.DOSSIERS_TITLE
    data = arrival_minutes.ArrivalMinutes(
        head=work.place.head, title=title, held_at=vn_datetime(work.now()), facts=tuple(facts),
        registers=(), statement=statement, first=_person(connection, state.begun_by),
        second=_person(connection, state.second), journal_head=_head(connection, work),
        marks=work.place.marks(),
    )  # fmt: skip
    return Paper(forms.ARRIVAL_MINUTES, f"Biên bản nhập sổ cũ: {state.name}"[:100], data)


def of_figures(
    connection: Connection, work: Workplace, state: FiguresState, form: FiguresForm, symbols: dict[str, str]
) -> Paper:
    """The minutes of opening figures; ``symbols`` of the registers that were opened, by kind."""
    year = state.day // 10_000
    rows = tuple(
        (
            f"{symbols[one.kind]}",
            f"{one.book:02d}/{year}",
            f"{one.last_number:02d}",
            f"{one.last_number + 1:02d}",
        )
        for one in form.registers
    )
    facts = [
        ("Nơi tiếp nhận", work.place.counter_name),
        ("Căn cứ", state.words),
        (
            "Sổ theo dõi hồ sơ (mẫu 07)",
            f"số cuối {state.form_number:02d}, số tiếp theo {state.form_number + 1:02d}",
        ),
        ("Tiền mặt trong két đầu ngày", money_figures(state.cash)),
    ]
    if form.receipts is not None:
        book = form.receipts
        span = f"số {book.first_number}–{book.last_number}, số tiếp theo {book.next_number}"
        facts.append(("Quyển biên lai", f"{book.symbol}, {span}"))
    data = arrival_minutes.ArrivalMinutes(
        head=work.place.head, title=arrival_minutes.FIGURES_TITLE, held_at=vn_datetime(state.taken_at),
        facts=tuple(facts), registers=rows, statement=arrival_minutes.FIGURES_WORDS,
        first=_person(connection, state.taken_by), second=_person(connection, state.second),
        journal_head=_head(connection, work), marks=work.place.marks(),
    )  # fmt: skip
    return Paper(forms.ARRIVAL_MINUTES, "Biên bản tiếp nhận sổ đang dùng", data)


def _register(connection: Connection, work: Workplace, state: ArrivalState) -> str:
    register = work.state(connection, state.register) if state.register is not None else None
    return "" if register is None else f"{register.symbol} năm {register.year}"


def _person(connection: Connection, official: EntryId | None) -> Person:
    row = None if official is None else unit_queries.official(connection, official)
    return Person(name="", office="") if row is None else Person(name=row.name, office=row.title_line)


def _head(connection: Connection, work: Workplace) -> str:
    return position(connection, work.journal).head.hex()


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", ".")
