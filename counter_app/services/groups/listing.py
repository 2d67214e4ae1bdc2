"""From the lines of a sheet to the persons of a group."""

from __future__ import annotations

import re

from counter_app.domain.errors import DomainError
from counter_app.domain.groups import columns
from counter_app.services.groups.sheets import Lines
from counter_app.services.ports.groups import Column, PersonLine, Sheet

_EXAMPLES = 3
_LOST_ZERO = 11


def sheet_of(lines: Lines, source: str) -> Sheet:
    """The list with its columns recognised: by head words, else by content."""
    rows = [cells for _, cells in lines]
    head = columns.find_head(rows)
    width = max(len(row) for row in rows)
    body = lines[head + 1 :]
    names = rows[head] if head >= 0 else ()
    by_head = columns.roles_by_head(names) if head >= 0 else ()
    by_content = columns.roles_by_content([cells for _, cells in body])
    found: list[Column] = []
    taken = set(by_head) - {columns.NONE}
    for place in range(width):
        role = by_head[place] if place < len(by_head) else columns.NONE
        guess = by_content[place] if place < len(by_content) else columns.NONE
        title = names[place] if place < len(names) else ""
        if not role and not title and guess not in taken:  # a head word that says something else is believed
            role = guess
            taken.add(guess)
        examples = tuple(cells[place] for _, cells in body[:_EXAMPLES] if place < len(cells))
        found.append(Column(title, examples, role))
    return Sheet(source, tuple(found), tuple(body))


def people_of(sheet: Sheet, roles: tuple[str, ...]) -> tuple[PersonLine, ...]:
    """The persons under ``roles``, one a line; lines without name and number (totals) are left out.

    Raises DomainError ``sheet.no_name`` when no column holds names.
    """
    if columns.NAME not in roles:
        raise DomainError(
            "Chưa biết cột nào là họ tên.", remedy="Chọn cột họ tên, rồi nhập lại.", field="name",
            code="sheet.no_name", title_en="No column is named as the name.",
            remedy_en="Choose the column with names, then import again.",
        )  # fmt: skip
    places = {role: place for place, role in reversed(list(enumerate(roles))) if role}
    return tuple(
        person for number, cells in sheet.lines if (person := _person(number, cells, places)) is not None
    )


def _person(number: int, cells: tuple[str, ...], places: dict[str, int]) -> PersonLine | None:
    def cell(role: str) -> str:
        place = places.get(role, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    name = " ".join(part for part in (cell(columns.NAME), cell(columns.GIVEN)) if part)
    id_number = cell(columns.ID_NUMBER).lstrip("'’")
    if not name and not id_number:
        return None
    return PersonLine(
        name, id_number, cell(columns.BIRTH), cell(columns.LABEL), cell(columns.ADDRESS), cell(columns.PHONE),
        number,
    )  # fmt: skip


def lost_zero(id_number: str) -> str:
    """The number with the 0 in front that a spreadsheet drops, "" when nothing was lost."""
    bare = re.sub(r"[\s.]", "", id_number)
    return f"0{bare}" if len(bare) == _LOST_ZERO and bare.isascii() and bare.isdigit() else ""
