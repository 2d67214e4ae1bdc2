"""``docs/format.md`` names every kind with its fields, so that a second reader needs no source of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counter_app.domain.kinds import BY_NUMBER, KINDS
from sync.protocol.journals.system_kinds import SystemKind

PAGE = Path(__file__).parents[3] / "docs" / "format.md"
ROW = re.compile(r"^\| (\d+) \| `?(\w+)`?(?: v\d)? \| (.+) \|$", re.MULTILINE)
ROWS: dict[int, tuple[str, list[str]]] = {
    int(number): (name, cells.split(" | "))
    for number, name, cells in ROW.findall(PAGE.read_text("utf-8"))
    if name[0].isupper() and not name.isupper()  # messages of a talk on the LAN stand in capitals
}


def fields_told(number: int) -> list[str]:
    """Names in the column of fields, without the words in brackets that explain one."""
    cells = ROWS[number][1]
    cell = cells[-2] if len(cells) > 1 else cells[0]
    return re.sub(r" \([^)]*\)", "", cell).split(", ")


@pytest.mark.parametrize("number", [kind.number for kind in KINDS])
def test_every_kind_of_the_domain_has_its_row_with_its_fields_in_order(number: int) -> None:
    body = BY_NUMBER[number].body

    assert ROWS[number][0] == body.__name__
    assert [name.replace(" ", "_") for name in fields_told(number)] == list(body.__struct_fields__)


def test_every_system_kind_has_its_row() -> None:
    told = {number: name.upper() for number, (name, _) in ROWS.items() if number < 100}

    assert told == {kind.value: kind.name.replace("_", "") for kind in SystemKind}


def test_sealed_kinds_say_so_and_no_row_tells_of_a_kind_that_is_not() -> None:
    sealed = {number for number, (_, cells) in ROWS.items() if cells[-1].endswith("sealed")}

    assert sealed == {kind.number for kind in KINDS if kind.sealed}
    assert {number for number in ROWS if number >= 100} == set(BY_NUMBER)
