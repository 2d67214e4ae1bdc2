"""A year's seal: written, read under a pinned key, and refused in every bent form."""

from __future__ import annotations

from typing import Any

import pytest

from sync.protocol.carrying.year_seal import MOST_BYTES, SealedHead, YearSeal, read_year_seal, write_year_seal
from sync.protocol.journals.codec import decode, encode
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.refusals import HubUnknown, Malformed, NewerFormat, Refusal

HUB, STRANGER = SigningKey(b"\x01" * 32), SigningKey(b"\x02" * 32)
PINNED = {HUB.key_id: HUB.public}
SEAL = YearSeal(
    "00000",
    2026,
    1_798_000_000_000,
    1,
    (SealedHead(257, 812, b"\x07" * 32), SealedHead(513, 3, b"\x08" * 32)),
)


def test_a_seal_says_how_far_each_journal_lies_under_it() -> None:
    again = read_year_seal(write_year_seal(SEAL, HUB), PINNED)
    assert again == SEAL
    assert [again.upto(journal) for journal in (257, 513, 769)] == [812, 3, 0]


def test_any_flipped_byte_is_refused() -> None:
    data = write_year_seal(SEAL, HUB)
    for place in range(len(data)):
        with pytest.raises(Refusal):
            read_year_seal(bytes([*data[:place], data[place] ^ 1, *data[place + 1 :]]), PINNED)


def test_another_provinces_seal_is_refused_and_so_is_a_forged_key_id() -> None:
    with pytest.raises(HubUnknown):
        read_year_seal(write_year_seal(SEAL, STRANGER), PINNED)
    with pytest.raises(Refusal):
        read_year_seal(write_year_seal(SEAL, STRANGER), {STRANGER.key_id: HUB.public})


@pytest.mark.parametrize("heads", [(), SEAL.heads[::-1], (SEAL.heads[0], SEAL.heads[0])])
def test_journals_stand_once_and_in_order(heads: tuple[SealedHead, ...]) -> None:
    with pytest.raises(Malformed):
        write_year_seal(SEAL._replace(heads=heads), HUB)


@pytest.mark.parametrize(
    "data", [b"", b"\x90", b"\xc1", bytes(64), b"\x92\xc4\x00\xc4\x00", bytes(MOST_BYTES + 1)]
)
def test_what_is_no_seal_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        read_year_seal(data, PINNED)


@pytest.mark.parametrize(("number", "refusal"), [(0, Malformed), (2, NewerFormat), (300, NewerFormat)])
def test_another_format_is_told_from_rubbish(number: int, refusal: type[Refusal]) -> None:
    facts = encode(
        [number, *decode(list[Any], decode(tuple[bytes, bytes], write_year_seal(SEAL, HUB))[0])[1:]]
    )
    for more in (facts, encode([number])):
        with pytest.raises(refusal):
            read_year_seal(encode([more, HUB.sign(Purpose.YEAR_SEAL, more)]), PINNED)


def test_the_bytes_stay() -> None:
    one = SEAL._replace(heads=SEAL.heads[:1])
    start = write_year_seal(one, HUB)[:20].hex()
    assert start.startswith("92c4")
    assert "01a5303030303" + "0cd07ea" in write_year_seal(one, HUB).hex()
