"""The table of bad input names tests that exist, and every line of it has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "tests" / "faults" / "README.md").read_text("utf-8").split("## What bad input gets")[1]
LINES = [line for line in TABLE.splitlines() if line.startswith("| ") and "`tests/" in line]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[1].strip())
def test_each_line_names_a_test_that_exists(line: str) -> None:
    named = re.findall(r"`(tests/[^`:]+)(?:::(\w+))?`", line)
    assert named
    for path, test in named:
        text = (ROOT / path).read_text("utf-8")
        assert not test or f"def {test}(" in text, test


def test_the_table_has_every_input_of_the_issue() -> None:
    wanted = """cut|reordered|decomposed|control characters|4,000|31/02|11 digits|10,000 pages|delegation|
    copied store|wrong key|damaged|full disk|printer that vanishes|2009|2099|garbage|500|captive portal|
    nothing"""
    inputs = [words.strip() for words in wanted.split("|")]
    assert [words for words in inputs if not any(words in line for line in LINES)] == []
