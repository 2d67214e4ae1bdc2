"""Which column of a list of people is what: by its head words, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counter_app.domain.fold_text import fold

NAME, GIVEN, ID_NUMBER, BIRTH, LABEL, ADDRESS, PHONE, NONE = (
    "name", "given", "id_number", "birth", "label", "address", "phone", "",
)  # fmt: skip
ROLES = (NAME, GIVEN, ID_NUMBER, BIRTH, LABEL, ADDRESS, PHONE)
"""What a column may be; ``NONE`` is passed over. ``GIVEN``: the given name in a column of its own."""

Row = tuple[str, ...]

_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (  # folded words, whole
    (ID_NUMBER, ("cccd", "can cuoc", "dinh danh", "cmnd", "giay to", "ma dinh danh", "so ddcn", "id number")),
    (BIRTH, ("ngay sinh", "nam sinh", "ngay thang nam sinh", "sinh ngay", "birth", "n sinh")),
    (NAME, ("ho ten", "ho va ten", "ten hoc sinh", "hoc sinh", "ho dem", "ho lot", "full name", "name")),
    (LABEL, ("lop", "class", "khoi", "don vi")),
    (ADDRESS, ("dia chi", "noi cu tru", "thuong tru", "cho o", "noi o", "address")),
    (PHONE, ("sdt", "dien thoai", "so dt", "phone", "di dong")),
)
_PHONE = re.compile(r"(?:\+84|0)[0-9 .]{8,12}")
_DATE = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{11,12}|[0-9]{9}")
_SHORT_LABEL = re.compile(r"(?:lop )?[0-9]{1,2} ?[a-z][0-9]{0,2}", re.I)
_APART = re.compile(r"[^0-9a-z]+")
_LOOKED_AT = 30
_WORDS = 2


def role_of_head(text: str) -> str:
    """What a head cell says: ``name`` for ``HỌ VÀ TÊN``; "" for ``STT`` and everything else."""
    head = " ".join(_APART.sub(" ", fold(text)).split())
    if head in ("ten", "ho"):
        return GIVEN if head == "ten" else NAME
    for role, words in _HEADS:
        if any(f" {word} " in f" {head} " for word in words):
            return role
    return NONE


def find_head(rows: Sequence[Row]) -> int:
    """Index of the row of head words among the first ten, -1 without one.

    A row is one when at least two different roles are named, or the name alone with a ``STT`` before it.
    """
    for index, row in enumerate(rows[:10]):
        named = {role_of_head(cell) for cell in row if len(cell) <= 60} - {NONE}
        digits = any(_NUMBER.fullmatch(_bare(cell)) or _DATE.fullmatch(cell.strip()) for cell in row)
        numbered = any(fold(cell).strip() in ("stt", "tt", "no") for cell in row)
        if not digits and (len(named) >= _WORDS or (NAME in named and (numbered or len(_filled(row)) == 1))):
            return index
    return -1


def roles_by_head(head: Row) -> Row:
    """One role for each column of a head row; the first column of a role keeps it."""
    given: list[str] = []
    for cell in head:
        role = role_of_head(cell)
        given.append(NONE if role in given else role)
    if NAME not in given and GIVEN in given:
        given[given.index(GIVEN)] = NAME
    return tuple(given)


def roles_by_content(rows: Sequence[Row]) -> Row:
    """One role for each column from what stands in the first rows; the first column of a role keeps it."""
    width = max((len(row) for row in rows), default=0)
    given: list[str] = []
    for column in range(width):
        cells = [
            row[column].strip() for row in rows[:_LOOKED_AT] if column < len(row) and row[column].strip()
        ]
        role = _role_of_cells(cells)
        given.append(NONE if role in given else role)
    return tuple(given)


def _role_of_cells(cells: Sequence[str]) -> str:
    """The role most cells (at least two thirds) speak for."""
    tests = (
        (ID_NUMBER, lambda c: _NUMBER.fullmatch(_bare(c)) is not None),
        (PHONE, lambda c: _PHONE.fullmatch(c) is not None),
        (BIRTH, lambda c: _DATE.fullmatch(c) is not None),
        (LABEL, lambda c: _SHORT_LABEL.fullmatch(fold(c)) is not None),
        (NAME, _looks_like_a_name),
        (
            ADDRESS,
            lambda c: len(c.split()) > _WORDS and any(d in fold(c) for d in ("xa", "ban", "thon", "phuong")),
        ),
    )
    for role, holds in tests:
        if cells and 3 * sum(map(holds, cells)) >= 2 * len(cells):
            return role
    return NONE


def _looks_like_a_name(cell: str) -> bool:
    words = cell.split()
    letters = all(char.isalpha() or char in "'-." for word in words for char in word)
    return letters and _WORDS <= len(words) <= 6 and all(word[0].isupper() for word in words)


def _bare(cell: str) -> str:
    return re.sub(r"[\s.'’-]", "", cell)


def _filled(row: Row) -> list[str]:
    return [cell for cell in row if cell.strip()]
