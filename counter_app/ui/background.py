"""One doorway for work off the main thread (anki's operations): ``run_query`` and ``run_change``.

All changes run one after another on a single worker; queries on up to two others. The function given must
not touch a widget and never holds a bound signal: its result is handed over by an id through one signal of
this object. ``on_done`` and ``on_error`` run on the main thread. An error nobody takes goes to one funnel.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

Result = TypeVar("Result")
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


@dataclass(slots=True)
class _Job:
    on_done: Done
    on_error: Failed | None
    owner: QObject | None
    key: str
    act: bool
    ran: Future[None] | None = None


class _Post(QObject):
    """Carries (id, result, error) from a worker to the main thread."""

    arrived = Signal(int, object, object)


def _asked(job: _Job) -> tuple[int, str]:
    """Whose question of that key: a page put away that asks once more takes no answer from its successor."""
    return (0 if job.owner is None else id(job.owner), job.key)


def _run(number: int, work: Callable[[], Any], post: _Post) -> None:
    """One piece of work on its worker; nothing of it stays there when it is done."""
    result: Any = None
    error: BaseException | None = None
    try:
        result = work()
    except BaseException as caught:
        error = caught
    post.arrived.emit(number, result, error)


class Background(QObject):
    """The workers. ``funnel`` gets every error that no ``on_error`` takes."""

    idle = Signal()
    acted = Signal()
    """An act of a person succeeded; emitted before its ``on_done`` runs."""

    def __init__(self, funnel: Failed) -> None:
        """Starts no thread before the first job."""
        super().__init__()
        self._funnel = funnel
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._post = _Post()
        self._post.arrived.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        # Python's own workers: of Qt's, a tenth of the runnables stayed for ever with all they had read.
        self._changes = ThreadPoolExecutor(1, "changes")
        self._queries = ThreadPoolExecutor(2, "queries")

    def run_query(
        self,
        work: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Failed | None = None,
        *,
        owner: QObject | None = None,
        key: str = "",
    ) -> None:
        """Reads. ``owner``: no answer once it is deleted.

        With a ``key`` only the latest answer counts (search as typed, a list that is re-read).
        """
        self._start(self._queries, work, on_done, on_error, owner, key)

    def run_change(
        self,
        work: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Failed | None = None,
        *,
        owner: QObject | None = None,
        act: bool = True,
    ) -> None:
        """Changes, one at a time, in the order asked; ``Notifications`` tell the screens.

        ``act`` False: nobody asked for it (a draft kept while somebody types).
        """
        self._start(self._changes, work, on_done, on_error, owner, "", act=act)

    def busy(self) -> bool:
        """Whether any answer is still awaited."""
        return bool(self._jobs)

    def finish(self, milliseconds: int = 10_000) -> bool:
        """At exit: waits for the workers; False when they did not end in time."""
        running = [job.ran for job in self._jobs.values() if job.ran is not None]
        return not wait(running, milliseconds / 1_000).not_done

    def _start(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        on_done: Done,
        on_error: Failed | None,
        owner: QObject | None,
        key: str,
        *,
        act: bool = False,
    ) -> None:
        number = next(self._numbers)
        job = self._jobs[number] = _Job(on_done, on_error, owner, key, act)
        if key:
            self._latest[_asked(job)] = number
        job.ran = pool.submit(_run, number, work, self._post)

    @Slot(int, object, object)
    def _arrived(self, number: int, result: object, error: BaseException | None) -> None:
        job = self._jobs.pop(number, None)
        if job is not None and self._still_wanted(job, number):
            if job.key:
                del self._latest[_asked(job)]
            self._deliver(job, result, error)
        if not self._jobs:
            self.idle.emit()

    def _still_wanted(self, job: _Job, number: int) -> bool:
        if job.owner is not None and not isValid(job.owner):
            return False
        return not job.key or self._latest.get(_asked(job)) == number

    def _deliver(self, job: _Job, result: object, error: BaseException | None) -> None:
        try:
            if error is None:
                if job.act:
                    self.acted.emit()
                job.on_done(result)
            elif job.on_error is not None:
                job.on_error(error)
            else:
                self._funnel(error)
        except Exception as fault:
            self._funnel(fault)
