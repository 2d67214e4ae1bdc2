"""The tag of a request: who can make it, for whom, and which keys are none."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.meeting.pairing import TAG_BYTES, check_tag, request_tag
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import NotAuthentic

DEVICE, HUB, OTHER = (SigningKey(bytes([number]) * 32) for number in (2, 1, 3))
SEEDS = st.binary(min_size=32, max_size=32)


@given(SEEDS, SEEDS, st.binary(max_size=200))
def test_what_a_device_says_its_hub_believes(device: bytes, hub: bytes, message: bytes) -> None:
    asks, serves = SigningKey(device), SigningKey(hub)
    tag = request_tag(asks, serves.public, message)
    assert len(tag) == TAG_BYTES
    check_tag(asks.public, serves, message, tag)


def test_the_secret_is_that_of_the_private_halves_as_x25519_reads_them() -> None:
    """Both Ed25519 seeds, hashed as RFC 8032 does, as X25519 keys: no mapping of public keys is needed."""
    halves = [
        X25519PrivateKey.from_private_bytes(hashlib.sha512(k.seed).digest()[:32]) for k in (DEVICE, HUB)
    ]
    secret = halves[0].exchange(halves[1].public_key())
    info = b"commune-counter exchange 1" + DEVICE.public + HUB.public
    key = HKDF(SHA256(), 32, None, info).derive(secret)
    assert request_tag(DEVICE, HUB.public, b"ask") == hmac.digest(key, b"ask", "sha256")[:16]


def test_nobody_else_makes_it_and_no_other_hub_takes_it() -> None:
    tag = request_tag(DEVICE, HUB.public, b"ask")
    for device, hub, message in (
        (OTHER.public, HUB, b"ask"), (DEVICE.public, OTHER, b"ask"), (DEVICE.public, HUB, b"ask!"),
    ):  # fmt: skip
        with pytest.raises(NotAuthentic):
            check_tag(device, hub, message, tag)
    assert request_tag(OTHER, HUB.public, b"ask") != tag


def test_a_tag_is_not_turned_round() -> None:
    """What a hub's key would say to a device of the same two keys is another tag."""
    assert request_tag(HUB, DEVICE.public, b"ask") != request_tag(DEVICE, HUB.public, b"ask")


@pytest.mark.parametrize("place", range(0, TAG_BYTES * 8, 7))
def test_each_bit_of_it_counts(place: int) -> None:
    tag = bytearray(request_tag(DEVICE, HUB.public, b"ask"))
    tag[place // 8] ^= 1 << place % 8
    with pytest.raises(NotAuthentic):
        check_tag(DEVICE.public, HUB, b"ask", bytes(tag))


@pytest.mark.parametrize("tag", [b"", request_tag(DEVICE, HUB.public, b"ask")[:15]])
def test_a_short_tag_is_none(tag: bytes) -> None:
    with pytest.raises(NotAuthentic):
        check_tag(DEVICE.public, HUB, b"ask", tag)


@pytest.mark.parametrize(
    "public",
    [
        bytes(32),  # of order four: u would be 1
        (1).to_bytes(32, "little"),  # the neutral point
        (2**255 - 20).to_bytes(32, "little"),  # of order two: u would be 0
        (2**255 - 19).to_bytes(32, "little"),  # no number below the prime
        b"short",
    ],
)
def test_a_key_with_which_everybody_would_share_the_secret_is_refused(public: bytes) -> None:
    with pytest.raises(NotAuthentic):
        request_tag(DEVICE, public, b"ask")
    with pytest.raises(NotAuthentic):
        check_tag(public, HUB, b"ask", bytes(16))
