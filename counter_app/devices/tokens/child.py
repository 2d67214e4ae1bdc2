"""The token child: ``python -P -m counter_app.devices.tokens.child [module]``; it answers orders by pipes.

The vendor's library and pyHanko live here only. A PIN arrives behind its order as raw bytes and is
overwritten as soon as the token was asked; nothing is logged. The module's own printing goes nowhere. It
ends when its input ends, so that it never outlives the program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import (
    MAX_LINE,
    Answer,
    Failed,
    InspectFile,
    ListTokens,
    Opened,
    OpenToken,
    Order,
    SignFile,
    StampFile,
    TokensFound,
    read_order,
    write,
)

if TYPE_CHECKING:
    import pkcs11

    from counter_app.devices.tokens import reading


class Child:
    """Orders one after another; ``module`` is the path of the PKCS#11 library, loaded on the first need."""

    def __init__(self, module: str, source: BinaryIO) -> None:
        self._path = module
        self._source = source
        self._module: reading.Module | None = None
        self._sessions: dict[str, pkcs11.Session] = {}
        self._silent: set[str] = set()

    def answer(self, order: Order) -> Answer:
        """What came of the order; every fault is an answer too."""
        try:
            return self._done(order)
        except TokenFault as fault:
            return Failed(code=self._looked_again(fault, order), detail=fault.detail[:300])
        except ImportError as error:
            return Failed(code="token.extra_missing", detail=type(error).__name__)
        except (MemoryError, RuntimeError) as error:
            return Failed(code="token.failed", detail=type(error).__name__)

    def _done(self, order: Order) -> Answer:
        from counter_app.devices.tokens import checking, reading, signing

        match order:
            case ListTokens():
                return TokensFound(tokens=reading.tokens_of(self._loaded()))
            case OpenToken():
                return self._open(order)
            case SignFile():
                return signing.sign(order, self._sessions, self._silent)
            case StampFile():
                return signing.add_stamp(order)
            case InspectFile():
                return checking.inspect(signing.read(order.path), order.at, order.roots)

    def _loaded(self) -> reading.Module:
        from counter_app.devices.tokens import reading

        if self._module is None:
            self._module = reading.load(self._path)
        return self._module

    def _open(self, order: OpenToken) -> Answer:
        """Sign in; the PIN is read whatever happens, else it would be taken for the next order."""
        from counter_app.devices.tokens import reading

        pin = bytearray(self._source.read(order.pin_bytes + 1)[:-1])
        try:
            token = reading.find(self._loaded(), order.token)
            try:
                self._sessions[order.token] = token.open(user_pin=pin.decode("utf-8", "replace"))
            except Exception as error:  # each module has exceptions of its own
                state = reading.pin_state(int(reading.find(self._loaded(), order.token).flags))
                raise reading.wrong_pin(error, state) from None
        finally:
            pin[:] = bytes(len(pin))
        return Opened()

    def _looked_again(self, fault: TokenFault, order: Order) -> str:
        """A vague fault while the token is no longer there means that it was pulled out."""
        from counter_app.devices.tokens import reading

        if fault.code not in ("token.failed", "token.no_key") or not isinstance(order, SignFile):
            return fault.code
        try:
            for mark in order.marks:
                reading.find(self._loaded(), mark.token)
        except TokenFault:
            return "token.pulled"
        return fault.code


def serve(module: str, source: BinaryIO, say: Callable[[bytes], None]) -> None:
    """Answer every order of ``source`` until it ends; a line that is no order ends it too."""
    child = Child(module, source)
    while line := source.readline(MAX_LINE + 1):
        try:
            order = read_order(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            say(write(Failed(code="order.wrong")))
            return
        say(write(child.answer(order)))


def _own_output() -> Callable[[bytes], None]:
    """The pipe of answers, moved away from the number that vendors' libraries print to."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def say(line: bytes) -> None:
        answers.write(line)

    return say


def _no_core_dump() -> None:
    """Memory that held a PIN never becomes a file."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Serve the program that started this process."""
    _no_core_dump()
    serve(arguments[0] if arguments else "", sys.stdin.buffer, _own_output())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
