"""The recovery secret sealed to the province: opened by its key and for its journal alone."""

from __future__ import annotations

import pytest

from sync.protocol.naming.escrow import ESCROW_BYTES, unwrap_recovery, wrap_recovery
from sync.protocol.naming.unit_keys import ExchangeKey
from sync.protocol.refusals import Damaged, Malformed

PROVINCE, STRANGER = ExchangeKey(b"\x05" * 32), ExchangeKey(b"\x06" * 32)
SECRET = bytes(range(64))
JOURNAL = 1793


def test_the_province_opens_what_was_sealed_to_it() -> None:
    wrapped = wrap_recovery(SECRET, PROVINCE.public, JOURNAL)
    assert len(wrapped) == ESCROW_BYTES
    assert SECRET[:16] not in wrapped
    assert unwrap_recovery(wrapped, PROVINCE, JOURNAL) == SECRET
    assert wrap_recovery(SECRET, PROVINCE.public, JOURNAL) != wrapped, "a new key each time"


def test_nobody_else_and_no_other_journal_opens_it() -> None:
    wrapped = wrap_recovery(SECRET, PROVINCE.public, JOURNAL)
    for own, journal in ((STRANGER, JOURNAL), (PROVINCE, JOURNAL + 256)):
        with pytest.raises(Damaged):
            unwrap_recovery(wrapped, own, journal)
    for place in range(0, ESCROW_BYTES, 7):
        bent = bytes([*wrapped[:place], wrapped[place] ^ 1, *wrapped[place + 1 :]])
        with pytest.raises((Damaged, Malformed)):
            unwrap_recovery(bent, PROVINCE, JOURNAL)


@pytest.mark.parametrize("length", [0, 32, ESCROW_BYTES - 1, ESCROW_BYTES + 1])
def test_another_length_is_refused(length: int) -> None:
    with pytest.raises(Malformed):
        unwrap_recovery(bytes(length), PROVINCE, JOURNAL)
    with pytest.raises(Malformed):
        wrap_recovery(bytes(63), PROVINCE.public, JOURNAL)


def test_the_bytes_stay() -> None:
    wrapped = wrap_recovery(SECRET, PROVINCE.public, JOURNAL, ExchangeKey(b"\x09" * 32))
    assert wrapped[:32] == ExchangeKey(b"\x09" * 32).public
    assert unwrap_recovery(bytes.fromhex(wrapped.hex()), PROVINCE, JOURNAL) == SECRET
