"""The lists of everything that goes out, as tables: heads, rows as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text, vn_datetime
from counter_app.domain.organisation.roles import ROLE_NAMES
from counter_app.printing.forms.plain_table import Head, PlainTable
from counter_app.services.dossiers.showing.words import STAGES
from counter_app.services.exchange.titles import kind_of
from counter_app.services.registers.month import book_of
from counter_app.services.registers.year_read import YearRead
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.queries import whole
from sync.protocol.naming.ids import EntryId

Cells = tuple[str | int, ...]
STATES: Mapping[str, str] = {
    "signed": "đã ký", "numbered": "chưa xác nhận ký", "struck": "số gạch", "annulled": "huỷ bỏ giá trị",
    "unknown": "chưa rõ", "rebuilt": "dựng lại", "voided": "hủy số",
}  # fmt: skip
RECEIPTS: Mapping[str, str] = {
    "paper": "Biên lai giấy", "electronic": "Biên lai điện tử", "provisional": "Phiếu thu tạm",
}  # fmt: skip
SCOPES: Mapping[str, str] = {
    "copy": "bản sao", "signature": "chữ ký", "translator": "chữ ký người dịch", "transaction": "giao dịch",
    "electronic": "bản sao điện tử",
}  # fmt: skip
METHODS: Mapping[str, str] = {"cash": "tiền mặt", "transfer": "chuyển khoản"}


def register_table(work: Workplace, read: YearRead) -> PlainTable:
    """The lines of a register-year with every legal column and what became of them."""
    heads = book_of(read.state).heads or _COPY_HEADS
    widths = (16.0, 22.0, 45.0, 55.0, 45.0, 14.0, 20.0, 45.0)
    named = tuple(
        Head(name, width, at in (5, 6)) for at, (name, width) in enumerate(zip(heads, widths, strict=True))
    )
    rows = tuple(
        (f"{row.number:02d}", _day(row.day), row.name, row.original, row.signatory, row.copies, row.fee,
         row.note, STATES.get(row.state, row.state))
        for row in read.rows
    )  # fmt: skip
    title = f"SỔ {read.state.symbol} NĂM {read.state.year}"
    return _table(work, title, (*named, Head("Tình trạng", 24)), rows)


_COPY_HEADS = (
    "Số chứng thực", "Ngày", "Họ tên người yêu cầu", "Tên bản chính", "Người ký", "Số bản", "Lệ phí",
    "Ghi chú",
)  # fmt: skip


def dossiers(work: Workplace) -> PlainTable:
    """Every dossier."""
    with work.store.read() as connection:
        rows, old = whole.dossiers(connection), whole.old_codes(connection)
    return _table(
        work,
        "DANH SÁCH HỒ SƠ",
        (
            Head("Mã tại quầy", 44), Head("Mã chính thức, mã cũ", 34), Head("Thủ tục", 48),
            Head("Người nộp", 36), Head("Số định danh", 25), Head("Điện thoại", 20), Head("Tiếp nhận", 22),
            Head("Hẹn trả", 22), Head("Tình trạng", 20), Head("Trả", 20),
        ),
        tuple(
            (row.code, row.official_code or row.portal_code or old.get(row.id, ""), row.procedure_name,
             row.name, row.id_number, row.phone, _moment(row.received_at or row.submitted_at),
             _moment(row.promised_at), _stage(row.stage), _moment(row.returned_at))
            for row in rows
        ),
    )  # fmt: skip


def receipts(work: Workplace) -> PlainTable:
    """Every receipt and provisional slip, void ones too."""
    with work.store.read() as connection:
        rows = whole.receipts(connection)
        counters = {row.journal: work.counter_name(connection, row.journal) for row in rows}
    return _table(
        work,
        "DANH SÁCH BIÊN LAI, PHIẾU THU",
        (
            Head("Loại", 26), Head("Ký hiệu, số hoặc mã", 46), Head("Ngày", 24), Head("Người nộp", 52),
            Head("Số tiền", 24, figures=True), Head("Hình thức", 24), Head("Hoàn trả", 24, figures=True),
            Head("Hủy", 24), Head("Quầy", 26),
        ),
        tuple(
            (RECEIPTS.get(row.kind, row.kind), f"{row.symbol} {row.number:07d}" if row.number else row.code,
             _day(row.day), row.payer, row.amount, METHODS.get(row.method, row.method), row.refunded,
             _moment(row.voided_at), counters[row.journal])
            for row in rows
        ),
    )  # fmt: skip


def officials(work: Workplace) -> PlainTable:
    """Everybody who ever had an account; no key leaves the program."""
    with work.store.read() as connection:
        rows = unit_queries.officials(connection, active_only=False)
    return _table(
        work,
        "DANH SÁCH CÁN BỘ",
        (Head("Họ tên", 70), Head("Chức danh", 60), Head("Vai trò", 70), Head("Tài khoản", 40),
         Head("Còn dùng", 25)),
        tuple(
            (row.name, row.title_line, _roles(row.roles), row.login, "có" if row.active else "không")
            for row in rows
        ),
    )  # fmt: skip


def delegations(work: Workplace) -> PlainTable:
    """Every act under which somebody may or might sign."""
    with work.store.read() as connection:
        names = _names(connection)
        rows = unit_queries.delegations(connection)
    return _table(
        work,
        "DANH SÁCH VĂN BẢN ỦY QUYỀN, PHÂN CÔNG KÝ",
        (
            Head("Số văn bản", 38), Head("Ngày", 24), Head("Người ký", 58), Head("Ký là", 42),
            Head("Phạm vi", 50),
            Head("Từ ngày", 24), Head("Đến ngày", 24),
        ),
        tuple(
            (row.act_number, _day(row.act_date), names.get(row.official, ""),
             f"{row.prefix} {row.signs_as}".strip(), _scope(row.scope), _day(row.valid_from),
             _day(row.ended_on or row.valid_to))
            for row in rows
        ),
    )  # fmt: skip


def history(work: Workplace) -> PlainTable:
    """Every act in every journal held: when, where, who, what; with its digest, never its content."""
    with work.store.read() as connection:
        names = _names(connection)
        counters: dict[int, str] = {}
        rows: list[Cells] = []
        for entry in whole.acts(connection):
            journal = entry.id.journal
            if journal not in counters:
                counters[journal] = work.counter_name(connection, journal) or str(journal)
            about = ", ".join(str(subject) for subject in entry.facts.subjects)
            rows.append(
                (_moment(entry.facts.at), counters[journal], f"{journal}/{entry.id.seq}",
                 names.get(entry.facts.actor, ""), kind_of(entry), about, entry.header_hash.hex())
            )  # fmt: skip
    return _table(
        work,
        "LỊCH SỬ CÁC VIỆC",
        (
            Head("Lúc", 30), Head("Máy", 26), Head("Mục", 26), Head("Người làm", 50), Head("Việc", 60),
            Head("Về", 50), Head("Mã kiểm tra", 60),
        ),
        tuple(rows),
    )  # fmt: skip


LISTS: tuple[tuple[str, Callable[[Workplace], PlainTable], bool], ...] = (
    ("ho-so", dossiers, True),
    ("bien-lai", receipts, True),
    ("can-bo", officials, True),
    ("uy-quyen", delegations, True),
    ("lich-su", history, False),
)
"""Name of the file, its list, whether it is written as PDF too: of acts there are too many for paper."""


def _table(work: Workplace, title: str, heads: tuple[Head, ...], rows: tuple[Cells, ...]) -> PlainTable:
    return PlainTable(
        head=work.place.head, title=title, heads=heads, rows=rows, as_of=vn_datetime(work.now()),
        marks=work.place.marks(),
    )  # fmt: skip


def _names(connection: Connection) -> dict[EntryId | None, str]:
    rows = unit_queries.officials(connection, active_only=False)
    return {row.id: row.name for row in rows}


def _scope(codes: str) -> str:
    return ", ".join(SCOPES.get(one, one) for one in codes.split())


def _roles(codes: str) -> str:
    return ", ".join(ROLE_NAMES[one][0] for one in codes.split() if one in ROLE_NAMES)


def _stage(stage: str) -> str:
    known = {str(one): words for one, words in STAGES.items()}
    return known[stage][0] if stage in known else stage


def _day(day: int) -> str:
    return f"{day % 100:02d}/{day // 100 % 100:02d}/{day // 10_000}" if day else ""


def _moment(at: int) -> str:
    return moment_text(at, "%H:%M %d/%m/%Y")
