"""Bundles: compression, limits, budgets, dictionaries."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.carrying import bundle as under_test
from sync.protocol.carrying.bundle import (
    Bundle,
    bundle_contents,
    fill_bundle,
    missing_parts,
    pack_bundle,
    split_into_parts,
    unpack_bundle,
)
from sync.protocol.carrying.run import Run, cut_at_checkpoints, join, make_run
from sync.protocol.carrying.vector import make_vector
from sync.protocol.journals.chain import first_head, follow
from sync.protocol.journals.checkpoint import sign_checkpoint
from sync.protocol.journals.codec import encode
from sync.protocol.journals.entry import Facts, write_entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import DictionaryUnknown, Malformed, NewerFormat, NotOurs, Refusal, TooLarge
from tests.unit.protocol import strategies as some
from tests.unit.protocol.examples import COUNTER, JOURNAL, UNIT

NAMES = ("Nguyễn Văn An", "Trần Thị Đào", "Lê Ẩn", "Phạm Ngọc Ẫm", "Lò Thị Phương")


def requests(count: int, every: int = 4) -> Run:
    """Entries with the texts and numbers of a request, a checkpoint every few."""
    chance = random.Random(7)
    entries = []
    for seq in range(1, count + 1):
        place = EntryId(JOURNAL, seq)
        body = encode(
            [chance.choice(NAMES), chance.randrange(10**11), chance.randbytes(8), "Bằng tốt nghiệp"]
        )
        facts = Facts(1_795_000_000_000 + 61_000 * seq, 100, 1, 0, None, None, (place,))
        entries.append(write_entry(place, facts, body))
    heads = follow(first_head(JOURNAL), 0, entries)
    points = [
        sign_checkpoint(COUNTER, JOURNAL, seq, heads[seq - 1])
        for seq in range(1, count + 1)
        if seq % every == 0 or seq == count
    ]
    return make_run(first_head(JOURNAL), entries, points)


def pieces_of(run: Run) -> list[Run]:
    """The run cut at its checkpoints."""
    return cut_at_checkpoints(run, first_head(JOURNAL))


EMPTY = Bundle(UNIT, JOURNAL, ())


@given(st.lists(some.runs(), max_size=3), st.booleans(), st.integers(1, 99))
def test_a_bundle_survives_to_the_byte(runs: list[tuple[Run, bytes]], told: bool, part: int) -> None:
    vector = make_vector({JOURNAL: (5, bytes(32))}) if told else None
    bundle = Bundle(UNIT, JOURNAL, tuple(run for run, _ in runs), vector, part, 99)
    assert unpack_bundle(pack_bundle(bundle)) == bundle


@given(some.runs(), st.data())
def test_truncation_is_refused(given_run: tuple[Run, bytes], data: st.DataObject) -> None:
    whole = pack_bundle(msgspec.structs.replace(EMPTY, runs=(given_run[0],)))
    with pytest.raises(Refusal):
        unpack_bundle(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(Refusal):
        unpack_bundle(whole + b"\0")


@settings(max_examples=300)
@given(st.sampled_from([b"", b"CCB\1\0", b"CCB\1\1", b"CCB\1\0" + b"00000", b"CCB"]), st.binary(max_size=80))
def test_arbitrary_bytes_are_refused(front: bytes, data: bytes) -> None:
    try:
        bundle = unpack_bundle(front + data)
    except Refusal:
        return
    assert bundle.sender > 0


def test_each_kind_of_stranger_has_its_own_refusal() -> None:
    whole = pack_bundle(EMPTY)
    with pytest.raises(NotOurs):
        unpack_bundle(b"<html>" + whole)
    with pytest.raises(NewerFormat):
        unpack_bundle(b"CCB\2" + whole[4:])
    with pytest.raises(NewerFormat):
        unpack_bundle(b"CCB\1\7" + whole[5:])
    with pytest.raises(Malformed):
        unpack_bundle(b"CCB\1")
    with pytest.raises(Malformed):
        unpack_bundle(b"CCB\1\1not a frame of zstd")


def frame(contents: bytes) -> bytes:
    """Contents as a compressed bundle."""
    return b"CCB\1\1" + zstd.compress(contents, 19)[4:]


def test_a_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = frame(bytes(under_test.MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < 20_000
    with pytest.raises(TooLarge):
        unpack_bundle(bomb)
    monkeypatch.setattr(under_test, "MAX_BUNDLE_BYTES", 100)
    with pytest.raises(TooLarge):
        unpack_bundle(pack_bundle(msgspec.structs.replace(EMPTY, runs=(requests(9),))))


def test_a_claim_of_many_entries_costs_nothing() -> None:
    claim = b"00000\x81\x0e\x01\x01\x00\x01" + b"\x81\x0e\x01" + bytes(8) + b"\xff\xff\x03\x01"
    with pytest.raises(Malformed):
        unpack_bundle(frame(claim))


def test_one_frame_and_nothing_behind_it() -> None:
    two = zstd.compress(b"00000\x81\x0e\x01\x01\x00\x00") * 2
    with pytest.raises(Malformed):
        unpack_bundle(b"CCB\1\1" + two[4:])


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"0000x\x81\x0e\x01\x01\x00\x00",
        b"\xd9\xa0000\x81\x0e\x01\x01\x00\x00",
        b"00000\x00\x01\x01\x00\x00",
        b"00000\x81\x0e\x02\x01\x00\x00",
        b"00000\x81\x0e\x00\x01\x00\x00",
        b"00000\x81\x0e\x01\x01\x02\x00",
        b"00000\x81\x0e\x01\x01\x00\x00\x00",
        b"00000\x81\x0e\x81\x00\x01\x00\x00",
    ],
)
def test_impossible_headers(contents: bytes) -> None:
    with pytest.raises(Malformed):
        unpack_bundle(b"CCB\1\0" + contents)


@pytest.mark.parametrize("unit", ["033", "033901", "O3390", "٠٣٣٩٠"])
def test_a_unit_is_five_digits(unit: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        pack_bundle(Bundle(unit, JOURNAL, ()))


def test_budget_is_kept_and_nothing_is_lost() -> None:
    run = requests(200)
    parts = split_into_parts(EMPTY, pieces_of(run), 1_500)
    bundles = [unpack_bundle(part) for part in parts]
    assert max(len(part) for part in parts) <= 1_500
    assert [bundle.part for bundle in bundles] == list(range(1, len(parts) + 1))
    assert {bundle.parts for bundle in bundles} == {len(parts)}
    assert join([piece for bundle in bundles for piece in bundle.runs]) == [run]
    assert missing_parts(bundles) == []
    assert missing_parts(bundles[1:-1]) == [1, len(parts)]
    assert missing_parts([bundles[-1]]) == list(range(1, len(parts)))


def test_a_full_bundle_is_nearly_full() -> None:
    pieces = pieces_of(requests(200))
    data, count = fill_bundle(EMPTY, pieces, 3_000)
    assert 0 < count < len(pieces)
    more = pack_bundle(msgspec.structs.replace(EMPTY, runs=tuple(join(pieces[: count + 1]))))
    assert len(data) <= 3_000 < len(more)


@pytest.mark.parametrize(("pieces", "count"), [(pieces_of(requests(8)), 1), ([], 0)])
def test_at_least_one_piece_goes_even_over_budget(pieces: Sequence[Run], count: int) -> None:
    data, taken = fill_bundle(EMPTY, pieces, 10)
    assert taken == count
    assert len(unpack_bundle(data).runs) == count
    assert len(split_into_parts(EMPTY, pieces, 10)) == max(1, len(pieces))


def test_a_dictionary_is_named_in_the_frame() -> None:
    samples = [
        bundle_contents(msgspec.structs.replace(EMPTY, runs=(piece,))) for piece in pieces_of(requests(800))
    ]
    trained = zstd.train_dict(samples, 2_000)
    bundle = msgspec.structs.replace(EMPTY, runs=(requests(3),))
    with_it = pack_bundle(bundle, trained.dict_content)
    assert len(with_it) < len(pack_bundle(bundle))
    assert unpack_bundle(with_it, {trained.dict_id: trained.dict_content}.get) == bundle
    with pytest.raises(DictionaryUnknown):
        unpack_bundle(with_it)
    with pytest.raises(Refusal):
        unpack_bundle(with_it, {trained.dict_id: b"another"}.get)


def test_a_record_costs_what_the_line_can_bear() -> None:
    hundred = len(pack_bundle(msgspec.structs.replace(EMPTY, runs=(requests(100, 64),))))
    assert hundred / 100 <= 40
