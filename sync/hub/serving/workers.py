"""Several processes that answer on one socket over one PostgreSQL database, and who looks after them.

A worker keeps nothing between two requests: any of them may die, and another answers. The parent holds the
socket, starts a worker again that ended unbidden, and takes all with it when it ends.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import sync
from sync.hub.hub import Hub
from sync.hub.serving.server import STOP_SECONDS, files_of, listen, run_server, words_of

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
READY = "ready"
_Child = subprocess.Popen[bytes]


class WorkersFailed(OSError):
    """A worker ended before it was ready: its own words stand on standard error."""


def serve_many(
    hub: Hub,
    folder: Path,
    host: str,
    port: int,
    names: Sequence[str],
    *,
    workers: int,
    until_stdin_closes: bool,
    as_json: bool,
) -> None:
    """Serve the hub of ``folder`` by ``workers`` processes until told to end. Raises WorkersFailed."""
    files = files_of(folder, names)
    words = words_of(hub, files, listening := listen(host, port), host, as_json=as_json)
    hub.close()  # forked or not, nobody shares a connection with a worker
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    if until_stdin_closes:
        threading.Thread(target=_wait_for_parent, args=(ending,), daemon=True).start()
    children: list[_Child] = []
    try:
        children += [_start(folder, listening, names) for _ in range(workers)]
        for child in children:
            _await_ready(child)
        print(words, flush=True)
        while not ending.wait(LOOK_SECONDS):
            children = [_look_after(child, folder, listening, names) for child in children]
    finally:
        _end(children)
        listening.close()


def _start(folder: Path, listening: socket.socket, names: Sequence[str]) -> _Child:
    root = str(Path(next(iter(sync.__path__))).parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    handle = listening.fileno()
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "sync.hub.serving.workers", str(folder), str(handle), *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[handle],
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl+C reaches the parent, which ends the workers in order
    )


def _await_ready(child: _Child) -> None:
    if child.stdout is None or child.stdout.readline().decode().strip() != READY:
        raise WorkersFailed(5, "a worker did not start")


def _look_after(child: _Child, folder: Path, listening: socket.socket, names: Sequence[str]) -> _Child:
    """The worker itself while it runs, else another in its place."""
    if child.poll() is None:
        return child
    log.error("worker %d ended with %s: another takes its place", child.pid, child.returncode)
    _close(child)
    return _start(folder, listening, names)


def _end(children: Sequence[_Child]) -> None:
    for child in children:
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        _close(child)


def _close(child: _Child) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _wait_for_parent(ending: threading.Event) -> None:
    while os.read(0, 1024):
        pass
    ending.set()


def main(arguments: Sequence[str]) -> int:
    """One worker: folder, number of the inherited socket, names of the certificate."""
    folder, handle, *names = arguments
    listening = socket.socket(fileno=int(handle))
    with Hub.open(Path(folder)) as hub:
        run_server(hub, files_of(Path(folder), names), listening, READY, True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
