"""What the program sees of signing tokens: which are there, signing a lot, time-stamps, looking at a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

import msgspec

from counter_app.devices.tokens import keeper
from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.keeper import TokenChild
from counter_app.devices.tokens.messages import (
    Inspected,
    InspectFile,
    ListTokens,
    Mark,
    SignedFile,
    SignFile,
    StampFile,
    Token,
    TokensFound,
)

TSA_NONE: Final = ""


class TokenPin(msgspec.Struct, frozen=True):
    """PIN of the token with a serial number; shown nowhere."""

    token: str
    pin: str

    def __repr__(self) -> str:
        """Never the PIN."""
        return f"TokenPin({self.token!r}, …)"


class FileToSign(msgspec.Struct, frozen=True):
    """One file of a lot: ``source`` is signed with ``marks`` in order into ``target``; ``at`` ms."""

    source: str
    target: str
    marks: tuple[Mark, ...]
    at: int


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file: signed, or the fault that kept it from being signed.

    ``tried`` is false for a file that was not begun because the fault of an earlier one meets it too.
    """

    file: FileToSign
    signed: SignedFile | None = None
    fault: TokenFault | None = None
    tried: bool = True


class SigningSession(Protocol):
    """Tokens that were signed in to, for one lot."""

    def sign(self, file: FileToSign) -> SignedFile:
        """Sign one file. Raises ``TokenFault``; the target is then as it was."""
        ...


class SigningTokens(Protocol):
    """Signing tokens of this PC."""

    def tokens(self) -> tuple[Token, ...]:
        """Tokens in the readers with their certificates. Raises ``TokenFault``."""
        ...

    def session(self, pins: Sequence[TokenPin]) -> AbstractContextManager[SigningSession]:
        """Sign in to a lot's tokens: ``with tokens.session(pins) as session``. Raises ``TokenFault``."""
        ...

    def stamp(self, source: str, target: str) -> SignedFile:
        """A time-stamp for a signed file, later. Raises ``TokenFault`` ``stamp.unreachable``, ``file.*``."""
        ...

    def inspect(self, path: str, at: int) -> Inspected:
        """Who signed a file and whether it is as signed. Raises ``TokenFault`` ``file.*``."""
        ...


@dataclass(frozen=True)
class _Session:
    """A child whose tokens are open."""

    child: TokenChild
    tsa: str
    seconds: float

    def sign(self, file: FileToSign) -> SignedFile:
        order = SignFile(
            source=file.source, target=file.target, marks=file.marks, at=file.at, tsa=self.tsa
        )  # fmt: skip
        return self.child.ask(order, SignedFile, self.seconds)


@dataclass(frozen=True)
class ChildTokens:
    """Tokens through the child process; one child a conversation, so that a fault spoils no other.

    ``module`` is the technician's path of the PKCS#11 library, ``tsa`` an address or "", ``roots`` files of
    certificates that are trusted when a file is looked at. Times are seconds.
    """

    module: str
    tsa: str = TSA_NONE
    roots: tuple[str, ...] = ()
    sign_seconds: float = keeper.SIGN_SECONDS
    list_seconds: float = keeper.LIST_SECONDS

    def tokens(self) -> tuple[Token, ...]:
        """Tokens in the readers with their certificates. Raises ``TokenFault``."""
        with self._child() as child:
            return child.ask(ListTokens(), TokensFound, self.list_seconds).tokens

    @contextmanager
    def session(self, pins: Sequence[TokenPin]) -> Iterator[SigningSession]:
        """Signed in to every token of ``pins``; the child ends with the block. Raises ``TokenFault``."""
        with self._child() as child:
            for one in pins:
                child.open(one.token, one.pin)
            yield _Session(child, self.tsa, self.sign_seconds)

    def stamp(self, source: str, target: str) -> SignedFile:
        """A time-stamp for a signed file, later. Raises ``TokenFault`` ``stamp.unreachable``, ``file.*``."""
        if not self.tsa:
            raise TokenFault("stamp.unreachable", "no address")
        with TokenChild() as child:
            order = StampFile(source=source, target=target, tsa=self.tsa)
            return child.ask(order, SignedFile, self.sign_seconds)

    def inspect(self, path: str, at: int) -> Inspected:
        """Who signed a file and whether it is as signed. Raises ``TokenFault`` ``file.*``."""
        with TokenChild() as child:
            return child.ask(
                InspectFile(path=path, at=at, roots=self.roots), Inspected, keeper.INSPECT_SECONDS
            )

    def _child(self) -> TokenChild:
        if not self.module:
            raise TokenFault("token.module_missing", "no path set")
        return TokenChild(self.module)


def sign_lot(
    tokens: SigningTokens, files: Iterable[FileToSign], pins: Sequence[TokenPin]
) -> Iterator[FileResult]:
    """Sign file after file; one result each, never an exception of a token.

    A fault that would meet the rest too (token pulled, locked, hanging, disk full) leaves the rest untried
    and retryable; a fault of one file leaves the others their turn.
    """
    waiting = list(files)
    with ExitStack() as open_session:
        try:
            session = open_session.enter_context(tokens.session(pins))
        except TokenFault as fault:
            yield from (FileResult(one, fault=fault, tried=False) for one in waiting)
            return
        while waiting:
            file = waiting.pop(0)
            result = _try(session, file)
            yield result
            if result.fault is not None and result.fault.stops_lot:
                yield from (FileResult(one, fault=result.fault, tried=False) for one in waiting)
                return


def _try(session: SigningSession, file: FileToSign) -> FileResult:
    try:
        return FileResult(file, signed=session.sign(file))
    except TokenFault as fault:
        return FileResult(file, fault=fault)
