"""A file sealed for unit and hub: round trip, flipped bits, names that tell a stranger nothing, passes."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying.wire import put_varint
from sync.protocol.journals.codec import encode
from sync.protocol.meeting import attachment as module
from sync.protocol.meeting.attachment import (
    MAX_FILE_BYTES,
    PART_BYTES,
    Manifest,
    open_attachment,
    peek_attachment,
    seal_attachment,
    sealed_size,
    wire_name,
)
from sync.protocol.meeting.file_pass import GOOD_FOR_MS, read_pass, write_pass
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import NONCE, UnitKey, derive
from sync.protocol.refusals import Malformed, NotAuthentic, Refusal, TooLarge

KEY = UnitKey("03390", 1, bytes(range(32)))
NEXT = UnitKey("03390", 2, bytes(range(32, 64)))
KEYS = {1: KEY, 2: NEXT}
SALT = bytes([9]) * 32
FILE = b"%PDF-1.7 " + b"a scan of an act" * 40


def code_of(data: bytes, unit: str = "03390", keys: dict[int, UnitKey] = KEYS) -> str:
    with pytest.raises(Refusal) as caught:
        open_attachment(data, unit, keys)
    return caught.value.code


@given(st.binary(max_size=3_000))
def test_what_was_sealed_opens_and_is_as_long_as_was_said(data: bytes) -> None:
    sealed = seal_attachment(data, KEY)
    manifest, opened = open_attachment(sealed, "03390", KEYS)
    assert opened == data
    assert manifest == Manifest(hashlib.sha256(data).digest(), len(data), PART_BYTES)
    assert len(sealed) == sealed_size(len(data))


def test_one_salt_gives_the_same_bytes_and_a_fresh_one_others() -> None:
    assert seal_attachment(FILE, KEY, SALT) == seal_attachment(FILE, KEY, SALT)
    assert seal_attachment(FILE, KEY) != seal_attachment(FILE, KEY)


def test_every_flipped_byte_is_refused() -> None:
    sealed = seal_attachment(b"small", KEY, SALT)
    for place in range(len(sealed)):
        bent = bytearray(sealed)
        bent[place] ^= 1
        assert code_of(bytes(bent)) in {
            "not-ours", "newer-format", "other-unit", "malformed", "key-unknown", "damaged", "cut-short",
            "too-large",
        }  # fmt: skip


def test_every_cut_and_every_byte_too_many_is_refused() -> None:
    sealed = seal_attachment(b"small", KEY, SALT)
    assert {code_of(sealed[:size]) for size in range(3)} == {"not-ours"}
    assert {code_of(sealed[:size]) for size in range(3, len(sealed))} == {"cut-short"}
    assert code_of(sealed + b"\0") == "malformed"


def test_another_unit_and_a_key_that_is_not_held_have_codes_of_their_own() -> None:
    sealed = seal_attachment(FILE, NEXT)
    assert code_of(sealed, unit="03388") == "other-unit"
    assert code_of(sealed, keys={1: KEY}) == "key-unknown"
    assert code_of(sealed, keys={2: UnitKey("03390", 2, bytes(32))}) == "damaged"


def sealed_by_hand(inside: bytes) -> bytes:
    """What a member of the unit who holds the key, but not our code, could make."""
    head = b"MCA\x01" + b"03390" + (1).to_bytes(4, "big") + SALT + (len(inside) + 16).to_bytes(4, "big")
    key = derive(KEY.key, SALT, b"commune-counter attachment 1")
    return head + AESGCM(key).encrypt(NONCE, inside, head)


def with_manifest(manifest: object, file: bytes) -> bytes:
    packed = manifest if isinstance(manifest, bytes) else encode(manifest)
    out = bytearray()
    put_varint(out, len(packed))
    return bytes(out) + packed + file


def test_a_second_writer_by_the_page_makes_the_same_bytes() -> None:
    inside = with_manifest([hashlib.sha256(FILE).digest(), len(FILE), 32_768], FILE)
    assert sealed_by_hand(inside) == seal_attachment(FILE, KEY, SALT)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (with_manifest(Manifest(bytes(32), len(FILE), PART_BYTES), FILE), "damaged"),
        (with_manifest(Manifest(hashlib.sha256(FILE).digest(), 3, PART_BYTES), FILE), "damaged"),
        (with_manifest([b"short", len(FILE), PART_BYTES], FILE), "malformed"),
        (with_manifest([hashlib.sha256(FILE).digest(), -1, PART_BYTES], FILE), "malformed"),
        (b"", "malformed"),
        (b"\xff" * 20, "malformed"),
        (b"\x60abc", "malformed"),
    ],
)
def test_a_member_that_lies_inside_the_seal_is_refused(inside: bytes, code: str) -> None:
    assert code_of(sealed_by_hand(inside)) == code


def test_a_file_above_the_cap_is_neither_sealed_nor_read() -> None:
    with pytest.raises(TooLarge):
        seal_attachment(bytes(MAX_FILE_BYTES + 1), KEY)
    head = b"MCA\x01" + b"03390" + (1).to_bytes(4, "big") + SALT + (2**31).to_bytes(4, "big")
    assert code_of(head) == "too-large"
    assert sealed_size(MAX_FILE_BYTES) <= module.MAX_SEALED_BYTES


def test_the_header_is_read_without_any_key() -> None:
    header = peek_attachment(seal_attachment(FILE, NEXT, SALT))
    assert (header.unit, header.key_version, header.salt) == ("03390", 2, SALT)


def test_names_differ_by_key_and_unit_and_are_not_the_digest() -> None:
    digest = hashlib.sha256(FILE).digest()
    other_unit = UnitKey("03388", 1, KEY.key)
    names = {wire_name(key, digest) for key in (KEY, NEXT, other_unit)} | {digest.hex()}
    assert len(names) == 4
    assert all(len(name) == 64 for name in names)


class TestPass:
    device, hub, other = SigningKey(bytes([2]) * 32), SigningKey(bytes([1]) * 32), SigningKey(bytes([3]) * 32)

    def test_a_pass_says_who_and_when_and_only_its_maker_can_write_it(self) -> None:
        shown = read_pass(write_pass("03390", 1793, 1_000_000, self.device, self.hub.public))
        assert (shown.unit, shown.journal, shown.at) == ("03390", 1793, 1_000_000)
        shown.verify(self.device.public, self.hub)
        for public, hub in ((self.other.public, self.hub), (self.device.public, self.other)):
            with pytest.raises(NotAuthentic):
                shown.verify(public, hub)

    @pytest.mark.parametrize(
        ("old", "new"), [("03390", "03388"), (".1793.", ".1794."), (".1000000.", ".9000000.")]
    )
    def test_nothing_in_it_can_be_changed(self, old: str, new: str) -> None:
        value = write_pass("03390", 1793, 1_000_000, self.device, self.hub.public)
        with pytest.raises(NotAuthentic):
            read_pass(value.replace(old, new)).verify(self.device.public, self.hub)

    def test_it_is_good_for_ten_minutes_either_way(self) -> None:
        shown = read_pass(write_pass("03390", 1793, 10**12, self.device, self.hub.public))
        assert shown.is_fresh(10**12 + GOOD_FOR_MS)
        assert shown.is_fresh(10**12 - GOOD_FOR_MS)
        assert not shown.is_fresh(10**12 + GOOD_FOR_MS + 1)
        assert not shown.is_fresh(10**12 - GOOD_FOR_MS - 1)

    @given(st.text(max_size=80))
    def test_rubbish_is_malformed(self, value: str) -> None:
        with pytest.raises(Malformed):
            read_pass(value)

    @pytest.mark.parametrize(
        "value",
        [
            "Bearer 03390.1.1." + "0" * 32,
            "Counter 03390.0.1." + "0" * 32,
            "Counter 03390.4294967295.1." + "0" * 32,
            "Counter 03390.1.1." + "0" * 31,
            "Counter 03390.1.1." + "0" * 32 + "\n",
            "Counter 0339０.1.1." + "0" * 32,
        ],
    )
    def test_nearly_a_pass_is_malformed(self, value: str) -> None:
        with pytest.raises(Malformed):
            read_pass(value)
