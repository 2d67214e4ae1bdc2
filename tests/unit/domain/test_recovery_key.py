"""The recovery key: what was written is read, in any case and spacing; a wrong letter is always told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import DomainError
from counter_app.domain.recovery_key import RecoveredKeys, read_recovery_key, write_recovery_key

KEYS = RecoveredKeys(bytes(range(32)), bytes(range(100, 132)))
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read(store_key: bytes, secret: bytes) -> None:
    keys = RecoveredKeys(store_key, secret)
    text = write_recovery_key(keys)
    assert [len(group) for group in text.split("-")] == [4] * 27
    assert read_recovery_key(text) == keys
    assert (
        read_recovery_key(text.lower().replace("-", " ").replace("0", "o").replace("1", "l") + "\n") == keys
    )


@given(st.integers(0, 107), st.sampled_from(_ALPHABET))
def test_one_wrong_letter_is_told(place: int, letter: str) -> None:
    signs = list(write_recovery_key(KEYS).replace("-", ""))
    if signs[place] == letter:
        return
    signs[place] = letter
    with pytest.raises(DomainError) as told:
        read_recovery_key("".join(signs))
    assert told.value.code == "recovery.mistyped"


@pytest.mark.parametrize("text", ["", "7K3M", "U" * 108, "0" * 107, "é" * 108, "0" * 4_000])
def test_what_is_no_key_is_told(text: str) -> None:
    with pytest.raises(DomainError):
        read_recovery_key(text)
