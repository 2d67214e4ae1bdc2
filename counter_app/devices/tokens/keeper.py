"""The program's side of the token child: started when needed, asked in limited time, killed when stuck."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import msgspec

from counter_app.devices.printers import child_environment
from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import MAX_LINE, Failed, Message, OpenToken, read_answer, write

CHILD: Final = "counter_app.devices.tokens.child"
LIST_SECONDS: Final = 30.0
OPEN_SECONDS: Final = 30.0
SIGN_SECONDS: Final = 60.0
INSPECT_SECONDS: Final = 30.0
_END_SECONDS: Final = 3.0

AnswerOf = TypeVar("AnswerOf", bound=Message)


class TokenChild:
    """One child process; ``module`` is the path of the PKCS#11 library, "" when no token is needed.

    A context manager. After a fault of its own (hangs, died) it is gone and every further order says so.
    """

    def __init__(self, module: str = "", *, command: tuple[str, ...] | None = None) -> None:
        self._command = command or (sys.executable, "-P", "-m", CHILD, module)
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it. Raises ``TokenFault`` ``token.died``."""
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                env={**child_environment(), "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise TokenFault("token.died", type(error).__name__) from error
        threading.Thread(target=self._listen, args=(self._process,), name="token child", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it: its input is closed, and what does not end by itself is killed."""
        self.end()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """In a thread of its own, since Windows has no select for pipes; an empty line says that it ended."""
        assert process.stdout is not None
        with process.stdout as answers:
            buffered = bytearray()
            while piece := answers.read(65_536):
                buffered += piece
                while (cut := buffered.find(b"\n")) >= 0:
                    self._lines.put(bytes(buffered[:cut]))
                    del buffered[: cut + 1]
                if len(buffered) > MAX_LINE:
                    break
        self._lines.put(b"")

    def ask(
        self, order: Message, wanted: type[AnswerOf], seconds: float, pin: bytearray | None = None
    ) -> AnswerOf:
        """The answer to an order within ``seconds``; ``pin`` follows it and is overwritten.

        Raises ``TokenFault``: what the child says, ``token.hangs`` (it is killed), ``token.died``.
        """
        self._send(order, pin)
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self.end(kill=True)
            raise TokenFault("token.hangs", type(order).__name__) from None
        try:
            answer = read_answer(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self.end(kill=True)
            raise TokenFault("token.died", type(order).__name__) from error
        if isinstance(answer, Failed):
            raise TokenFault(answer.code, answer.detail)
        if not isinstance(answer, wanted):
            self.end(kill=True)
            raise TokenFault("order.wrong", type(answer).__name__)
        return answer

    def open(self, token: str, pin: str, seconds: float = OPEN_SECONDS) -> None:
        """Sign in to the token with that serial number. Raises ``TokenFault`` ``pin.*``, ``token.*``."""
        from counter_app.devices.tokens.messages import Opened

        secret = bytearray(pin.encode())
        self.ask(OpenToken(token=token, pin_bytes=len(secret)), Opened, seconds, secret)

    def _send(self, order: Message, pin: bytearray | None) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise TokenFault("token.died", "not running")
        try:
            process.stdin.write(write(order))
            if pin is not None:
                process.stdin.write(pin)
                process.stdin.write(b"\n")
        except (OSError, ValueError) as error:
            raise TokenFault("token.died", type(error).__name__) from error
        finally:
            if pin is not None:
                pin[:] = bytes(len(pin))

    def end(self, *, kill: bool = False) -> None:
        """Let it end; after ``kill``, or when it does not end in time, by force. Nothing happens twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        try:
            if process.stdin is not None:
                process.stdin.close()
        except OSError:
            pass
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
