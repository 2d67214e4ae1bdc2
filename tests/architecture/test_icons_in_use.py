"""Every icon a screen or the tokens name is in the list of icons that are prepared."""

import ast
import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tools.build_assets import icon_names

ROOT = Path(__file__).resolve().parents[2]
HYPHENATED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def tabler() -> set[str]:
    spec = find_spec("pytablericons")
    assert spec is not None
    assert spec.origin is not None
    return {path.stem for path in (Path(spec.origin).parent / "icons" / "outline").glob("*.svg")}


def named(text: str, known: set[str]) -> set[str]:
    """Icons that a module names: what is given as `icon=...`, and hyphenated words that are icons."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
            found.add(str(node.value.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} & known if HYPHENATED.fullmatch(node.value) else set()
    return found - {"", "None"}


def test_names_are_found_in_code() -> None:
    known = {"file-plus", "home", "alert-circle"}
    assert named("f(icon='home'); g('file-plus', 'not-an-icon', 'alert-circle')", known) == known


def test_every_icon_of_the_screens_is_prepared() -> None:
    known, prepared = tabler(), set(icon_names())
    missing = {}
    for path in sorted((ROOT / "counter_app" / "ui").rglob("*.py")):
        lacking = named(path.read_text(encoding="utf-8"), known) - prepared
        if lacking:
            missing[path.relative_to(ROOT).as_posix()] = sorted(lacking)
    assert missing == {}, "add them to tools/icons.txt and run make assets"


def test_every_icon_of_the_record_states_is_prepared() -> None:
    path = ROOT / "resources" / "styles" / "tokens.json"
    if not path.exists():
        pytest.skip("the tokens are not there yet")
    states = json.loads(path.read_text(encoding="utf-8"))["record_states"]
    assert {state[2] for state in states.values()} <= set(icon_names())


def test_every_name_of_the_list_exists() -> None:
    assert set(icon_names()) <= tabler()
