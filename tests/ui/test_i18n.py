"""Vietnamese is the source, English is complete: every text of the screens has its translation."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counter_app.ui import i18n
from counter_app.ui.theme.tokens import tokens

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "counter_app" / "ui"
MARKS = {"tr", "translated"}
ELSEWHERE = re.compile(r"entry\.(title|second_line)|state\.words|(record|check)_state\(.*\)\.words")
"""No literals, but known: entries mark theirs with `translated`, states stand in the tokens."""


def calls() -> list[tuple[str, ast.expr]]:
    """(place, argument) of each `tr(...)` and `translated(...)` of the screens."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in MARKS:
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]))
    return found


def sources() -> dict[str, str]:
    """Source text -> where it stands."""
    found = {str(argument.value): place for place, argument in calls() if isinstance(argument, ast.Constant)}
    states = (*tokens().record_states.values(), *tokens().check_states.values())
    return found | {words: "tokens.json" for words, _, _ in states}


def slots(text: str) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_english() -> None:
    english = i18n.texts("en")
    assert len(sources()) > 50
    missing = {text: place for text, place in sources().items() if not english.get(text, "").strip()}
    assert missing == {}


def test_texts_are_literals() -> None:
    loose = [
        f"{place} {ast.unparse(argument)}"
        for place, argument in calls()
        if not isinstance(argument, ast.Constant) and not ELSEWHERE.fullmatch(ast.unparse(argument))
    ]
    assert loose == []


def test_slots_are_the_same_in_both_languages() -> None:
    for source, text in i18n.texts("en").items():
        assert slots(source) == slots(text), source


def test_no_two_areas_disagree() -> None:
    assert i18n.disagreements(i18n.areas("en")) == []


def test_a_disagreement_is_seen() -> None:
    areas = {"a": {"Đóng": "Close"}, "b": {"Đóng": "Shut", "Mở": "Open"}, "c": {"Mở": "Open"}}
    assert i18n.disagreements(areas) == ["b: Đóng"]


def test_sources_are_composed() -> None:
    for text in (*sources(), *i18n.texts("en")):
        assert unicodedata.normalize("NFC", text) == text


def test_english_is_english() -> None:
    vietnamese = set("ăâđêôơưĂÂĐÊÔƠƯ")
    assert [
        text for text in i18n.texts("en").values() if vietnamese & set(unicodedata.normalize("NFC", text))
    ] == []


def test_the_switch_works_both_ways(themed: QApplication) -> None:
    assert i18n.tr("Đóng") == "Đóng"
    i18n.use_language("en")
    assert i18n.tr("Đóng") == "Close"
    assert QObject().tr("Để sau") == "Later"
    assert i18n.tr("chưa ai dịch") == "chưa ai dịch"
    assert i18n.language() == "en"
    i18n.use_language("vi")
    assert i18n.tr("Đóng") == "Đóng"


def test_a_language_nobody_wrote_shows_the_source() -> None:
    assert i18n.texts("xx") == {}


@pytest.mark.parametrize("code", ["en"])
def test_area_files_name_their_area(code: str) -> None:
    assert "kit" in i18n.areas(code)
