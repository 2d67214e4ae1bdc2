"""A unit's provisioning file: one seat a counter, all signed together; notes of seats that are taken."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.journals.codec import encode
from sync.protocol.meeting.provision import (
    MAGIC,
    MAX_BYTES,
    BesideFile,
    Provision,
    Seat,
    UnitProvision,
    is_plain,
    read_provision,
    read_unit_provision,
    write_provision,
    write_unit_provision,
)
from sync.protocol.meeting.seat_note import MAX_BYTES as LARGEST_NOTE
from sync.protocol.meeting.seat_note import SeatNote, note_name, read_note, write_note
from sync.protocol.naming.grants import Grant, sign_grant
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.refusals import (
    HubUnknown,
    Malformed,
    NewerFormat,
    NotAuthentic,
    OtherUnit,
    Refusal,
    TooLarge,
)

HUB = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))


def grant(counter: int, spare: int = 0, unit: str = "00000", device: int = 0, hub: SigningKey = HUB) -> bytes:
    name = f"QUẦY-{counter:02d}"
    return sign_grant(Grant(unit, device or 40 + counter, counter, name, 2**50, spare, hub.key_id, True), hub)


def seat(counter: int, device: int = 0) -> Seat:
    return Seat(tuple(grant(counter, spare, device=device) for spare in range(3)))


def unit(*seats: Seat, **more: object) -> UnitProvision:
    made = UnitProvision(
        "00000", "https://127.0.0.1:8443", "PEM", HUB.public, seats or (seat(1), seat(2), seat(7))
    )
    return msgspec.structs.replace(made, **more)


def test_every_counter_finds_its_own_seat() -> None:
    read = read_unit_provision(write_unit_provision(unit(printers=(("a4", "HP"),)), HUB))
    assert [one.counter for one in read.granted()] == [1, 2, 7]
    own = read.seat(7)
    assert (own.granted().device, len(own.grants), own.printers) == (47, 3, (("a4", "HP"),))
    with pytest.raises(KeyError):
        read.seat(3)


def test_one_counters_file_is_a_unit_of_one_seat() -> None:
    own = Provision("00000", "https://h:1", "PEM", HUB.public, seat(2).grants, "http://p:1", (("a5", "X"),))
    read = read_unit_provision(write_provision(own, HUB))
    assert (len(read.seats), read.seat(2)) == (1, own)


def test_a_reader_of_single_files_says_newer_and_takes_no_first_seat() -> None:
    with pytest.raises(NewerFormat):
        read_provision(write_unit_provision(unit(), HUB))


def test_every_flipped_bit_and_every_cut_is_refused() -> None:
    data = write_unit_provision(unit(seat(1)), HUB)
    for place in range(len(data)):
        bent = bytearray(data)
        bent[place] ^= 1 << place % 8
        for wrong in (bytes(bent), data[:place]):
            with pytest.raises(Refusal):
                read_unit_provision(wrong)


def test_the_formats_do_not_stand_in_for_each_other() -> None:
    """A signature over one counter's contents never signs a unit's."""
    contents = encode(unit())
    data = MAGIC + b"\x02" + encode([contents, HUB.sign(Purpose.PROVISION, contents)])
    with pytest.raises(NotAuthentic):
        read_unit_provision(data)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (unit(seat(1), seat(1, device=50)), Malformed),
        (unit(seat(1), seat(2, device=41)), Malformed),
        (unit(Seat((grant(1, 1),))), Malformed),
        (unit(Seat((grant(1), grant(2, 1)))), Malformed),
        (unit(Seat((grant(1, unit="03390"),))), OtherUnit),
        (unit(Seat((grant(1, hub=OTHER),))), HubUnknown),
        (unit(unit_key=b"x" * 32), Malformed),
        (unit(files=(BesideFile("../a.mcx", 1, bytes(32)),)), Malformed),
    ],
)
def test_what_a_hub_signs_in_error_is_refused_all_the_same(
    wrong: UnitProvision, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        read_unit_provision(write_unit_provision(wrong, HUB))


def test_another_hub_where_one_is_known_and_too_much() -> None:
    data = write_unit_provision(unit(), HUB)
    with pytest.raises(HubUnknown):
        read_unit_provision(data, OTHER.public)
    with pytest.raises(ValueError, match="hub"):
        write_unit_provision(unit(), OTHER)
    with pytest.raises(TooLarge):
        read_unit_provision(MAGIC + b"\x02" + bytes(MAX_BYTES))


@pytest.mark.parametrize("name", ["", "/a", "..", "a/..", "../a", "a/b/c", "a\\b", "C:a", "a b", "a\n", "."])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    assert not is_plain(name)


def test_names_as_the_hub_writes_them_are_plain() -> None:
    assert is_plain("du-lieu/03390-1795355142048-1-of-2.mcx")


@given(st.binary(max_size=200))
def test_bytes_of_strangers_are_refused_in_order(data: bytes) -> None:
    for read, head in ((read_unit_provision, MAGIC + b"\x02"), (read_note, b"{")):
        with pytest.raises(Refusal):
            read(head + data)


def test_a_note_is_read_as_it_was_written_and_has_its_place() -> None:
    note = SeatNote("03390", 2, "QUẦY-02", 513, 1_795_134_600_000, "PC-A")
    assert read_note(write_note(note)) == note
    assert note_name("03390", 2) == "da-dung/03390-002.json"
    with pytest.raises(TooLarge):
        read_note(bytes(LARGEST_NOTE + 1))
    with pytest.raises(Malformed):
        read_note(write_note(note).replace(b'"counter":2', b'"counter":0'))
