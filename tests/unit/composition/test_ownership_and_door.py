"""One process owns the store; its door opens to whoever knows the word and to nobody else."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from counter_app.composition import doorstep
from counter_app.composition.door import Door, NobodyHome, knock
from counter_app.composition.ownership import Ownership, is_owned
from counter_app.storage.store_errors import StoreError

HOLD = """
import sys
import tempfile
from pathlib import Path
from counter_app.composition.ownership import Ownership
held = Ownership(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "program.lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_told_in_words(tmp_path: Path, other_process: subprocess.Popen[str]) -> None:
    lock = tmp_path / "program.lock"
    with pytest.raises(StoreError) as refused:
        Ownership(lock)
    assert refused.value.code == "store.in_use"
    assert refused.value.title == "Chương trình đang chạy ở cửa sổ khác."
    assert is_owned(lock)


def test_a_killed_owner_leaves_no_lock(tmp_path: Path, other_process: subprocess.Popen[str]) -> None:
    other_process.kill()
    other_process.wait()
    lock = tmp_path / "program.lock"
    assert lock.exists()
    assert not is_owned(lock)
    held = Ownership(lock)
    assert is_owned(lock)
    held.release()
    held.release()
    assert not is_owned(lock)


def test_a_lock_that_never_was(tmp_path: Path) -> None:
    assert not is_owned(tmp_path / "none.lock")


@pytest.fixture
def asked() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def door(tmp_path: Path, asked: list[dict[str, Any]]) -> Iterator[Door]:
    def answer(question: dict[str, Any]) -> dict[str, Any]:
        asked.append(question)
        return {"code": 0, "result": {"lời": "Đã đồng bộ"}}

    made = Door(tmp_path / "program.door", answer)
    made.open()
    yield made
    made.close()


def test_who_knocks_gets_an_answer_each_time(tmp_path: Path, door: Door, asked: list[dict[str, Any]]) -> None:
    for number in range(3):
        answered = knock(tmp_path / "program.door", {"command": "status", "n": number})
        assert answered == {"code": 0, "result": {"lời": "Đã đồng bộ"}}
    assert [question["n"] for question in asked] == [0, 1, 2]


def test_the_word_is_for_the_owners_eyes(tmp_path: Path, door: Door) -> None:
    assert (tmp_path / "program.door").stat().st_mode & 0o077 == 0


def test_without_the_word_nothing_is_answered(
    tmp_path: Path, door: Door, asked: list[dict[str, Any]]
) -> None:
    told = json.loads((tmp_path / "program.door").read_text("utf-8"))
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        Client(told["address"], authkey=bytes(32)).send_bytes(b"{}")
    assert asked == []
    assert knock(tmp_path / "program.door", {"command": "status"})["code"] == 0


@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe", b"{", b"[]" * 10, b"x" * 2_000_000])
def test_rubbish_does_not_close_the_door(tmp_path: Path, door: Door, rubbish: bytes) -> None:
    told = json.loads((tmp_path / "program.door").read_text("utf-8"))
    visitor = Client(told["address"], authkey=bytes.fromhex(told["word"]))
    with visitor, contextlib.suppress(OSError):
        visitor.send_bytes(rubbish)
    assert knock(tmp_path / "program.door", {"command": "status"})["code"] == 0


def test_nobody_home_after_the_end_and_after_a_kill(tmp_path: Path, door: Door) -> None:
    file = tmp_path / "program.door"
    left = file.read_text("utf-8")
    door.close()
    assert not file.exists()
    with pytest.raises(NobodyHome):
        knock(file, {"command": "status"})
    file.write_text(left, "utf-8")  # as a killed program leaves it
    with pytest.raises(NobodyHome):
        knock(file, {"command": "status"})


PROGRAM = """
import os, sys
from pathlib import Path
from counter_app.composition import doorstep
from counter_app.composition.door import Door
Door(Path(sys.argv[1]), dict).open()
print("open", flush=True)
sys.stdin.read()
os.abort()
"""


def killed(file: Path) -> Path:
    """A program opens its door and is killed; returns the socket that it leaves."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open"
    process.kill()
    process.communicate()
    return Path(json.loads(file.read_text("utf-8"))["address"])


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of its own, with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="d") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(folder)


def test_a_killed_program_s_socket_is_taken_again(tmp_path: Path, temporary: Path) -> None:
    file = tmp_path / "program.door"
    left = killed(file)
    assert left.is_socket()
    made = Door(file, lambda asked: {"code": 0, "result": asked["command"]})
    made.open()
    try:
        assert knock(file, {"command": "status"})["result"] == "status"
        assert [one for one in temporary.rglob("*") if not one.is_dir()] == [left]
    finally:
        made.close()
    assert list(left.parent.iterdir()) == []
    assert stat.S_IMODE(left.parent.stat().st_mode) == 0o700


def test_what_another_killed_program_left_is_swept_and_what_answers_stays(
    tmp_path: Path, temporary: Path
) -> None:
    old, living = killed(tmp_path / "old.door"), Door(tmp_path / "living.door", lambda _asked: {"code": 0})
    living.open()
    stands = Path(json.loads((tmp_path / "living.door").read_text("utf-8"))["address"])
    fresh = killed(tmp_path / "fresh.door")
    long_ago = fresh.stat().st_mtime - doorstep.OLD_S - 5
    for one in (old, stands):
        os.utime(one, (long_ago, long_ago))
    made = Door(tmp_path / "program.door", lambda _asked: {"code": 0})
    made.open()
    try:
        assert not old.exists()
        assert fresh.exists(), "it may be about to listen"
        assert knock(tmp_path / "living.door", {})["code"] == 0
    finally:
        made.close()
        living.close()


@pytest.mark.parametrize("planted", ["open", "file", "link"])
def test_a_folder_somebody_else_laid_there_is_not_used(tmp_path: Path, temporary: Path, planted: str) -> None:
    theirs = temporary / f"commune-counter-{os.getuid()}"
    if planted == "open":
        theirs.mkdir()
        theirs.chmod(0o777)
    elif planted == "file":
        theirs.write_bytes(b"")
    else:
        (temporary / "elsewhere").mkdir(mode=0o700)
        theirs.symlink_to(temporary / "elsewhere")
    file = tmp_path / "program.door"
    made = Door(file, lambda _asked: {"code": 0})
    made.open()
    try:
        address = Path(json.loads(file.read_text("utf-8"))["address"])
        assert address.parent != theirs
        assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
        assert knock(file, {})["code"] == 0
    finally:
        made.close()
    assert not address.parent.exists()
