"""Which column of an old book is what: proposed from its headings, or as chosen for such a one before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from counter_app.domain.arrival.entries import DOSSIERS, LINES
from counter_app.domain.fold_text import fold

Row = tuple[str, ...]

NONE = ""
NUMBER, BOOK, DAY, NAME, ORIGINAL, SIGNATORY, COPIES, FEE, REMARKS = (
    "number", "book", "day", "name", "original", "signatory", "copies", "fee", "remarks",
)  # fmt: skip
CODE, PROCEDURE, ID_NUMBER, PHONE, ADDRESS, RECEIVED, DUE = (
    "code", "procedure", "id_number", "phone", "address", "received", "due",
)  # fmt: skip

ROLES: Mapping[str, tuple[str, ...]] = {
    LINES: (NUMBER, BOOK, DAY, NAME, ORIGINAL, SIGNATORY, COPIES, FEE, REMARKS),
    DOSSIERS: (CODE, PROCEDURE, NAME, ID_NUMBER, PHONE, ADDRESS, RECEIVED, DUE, REMARKS),
}
"""What a column may be, by what the file holds."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    LINES: (NUMBER, DAY, NAME, ORIGINAL, COPIES),
    DOSSIERS: (CODE, PROCEDURE, NAME, RECEIVED),
}
"""Columns without which no row can be read."""

_HEADS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {  # folded words; the first that fits counts
    LINES: (
        (BOOK, ("quyen so", "quyen", "book")),
        (SIGNATORY, ("nguoi ky", "chuc danh", "nguoi chung thuc", "signatory", "signer")),
        (COPIES, ("so ban", "so luong", "so ban sao", "ban sao", "so ban da", "copies")),
        (FEE, ("le phi", "phi", "so tien", "thu phi", "fee")),
        (DAY, ("ngay", "ngay thang nam", "date", "day")),
        (ORIGINAL, ("ban chinh", "ten ban chinh", "ten giay to", "giay to", "van ban", "loai viec",
                    "ten hop dong", "giao dich", "original", "document")),
        (NAME, ("ho ten", "ho va ten", "nguoi yeu cau", "name", "requester")),
        (REMARKS, ("ghi chu", "note", "remarks")),
        (NUMBER, ("so chung thuc", "so thu tu", "stt", "so", "number", "no")),
    ),
    DOSSIERS: (
        (DUE, ("hen tra", "ngay hen", "han tra", "thoi han", "due")),
        (RECEIVED, ("ngay nhan", "nhan ho so", "tiep nhan", "ngay nop", "received")),
        (PROCEDURE, ("thu tuc", "ten thu tuc", "loai ho so", "linh vuc", "ma thu tuc", "procedure")),
        (CODE, ("ma ho so", "so ho so", "ma so", "so bien nhan", "code")),
        (ID_NUMBER, ("cccd", "can cuoc", "dinh danh", "cmnd", "so giay to", "id number")),
        (PHONE, ("dien thoai", "sdt", "so dt", "phone")),
        (ADDRESS, ("dia chi", "noi cu tru", "thuong tru", "address")),
        (NAME, ("ho ten", "ho va ten", "nguoi nop", "nguoi yeu cau", "ten to chuc", "to chuc", "name")),
        (REMARKS, ("ghi chu", "tinh trang", "note", "remarks")),
    ),
}  # fmt: skip
_APART = re.compile(r"[^0-9a-z]+")
_LOOKED_AT = 12


def heading(text: str) -> str:
    """A heading as it is remembered: folded words, without what stands between them."""
    return " ".join(_APART.sub(" ", fold(text)).split())[:80]


def role_of(what: str, head: str, known: Mapping[str, str]) -> str:
    """What a heading means: as chosen before (``known``, by ``heading``), else by its words; "" for none."""
    bare = heading(head)
    if bare in known and (not known[bare] or known[bare] in ROLES[what]):
        return known[bare]
    for role, words in _HEADS[what]:
        if any(f" {word} " in f" {bare} " for word in words):
            return role
    return NONE


def find_head(what: str, rows: Sequence[Row], known: Mapping[str, str]) -> int:
    """Index of the row of headings among the first dozen: the one that names most columns; -1 below three."""
    best, place = 2, -1
    for index, row in enumerate(rows[:_LOOKED_AT]):
        short = [cell for cell in row if cell and len(cell) <= 80 and not cell.strip().isdigit()]
        named = len({role_of(what, cell, known) for cell in short} - {NONE})
        if named > best:
            best, place = named, index
    return place


def propose(what: str, head: Row, known: Mapping[str, str]) -> Row:
    """One role for each column of a row of headings; the first column of a role keeps it."""
    given: list[str] = []
    for cell in head:
        role = role_of(what, cell, known) if cell else NONE
        given.append(NONE if role in given else role)
    return tuple(given)


def remembered(head: Row, roles: Row) -> dict[str, str]:
    """What is kept for the next file of the kind: the role chosen for each heading, "" for passed over."""
    return {heading(cell): role for cell, role in zip(head, roles, strict=False) if heading(cell)}


def lacking(what: str, roles: Sequence[str]) -> tuple[str, ...]:
    """Required columns that nobody named."""
    return tuple(role for role in REQUIRED[what] if role not in roles)


def is_numbering(row: Row) -> bool:
    """The row ``(1) (2) (3) …`` that printed books have below their headings."""
    cells = [cell.strip(" ()") for cell in row if cell.strip()]
    return len(cells) > 2 and cells == [str(place) for place in range(1, len(cells) + 1)]
