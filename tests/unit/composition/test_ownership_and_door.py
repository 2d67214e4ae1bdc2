"""One process owns the store; its door opens to whoever knows the word and to nobody else."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from counter_app.composition.door import Door, NobodyHome, knock
from counter_app.composition.ownership import Ownership, is_owned
from counter_app.storage.store_errors import StoreError

HOLD = """
import sys
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
