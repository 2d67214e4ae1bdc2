"""``commune-counter export-all`` on a practice PC that is not running: who may, where to, what is printed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.app import OK, REFUSED, main
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE
from counter_app.settings import PASSPHRASE_VARIABLE
from tests.support.practice import practice_world, take_in


def test_everything_goes_out_under_a_heads_name_and_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    usb = tmp_path / "usb"
    usb.mkdir()
    with practice_world(tmp_path / "xa") as made:
        take_in(made, "gks 1x2")
        made.programs[0].close()
        home = made.settings[0].paths.home

        def call(*words: str) -> tuple[int, Any]:
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{people.PASSWORD}\n"))
            capsys.readouterr()
            code = main(["--home", str(home), "export-all", "--out", str(usb), "--json", *words])
            return code, json.loads(capsys.readouterr().out)

        code, told = call()
        assert (code, told["error"]) == (REFUSED, "export.who")
        code, told = call("--login", people.REGISTRAR, "--password-from-stdin")
        assert (code, told["error"]) == (REFUSED, "role.not_allowed")
        code, told = call("--login", people.CHAIRMAN, "--password-from-stdin")
        made.start(0)
    assert code == OK, told
    folder = Path(told[0]["folder"])
    assert {one["file"] for one in told[1:]} < {path.name for path in folder.iterdir()}
