"""The signed list for the check of copies: what is read, what is refused, how small its sets are."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.journals.check_list import (
    FORMAT,
    MAGIC,
    MAX_BYTES,
    MAX_NUMBER,
    CheckList,
    ListedUnit,
    ListedYear,
    holds_number,
    must_be_good,
    open_check_list,
    pack_numbers,
    read_check_list,
    spans_in,
    write_check_list,
)
from sync.protocol.journals.codec import encode
from sync.protocol.naming.keys import Purpose
from sync.protocol.refusals import (
    HubUnknown,
    ListExpired,
    ListOlder,
    Malformed,
    NewerFormat,
    NotAuthentic,
    NotOurs,
    Refusal,
    TooLarge,
)
from tests.unit.protocol.examples import AT, COUNTER, GOLDEN, HUB, LISTED

DATA = write_check_list(LISTED, HUB)
numbers = st.sets(st.integers(1, 3_000), max_size=200)


def written(made: CheckList, **changed: object) -> bytes:
    """The list with some fields changed, under the province's own signature."""
    return write_check_list(msgspec.structs.replace(made, **changed), HUB)


def with_set(packed: bytes) -> bytes:
    year = ListedYear(1, 2026, 1, 100, struck=packed)
    return written(LISTED, units=(ListedUnit("00000", "Xã", (), (year,)),))


def test_the_released_list_is_read() -> None:
    golden = bytes.fromhex((GOLDEN / "check-list.hex").read_text("ascii"))
    assert open_check_list(golden, HUB.public) == LISTED


def test_it_comes_back_and_counts_until_its_last_moment() -> None:
    assert read_check_list(DATA, HUB.public, AT) == LISTED
    assert read_check_list(DATA, HUB.public, LISTED.expires, LISTED.number) == LISTED
    with pytest.raises(ListExpired):
        read_check_list(DATA, HUB.public, LISTED.expires + 1)


def test_a_checker_whose_clock_is_behind_is_not_refused() -> None:
    assert read_check_list(DATA, HUB.public, AT - 10**10) == LISTED


def test_an_older_list_than_one_seen_is_refused() -> None:
    with pytest.raises(ListOlder):
        must_be_good(LISTED, AT, LISTED.number + 1)


@pytest.mark.parametrize("place", range(0, len(DATA), 3))
def test_every_changed_byte_is_refused(place: int) -> None:
    bent = DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :]
    with pytest.raises(Refusal):
        open_check_list(bent, HUB.public)


@pytest.mark.parametrize("kept", [0, 2, 3, 4, 5, 20, len(DATA) - 65, len(DATA) - 1])
def test_every_shortened_list_is_refused(kept: int) -> None:
    with pytest.raises(Refusal):
        open_check_list(DATA[:kept], HUB.public)


def test_another_provinces_list_is_told_from_a_forged_one() -> None:
    with pytest.raises(HubUnknown):
        open_check_list(DATA, COUNTER.public)
    contents = encode(LISTED)
    forged = MAGIC + bytes([FORMAT]) + encode([contents, COUNTER.sign(Purpose.CHECK_LIST, contents)])
    with pytest.raises(NotAuthentic):
        open_check_list(forged, HUB.public)


def test_a_signature_for_another_purpose_does_not_make_a_list() -> None:
    contents = encode(LISTED)
    other = MAGIC + bytes([FORMAT]) + encode([contents, HUB.sign(Purpose.PROVISION, contents)])
    with pytest.raises(NotAuthentic):
        open_check_list(other, HUB.public)


def test_other_files_later_formats_and_too_much_are_named() -> None:
    with pytest.raises(NotOurs):
        open_check_list(b"MCP\x01" + DATA[4:], HUB.public)
    with pytest.raises(NewerFormat):
        open_check_list(MAGIC + b"\x02" + DATA[4:], HUB.public)
    with pytest.raises(TooLarge):
        open_check_list(MAGIC + b"\x01" + bytes(MAX_BYTES), HUB.public)


def test_only_the_named_province_signs() -> None:
    with pytest.raises(ValueError, match="another hub key"):
        write_check_list(LISTED, COUNTER)


def test_a_later_versions_fields_are_skipped() -> None:
    later = msgspec.msgpack.decode(encode(LISTED))
    contents = encode([*later, "new"])
    data = MAGIC + bytes([FORMAT]) + encode([contents, HUB.sign(Purpose.CHECK_LIST, contents)])
    assert open_check_list(data, HUB.public) == LISTED


@pytest.mark.parametrize(
    "packed",
    [
        b"\x00",  # a gap without a size
        b"\x05\x00\x00\x00",  # two spans that touch: written as one
        b"\x80\x00\x00",  # a longer form of 0
        b"\xff\xff\xff\xff\x0f\x00",  # beyond the highest number
        bytes([0x80, 0xAD, 0xE2, 0x04, 0x01]),  # ends beyond it
    ],
)
def test_a_set_that_nobody_writes_so_is_refused(packed: bytes) -> None:
    with pytest.raises(Malformed):
        list(spans_in(packed))
    with pytest.raises(Malformed):
        open_check_list(with_set(packed), HUB.public)


def test_lists_that_contradict_themselves_are_refused() -> None:
    twice = (*LISTED.units, *LISTED.units)
    for changed in ({"units": twice}, {"expires": LISTED.issued}):
        with pytest.raises(Malformed):
            open_check_list(written(LISTED, **changed), HUB.public)


@given(numbers)
def test_a_set_comes_back_number_by_number(wanted: set[int]) -> None:
    packed = pack_numbers(wanted)
    assert {n for first, last in spans_in(packed) for n in range(first, last + 1)} == wanted
    assert [n for n in range(1, 3_002) if holds_number(packed, n)] == sorted(wanted)


@given(st.binary(max_size=40))
def test_whatever_is_read_as_a_set_is_written_so_again(data: bytes) -> None:
    try:
        spans = list(spans_in(data))
    except Malformed:
        return
    if sum(last - first for first, last in spans) < 10_000:
        assert pack_numbers(n for first, last in spans for n in range(first, last + 1)) == data


@given(st.binary(max_size=120))
def test_rubbish_behind_the_magic_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refusal):
        open_check_list(MAGIC + b"\x01" + data, HUB.public)


def test_one_struck_line_in_forty_costs_two_bytes() -> None:
    assert len(pack_numbers(range(40, 24_000, 40))) <= 2 * 600
    assert pack_numbers((MAX_NUMBER,))
    assert pack_numbers(()) == b""
