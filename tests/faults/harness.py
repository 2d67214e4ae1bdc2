"""Kills and refusals at the n-th system call: one scene is worked again and again, each time hit elsewhere.

A scene makes its world once; for each point the world's folder is put back, a child works the scene and is
hit, and the survivor is opened, compared with what people were told, and worked on. Everything here runs
under ``LD_PRELOAD`` of ``kill_at.c`` (``python -m tests.faults``).
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

MEMORY = 777
"""The descriptor of what people remember: ``kill_at.c`` lets it through whatever happens to the disk."""
KILLS = ctypes.CDLL(None)
MODES = (
    "kill", "random", "full-once", "full-on", "eio-once", "eio-on", "read-once", "read-on",
)  # fmt: skip
"""Kill at the call; kill at a random moment; disk full or I/O error once or from then on; reads that fail."""
IN_WORDS = ("StoreError", "DomainError", "SecretError", "OutsideError", "BackupBad", "HubSaid")
"""An error that a person reads: anything else that ends a scene is a fault of the program."""
FOREVER = 2**60

Steps = list[tuple[str, object]]
Tell = Callable[[str, object], None]


class Faults(NamedTuple):
    """What a point showed: what was wrong, and how many printed pages were compared."""

    wrong: list[str]
    pages: int = 0


class Scene(Protocol):
    """One matter that can be interrupted. ``folder`` is put back before each point."""

    folder: Path

    def prepare(self) -> None:
        """Make the world below ``folder`` and close it."""
        ...

    def work(self, tell: Tell) -> None:
        """In the child: open the world and work; ``tell`` after each thing a person was told."""
        ...

    def survived(self, steps: Steps) -> Faults:
        """Open what is left, compare it with what was told, and work on."""
        ...


def again(scene: Scene, template: Path) -> None:
    """The world as it was before the scene."""
    shutil.rmtree(scene.folder)
    shutil.copytree(template, scene.folder)


def child(scene: Scene, arm: Callable[[], None], kill_after: float = 0.0) -> int:
    """The scene in a process of its own, with whatever it starts; returns how it ended (waitpid).

    ``kill_after``: seconds after which the child is killed from outside.
    """
    over, held = os.pipe()
    ours = os.fork()
    if ours == 0:
        os.close(over)
        _in_child(scene, arm)
    os.close(held)
    if kill_after:
        time.sleep(kill_after)
        os.kill(ours, signal.SIGKILL)
    status = os.waitpid(ours, 0)[1]
    os.read(over, 1)  # the end of the pipe: whatever the child started has ended too
    os.close(over)
    return status


def _in_child(scene: Scene, arm: Callable[[], None]) -> None:
    os.dup2(os.open(memory(scene), os.O_WRONLY | os.O_CREAT | os.O_APPEND), MEMORY)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    begun, code = time.monotonic(), 1
    try:
        arm()
        scene.work(tell)
        code = 0
    except BaseException as ended:
        seen = counts()
        disarm()
        tell("ended", f"{type(ended).__name__}: {ended}"[:300])
        if not in_words(ended):
            tell("trace", traceback.format_exc()[-1_500:])
    else:
        seen = counts()
    disarm()
    tell("counts", [*seen, round(time.monotonic() - begun, 3)])
    os._exit(code)


def in_words(error: BaseException) -> bool:
    """True for an error that a person reads."""
    return any(kind.__name__ in IN_WORDS for kind in type(error).__mro__)


def tell(step: str, what: object) -> None:
    """A person was told: it is on its way before the next line runs."""
    os.write(MEMORY, json.dumps([step, what]).encode() + b"\n")


def memory(scene: Scene) -> Path:
    """Where the child writes what people were told."""
    return scene.folder / "told"


def told(scene: Scene) -> Steps:
    """What the child had told; a torn last line was not told."""
    path = memory(scene)
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    return [tuple(json.loads(line)) for line in lines if line.endswith("\n")]


def counts() -> tuple[int, int]:
    """Calls that can change a file, and reads, since the fault was armed."""
    return KILLS.calls_seen(), KILLS.reads_seen()


def disarm() -> None:
    """No fault from now on."""
    KILLS.kill_at(0, 0)


@contextmanager
def helper(work: Callable[[], None]) -> Iterator[None]:
    """A second process of the scene, never hit itself; it is waited for at the end."""
    ours = os.fork()
    if ours == 0:
        disarm()
        try:
            work()
        except BaseException as error:
            tell("helper", f"{type(error).__name__}: {error}"[:300])
            os._exit(1)
        os._exit(0)
    try:
        yield
    finally:
        os.waitpid(ours, 0)


def points(total: int, wanted: int) -> list[int]:
    """``wanted`` points spread evenly over ``total`` calls."""
    return sorted({1 + round(place * (total - 1) / max(1, wanted - 1)) for place in range(wanted)})


def arm(mode: str, point: int, odd: int) -> None:
    """Set the fault of ``mode`` at call ``point``; every second kill falls within its write."""
    if mode == "kill":
        KILLS.kill_at(point, odd)
        return
    kind, how = mode.split("-")
    last = point if how == "once" else FOREVER
    if kind == "read":
        KILLS.fail_reads(point, last)
    else:
        KILLS.fail_at(point, last, errno.ENOSPC if kind == "full" else errno.EIO)


def run(scene: Scene, wanted: int, mode: str) -> dict[str, object]:
    """A whole series; figures, and what was wrong by the place of the fault."""
    scene.prepare()
    template = scene.folder.with_name("template")
    shutil.copytree(scene.folder, template)
    assert child(scene, disarm) == 0, told(scene)
    seen: Any = dict(told(scene))["counts"]
    calls, reads, seconds = int(seen[0]), int(seen[1]), float(seen[2])
    untouched = scene.survived(told(scene)).wrong
    wrong = {"unharmed": untouched} if untouched else {}
    total = reads if mode.startswith("read") else calls
    places = list(range(1, wanted + 1)) if mode == "random" else points(total, wanted)
    hit = pages = 0
    after: dict[str, int] = {}
    chance = random.Random(wanted)
    for place, point in enumerate(places):
        again(scene, template)
        if mode == "random":
            status = child(scene, disarm, chance.uniform(0.0, seconds))
        else:
            status = child(scene, lambda n=point, odd=place % 2: arm(mode, n, odd))  # type: ignore[misc]
        steps = told(scene)
        ended = str(dict(steps).get("ended", ""))
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        hit += killed if mode in ("kill", "random") else bool(ended)
        found = _survived(scene, steps)
        last = _last(steps)
        after[last] = after.get(last, 0) + 1
        pages += found.pages
        trouble = [*found.wrong, *([ended, str(dict(steps).get("trace"))] if _bare(ended) else [])]
        if trouble:
            wrong[str(point)] = trouble
    return {"calls": calls, "reads": reads, "points": len(places), "hit": hit, "pages": pages, "after": after,
            "wrong": wrong}  # fmt: skip


def _survived(scene: Scene, steps: Steps) -> Faults:
    try:
        return scene.survived(steps)
    except Exception as error:
        lines = traceback.format_exc()[-1_200:]
        return Faults([f"the survivor does not work: {type(error).__name__}: {error}"[:300], lines])


def _bare(ended: str) -> bool:
    return bool(ended) and not ended.startswith(IN_WORDS)


def _last(steps: Steps) -> str:
    done = [step for step, _ in steps if step not in ("ended", "trace", "counts", "helper")]
    return done[-1] if done else "started"


def load() -> None:
    """Learn the library that was loaded ahead of this program."""
    for name in ("calls_seen", "reads_seen"):
        getattr(KILLS, name).restype = ctypes.c_long
    KILLS.kill_at.argtypes = (ctypes.c_long, ctypes.c_int)
    KILLS.fail_at.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_int)
    KILLS.fail_reads.argtypes = (ctypes.c_long, ctypes.c_long)
