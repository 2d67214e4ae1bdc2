"""Journals, devices, lives and keys of entry ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.journals.codec import decode, encode
from sync.protocol.naming.ids import (
    COMMON_DEVICE,
    MAX_JOURNAL,
    SELF,
    EntryId,
    common_journal,
    device_of,
    is_province,
    journal_of,
    life_of,
    pending,
    unit_device,
    unit_journal,
    unit_of_device,
)
from sync.protocol.refusals import Malformed
from tests.unit.protocol import strategies as some


@given(some.ids, some.ids)
def test_key_is_one_positive_63_bit_integer_that_keeps_order(one: EntryId, other: EntryId) -> None:
    assert EntryId.from_key(one.key) == one
    assert 0 < one.key < 2**63
    assert (one.key < other.key) == (one < other)


@given(st.integers(1, COMMON_DEVICE + 100_000), st.integers(1, 255))
def test_a_journal_names_its_device_and_life(device: int, life: int) -> None:
    journal = journal_of(device, life)
    assert (device_of(journal), life_of(journal)) == (device, life)
    assert journal <= MAX_JOURNAL


@pytest.mark.parametrize(
    ("device", "life"), [(0, 1), (-1, 1), (COMMON_DEVICE + 100_001, 1), (7, 0), (7, 256)]
)
def test_there_are_no_other_devices_and_lives(device: int, life: int) -> None:
    with pytest.raises(ValueError):
        journal_of(device, life)


def test_journals_of_the_province_do_not_meet() -> None:
    devices = {unit_device(f"{code:05d}") for code in range(100_000)} | {COMMON_DEVICE}
    assert len(devices) == 100_001
    assert all(unit_of_device(unit_device(code)) == code for code in ("00000", "00001", "03390", "99999"))
    assert unit_of_device(COMMON_DEVICE) is None
    assert unit_of_device(7) is None


def test_counters_are_not_the_province() -> None:
    assert is_province(common_journal())
    assert is_province(unit_journal("03390", 3))
    assert not is_province(journal_of(0x3FFFFF, 255))


@pytest.mark.parametrize("unit", ["", "0339", "033900", "O3390", "٠٣٣٩٠", " 3390"])
def test_a_unit_code_is_five_ascii_digits(unit: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        unit_device(unit)


def test_an_id_is_an_array_of_two() -> None:
    assert encode(EntryId(1793, 2)).hex() == "92cd070102"
    assert decode(EntryId, encode([1793, 2])) == EntryId(1793, 2)


@pytest.mark.parametrize(
    "wrong", [[0, 0], [0, 1], [1, 0], [-1, 1], [2**31, 1], [1, 2**32], [1], [1, 2, 3], [1, "2"], [1, 2.0], {}]
)
def test_other_ids_do_not_travel(wrong: object) -> None:
    with pytest.raises(Malformed):
        decode(EntryId, encode(wrong))


def test_placeholders() -> None:
    assert SELF.is_placeholder
    assert pending(2) == EntryId(0, 2)
    assert not EntryId(1, 1).is_placeholder
    with pytest.raises(ValueError):
        pending(0)
