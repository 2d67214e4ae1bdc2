"""What the program and its token child say to each other: one JSON line each, an order then its answer.

A PIN is never in a message: it follows ``OpenToken`` as a line of raw bytes (``keeper``, ``child``). Moments
are ms since 1970-01-01 UTC, digests and serial numbers lower-case hex, lengths of a page points (1/72 inch).
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, dataclass_transform

import msgspec

MAX_LINE: Final = 1 << 20
"""Longest line either side accepts, bytes."""
MAX_PDF: Final = 100 << 20
"""Largest PDF that is signed or looked at, bytes."""

Short = Annotated[str, msgspec.Meta(max_length=300)]
Hex = Annotated[str, msgspec.Meta(max_length=200, pattern="^[0-9a-f]*$")]
Place = Annotated[str, msgspec.Meta(max_length=4096)]
PinState = Literal["ok", "low", "final", "locked"]
PERSON: Final = "person"
ORGANISATION: Final = "organisation"


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of orders and answers."""


class TokenCertificate(Message):
    """A certificate on a token; ``key_id`` is its CKA_ID, which its private key shares.

    ``fingerprint`` is SHA-256 of the DER. Labels are not kept: vendors give them twice.
    """

    key_id: Hex
    fingerprint: Hex
    subject: Short
    organisation: Short
    issuer: Short
    serial: Hex
    valid_from: int
    valid_to: int
    authority: bool = False


class Token(Message):
    """A token in a reader; ``serial`` tells two of one maker apart, ``pin_state`` what its lock says."""

    serial: Short
    label: Short
    maker: Short
    model: Short
    pin_state: PinState = "ok"
    certificates: tuple[TokenCertificate, ...] = ()


class Box(Message):
    """Where a signature is seen: page from 0 (-1 the last), lower left corner, size."""

    page: int = -1
    left: int = 36
    bottom: int = 36
    width: int = 200
    height: int = 60


class Mark(Message):
    """One signature asked for: by which key, in which field, what is seen of it.

    ``key_id`` chooses the key and ``fingerprint`` its certificate. ``lines`` are drawn in ``box``, the first
    one bold; no box, no appearance.
    """

    token: Short
    key_id: Hex
    fingerprint: Hex
    field: Annotated[str, msgspec.Meta(max_length=40, pattern="^[A-Za-z0-9_]+$")]
    role: Literal["person", "organisation"] = "person"
    name: Short = ""
    reason: Short = ""
    location: Short = ""
    lines: tuple[Short, ...] = ()
    box: Box | None = None


class ListTokens(Message, tag="list"):
    """Which tokens are there, with the certificates that need no PIN to be read."""


class OpenToken(Message, tag="open"):
    """Sign in to a token; ``pin_bytes`` bytes of PIN and a line feed follow this line."""

    token: Short
    pin_bytes: Annotated[int, msgspec.Meta(ge=0, le=256)]


class SignFile(Message, tag="sign"):
    """Sign ``source`` into ``target`` with all ``marks`` one after another, or not at all.

    ``tsa`` is the address of a time-stamping service, "" for none.
    """

    source: Place
    target: Place
    marks: Annotated[tuple[Mark, ...], msgspec.Meta(min_length=1, max_length=4)]
    at: int
    tsa: Place = ""


class StampFile(Message, tag="stamp"):
    """Add a document time-stamp to a signed file that was signed without a line."""

    source: Place
    target: Place
    tsa: Place


class InspectFile(Message, tag="inspect"):
    """Who signed a file and whether it is as signed; ``roots`` are PEM or DER files that are trusted."""

    path: Place
    at: int
    roots: tuple[Place, ...] = ()


Order = ListTokens | OpenToken | SignFile | StampFile | InspectFile


class TokensFound(Message, tag="tokens"):
    """Answer to ``ListTokens``."""

    tokens: tuple[Token, ...]


class Opened(Message, tag="opened"):
    """Answer to ``OpenToken``: signed in."""


class SignedFile(Message, tag="signed"):
    """Answer to ``SignFile`` and ``StampFile``: the file is at its place and was read back as intact.

    ``stamp_problem`` is the code of why it has no time-stamp although one was wanted.
    """

    path: Place
    sha256: Hex
    size: int
    stamped: bool = False
    stamp_problem: str = ""


class SignatureSeen(Message):
    """One signature of a file. ``intact``: the signed bytes are as they were and the signature fits them.

    ``allowed`` is false when later changes go beyond further signatures; ``trusted`` when a root vouches for
    the certificate. ``stamped_at`` is 0 without a time-stamp. ``document_stamp``: a time-stamp of the file.
    """

    field: Short
    subject: Short
    organisation: Short
    issuer: Short
    serial: Hex
    fingerprint: Hex
    signed_at: int
    stamped_at: int
    intact: bool
    allowed: bool
    trusted: bool
    document_stamp: bool = False

    @property
    def good(self) -> bool:
        """True when nothing was changed that this signature covers or forbids."""
        return self.intact and self.allowed


class Inspected(Message, tag="inspected"):
    """Answer to ``InspectFile``. ``tail``: bytes behind the last signature that no signature covers."""

    sha256: Hex
    size: int
    signatures: tuple[SignatureSeen, ...]
    tail: bool = False

    @property
    def tampered(self) -> bool:
        """True when a signature is broken or the file goes on behind the last one."""
        return bool(self.signatures) and (self.tail or not all(one.good for one in self.signatures))


class Failed(Message, tag="failed"):
    """An order that came to nothing: ``code`` of ``faults``, ``detail`` for the log, never a PIN or name."""

    code: Short
    detail: Short = ""


Answer = TokensFound | Opened | SignedFile | Inspected | Failed

_orders = msgspec.json.Decoder(Order)
_answers = msgspec.json.Decoder(Answer)


def write(message: Message) -> bytes:
    """One line, with its line feed."""
    return msgspec.json.encode(message) + b"\n"


def read_order(line: bytes) -> Order:
    """An order. Raises ``msgspec.DecodeError`` for anything else."""
    order: Order = _orders.decode(line)
    return order


def read_answer(line: bytes) -> Answer:
    """An answer. Raises ``msgspec.DecodeError`` for anything else."""
    answer: Answer = _answers.decode(line)
    return answer
