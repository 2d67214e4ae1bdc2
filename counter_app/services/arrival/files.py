"""A file of an old book: read, its columns proposed, and the choice of columns kept for the next one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from counter_app.domain.arrival import columns
from counter_app.domain.arrival.beginning import MOST_ROWS, too_long
from counter_app.domain.errors import DomainError
from counter_app.services.groups import sheets
from counter_app.services.ports.arrival import OldColumn, OldFile
from counter_app.services.ports.saying import say
from counter_app.storage.this_pc import device

KEPT = "arrival.columns."
MOST_KEPT = 200
_EXAMPLES = 3
_NAMES = {
    columns.NUMBER: ("Số chứng thực", "Number"), columns.BOOK: ("Quyển số", "Book"),
    columns.DAY: ("Ngày chứng thực", "Day"), columns.NAME: ("Họ tên người yêu cầu", "Name"),
    columns.ORIGINAL: ("Tên giấy tờ", "Paper"), columns.SIGNATORY: ("Người ký", "Signatory"),
    columns.COPIES: ("Số bản", "Copies"), columns.FEE: ("Lệ phí", "Fee"),
    columns.REMARKS: ("Ghi chú", "Remarks"), columns.CODE: ("Mã hồ sơ", "Code"),
    columns.PROCEDURE: ("Thủ tục", "Procedure"), columns.ID_NUMBER: ("Số định danh", "Identity number"),
    columns.PHONE: ("Điện thoại", "Phone"), columns.ADDRESS: ("Địa chỉ", "Address"),
    columns.RECEIVED: ("Ngày tiếp nhận", "Received"), columns.DUE: ("Ngày hẹn trả", "Due"),
}  # fmt: skip


def role_words(role: str) -> str:
    """What a column is called."""
    return say(*_NAMES[role]) if role in _NAMES else say("Bỏ qua", "Passed over")


def read(connection: Connection, path: str, what: str, kind: str) -> OldFile:
    """The file with columns proposed. Raises DomainError ``sheet.*``, ``arrival.no_heading``."""
    source = Path(path)
    lines = _lines(source)
    rows = [cells for _, cells in lines]
    known = kept(connection, what)
    head = columns.find_head(what, rows, known)
    if head < 0:
        raise DomainError(
            "Không thấy dòng tên cột trong tệp.",
            "Chương trình nhận cột theo tên: Số chứng thực, Ngày, Họ tên…",
            "Thêm một dòng tên cột ở đầu tệp, rồi chọn lại.", "file", code="arrival.no_heading",
            title_en="The file has no row of headings.", meaning_en="Columns are known by their headings.",
            remedy_en="Add a row of headings at the top and choose the file again.",
        )  # fmt: skip
    body = tuple(row for row in lines[head + 1 :] if not columns.is_numbering(row[1]))
    width = max(len(row) for row in rows)
    names = rows[head] + ("",) * (width - len(rows[head]))
    roles = columns.propose(what, names, known)
    found = tuple(
        OldColumn(name, tuple(cells[at] for _, cells in body[:_EXAMPLES] if at < len(cells)), roles[at])
        for at, name in enumerate(names)
    )
    digest = hashlib.sha256(source.read_bytes()).digest()
    return OldFile(path, source.name, what, kind, digest, found, body)


def _lines(source: Path) -> sheets.Lines:
    """Its rows; one that is too long is refused in words of its own."""
    try:
        return sheets.read_file(source, most=MOST_ROWS + 50)
    except DomainError as error:
        if error.code == "sheet.long":
            raise too_long() from error
        raise


def kept(connection: Connection, what: str) -> dict[str, str]:
    """Roles chosen before at this PC, by heading."""
    try:
        return msgspec.json.decode(device.setting(connection, KEPT + what, "{}"), type=dict[str, str])
    except msgspec.MsgspecError:
        return {}


def keep(connection: Connection, file: OldFile, roles: tuple[str, ...]) -> None:
    """Remember the choice for the next file of the kind; the oldest headings go first."""
    chosen = columns.remembered(tuple(column.heading for column in file.columns), roles)
    merged = {
        **{head: role for head, role in kept(connection, file.what).items() if head not in chosen},
        **chosen,
    }
    last = dict(list(merged.items())[-MOST_KEPT:])
    device.put_setting(connection, KEPT + file.what, msgspec.json.encode(last).decode())


def lacking_words(what: str, roles: tuple[str, ...]) -> str:
    """Required columns that nobody named, in words; "" when all are there."""
    return ", ".join(role_words(role).lower() for role in columns.lacking(what, roles))
