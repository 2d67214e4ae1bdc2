"""``commune-counter diagnostics``: with the program running, closed, and with a store that does not open."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.app import IMPOSSIBLE, OK, WRONG, main
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.settings import PASSPHRASE_VARIABLE
from tests.support.practice import practice_world, take_in


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa")) as made:
        take_in(made, "gks 1x2")
        yield made


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)


def typed(home: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["--home", str(home), "diagnostics", "--out", str(out), "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, told


def pages(path: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_running_then_closed_then_broken(
    world: PracticeWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = world.settings[0].paths.home
    code, told = typed(home, tmp_path / "usb", capsys)
    assert code == OK
    assert told["bytes"] == Path(told["bundle"]).stat().st_size
    assert "requests: 1\n" in pages(told["bundle"])["counts.txt"]
    assert str(home) not in "".join(pages(told["bundle"]).values())

    world.programs[0].close()
    code, told = typed(home, tmp_path / "usb", capsys)
    assert code == OK
    store = home / "store.db"
    kept = store.read_bytes()
    store.write_bytes(bytes([kept[0] ^ 1]) + kept[1:4096] + bytes(len(kept) - 4096))
    code, told = typed(home, tmp_path / "hong", capsys)
    assert code == WRONG
    assert told["store"].startswith("store.")
    assert set(pages(told["bundle"])) == {
        "README.txt", "about.txt", "versions.txt", "crashes.txt", "log.jsonl", "SHA256SUMS",
    }  # fmt: skip
    store.write_bytes(kept)
    world.start(0)


def test_a_place_that_takes_nothing_is_told(
    world: PracticeWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, told = typed(world.settings[0].paths.home, tmp_path / "file", capsys)
    assert code in (3, IMPOSSIBLE)
    assert told["error"] == "bundle.place"
