"""The province's signed list for the check of copies (``*.mcl``): whose codes count, which numbers do not.

'MCL' || version 1 || MessagePack array [contents, signature], the signature being the province's over the
contents for the purpose CHECK_LIST. Who holds the province's public key and this file checks any copy of the
province offline. It holds keys of PCs and numbers of lines, no name of a person and nothing of any paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.journals.codec import Line, Millis, PublicKey, Signature, UnitCode, decode, encode
from sync.protocol.naming.ids import Journal
from sync.protocol.naming.keys import KEY_ID_BYTES, Purpose, SigningKey, key_id, verify
from sync.protocol.refusals import (
    HubUnknown,
    ListExpired,
    ListOlder,
    Malformed,
    NewerFormat,
    NotOurs,
    TooLarge,
)

MAGIC = b"MCL"
FORMAT = 1
SUFFIX = ".mcl"
MAX_BYTES = 16 * 2**20
MAX_NUMBER = 10**7
"""Highest certification number a list or a code may name."""
_MAX_SPANS = 200_000

Day = Annotated[int, Meta(ge=0, le=29_991_231)]
"""``yyyymmdd``; 0: not known."""
Number = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
Numbers = Annotated[bytes, Meta(max_length=2**20)]
"""A set of numbers as ``pack_numbers`` writes it."""


class ListedDevice(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A journal whose PC may sign codes; ``revoked_on`` is the day the province revoked it, 0 while good."""

    journal: Journal
    key: PublicKey
    revoked_on: Day = 0


class ListedAnnulment(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A number annulled by a Chairman's decision of day ``on``."""

    number: Number
    on: Day


class ListedYear(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One register-year as the province holds it: numbers ``first`` to ``upto`` were given.

    ``register`` is the byte of the code. ``recovering``: unknown, or voided for want of evidence;
    ``not_sent``: told of by their lot, not arrived; ``unconfirmed``: ink and seal not confirmed yet;
    ``doubled``: given twice, not ruled on. Every number in none of the sets has a line signed and in force.
    ``closed``: no number comes any more.
    """

    register: Annotated[int, Meta(ge=1, le=255)]
    year: Annotated[int, Meta(ge=2000, le=2255)]
    first: Number
    upto: Number
    recovering: Numbers = b""
    not_sent: Numbers = b""
    unconfirmed: Numbers = b""
    struck: Numbers = b""
    doubled: Numbers = b""
    annulled: Annotated[tuple[ListedAnnulment, ...], Meta(max_length=100_000)] = ()
    closed: bool = False


class ListedUnit(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A unit: its code and name, the PCs that signed for it and its register-years."""

    unit: UnitCode
    name: Line
    devices: Annotated[tuple[ListedDevice, ...], Meta(max_length=4_096)] = ()
    years: Annotated[tuple[ListedYear, ...], Meta(max_length=1_024)] = ()


class CheckList(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The list: its rising ``number``, ``issued`` and ``expires`` in ms by the province's clock.

    ``hub_key_id`` names the key that signs, ``practice`` a practice province whose copies are never real.
    """

    number: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    issued: Millis
    expires: Millis
    hub_key_id: Annotated[bytes, Meta(min_length=KEY_ID_BYTES, max_length=KEY_ID_BYTES)]
    practice: bool
    units: Annotated[tuple[ListedUnit, ...], Meta(max_length=10_000)]

    def unit(self, code: str) -> ListedUnit | None:
        """The unit of five digits ``code``, None when this province's list does not know it."""
        return next((unit for unit in self.units if unit.unit == code), None)


def mark_of(found: CheckList) -> str:
    """What the list says, apart from its number and days: 32 hexadecimal digits, equal for equal contents.

    The province's ETag: who holds a list that says the same need not fetch it anew.
    """
    said = msgspec.structs.replace(found, number=1, issued=0, expires=0)
    return hashlib.sha256(encode(said)).hexdigest()[:32]


class _Signed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    contents: Annotated[bytes, Meta(max_length=MAX_BYTES)]
    signature: Signature


def write_check_list(made: CheckList, hub: SigningKey) -> bytes:
    """The file's bytes. Raises ValueError for another hub's key, TooLarge above what readers take."""
    if made.hub_key_id != hub.key_id:
        raise ValueError("the list names another hub key")
    contents = encode(made)
    data = MAGIC + bytes([FORMAT]) + encode(_Signed(contents, hub.sign(Purpose.CHECK_LIST, contents)))
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a list of {len(data)} bytes")
    return data


def open_check_list(data: bytes, hub_key: bytes) -> CheckList:
    """The list in ``data``, its signature verified; whether it still counts is ``must_be_good``'s question.

    Raises NotOurs, NewerFormat, TooLarge, Malformed, NotAuthentic, HubUnknown (another province's).
    """
    if data[:3] != MAGIC:
        raise NotOurs("no list for the check of copies")
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a list of {len(data)} bytes")
    if data[3:4] != bytes([FORMAT]):
        raise NewerFormat(f"list format {data[3:4].hex()}")
    signed = decode(_Signed, data[4:])
    named = decode(CheckList, signed.contents)
    if named.hub_key_id != key_id(hub_key):
        raise HubUnknown("a list of another province")
    verify(hub_key, Purpose.CHECK_LIST, signed.contents, signed.signature)
    _must_be_sound(named)
    return named


def read_check_list(data: bytes, hub_key: bytes, at: int, newest: int = 0) -> CheckList:
    """The list in ``data``, verified and in force at ``at`` (ms); ``newest`` is the highest number seen.

    Raises what ``open_check_list`` and ``must_be_good`` raise.
    """
    found = open_check_list(data, hub_key)
    must_be_good(found, at, newest)
    return found


def must_be_good(found: CheckList, at: int, newest: int = 0) -> None:
    """Raises ListExpired after its last moment, ListOlder when a later one was seen already.

    A list from the future is not refused: the checker's clock is then behind, and the list is good.
    """
    if at > found.expires:
        raise ListExpired(f"list {found.number} was good until {found.expires}")
    if found.number < newest:
        raise ListOlder(f"list {found.number}, number {newest} was seen")


def _must_be_sound(found: CheckList) -> None:
    """Raises Malformed for what no province writes: sets that do not decode, one unit twice."""
    if found.expires <= found.issued:
        raise Malformed("a list that expires before it is issued")
    if len({unit.unit for unit in found.units}) != len(found.units):
        raise Malformed("a unit twice")
    for unit in found.units:
        for year in unit.years:
            for packed in (year.recovering, year.not_sent, year.unconfirmed, year.struck, year.doubled):
                for _ in spans_in(packed):
                    pass


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """A set of numbers from 1 as ascending spans: gap since the last span, then size less one, varints."""
    out, last = bytearray(), 0
    for first, end in _spans(sorted(set(numbers))):
        put_varint(out, first - last - 1)
        put_varint(out, end - first)
        last = end
    return bytes(out)


def _spans(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = end = 0
    for number in numbers:
        if first and number == end + 1:
            end = number
            continue
        if first:
            yield first, end
        first = end = number
    if first:
        yield first, end


def spans_in(packed: bytes) -> Iterator[tuple[int, int]]:
    """The (first, last) pairs of ``pack_numbers``. Raises Malformed for anything that it does not write."""
    reader, last, count = Reader(packed), 0, 0
    while reader.left:
        gap, more = reader.varint(MAX_NUMBER), reader.varint(MAX_NUMBER)
        count += 1
        first = last + gap + 1
        if (count > 1 and not gap) or first + more > MAX_NUMBER or count > _MAX_SPANS:
            raise Malformed("a set of numbers that nobody writes so")
        last = first + more
        yield first, last


def holds_number(packed: bytes, number: int) -> bool:
    """True when ``number`` is in the set."""
    return any(first <= number <= last for first, last in spans_in(packed))
