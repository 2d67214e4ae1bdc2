"""Officials' keys: the signature beside an entry, the private key at rest."""

from __future__ import annotations

import unicodedata

import pytest

from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.officials import MOST, Cost, open_key, seal_key, sign_entry, verify_seal
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, Refusal, WrongPassphrase
from tests.unit.protocol.examples import COUNTER, OFFICIAL

QUICK = Cost(passes=1, memory=8, lanes=1)
SECRET = bytes(32)
PLACE = EntryId(1793, 5)


def act(body: bytes = b"numbered") -> Entry:
    """An entry that needs the official."""
    return write_entry(PLACE, Facts(1, 100, 1, 0, None, None, (PLACE,)), body)


def test_an_official_signs_what_happened_where_it_stands() -> None:
    signed = sign_entry(act(), OFFICIAL)
    verify_seal(signed, OFFICIAL.public)
    verify_seal(signed.without_body(), OFFICIAL.public)
    assert signed.header_hash == act().header_hash


def test_the_signature_fits_no_other_entry_or_person() -> None:
    signed = sign_entry(act(), OFFICIAL)
    with pytest.raises(NotAuthentic):
        verify_seal(signed, COUNTER.public)
    with pytest.raises(NotAuthentic):
        verify_seal(act(b"other").sealed_by(signed.seal), OFFICIAL.public)
    with pytest.raises(NotAuthentic):
        verify_seal(act(), OFFICIAL.public)


def test_the_key_opens_with_passphrase_and_device() -> None:
    sealed = seal_key(OFFICIAL, "mật khẩu dài", SECRET, QUICK)
    assert open_key(sealed, OFFICIAL.public, "mật khẩu dài", SECRET).seed == OFFICIAL.seed
    assert OFFICIAL.seed not in sealed
    with pytest.raises(WrongPassphrase):
        open_key(sealed, OFFICIAL.public, "mat khau dai", SECRET)
    with pytest.raises(WrongPassphrase):
        open_key(sealed, OFFICIAL.public, "mật khẩu dài", b"\1" * 32)
    with pytest.raises(WrongPassphrase):
        open_key(sealed, COUNTER.public, "mật khẩu dài", SECRET)


def test_two_spellings_of_one_passphrase_are_one() -> None:
    composed = unicodedata.normalize("NFC", "Ẫm thực")
    sealed = seal_key(OFFICIAL, composed, SECRET, QUICK)
    decomposed = unicodedata.normalize("NFD", composed)
    assert open_key(sealed, OFFICIAL.public, decomposed, SECRET).seed == OFFICIAL.seed


def test_sealing_twice_shows_nothing_in_common() -> None:
    one, other = (seal_key(OFFICIAL, "x", SECRET, QUICK) for _ in range(2))
    assert one[4:] != other[4:]


def test_damage_is_refused() -> None:
    sealed = seal_key(OFFICIAL, "x", SECRET, QUICK)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Refusal):
            open_key(changed, OFFICIAL.public, "x", SECRET)
    for length in range(len(sealed)):
        with pytest.raises(Malformed):
            open_key(sealed[:length], OFFICIAL.public, "x", SECRET)


@pytest.mark.parametrize(
    "cost",
    [Cost(MOST.passes + 1, 8, 1), Cost(1, MOST.memory + 1, 1), Cost(1, 8, MOST.lanes + 1), Cost(0, 8, 1)],
)
def test_an_exhausting_or_impossible_cost_is_refused_unpaid(cost: Cost) -> None:
    sealed = bytearray(b"\1")
    for value in (cost.passes, cost.memory, cost.lanes):
        while value > 0x7F:
            sealed.append(value & 0x7F | 0x80)
            value >>= 7
        sealed.append(value)
    with pytest.raises(Malformed):
        open_key(bytes(sealed) + bytes(16 + 12 + 48), OFFICIAL.public, "x", SECRET)


def test_a_later_format_is_named() -> None:
    with pytest.raises(NewerFormat):
        open_key(b"\2" + bytes(79), OFFICIAL.public, "x", SECRET)


def test_the_default_cost_is_that_of_the_rfc() -> None:
    sealed = seal_key(SigningKey(bytes(32)), "x", SECRET)
    assert sealed[:6].hex() == "010380800404"
