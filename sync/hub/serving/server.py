"""The hub in a process of its own, over TLS: ``HubServer`` starts it, knows its address, ends it.

The child tells its port on standard output once it listens, and ends when its standard input closes: a
program that dies takes its hub with it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn

import sync
from sync.hub.hub import Hub
from sync.hub.lookups.running import LookupThread
from sync.hub.portal.background import PortalTurns
from sync.hub.serving.app import make_app
from sync.hub.serving.ca import LOCAL_NAMES, TLS_FOLDER, ServerFiles, server_files
from sync.hub.serving.turns import BackgroundReader

START_SECONDS = 60.0
STOP_SECONDS = 20.0


class HubNotStarted(RuntimeError):
    """The hub's process ended, or said nothing, before it listened."""


class HubServer:
    """A running hub: ``with HubServer(folder) as server: server.url, server.authority_pem``.

    The folder holds the hub (made with ``Hub.open``). ``port`` 0 takes a free one. More than one of
    ``workers`` need a hub on PostgreSQL.
    """

    def __init__(
        self,
        folder: Path,
        *,
        practice: bool | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        names: Sequence[str] = LOCAL_NAMES,
        workers: int = 1,
    ) -> None:
        self._command = [
            sys.executable,
            "-P",
            "-m",
            "sync.hub.cli",
            "--folder",
            str(folder),
            "--json",
            "serve",
        ]
        self._command += ["--host", host, "--port", str(port), "--until-stdin-closes"]
        self._command += [argument for name in names for argument in ("--name", name)]
        self._command += ["--workers", str(workers)]
        if practice is not None:
            self._command += ["--practice" if practice else "--real"]
        self._process: subprocess.Popen[bytes] | None = None
        self._host = host
        self.port = 0
        self.authority_pem = ""
        self.public_key = b""

    @property
    def url(self) -> str:
        """``https://host:port`` for a ``HubAddress``."""
        return f"https://{self._host}:{self.port}"

    @property
    def pid(self) -> int:
        """Number of the hub's process. Raises HubNotStarted when it does not run."""
        if self._process is None:
            raise HubNotStarted("not started")
        return self._process.pid

    def start(self) -> HubServer:
        """Start and wait until it listens. Raises HubNotStarted with what the process said last."""
        root = str(Path(next(iter(sync.__path__))).parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        line = self._first_line()
        try:
            told = json.loads(line)
            self.port, self.authority_pem = int(told["port"]), str(told["authority"])
            self.public_key = bytes.fromhex(told["public_key"])
        except (ValueError, KeyError, TypeError) as error:
            self.stop()
            raise HubNotStarted(line.decode("utf-8", "replace") or "it ended at once") from error
        return self

    def _first_line(self) -> bytes:
        """What the child says first; empty when it ends or stays silent."""
        stdout = self._process.stdout if self._process else None
        if stdout is None:
            raise HubNotStarted("not started")
        found: list[bytes] = []
        waiting = threading.Thread(target=lambda: found.append(stdout.readline()), daemon=True)
        waiting.start()
        waiting.join(START_SECONDS)
        return found[0] if found else b""

    def stop(self) -> None:
        """End the hub and wait for its end; killed when it does not end by itself."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def __enter__(self) -> HubServer:
        """Started."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stopped."""
        self.stop()


class _WorthTelling(logging.Filter):
    """Keeps from the log that *no* request was cut off at the end: counters that hold a line open idle."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (str(record.msg).startswith("Cancel ") and record.args == (0,))


class _TellingServer(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, words: str) -> None:
        super().__init__(config)
        self._words = words

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._words, flush=True)


def serve(
    hub: Hub,
    folder: Path,
    host: str,
    port: int,
    names: Sequence[str],
    *,
    until_stdin_closes: bool,
    as_json: bool,
) -> None:
    """Serve ``hub`` in this process until it is told to end; ``folder`` keeps the TLS files."""
    files = files_of(folder, names)
    listening = listen(host, port)
    run_server(
        hub, files, listening, words_of(hub, files, listening, host, as_json=as_json), until_stdin_closes
    )


def files_of(folder: Path, names: Sequence[str]) -> ServerFiles:
    """The TLS files of the hub in ``folder``, made when they are missing or old."""
    return server_files(folder / TLS_FOLDER, tuple(names), datetime.datetime.now(datetime.UTC))


def words_of(hub: Hub, files: ServerFiles, listening: socket.socket, host: str, *, as_json: bool) -> str:
    """What is told on standard output once the hub listens."""
    told: dict[str, Any] = {
        "port": listening.getsockname()[1],
        "authority": files.authority_pem,
        "public_key": hub.public_key.hex(),
        "practice": hub.is_practice,
    }
    return json.dumps(told) if as_json else f"listening on https://{host}:{told['port']}"


def run_server(
    hub: Hub, files: ServerFiles, listening: socket.socket, words: str, until_stdin_closes: bool
) -> None:
    """Answer on ``listening`` until told to end, with a reader behind; prints ``words`` when it is ready."""
    turns = BackgroundReader(hub)
    logging.getLogger("uvicorn.error").addFilter(_WorthTelling())
    server = _TellingServer(_config(hub, turns, files), words)
    if until_stdin_closes:
        threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    portal, lookups = PortalTurns(hub), LookupThread(hub)
    turns.start()
    portal.start()
    lookups.start()
    try:
        server.run([listening])
    finally:
        lookups.stop()
        portal.stop()
        turns.stop()
        listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket that says it is TCP: asyncio then switches Nagle off, 40 ms an answer."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(128)
    return listening


def _config(hub: Hub, turns: BackgroundReader, files: ServerFiles) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(hub, turns),
        ssl_certfile=files.certificate,
        ssl_keyfile=files.key,
        http="h11",
        ws="none",
        lifespan="off",
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=120,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 * 1024,
    )


def _end_with_parent(server: uvicorn.Server) -> None:
    """Whoever started us closed our input, or died."""
    while os.read(0, 1024):
        pass
    server.should_exit = True
