"""The provisioning file: whole, signed, of one device, of one hub."""

import msgspec
import pytest

from sync.protocol.journals.codec import encode
from sync.protocol.meeting.provision import MAGIC, MAX_BYTES, Provision, read_provision, write_provision
from sync.protocol.naming.grants import Grant, sign_grant
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.refusals import (
    HubUnknown,
    Malformed,
    NewerFormat,
    NotAuthentic,
    NotOurs,
    OtherUnit,
    Refusal,
    TooLarge,
)

HUB = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))


def grant(spare: int = 0, unit: str = "00000", device: int = 7, hub: SigningKey = HUB) -> bytes:
    return sign_grant(Grant(unit, device, 2, "BÀN KÝ", 2**50, spare, hub.key_id, True), hub)


def provision(*grants: bytes) -> Provision:
    return Provision("00000", "https://127.0.0.1:8443", "PEM", HUB.public, grants or (grant(), grant(1)))


def test_what_is_written_is_read() -> None:
    made = msgspec.structs.replace(provision(), proxy="http://10.0.0.1:3128", printers=(("a4", "HP"),))
    assert read_provision(write_provision(made, HUB)) == made
    assert made.granted().name == "BÀN KÝ"


def test_only_the_named_hub_can_write_it() -> None:
    with pytest.raises(ValueError, match="hub"):
        write_provision(provision(), OTHER)


def test_every_flipped_bit_is_refused() -> None:
    data = write_provision(provision(), HUB)
    for place in range(len(data)):
        for bit in (0, 3, 7):
            bent = bytearray(data)
            bent[place] ^= 1 << bit
            with pytest.raises(Refusal):
                read_provision(bytes(bent))


def test_every_cut_is_refused() -> None:
    data = write_provision(provision(), HUB)
    for end in range(len(data)):
        with pytest.raises(Refusal):
            read_provision(data[:end])


def test_a_file_of_another_hub_is_refused_where_one_is_known() -> None:
    data = write_provision(provision(), HUB)
    assert read_provision(data, HUB.public).unit == "00000"
    with pytest.raises(HubUnknown):
        read_provision(data, OTHER.public)


def test_the_signature_is_for_this_purpose_only() -> None:
    contents = encode(provision())
    for purpose in Purpose:
        data = MAGIC + b"\x01" + encode([contents, HUB.sign(purpose, contents)])
        if purpose is Purpose.PROVISION:
            assert read_provision(data) == provision()
        else:
            with pytest.raises(NotAuthentic):
                read_provision(data)


@pytest.mark.parametrize(
    ("grants", "refusal"),
    [
        ((grant(unit="03390"),), OtherUnit),
        ((grant(), grant(1, device=8)), Malformed),
        ((grant(1), grant()), Malformed),
        ((grant(hub=OTHER),), HubUnknown),
        ((b"no grant",), Malformed),
    ],
)
def test_grants_must_be_one_devices_in_order(grants: tuple[bytes, ...], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_provision(write_provision(provision(*grants), HUB))


def test_what_is_not_such_a_file() -> None:
    with pytest.raises(NotOurs):
        read_provision(b"<html>captive portal</html>")
    with pytest.raises(NewerFormat):
        read_provision(MAGIC + b"\x02rest")
    with pytest.raises(TooLarge):
        read_provision(MAGIC + b"\x01" + bytes(MAX_BYTES))
