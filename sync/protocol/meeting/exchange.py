"""One exchange: "here is my vector and what I believe you lack; give me what I lack" - and the answer.

Request: 'CCX' || version 1 || unit (5 ASCII digits) || sender's journal || sender's clock (ms) || most bytes
wanted back || vector || a bundle without its first four bytes, or nothing || tag (``pairing``).
Answer: 'CCX' || version 1 || flags || the hub's word, or its clock (ms) and why it refuses || what the flags
announce. Integers are varints. Both travel inside TLS; the sender authenticates its request because a hub
serves many devices, the answer needs no signature of its own: the vector in it is the hub's signed word, and
every entry in it stands under its author's checkpoint.

Formats 2 and 3 say the same in fewer bytes (``brief``); all are read, the answer to both is brief.

There is no other message: a device that the hub does not know yet enrols by an exchange whose bundle begins
its journal with ``JournalOpened`` under a grant.
"""

from __future__ import annotations

import msgspec

from sync.protocol.carrying.bundle import MAX_BUNDLE_BYTES, PREFIX, Bundle, Dictionaries, unpack_bundle
from sync.protocol.carrying.dictionaries import FIRST_SAID
from sync.protocol.carrying.lean import Pasts, is_lean, unpack_lean
from sync.protocol.carrying.vector import (
    MAX_JOURNALS,
    SignedVector,
    Vector,
    pack_signed_vector,
    put_vector,
    take_signed_vector,
    take_vector,
)
from sync.protocol.carrying.wire import Reader, put_signed, put_varint
from sync.protocol.meeting.brief import (
    ANSWER_MARK,
    BRIEF,
    KIB,
    MAX_GENERATION,
    MAX_WANT_KIB,
    TIGHT,
    put_brief_vector,
    take_brief_vector,
)
from sync.protocol.meeting.pairing import TAG_BYTES, check_tag, request_tag
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ, EntryId
from sync.protocol.naming.keys import KEY_BYTES, SigningKey
from sync.protocol.refusals import Malformed, NewerFormat, NotOurs, TooLarge

MAGIC = b"CCX"
FORMAT = 1
MAX_MESSAGE_BYTES = MAX_BUNDLE_BYTES + 2**20
MAX_PARKED = 256
HEAD_BYTES = 32
_PREFIX = MAGIC + bytes([FORMAT])
_MORE, _PARKED, _HEADS, _BUNDLE, _REFUSED = 1, 2, 4, 8, 16
_KNOWN_FLAGS = _MORE | _PARKED | _HEADS | _BUNDLE | _REFUSED


class ExchangeRequest(msgspec.Struct, frozen=True):
    """What a device says. ``bundle`` is packed (``pack_bundle``) or empty; ``want`` the most bytes back.

    ``brief`` asks in format 2, which also says ``generation``: the newest dictionary the sender has.
    ``tight`` (which is brief too) asks in format 3: then ``behind`` bytes are on the way already, in the
    answer to the request before, and are left out of this one's.
    """

    unit: str
    journal: int
    at: int
    want: int
    vector: Vector
    bundle: bytes = b""
    brief: bool = False
    generation: int = FIRST_SAID
    tight: bool = False
    behind: int = 0


class SignedRequest(msgspec.Struct, frozen=True):
    """A request as it arrived, its tag still to be checked (the sender's key may be in its own bundle)."""

    request: ExchangeRequest
    signed: bytes
    tag: bytes

    def verify(self, public: bytes, hub: SigningKey) -> None:
        """Raises NotAuthentic unless the device with key ``public`` asked exactly this of this hub."""
        check_tag(public, hub, self.signed, self.tag)

    def open_bundle(
        self, dictionaries: Dictionaries = lambda _: None, pasts: Pasts = lambda _first, _last: None
    ) -> Bundle | None:
        """The bundle in it, or None; a lean one needs the sender's past.

        Raises what ``unpack_bundle`` and ``unpack_lean`` raise, Malformed for a foreign one.
        """
        if not self.request.bundle:
            return None
        if is_lean(self.request.bundle):
            return unpack_lean(self.request.bundle, self.request.unit, self.request.journal, pasts)
        bundle = unpack_bundle(self.request.bundle, dictionaries)
        if (bundle.unit, bundle.sender) != (self.request.unit, self.request.journal):
            raise Malformed("a bundle of another sender")
        return bundle


class Parked(msgspec.Struct, frozen=True):
    """An entry the hub did not take, with the refusal's stable code; the rest of the bundle was taken."""

    entry: EntryId
    code: str


class HeadAt(msgspec.Struct, frozen=True):
    """A head the hub holds, told when vectors show a fork."""

    journal: int
    seq: int
    head: bytes


class ExchangeAnswer(msgspec.Struct, frozen=True):
    """What the hub says. ``refused`` is a refusal's code for the whole request; then nothing was applied.

    ``word`` is the hub's signed vector (None when refused), ``bundle`` packed or empty, ``more`` that another
    exchange would bring more, ``at`` the hub's clock in ms: that of the word where there is one.
    """

    at: int
    word: SignedVector | None
    bundle: bytes = b""
    more: bool = False
    parked: tuple[Parked, ...] = ()
    heads: tuple[HeadAt, ...] = ()
    refused: str = ""


def pack_request(request: ExchangeRequest, key: SigningKey, hub_public: bytes) -> bytes:
    """The authenticated bytes of ``request`` to the hub with this Ed25519 key (32 bytes).

    Raises NotAuthentic for a key that no hub can have.
    """
    if len(hub_public) != KEY_BYTES:
        raise ValueError("a public key is 32 bytes")
    out = _brief_head(request) if request.brief else _head(request)
    out += request.bundle.removeprefix(PREFIX)
    return bytes(out) + request_tag(key, hub_public, bytes(out))


def _head(request: ExchangeRequest) -> bytearray:
    out = bytearray(_PREFIX + request.unit.encode("ascii"))
    for value in (request.journal, request.at, request.want):
        put_varint(out, value)
    put_vector(out, request.vector)
    return out


def _brief_head(request: ExchangeRequest) -> bytearray:
    """Raises ValueError for a want that is not whole KiB, or a vector of several units."""
    if request.want % KIB or request.behind % KIB:
        raise ValueError(f"not whole KiB: {request.want}, {request.behind}")
    out = bytearray(MAGIC + bytes([TIGHT if request.tight else BRIEF]))
    for value in (int(request.unit), request.journal, request.at):
        put_varint(out, value)
    want, behind = request.want // KIB, request.behind // KIB
    put_varint(out, want << 1 | bool(behind) if request.tight else want)
    if request.tight and behind:
        put_varint(out, behind)
    put_varint(out, request.generation)
    put_brief_vector(out, request.vector, request.unit)
    return out


def unpack_request(data: bytes) -> SignedRequest:
    """Read a request; neither its tag nor its bundle is verified yet.

    Raises NotOurs, NewerFormat, TooLarge or Malformed.
    """
    reader, form = _open(data)
    said = _take_head(reader) if form == FORMAT else _take_brief_head(reader, tight=form == TIGHT)
    if reader.left < TAG_BYTES:
        raise Malformed("cut short before the tag")
    bundle = _whole_bundle(reader.take(reader.left - TAG_BYTES))
    tag = reader.take(TAG_BYTES)
    return SignedRequest(msgspec.structs.replace(said, bundle=bundle), data[:-TAG_BYTES], tag)


def _take_head(reader: Reader) -> ExchangeRequest:
    unit = reader.take(5)
    if not unit.isdigit():
        raise Malformed("no unit code")
    journal, at = reader.varint(MAX_JOURNAL), reader.varint(2**63 - 1)
    want, vector = reader.varint(MAX_BUNDLE_BYTES), take_vector(reader)
    return ExchangeRequest(unit.decode("ascii"), journal, at, want, vector)


def _take_brief_head(reader: Reader, *, tight: bool) -> ExchangeRequest:
    unit = f"{reader.varint(99_999):05d}"
    journal, at = reader.varint(MAX_JOURNAL), reader.varint(2**63 - 1)
    want, behind = reader.varint(MAX_WANT_KIB << tight), 0
    if tight:
        want, follows = want >> 1, want & 1
        behind = reader.varint(MAX_WANT_KIB) if follows else 0
        if follows and not behind:
            raise Malformed("nothing is on the way, and said to be")
    generation = reader.varint(MAX_GENERATION)
    vector = take_brief_vector(reader, unit)
    return ExchangeRequest(unit, journal, at, want * KIB, vector, b"", True, generation, tight, behind * KIB)


def _whole_bundle(data: bytes) -> bytes:
    return PREFIX + data if data else b""


def pack_answer(answer: ExchangeAnswer, asked: Vector, since: int | None = None) -> bytes:
    """The bytes of ``answer`` to a request whose vector was ``asked``.

    ``since`` is the clock of a brief request, which is answered in its format; None for format 1.
    """
    flags = (
        (_MORE if answer.more else 0)
        | (_PARKED if answer.parked else 0)
        | (_HEADS if answer.heads else 0)
        | (_BUNDLE if answer.bundle else 0)
        | (_REFUSED if answer.refused else 0)
    )
    out = bytearray((_PREFIX if since is None else ANSWER_MARK) + bytes([flags]))
    if answer.refused:
        if since is None:
            put_varint(out, answer.at)
        else:
            put_signed(out, answer.at - since)
        _put_text(out, answer.refused)
        return bytes(out)
    if answer.word is None:
        raise ValueError("only a refusal goes without the hub's word")
    out += pack_signed_vector(answer.word, asked, since)
    _put_parked(out, answer.parked)
    _put_heads(out, answer.heads)
    return bytes(out) + answer.bundle.removeprefix(PREFIX)


def unpack_answer(data: bytes, unit: str, asked: Vector, since: int | None = None) -> ExchangeAnswer:
    """Read the answer to our request for ``unit`` with vector ``asked``; verify ``word`` before believing it.

    ``since`` is the clock of our request when that was brief; its answer may have either format.

    Raises NotOurs (a captive portal's page, say), NewerFormat, TooLarge or Malformed.
    """
    if since is not None and data.startswith(ANSWER_MARK):
        reader = Reader(_not_too_large(data))
        reader.take(len(ANSWER_MARK))
    else:
        reader, form = _open(data)
        since = None
        if form != FORMAT:
            raise NewerFormat(f"exchange format {form} of an answer")
    flags = reader.take(1)[0]
    if flags & ~_KNOWN_FLAGS:
        raise NewerFormat(f"flags of an answer: {flags}")
    if flags & _REFUSED:
        at = reader.varint(2**63 - 1) if since is None else since + reader.signed()
        refused = _take_text(reader)
        reader.done()
        return ExchangeAnswer(at, None, refused=refused)
    word = take_signed_vector(reader, unit, asked, since)
    parked = _take_parked(reader) if flags & _PARKED else ()
    heads = _take_heads(reader) if flags & _HEADS else ()
    bundle = _whole_bundle(reader.take(reader.left))
    if bool(flags & _BUNDLE) != bool(bundle):
        raise Malformed("a bundle is announced and missing, or the reverse")
    return ExchangeAnswer(word.at, word, bundle, bool(flags & _MORE), parked, heads)


def _not_too_large(data: bytes) -> bytes:
    if len(data) > MAX_MESSAGE_BYTES:
        raise TooLarge(f"a message of {len(data)} bytes")
    return data


def _open(data: bytes) -> tuple[Reader, int]:
    """A reader behind the first bytes, and the format they name."""
    if not _not_too_large(data).startswith(MAGIC):
        raise NotOurs("no exchange message")
    reader = Reader(data)
    form = reader.take(len(_PREFIX))[-1]
    if form not in (FORMAT, BRIEF, TIGHT):
        raise NewerFormat(f"exchange format {form}")
    return reader, form


def _put_text(out: bytearray, text: str) -> None:
    data = text.encode()
    put_varint(out, len(data))
    out += data


def _take_text(reader: Reader) -> str:
    try:
        return reader.take(reader.varint(64)).decode()
    except UnicodeDecodeError as error:
        raise Malformed("no text") from error


def _put_parked(out: bytearray, parked: tuple[Parked, ...]) -> None:
    if not parked:
        return
    told = parked[:MAX_PARKED]
    put_varint(out, len(told))
    for one in told:
        put_varint(out, one.entry.journal)
        put_varint(out, one.entry.seq)
        _put_text(out, one.code)


def _take_parked(reader: Reader) -> tuple[Parked, ...]:
    def one() -> Parked:
        entry = EntryId(reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ))
        return Parked(entry, _take_text(reader))

    return tuple(one() for _ in range(reader.varint(MAX_PARKED)))


def _put_heads(out: bytearray, heads: tuple[HeadAt, ...]) -> None:
    if not heads:
        return
    put_varint(out, len(heads))
    for one in heads:
        put_varint(out, one.journal)
        put_varint(out, one.seq)
        out += one.head


def _take_heads(reader: Reader) -> tuple[HeadAt, ...]:
    def one() -> HeadAt:
        return HeadAt(reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ), reader.take(HEAD_BYTES))

    return tuple(one() for _ in range(reader.varint(MAX_JOURNALS)))
