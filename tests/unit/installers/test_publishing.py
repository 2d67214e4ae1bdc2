"""The publisher's commands: keys, a folder with differences, signatures one by one, what counters read."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.updates import delta, manifest
from counter_app.updates.installation import read_keys
from counter_app.updates.words import UpdateError
from installers.updates.__main__ import main
from tests.unit.updates.publisher import RUNTIME, application


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["keygen", str(tmp_path / "keys")]) == 0
    for version in ("1.0", "1.1"):
        (tmp_path / f"app-{version}.zip").write_bytes(application(version))
    return tmp_path


def make(folder: Path, *more: str) -> int:
    words = ["make", str(folder / "app-1.1.zip"), "--from", str(folder / "app-1.0.zip"), "--runtime", RUNTIME]
    return main([*words, "--serial", "3", "--percent", "10", "--to", str(folder / "out"), *more])


def sign(folder: Path, number: int) -> int:
    return main(
        ["sign", str(folder / "out/update.json"), "--seed", str(folder / f"keys/update-{number}.seed")]
    )


def test_keys_are_made_once_and_for_their_holder_only(folder: Path) -> None:
    keys = read_keys(folder / "keys/update-keys.json")
    assert len(set(keys)) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("keys/*.seed"))
    assert main(["keygen", str(folder / "keys")]) == 1, "keys that are there are not written over"
    assert read_keys(folder / "keys/update-keys.json") == keys


def test_what_two_holders_signed_is_what_a_counter_reads(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(folder, "--unit", "03390") == 0
    keys = read_keys(folder / "keys/update-keys.json")
    data = (folder / "out/update.json").read_bytes()
    with pytest.raises(UpdateError, match="signatures"):
        manifest.read(data, keys)
    assert sign(folder, 2) == 0
    assert sign(folder, 3) == 0
    found = manifest.read((folder / "out/update.json").read_bytes(), keys).manifest
    assert (found.version, found.serial, found.ring.units, found.ring.percent) == ("1.1", 3, ("03390",), 10)
    old, new = application("1.0"), application("1.1")
    small = (folder / "out" / found.deltas[0].name).read_bytes()
    assert delta.apply(old, small, found.application.size) == new
    assert (
        main(["show", str(folder / "out/update.json"), "--keys", str(folder / "keys/update-keys.json")]) == 0
    )
    assert '"version": "1.1"' in capsys.readouterr().out


@pytest.mark.parametrize("days", ["30", "89", "401", "36500"])
def test_a_term_that_counters_would_refuse_is_not_made(folder: Path, days: str) -> None:
    assert make(folder, "--days", days) == 1
    assert not (folder / "out/update.json").exists()


def test_a_version_or_runtime_that_counters_would_refuse_is_not_made(folder: Path) -> None:
    (folder / "app-evil.zip").write_bytes(b"zip")
    words = [
        "make",
        str(folder / "app-evil.zip"),
        "--runtime",
        RUNTIME,
        "--serial",
        "1",
        "--to",
        str(folder / "out"),
    ]
    assert main(words) == 1
    assert not (folder / "out/update.json").exists()
