"""The door of the running program for the command line: one local socket, one word that opens it.

The file beside the store names the socket and holds a random word, readable by its owner only; both ends
prove that they know it (``multiprocessing.connection``). Messages are JSON bytes, never pickles.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from counter_app.composition import doorstep

Answer = Callable[[dict[str, Any]], dict[str, Any]]
MOST_BYTES = 1_000_000
_WORD_BYTES = 32


class NobodyHome(Exception):
    """No program answers at the door: none runs, or it is just ending."""


class Door:
    """Answers requests one after another on a thread of its own."""

    def __init__(self, file: Path, answer: Answer) -> None:
        self._file = file
        self._answer = answer
        self._word = secrets.token_bytes(_WORD_BYTES)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._listener: Listener | None = None
        self._thread = threading.Thread(target=self._serve, name="door", daemon=True)

    def open(self) -> None:
        """Listen from now on. Raises OSError."""
        address = self._address()
        self._listener = Listener(address, authkey=self._word)
        if address is not None and self._folder is None:
            doorstep.sweep(Path(address))
        told = {"address": self._listener.address, "word": self._word.hex()}
        draft = self._file.with_name(self._file.name + ".new")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            json.dump(told, written)
        draft.replace(self._file)
        self._thread.start()

    def close(self) -> None:
        """No more answers."""
        if self._listener is None:
            return
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        listener, self._listener = self._listener, None
        # The thread waits in accept: a last visit of our own lets it go. Without the word, for a thread
        # that has just ended would never answer the greeting.
        with contextlib.suppress(OSError):
            Client(listener.address).close()
        self._thread.join(5)
        with contextlib.suppress(OSError):  # a failing disk must not keep the program from ending
            listener.close()
            if self._folder is not None:
                self._folder.cleanup()

    def _address(self) -> str | None:
        """The store's own socket, else one in a folder made for it; None lets Windows name its pipe."""
        if sys.platform == "win32":
            return None
        if (place := doorstep.socket_for(self._file)) is not None:
            return str(place)
        self._folder = tempfile.TemporaryDirectory(prefix="commune-counter-")
        return str(Path(self._folder.name) / "door")

    def _serve(self) -> None:
        while (listener := self._listener) is not None:
            try:
                with listener.accept() as visitor:
                    if self._listener is not None:
                        _answer_one(visitor, self._answer)
            except (
                OSError,
                EOFError,
                AuthenticationError,
                ValueError,
            ):  # a visitor without the word, or gone
                continue


def _answer_one(visitor: Connection[Any, Any], answer: Answer) -> None:
    if not visitor.poll(5):
        return
    asked = json.loads(visitor.recv_bytes(MOST_BYTES))
    visitor.send_bytes(json.dumps(answer(asked), ensure_ascii=False).encode())


def knock(file: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Ask the running program. Raises ``NobodyHome``."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        with Client(told["address"], authkey=bytes.fromhex(told["word"])) as home:
            home.send_bytes(json.dumps(asked, ensure_ascii=False).encode())
            answered: dict[str, Any] = json.loads(home.recv_bytes())
    except (OSError, EOFError, AuthenticationError, ValueError, KeyError) as error:
        raise NobodyHome(type(error).__name__) from error
    return answered
