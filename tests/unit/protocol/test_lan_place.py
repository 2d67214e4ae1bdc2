"""A counter's place on the LAN: opened by the unit's counters alone, bound to its journal."""

from __future__ import annotations

import msgspec
import pytest

from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.system_kinds import LanPlaceSaid
from sync.protocol.meeting.lan_place import MOST_HOSTS, open_place, seal_place, told_hosts
from sync.protocol.naming.unit_keys import UnitKey

KEY = UnitKey("00000", 3, bytes(range(32)))
KEYS = {3: KEY}
JOURNAL = 257


def test_siblings_read_what_was_told() -> None:
    said = seal_place(KEY, JOURNAL, ["192.168.1.12", "10.7.0.3"], 7443)
    again = decode_body(LanPlaceSaid, encode_body(said))
    assert open_place(again, JOURNAL, KEYS) == (("192.168.1.12", 7443), ("10.7.0.3", 7443))
    assert (len(said.sealed), said.version) == (66, 3)


def test_nobody_else_reads_it_and_nobody_says_it_for_another() -> None:
    said = seal_place(KEY, JOURNAL, ["192.168.1.12"], 7443)
    assert open_place(said, JOURNAL, {}) == ()
    assert open_place(said, JOURNAL, {3: UnitKey("00000", 3, bytes(32))}) == ()
    assert open_place(said, JOURNAL, {3: UnitKey("00001", 3, KEY.key)}) == ()
    assert open_place(said, JOURNAL + 256, KEYS) == ()
    assert b"\xc0\xa8\x01\x0c" not in said.sealed


def test_any_bent_byte_tells_nothing() -> None:
    said = seal_place(KEY, JOURNAL, ["192.168.1.12"], 7443)
    for place in range(len(said.sealed)):
        bent = bytearray(said.sealed)
        bent[place] ^= 1
        assert open_place(msgspec.structs.replace(said, sealed=bytes(bent)), JOURNAL, KEYS) == ()
    longer = msgspec.structs.replace(said, sealed=said.sealed + b"\x00")
    assert open_place(longer, JOURNAL, KEYS) == ()


def test_two_that_say_the_same_look_different() -> None:
    one, other = (seal_place(KEY, JOURNAL, ["192.168.1.12"], 7443).sealed for _ in range(2))
    assert one != other


def test_no_counter_is_made_to_call_out_of_the_house() -> None:
    hosts = ["8.8.8.8", "0.0.0.0", "224.0.0.1", "255.255.255.255", "172.16.4.4"]
    assert told_hosts(hosts) == ["172.16.4.4"]
    assert len(told_hosts([f"10.0.0.{n}" for n in range(1, 20)])) == MOST_HOSTS
    assert open_place(seal_place(KEY, JOURNAL, hosts, 7443), JOURNAL, KEYS) == (("172.16.4.4", 7443),)


def test_what_a_sealer_without_that_rule_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("sync.protocol.meeting.lan_place.told_hosts", list)
        said = seal_place(KEY, JOURNAL, ["8.8.8.8", "10.0.0.2"], 7443)
    assert open_place(said, JOURNAL, KEYS) == (("10.0.0.2", 7443),)
    assert open_place(seal_place(KEY, JOURNAL, ["10.0.0.2"], 0), JOURNAL, KEYS) == ()
