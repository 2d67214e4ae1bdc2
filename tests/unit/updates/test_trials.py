"""Trials run the new version itself: its exit code decides, the key comes by a pipe, the copy goes."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from counter_app.updates import trials
from counter_app.updates.installation import KEYS_FILE, installation, note_started, read_keys
from counter_app.updates.words import UpdateError

KEY = bytes(range(32))


def program(folder: Path, text: str) -> Path:
    """A version that is nothing but ``text``."""
    made = folder / "app-1.1.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("__main__.py", "import os, sys\n" + text)
    return made


def test_a_version_that_ends_well_passes_and_paints_unseen(tmp_path: Path) -> None:
    text = "sys.exit(sys.argv[1:] != ['--smoke'] or os.environ['QT_QPA_PLATFORM'] != 'offscreen')"
    trials.self_test(sys.executable, program(tmp_path, text))


@pytest.mark.parametrize("text", ["sys.exit(1)", "raise ImportError('gone')", "os.kill(os.getpid(), 11)"])
def test_one_that_does_not_is_refused_with_what_it_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(UpdateError, match=r"update\.self_test") as stopped:
        trials.self_test(sys.executable, program(tmp_path, text))
    assert "gone" in stopped.value.detail or "gone" not in text


def test_one_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "SELF_TEST_S", 1)
    with pytest.raises(UpdateError, match="no answer"):
        trials.self_test(
            sys.executable, program(tmp_path, "sys.stdin.read(); import threading; threading.Event().wait()")
        )


def test_an_interpreter_that_is_gone_is_a_failed_trial(tmp_path: Path) -> None:
    with pytest.raises(UpdateError, match=r"update\.self_test"):
        trials.self_test(str(tmp_path / "python3"), program(tmp_path, ""))


def test_the_rehearsal_is_on_a_copy_and_the_key_is_in_no_argument(tmp_path: Path) -> None:
    backup = tmp_path / "one.mcbak"
    backup.write_bytes(b"store")
    text = (
        "key = sys.stdin.readline().strip()\n"
        "copy = sys.argv[3]\n"
        "assert sys.argv[1:3] == ['--smoke', '--rehearse'] and open(copy).read() == 'store'\n"
        "assert key not in ' '.join([*sys.argv, *os.environ.values()])\n"
        "open(copy, 'w').write('changed'); open(copy + '-wal', 'w').close()\n"
        f"sys.exit(key != '{KEY.hex()}')\n"
    )
    trials.rehearse(sys.executable, program(tmp_path, text), backup, KEY, tmp_path / "trials")
    assert backup.read_bytes() == b"store"
    assert list((tmp_path / "trials").iterdir()) == []


def test_a_failed_rehearsal_leaves_no_copy_either(tmp_path: Path) -> None:
    backup = tmp_path / "one.mcbak"
    backup.write_bytes(b"store")
    with pytest.raises(UpdateError, match=r"update\.rehearsal"):
        trials.rehearse(sys.executable, program(tmp_path, "sys.exit(3)"), backup, KEY, tmp_path / "trials")
    assert list((tmp_path / "trials").iterdir()) == []


def test_a_backup_that_is_gone_is_told_as_the_disks_fault(tmp_path: Path) -> None:
    with pytest.raises(UpdateError, match=r"update\.disk"):
        trials.rehearse(sys.executable, program(tmp_path, ""), tmp_path / "none", KEY, tmp_path / "trials")


def test_from_sources_nothing_is_installed_and_nothing_noted(tmp_path: Path) -> None:
    with pytest.raises(UpdateError, match="not_installed"):
        installation({})
    named = {"COMMUNE_COUNTER_BASE": str(tmp_path), "COMMUNE_COUNTER_PROGRAM": str(tmp_path / "own")}
    assert not note_started(named)
    assert not (tmp_path / "own").exists()


def test_a_start_that_came_up_is_noted_for_the_launcher(tmp_path: Path) -> None:
    named = {"COMMUNE_COUNTER_BASE": str(tmp_path), "COMMUNE_COUNTER_PROGRAM": str(tmp_path / "own")}
    zip_ = program(tmp_path, "")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "starting").write_text("app-1.1.zip\n")
    assert note_started(named, zip_)
    assert (tmp_path / "own" / "proven").read_text() == "app-1.1.zip\n"
    assert not (tmp_path / "own" / "starting").exists()
    assert installation(named, zip_).running.version == "1.1"


@pytest.mark.parametrize("text", ["", "{}", '["zz"]', '["00"]', "[1]"])
def test_a_file_that_holds_no_keys_holds_none(tmp_path: Path, text: str) -> None:
    (tmp_path / KEYS_FILE).write_text(text)
    assert read_keys(tmp_path / KEYS_FILE) == ()
    assert read_keys(tmp_path / "none") == ()
