"""Power cuts of the program: its folder is on an ext4 of its own, which is shut down in the middle of work.

``python -m tests.system.power FOLDER CUTS`` (root): one store lives through all cuts; after each the disk is
mounted again, its journal replayed, and everything a person was told must be there. Prints one JSON object.
What the file system had not handed to the device when the current went is gone, as on a real disk.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

from counter_app.devices import secrets
from counter_app.practice import people
from tests.faults.scenes.desk import Desk, sound
from tests.support.invariants import rows

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32)."""
NO_LOG_FLUSH = struct.pack("I", 2)
MEGABYTES = 96
LONGEST_S = 1.2
STEP_MS = 3_600


class Disk:
    """An ext4 in a file, mounted over a loop device."""

    def __init__(self, folder: Path) -> None:
        self.image = folder / "disk.img"
        self.mount = folder / "disk"

    def make(self) -> None:
        """A fresh file system, mounted."""
        self.mount.mkdir(parents=True)
        with self.image.open("wb") as file:
            file.truncate(MEGABYTES * 2**20)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self.attach()

    def attach(self) -> None:
        """Mount; the file system's journal is replayed."""
        _run("mount", "-o", "loop", str(self.image), str(self.mount))

    def cut(self) -> None:
        """The current goes: nothing that is only in memory reaches the device any more."""
        handle = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, NO_LOG_FLUSH)
        finally:
            os.close(handle)

    def detach(self) -> None:
        """Unmount; what hung on the dead disk is dropped."""
        _run("umount", str(self.mount))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:2])}: {done.stderr.strip()}")


def work(desk: Desk, turn: int, sink: int) -> None:
    """In the child: start, then requests and numbers until the current goes."""
    program = desk.start(turn * STEP_MS)
    place = 100 + turn * 100
    while True:
        for _ in range(2):
            place += 1
            _tell(sink, "request", take_in(program, desk, place))
        first, last = desk.number(program)
        _tell(sink, "numbers", [first, last])


def take_in(program: object, desk: Desk, place: int) -> int:
    """One request of a practice person whose number is free."""
    return desk.take_in(program, place % 900_000).key  # type: ignore[arg-type]


def _tell(sink: int, step: str, what: object) -> None:
    os.write(sink, json.dumps([step, what]).encode() + b"\n")


def one_cut(disk: Disk, desk: Desk, turn: int, after: float, memory: Path) -> list[tuple[str, object]]:
    """A session that ends with the current; what was told in it."""
    memory.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        sink = os.open(memory, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            work(desk, turn, sink)
        except BaseException as error:
            _tell(sink, "ended", f"{type(error).__name__}: {error}"[:200])
        os._exit(0)
    time.sleep(after)
    disk.cut()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    disk.detach()
    disk.attach()
    lines = memory.read_bytes().splitlines(keepends=True) if memory.exists() else []
    return [tuple(json.loads(line)) for line in lines if line.endswith(b"\n")]


def missing(desk: Desk, turn: int, requests: set[int], numbers: set[int], thorough: bool) -> list[str]:
    """What was told and is not there; the program is started on what the disk holds."""
    program = desk.start(turn * STEP_MS)
    try:
        store = program.opened.store
        held = {key for (key,) in rows(store, "SELECT id FROM requests")}
        given = [number for (number,) in rows(store, "SELECT number FROM lines")]
        wrong = [f"request {key} was told and is lost" for key in sorted(requests - held)]
        wrong += [f"number {number} was told and is lost" for number in sorted(numbers - set(given))]
        wrong += [f"number {n} is there twice" for n in set(given) if given.count(n) > 1]
        if program.areas.work.journal & 0xFF != 1:
            wrong.append("a power cut was taken for a copied store: the journal changed its life")
        return wrong + (sound(program) if thorough else [])
    finally:
        program.close()


def run(folder: Path, cuts: int, seed: int = 1) -> dict[str, object]:
    """``cuts`` power cuts of one store; stops at the first loss."""
    secrets._COST = (1, 64, 1)
    disk = Disk(folder)
    disk.make()
    chance = random.Random(seed)
    told = SimpleNamespace(requests=set(), numbers=set())
    try:
        desk = Desk(disk.mount / "pc")
        desk.folder.mkdir()
        desk.make()
        _run("env", "-u", "LD_PRELOAD", "sync")  # the morning is on the disk, whatever is preloaded here
        for turn in range(1, cuts + 1):
            steps = one_cut(disk, desk, turn, chance.uniform(0.02, LONGEST_S), folder / "told")
            told.requests |= {int(str(what)) for step, what in steps if step == "request"}
            for step, what in steps:
                if step == "numbers":
                    told.numbers |= set(range(what[0], what[1] + 1))  # type: ignore[index]
            try:
                wrong = missing(desk, turn, told.requests, told.numbers, turn % 25 == 0 or turn == cuts)
            except Exception as error:
                wrong = [f"the program does not start: {type(error).__name__}: {error}"[:300]]
            if wrong:
                break
    finally:
        with contextlib.suppress(RuntimeError):
            disk.detach()
    assert people.CLERK in desk.founded.officials
    return {"cuts": turn, "requests": len(told.requests), "numbers": len(told.numbers), "wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
