"""What two counters say to each other once they know who speaks: kinds and bodies of ``Message``.

TELL holds an exchange request of ``docs/format.md`` 11, made out to the other counter in place of the hub,
behind the count of TELLs taken so far; the answer to one is one the other way. WORD is the hub's signed
vector, whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.client.lan.channel import Message
from sync.protocol.carrying.vector import MAX_JOURNALS, SignedVector, pack_signed_vector, unpack_signed_vector
from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.journals.codec import decode, encode
from sync.protocol.meeting.exchange import (
    ExchangeRequest,
    HeadAt,
    SignedRequest,
    pack_request,
    unpack_request,
)
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed, NewerFormat

PROOF, TELL, WORD, HEADS, ASK, REPLY, ADDRESSES, REFUSED = range(1, 9)
MAX_ASKED_BYTES = 4096
MAX_REPLY_BYTES = 66 * 1024
"""An answer may hold a part of a file; a question never does."""
MAX_ADDRESSES = 32
HEAD_BYTES = 32
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")


class _Address(msgspec.Struct, array_like=True, frozen=True, gc=False):
    host: Annotated[str, Meta(max_length=253)]
    port: Annotated[int, Meta(ge=1, le=65_535)]


class Asked(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A question beside the exchange (the pen, say), or its answer: ``number`` joins the two."""

    number: Annotated[int, Meta(ge=1, le=2**32 - 1)]
    topic: Annotated[int, Meta(ge=1, le=255)]
    words: Annotated[bytes, Meta(max_length=MAX_REPLY_BYTES)]


def tell(taken: int, request: ExchangeRequest, key: SigningKey, peer: bytes) -> Message:
    """``request`` to the counter with public key ``peer``; ``taken`` of its TELLs were taken."""
    out = bytearray()
    put_varint(out, taken)
    return Message(TELL, bytes(out) + pack_request(request, key, peer))


def read_tell(body: bytes) -> tuple[int, SignedRequest]:
    """How many of ours were taken, and the request, its tag still to be checked. Raises Malformed."""
    reader = Reader(body)
    taken = reader.varint(2**32)
    return taken, unpack_request(reader.take(reader.left))


def word(said: SignedVector) -> Message:
    """The hub's word, passed on."""
    return Message(WORD, pack_signed_vector(said))


def read_word(body: bytes, unit: str) -> SignedVector:
    """The word in it, not yet verified. Raises Malformed."""
    return unpack_signed_vector(body, unit)


def heads(found: Sequence[HeadAt]) -> Message:
    """Heads of ours where the two vectors part: count, then journal, seq, head."""
    out = bytearray()
    put_varint(out, len(found))
    for one in found:
        put_varint(out, one.journal)
        put_varint(out, one.seq)
        out += one.head
    return Message(HEADS, bytes(out))


def read_heads(body: bytes) -> list[HeadAt]:
    """What ``heads`` wrote. Raises Malformed."""
    reader = Reader(body)
    found = [
        HeadAt(reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ), reader.take(HEAD_BYTES))
        for _ in range(reader.varint(MAX_JOURNALS))
    ]
    reader.done()
    return found


def ask(asked: Asked) -> Message:
    """A question."""
    return Message(ASK, encode(asked))


def reply(asked: Asked) -> Message:
    """Its answer."""
    return Message(REPLY, encode(asked))


def read_asked(body: bytes) -> Asked:
    """A question. Raises Malformed, also for one that is longer than a question may be."""
    asked = decode(Asked, body)
    if len(asked.words) > MAX_ASKED_BYTES:
        raise Malformed(f"a question of {len(asked.words)} bytes")
    return asked


def read_reply(body: bytes) -> Asked:
    """An answer. Raises Malformed."""
    return decode(Asked, body)


def addresses(known: Sequence[tuple[str, int]]) -> Message:
    """Where counters of the unit were reached lately: host and port, at most 32."""
    return Message(ADDRESSES, encode([_Address(host, port) for host, port in known[:MAX_ADDRESSES]]))


def read_addresses(body: bytes) -> list[tuple[str, int]]:
    """What ``addresses`` wrote. Raises Malformed for more, or for what is no host."""
    told = decode(list[_Address], body)
    if len(told) > MAX_ADDRESSES or not all(_HOST.fullmatch(one.host) for one in told):
        raise Malformed("addresses that are none")
    return [(one.host, one.port) for one in told]


def refused(code: str) -> Message:
    """Why the talk ends, as a refusal's code."""
    return Message(REFUSED, code.encode("ascii", "replace")[:40])


def read_refused(body: bytes) -> str:
    """The code; "refused" for one that no refusal has."""
    text = body[:40].decode("ascii", "replace")
    return text if re.fullmatch(r"[a-z0-9-]{1,40}", text) else "refused"


def check_kind(kind: int) -> None:
    """Raises NewerFormat for a kind this program does not know."""
    if kind not in range(PROOF, REFUSED + 1):
        raise NewerFormat(f"message {kind}")
