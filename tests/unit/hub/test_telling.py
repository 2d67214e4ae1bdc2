"""What people read of the hub's commands."""

from __future__ import annotations

from typing import Any

import pytest

from sync.hub.telling import lines_of

AT = 1_795_146_060_000
"""10:41 on 20/11/2026 in Viet Nam, ms."""


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("issued", AT, "20/11/2026 10:41"),
        ("expires", 0, "none"),
        ("number", AT, str(AT)),
        ("practice", False, "no"),
        ("pc", "", ""),
        ("problems", [], "none"),
        ("to_mend", ["clock", "zone"], "clock; zone"),
        ("trouble", {"parked": [], "stray": 0}, "parked none, stray 0"),
    ],
)
def test_a_value(name: str, value: Any, shown: str) -> None:
    assert lines_of({name: value}) == (f"{name}={shown}",)


def test_rows_stand_below_their_result() -> None:
    told = {"unit": "03390", "journals": [{"journal": 257, "seq": 5}, {"journal": 513, "seq": 1}], "life": 1}
    assert lines_of(told) == (
        "unit=03390  life=1",
        "journals:",
        "  journal=257  seq=5",
        "  journal=513  seq=1",
    )


def test_a_list_is_a_line_each_and_an_empty_one_says_so() -> None:
    assert lines_of([{"a": 1, "b": 2}, "word"]) == ("a=1  b=2", "word")
    assert lines_of([]) == ("none",)


def test_words_of_strangers_move_no_cursor_and_begin_no_line() -> None:
    (line,) = lines_of([{"words": "mực\x1b[2J\nsigned=own\u202e\u009b1m", "pc": "QUẦY-01 ẫ"}])
    assert line.isprintable()
    assert "QUẦY-01 ẫ" in line
