"""Typed values to MessagePack and back, with one refusal for everything that can go wrong.

A body is a ``Body`` struct: a MessagePack array, every integer bounded, every text limited, through
``Annotated[..., Meta(...)]``. New fields are only ever added at the end and with defaults; a reader that
does not know them skips them, and nobody re-encodes what another wrote.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from sync.protocol.refusals import Malformed, TooLarge

T = TypeVar("T")

MAX_ENTRY_BYTES = 65_536
MAX_OWN_BYTES = 61_440
"""What an author may write, so that the entry still fits into the envelope that carries it elsewhere."""
SALT_BYTES = 4

Millis = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""Wall clock, milliseconds since 1970-01-01 UTC."""
Small = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
PublicKey = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Salt = Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]
UnitCode = Annotated[str, Meta(pattern=r"^[0-9]{5}\Z", min_length=5, max_length=5)]
Line = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=2_000)]


class Body(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Base of every entry body, written as a MessagePack array: ``class Struck(Body, frozen=True): ...``.

    The array form and ``gc=False`` are inherited; ``frozen`` too, but type checkers want it said again.
    """


_ENCODER = msgspec.msgpack.Encoder()


def encode(value: object) -> bytes:
    """MessagePack of ``value`` in its shortest form."""
    return _ENCODER.encode(value)


_DECODERS: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return decoder


def decode(kind: type[T], data: bytes) -> T:
    """``data`` as a ``kind``, checked against every bound; unknown trailing fields of arrays are skipped.

    Raises Malformed for anything else, trailing bytes included.
    """
    try:
        value: T = _decoder(kind).decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Malformed(f"{getattr(kind, '__name__', kind)}: {error}") from error
    return value


def encode_body(body: msgspec.Struct) -> bytes:
    """Bytes of an entry's body.

    Raises TooLarge above 64 KiB. Bounds are checked by readers; ``decode_body`` of the result shows them.
    """
    data = encode(body)
    if len(data) > MAX_ENTRY_BYTES:
        raise TooLarge(f"a body of {len(data)} bytes")
    return data


def decode_body(kind: type[T], data: bytes) -> T:
    """The body ``data`` as ``kind``.

    Raises Malformed. Of a *known* kind that means "newer than me": show the subject read-only, do not drop
    it.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise TooLarge(f"a body of {len(data)} bytes")
    return decode(kind, data)


def fresh_salt() -> bytes:
    """Four random bytes for the ``salt`` field of a body with personal data.

    Without them the digest left behind by a redaction would let anyone confirm a guessed name.
    """
    return secrets.token_bytes(SALT_BYTES)
