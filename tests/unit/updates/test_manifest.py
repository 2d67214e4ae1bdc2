"""Manifests of strangers: tampered, old, mixed, endless, expired; two of three keys; who takes it."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.updates import manifest
from counter_app.updates.manifest import DAY_MS, LONGEST_MS, MOST_BYTES, SHORTEST_MS, Ring, Seen
from counter_app.updates.words import SAID, UpdateError
from sync.protocol.naming.keys import Purpose
from tests.unit.updates.publisher import KEYS, NOW, PUBLIC, STRANGER, a_manifest, replace_in, signed


def refused(data: bytes, keys: tuple[bytes, ...] = PUBLIC) -> str:
    with pytest.raises(UpdateError) as stopped:
        manifest.read(data, keys)
    return stopped.value.code


def unheeded(made: manifest.Manifest, seen: Seen = Seen(), now: int = NOW) -> str:  # noqa: B008
    with pytest.raises(UpdateError) as stopped:
        manifest.check(manifest.read(signed(made), PUBLIC), seen, now)
    return stopped.value.code


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (1, 2), (2, 0)])
def test_any_two_of_the_three_keys_do(pair: tuple[int, int]) -> None:
    made = a_manifest()
    assert manifest.read(signed(made, *(KEYS[one] for one in pair)), PUBLIC).manifest == made


def test_one_key_does_not_not_even_twice_nor_with_a_strangers() -> None:
    assert refused(signed(a_manifest(), KEYS[0])) == "update.signatures"
    assert refused(signed(a_manifest(), KEYS[0], KEYS[0])) == "update.signatures"
    assert refused(signed(a_manifest(), KEYS[0], STRANGER)) == "update.signatures"


def test_the_same_signature_under_another_keys_name_is_none() -> None:
    envelope = json.loads(signed(a_manifest(), KEYS[0]))
    envelope["signatures"][KEYS[1].public.hex()] = envelope["signatures"][KEYS[0].public.hex()]
    assert refused(json.dumps(envelope).encode()) == "update.signatures"


def test_a_signature_given_for_something_else_is_none() -> None:
    envelope = json.loads(manifest.write(a_manifest()))
    body = base64.b64decode(envelope["body"])
    envelope["signatures"] = {key.public.hex(): key.sign(Purpose.GRANT, body).hex() for key in KEYS}
    assert refused(json.dumps(envelope).encode()) == "update.signatures"


def test_a_changed_body_loses_its_signatures() -> None:
    envelope = json.loads(signed(a_manifest()))
    body = json.loads(base64.b64decode(envelope["body"]))
    body["version"] = "9.9"
    envelope["body"] = base64.b64encode(json.dumps(body).encode()).decode()
    assert refused(json.dumps(envelope).encode()) == "update.signatures"


def test_an_installation_without_two_keys_takes_nothing() -> None:
    assert refused(signed(a_manifest()), ()) == "update.no_keys"
    assert refused(signed(a_manifest()), (PUBLIC[0], PUBLIC[0])) == "update.no_keys"


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 10_000, b"\xff\xfe", b'{"body": 1, "signatures": {}}',
                                  b" " * (MOST_BYTES + 1)])  # fmt: skip
def test_what_is_no_manifest_is_refused_in_words(data: bytes) -> None:
    assert refused(data) == "update.unreadable"


@given(st.binary(max_size=300))
def test_no_bytes_of_a_stranger_get_past_as_anything_but_a_refusal(data: bytes) -> None:
    assert refused(data) in SAID


@pytest.mark.parametrize(
    ("name", "value"),
    [("version", "1.0-evil"), ("version", "../1"), ("runtime", "../etc"), ("serial", 0), ("format", 2)],
)
def test_even_signed_fields_keep_their_shape(name: str, value: object) -> None:
    body = json.loads(base64.b64decode(json.loads(manifest.write(a_manifest()))["body"]))
    body[name] = value
    text = json.dumps(body).encode()
    signatures = {key.public.hex(): key.sign(Purpose.UPDATE, text).hex() for key in KEYS}
    data = json.dumps({"body": base64.b64encode(text).decode(), "signatures": signatures}).encode()
    assert refused(data) == "update.unreadable"


def test_a_file_name_that_leads_out_of_the_folder_is_no_manifest() -> None:
    body = json.loads(base64.b64decode(json.loads(manifest.write(a_manifest()))["body"]))
    body["application"]["name"] = "../../bin/sh"
    text = json.dumps(body).encode()
    signatures = {key.public.hex(): key.sign(Purpose.UPDATE, text).hex() for key in KEYS}
    data = json.dumps({"body": base64.b64encode(text).decode(), "signatures": signatures}).encode()
    assert refused(data) == "update.unreadable"


def test_an_older_manifest_than_one_seen_is_refused() -> None:
    assert unheeded(a_manifest(serial=4), Seen(5, "", 0)) == "update.old"


def test_two_manifests_of_one_number_are_refused_and_the_same_one_again_is_not() -> None:
    found = manifest.read(signed(a_manifest()), PUBLIC)
    manifest.check(found, Seen(5, found.digest, NOW), NOW)
    assert unheeded(a_manifest(paused=True), Seen(5, found.digest, 0)) == "update.mixed"


def test_an_expired_one_is_refused_and_a_clock_put_back_does_not_help() -> None:
    made = a_manifest()
    assert unheeded(made, now=made.expires) == "update.expired"
    assert unheeded(made, Seen(1, "", made.expires + 1), now=NOW - 900 * DAY_MS) == "update.expired"


@pytest.mark.parametrize("lasts", [SHORTEST_MS - 1, LONGEST_MS + 1, 0, -DAY_MS])
def test_one_that_ends_too_soon_or_never_is_refused(lasts: int) -> None:
    made = a_manifest()
    assert unheeded(replace_in(made, {"expires": made.made + lasts})) == "update.endless"


def test_a_term_at_either_edge_is_taken() -> None:
    made = a_manifest()
    for lasts in (SHORTEST_MS, LONGEST_MS):
        edge = replace_in(made, {"expires": made.made + lasts})
        manifest.check(manifest.read(signed(edge), PUBLIC), Seen(), NOW)


def test_versions_are_compared_as_numbers() -> None:
    order = ["not one", "1.9", "1.9.1", "1.10", "2.0"]
    assert sorted(set(order), key=manifest.order_of) == order
    assert manifest.order_of("1.0") == manifest.order_of("1.0.0")


def test_rings_name_units_and_draw_others_by_lot_another_tenth_each_time() -> None:
    assert Ring(("03390",)).holds("03390", 1, "1.1")
    assert not Ring(("03390",)).holds("03391", 1, "1.1")
    tenth = Ring(percent=10)
    first = {device for device in range(1_000) if tenth.holds("03391", device, "1.1")}
    second = {device for device in range(1_000) if tenth.holds("03391", device, "1.2")}
    assert 60 < len(first) < 140
    assert first != second
    assert all(Ring(percent=100).holds("03391", device, "1.1") for device in range(100))


def test_a_wider_ring_holds_everybody_of_the_narrower() -> None:
    for device in range(300):
        if Ring(percent=10).holds("03391", device, "1.1"):
            assert Ring(percent=50).holds("03391", device, "1.1")


def test_nobody_signs_what_no_counter_reads() -> None:
    with pytest.raises(UpdateError):
        manifest.sign(b'{"body": "e30=", "signatures": {}}', KEYS[0])


def test_every_refusal_has_words_in_both_languages() -> None:
    for code in SAID:
        error = UpdateError(code)
        for words in (error.words("vi"), error.words("en")):
            assert all((words.title, words.meaning, words.remedy))
