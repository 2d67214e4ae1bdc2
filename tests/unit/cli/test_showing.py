"""What people read of a command's result: dates, words for yes, no and nothing."""

from __future__ import annotations

from typing import Any

import pytest

from counter_app.cli.showing import lines_of

AT = 1_795_146_060_000
"""10:41 on 20/11/2026 in Viet Nam, ms."""


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("at", AT, "20/11/2026 10:41"),
        ("last_ack", 0, "none"),
        ("saved", AT, str(AT)),
        ("valid_until", 2**53, "no end"),
        ("valid_until", AT, "20/11/2026 10:41"),
        ("saved", 0, "0"),
        ("verified", True, "yes"),
        ("at", False, "no"),
        ("hub", "", "none"),
        ("words", "Đã đồng bộ", "Đã đồng bộ"),
        ("problems", [], "none"),
        ("roles", ["a", "b"], "a; b"),
        ("enrolment", {"unit": "00000", "since": AT}, "unit 00000, since 20/11/2026 10:41"),
        ("brings", (("copies", 3), ("copies", 1)), "copies; 3; copies; 1"),
    ],
)
def test_a_value(name: str, value: Any, shown: str) -> None:
    assert lines_of({name: value}) == (f"{name}: {shown}",)


def test_a_list_is_a_line_each() -> None:
    assert lines_of([{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == ("a: 1  b: 2", "a: 3  b: 4")
    assert lines_of([]) == ("none",), "a word, not an empty place"


def test_a_result_is_a_line_a_value_and_its_rows_stand_below() -> None:
    steps = [{"step": "data", "state": "done"}, {"step": "tidy", "state": "look"}]
    assert lines_of({"unit": "03390", "steps": steps, "life": 1}) == (
        "unit: 03390", "steps:", "  step: data  state: done", "  step: tidy  state: look", "life: 1",
    )  # fmt: skip


def test_words_of_strangers_move_no_cursor_and_begin_no_line() -> None:
    (line,) = lines_of([{"words": "mực\x1b[2J\nsigned=own\u202e\u009b1m", "pc": "QUẦY-01 ẫ"}])
    assert line.isprintable()
    assert "QUẦY-01 ẫ" in line
