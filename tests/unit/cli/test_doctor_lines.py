"""The self-test for somebody at a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from counter_app.cli import app
from counter_app.cli.doctor import lines_of
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, MEND_BACKUP, NOT_HERE


def row(code: str, verdict: str, remedy: str = "", mend: str = "") -> dict[str, Any]:
    return {
        "code": code,
        "title": code.upper(),
        "verdict": verdict,
        "words": "lời",
        "remedy": remedy,
        "mend": mend,
    }


ROWS = [
    row("a", GOOD, "không cần"),
    row("b", LOOK, "sao lưu", MEND_BACKUP),
    row("c", NOT_HERE),
    row("d", BROKEN, "thay"),
]


def test_what_wants_a_person_stands_first_with_what_to_do() -> None:
    lines = lines_of(ROWS, "vi")
    assert [line.split("  ")[0] for line in lines[:4]] == ["Hỏng", "Cần xem", "Đạt", "Không áp dụng"]
    assert lines[0].endswith("d: D: lời → thay")
    assert lines[1].endswith("→ sao lưu [commune-counter backup]")
    assert lines[2].endswith("a: A: lời"), "what is well has no cure"
    assert lines[4:] == ("Hỏng: 1 · Cần xem: 1 · Đạt: 1 · Không áp dụng: 1",)


def test_the_file_is_told_last_and_english_is_whole() -> None:
    lines = lines_of([*ROWS, {"file": "stick/doctor/x.json"}], "en")
    assert [line.split("  ")[0] for line in lines[:4]] == ["Broken", "Look", "Good", "Not used"]
    assert lines[-1] == "stick/doctor/x.json"


PEOPLE = [
    "--head",
    "A B",
    "--head-title",
    "x",
    "--technician",
    "C D",
    "--act",
    "1",
    "--act-date",
    "01/07/2026",
]


@pytest.mark.parametrize("words", [
    ["found", *PEOPLE], ["recover"], ["restore", "x", "--recover"], ["export", "2026-11", "--login", "a"],
    ["export-all", "--login", "a", "--out", "x"],
])  # fmt: skip
def test_a_secret_that_nobody_types_is_said(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    assert app.main(["--home", str(tmp_path / "none"), *words]) == app.IMPOSSIBLE
    assert "[secret.nobody]" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
