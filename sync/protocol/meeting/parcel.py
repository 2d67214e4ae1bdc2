"""A parcel: everything one holder gives another in sealed files, one or several parts (``*.mcx``).

Each part's contents are a bundle, or - when the giver can pass on the hub's signed word - an exchange answer
(``exchange``) that holds the word and the bundle. Every part carries the giver's vector, so that an answer
can be made from a parcel alone. Counter and hub share this; who reads and writes the disk is above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sync.protocol.carrying.bundle import Bundle, Dictionaries, split_into_parts, unpack_bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.store_port import StorePort
from sync.protocol.carrying.vector import SignedVector, Vector, lacking
from sync.protocol.meeting.exchange import MAGIC as ANSWER_MAGIC
from sync.protocol.meeting.exchange import ExchangeAnswer, pack_answer, unpack_answer
from sync.protocol.meeting.sealing import FileHeader, SenderKey, open_file, seal_file, unseal
from sync.protocol.naming.grants import HubKeys, verify_opening
from sync.protocol.naming.ids import device_of, life_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import UnitKey
from sync.protocol.refusals import Malformed, OtherUnit, Refusal

PART_BYTES = 10_000_000
ROOM_FOR_SEAL = 16 * 1024
NOTHING = Vector({}, b"")
"""The vector of a receiver of whom nothing is known; also in place of a request's, which no file answers."""
_ALL = 2**62


class PartMissing(Refusal):
    """A parcel that is not whole; ``numbers`` are the parts not given."""

    code = "part-missing"

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(f"parts {', '.join(map(str, numbers))}")
        self.numbers = tuple(numbers)


class PartsDiffer(Refusal):
    """Parts of different parcels together: other senders, other days."""

    code = "parts-differ"


class Part(msgspec.Struct, frozen=True):
    """One opened part: its bundle, verified to come from ``bundle.sender``; the hub's word or None."""

    bundle: Bundle
    word: SignedVector | None = None


class ParcelKeys(msgspec.Struct, frozen=True):
    """What opens a parcel at a unit: versions of the unit's key, pinned hub keys, dictionaries."""

    unit_keys: Mapping[int, UnitKey]
    hub_keys: HubKeys
    dictionaries: Dictionaries = lambda _: None


class Giver(msgspec.Struct, frozen=True):
    """Who gives: the device's (or hub's) key, the newest unit key, the dictionary to pack with."""

    key: SigningKey
    unit_key: UnitKey
    dictionary: bytes | None = None


def write_parcel(
    store: StorePort,
    giver: Giver,
    at: int,
    theirs: Vector = NOTHING,
    word: SignedVector | None = None,
    part_bytes: int = PART_BYTES,
) -> list[bytes]:
    """The parts, each at most about ``part_bytes``, of what a holder with vector ``theirs`` lacks.

    ``at`` is the giver's clock in ms, ``word`` the hub's newest word to pass on. Always at least one part:
    one without entries still tells vector and word. Raises TooLarge beyond 9,999 parts.
    """
    store.hand_over()
    vector = store.vector()
    needed = lacking(vector, theirs)
    pieces = store.pieces_from(needed, _ALL) if needed else []
    empty = Bundle(store.unit, store.journal, (), vector)
    bundles = split_into_parts(empty, pieces, max(part_bytes - ROOM_FOR_SEAL, 1), giver.dictionary)
    return [
        seal_file(_contents(data, word, at), giver.unit_key, giver.key, store.journal, number, len(bundles))
        for number, data in enumerate(bundles, 1)
    ]


def _contents(bundle: bytes, word: SignedVector | None, at: int) -> bytes:
    return bundle if word is None else pack_answer(ExchangeAnswer(at, word, bundle), NOTHING)


def open_part(data: bytes, store: StorePort, keys: ParcelKeys, openings: Sequence[Run] = ()) -> Part:
    """One part for the unit of ``store``, seal, signature and word verified; nothing is applied.

    ``openings`` are runs of earlier parts of the same parcel in which a new sender's opening may stand.
    Raises what ``sealing.open_file`` and ``unpack_bundle`` raise, NotAuthentic for a word the hub never gave.
    """

    def sender_key(journal: int, contents: bytes) -> bytes | None:
        runs = _open_contents(contents, store.unit, keys).bundle.runs
        return signing_key_of(journal, store, keys.hub_keys, (*openings, *runs))

    lookup: SenderKey = sender_key
    header, contents = open_file(data, store.unit, keys.unit_keys, lookup)
    part = _open_contents(contents, store.unit, keys)
    said = (part.bundle.sender, part.bundle.part, part.bundle.parts)
    if said != (header.sender, header.part, header.parts):
        raise Malformed("the file's header and its contents differ")
    return part


def peek_part(
    data: bytes, unit: str, unit_keys: Mapping[int, UnitKey], dictionaries: Dictionaries
) -> tuple[FileHeader, Vector | None]:
    """Header of a part and the giver's vector in it, for sorting parts; nothing of it is believed.

    Raises what ``sealing.unseal`` and ``unpack_bundle`` raise.
    """
    header, contents = unseal(data, unit, unit_keys)
    if contents.startswith(ANSWER_MAGIC):
        contents = unpack_answer(contents, unit, NOTHING).bundle
    return header, unpack_bundle(contents, dictionaries).vector


def _open_contents(contents: bytes, unit: str, keys: ParcelKeys) -> Part:
    word = None
    if contents.startswith(ANSWER_MAGIC):
        answer = unpack_answer(contents, unit, NOTHING)
        word, contents = answer.word, answer.bundle
        if word is None:
            raise Malformed("a refusal in a file")
        verify_word(word, keys.hub_keys)
    bundle = unpack_bundle(contents, keys.dictionaries)
    if bundle.unit != unit:
        raise OtherUnit(f"a bundle for unit {bundle.unit}")
    return Part(bundle, word)


def verify_word(word: SignedVector, hub_keys: HubKeys) -> None:
    """Raises NotAuthentic unless a pinned hub key signed it, Malformed when none is pinned."""
    refusal: Refusal = Malformed("no hub key is pinned")
    for public in hub_keys.values():
        try:
            word.verify(public)
            return
        except Refusal as wrong:
            refusal = wrong
    raise refusal


def signing_key_of(
    journal: int, store: StorePort, hub_keys: HubKeys, also: Sequence[Run] = ()
) -> bytes | None:
    """The verified signing key of ``journal``, from its opening in ``store`` or in the runs ``also``."""
    held = store.pieces_from({journal: 1}, 1)
    for run in (*held, *also):
        if (run.journal, run.first_seq) != (journal, 1) or not run.entries:
            continue
        try:
            opening = verify_opening(
                run.entries[0], hub_keys, lambda earlier: _earlier(earlier, journal, store, hub_keys, also)
            )
        except Refusal:
            continue
        return opening.opened.signing_key
    return None


def _earlier(
    earlier: int, journal: int, store: StorePort, hub_keys: HubKeys, also: Sequence[Run]
) -> bytes | None:
    """The key of an earlier life of the same device; never a later one, so that a search ends."""
    if device_of(earlier) != device_of(journal) or life_of(earlier) >= life_of(journal):
        return None
    return signing_key_of(earlier, store, hub_keys, also)


def order_parts(headers: Sequence[FileHeader]) -> list[int]:
    """Places of the parts 1, 2 ... of one parcel among ``headers``; a part given twice counts once.

    Raises PartMissing, PartsDiffer for headers of several parcels, Malformed for none at all.
    """
    if not headers:
        raise Malformed("no part of a parcel")
    if len({(one.sender, one.parts, one.unit) for one in headers}) > 1:
        raise PartsDiffer("parts of more than one parcel")
    places = {header.part: place for place, header in enumerate(headers)}
    missing = [number for number in range(1, headers[0].parts + 1) if number not in places]
    if missing:
        raise PartMissing(missing)
    return [places[number] for number in sorted(places)]


def join_parts(parts: Sequence[Part]) -> Bundle:
    """All entries of a parcel as one bundle, to be taken in one transaction. Raises PartsDiffer."""
    first = parts[0].bundle
    if any(part.bundle.vector != first.vector for part in parts):
        raise PartsDiffer("parts of different days")
    runs = tuple(run for part in parts for run in part.bundle.runs)
    return Bundle(first.unit, first.sender, runs, first.vector)
