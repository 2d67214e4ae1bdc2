"""The provisioning file (``*.mcp``): all that new PCs must know of their province, written by the hub.

Format 1 is one counter's: 'MCP' || 1 || MessagePack array [contents, signature], the signature being the
hub's over the contents for the purpose PROVISION. Format 2 is a whole unit's, one seat a counter: 'MCP' || 2
|| the same array, the signature being over 'MCP' || 2 || contents. A reader that knows format 1 alone says
"newer": it would put every PC into the first seat.

The file is the anchor of trust of a PC that knows no hub yet; a PC that pins a hub already takes only files
of that hub. It holds grants, so whoever finds it can enrol a PC: a PC deletes its copy after use.
"""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import Line, PublicKey, Signature, UnitCode, decode, encode
from sync.protocol.naming.grants import MAX_SPARES, Grant, read_grant
from sync.protocol.naming.keys import Purpose, SigningKey, key_id, verify
from sync.protocol.naming.unit_keys import UNIT_KEY_BYTES
from sync.protocol.refusals import HubUnknown, Malformed, NewerFormat, NotOurs, OtherUnit, TooLarge

MAGIC = b"MCP"
FORMAT, UNIT_FORMAT = 1, 2
SUFFIX = ".mcp"
MAX_BYTES = 64 * 1024
MOST_SEATS = 60
MOST_FILES = 40
_UNIT_HEAD = MAGIC + bytes([UNIT_FORMAT])
_PART = re.compile(r"[A-Za-z0-9._-]{1,80}")


class Provision(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One counter's provisioning: where its hub is, whom to believe, and its grants (the first and spares).

    ``authority_pem`` is the certificate that the hub's TLS stands under, ``proxy`` a URL or "",
    ``printers`` pairs (role, printer's name) the technician prepared. ``unit_key`` is the unit's key of
    ``unit_key_version`` (from 1), so that files can be sealed before the hub was ever met; none: b"" and 0.
    """

    unit: UnitCode
    hub_url: Line
    authority_pem: Annotated[str, Meta(max_length=8_000)]
    hub_key: PublicKey
    grants: Annotated[tuple[bytes, ...], Meta(min_length=1, max_length=MAX_SPARES + 1)]
    proxy: Line = ""
    printers: Annotated[tuple[tuple[str, str], ...], Meta(max_length=16)] = ()
    unit_key: Annotated[bytes, Meta(max_length=UNIT_KEY_BYTES)] = b""
    unit_key_version: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0

    def granted(self) -> Grant:
        """The first grant, verified under the file's own hub key. Raises Malformed, NotAuthentic."""
        return read_grant(self.grants[0], {key_id(self.hub_key): self.hub_key})


class _Signed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    contents: Annotated[bytes, Meta(max_length=MAX_BYTES)]
    signature: Signature


class Seat(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One counter's grants, the first and its spares in order. ``mobile``: it goes to the villages."""

    grants: Annotated[tuple[bytes, ...], Meta(min_length=1, max_length=MAX_SPARES + 1)]
    mobile: bool = False


class BesideFile(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A file that lies in the provisioning folder: path below it with "/", bytes, SHA-256."""

    name: Line
    size: Annotated[int, Meta(ge=0, le=2**40)]
    digest: Annotated[bytes, Meta(min_length=32, max_length=32)]


class UnitProvision(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A unit's provisioning: ``Provision``'s facts once, its counters' seats, and ``made`` (hub's clock, ms).

    ``files`` are bundles of what the province already knows of the unit (books, catalogue, calendar, fees).
    """

    unit: UnitCode
    hub_url: Line
    authority_pem: Annotated[str, Meta(max_length=8_000)]
    hub_key: PublicKey
    seats: Annotated[tuple[Seat, ...], Meta(min_length=1, max_length=MOST_SEATS)]
    proxy: Line = ""
    printers: Annotated[tuple[tuple[str, str], ...], Meta(max_length=16)] = ()
    unit_key: Annotated[bytes, Meta(max_length=UNIT_KEY_BYTES)] = b""
    unit_key_version: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    files: Annotated[tuple[BesideFile, ...], Meta(max_length=MOST_FILES)] = ()
    made: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0

    def granted(self) -> tuple[Grant, ...]:
        """The first grant of every seat, verified. Raises Malformed, NotAuthentic."""
        keys = {key_id(self.hub_key): self.hub_key}
        return tuple(read_grant(seat.grants[0], keys) for seat in self.seats)

    def seat(self, counter: int) -> Provision:
        """What the PC needs that becomes counter ``counter`` of the unit. Raises KeyError."""
        for seat, grant in zip(self.seats, self.granted(), strict=True):
            if grant.counter == counter:
                return Provision(
                    self.unit, self.hub_url, self.authority_pem, self.hub_key, seat.grants, self.proxy,
                    self.printers, self.unit_key, self.unit_key_version,
                )  # fmt: skip
        raise KeyError(counter)


def write_provision(provision: Provision, hub: SigningKey) -> bytes:
    """The file's bytes. Raises ValueError for another hub's key."""
    if provision.hub_key != hub.public:
        raise ValueError("a provisioning file names the hub that signs it")
    contents = encode(provision)
    return MAGIC + bytes([FORMAT]) + encode(_Signed(contents, hub.sign(Purpose.PROVISION, contents)))


def write_unit_provision(provision: UnitProvision, hub: SigningKey) -> bytes:
    """The bytes of a unit's file. Raises ValueError for another hub's key, TooLarge."""
    if provision.hub_key != hub.public:
        raise ValueError("a provisioning file names the hub that signs it")
    contents = encode(provision)
    signed = _Signed(contents, hub.sign(Purpose.PROVISION, _UNIT_HEAD + contents))
    data = _UNIT_HEAD + encode(signed)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a provisioning file of {len(data)} bytes")
    return data


def read_unit_provision(data: bytes, pinned: bytes | None = None) -> UnitProvision:
    """A unit's file, or one counter's as a unit of one seat; all of it verified, as ``read_provision`` does.

    Raises as ``read_provision``; Malformed also for two seats of one device or one counter number.
    """
    if data[:4] != _UNIT_HEAD:
        one = read_provision(data, pinned)
        return UnitProvision(
            one.unit, one.hub_url, one.authority_pem, one.hub_key, (Seat(one.grants),), one.proxy,
            one.printers, one.unit_key, one.unit_key_version,
        )  # fmt: skip
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a provisioning file of {len(data)} bytes")
    signed = decode(_Signed, data[4:])
    provision = decode(UnitProvision, signed.contents)
    verify(provision.hub_key, Purpose.PROVISION, _UNIT_HEAD + signed.contents, signed.signature)
    _check_hub(provision.hub_key, pinned)
    for seat in provision.seats:
        _check_grants(seat.grants, provision.hub_key, provision.unit)
    _check_unit_key(provision.unit_key, provision.unit_key_version)
    granted = provision.granted()
    for numbers in ([one.device for one in granted], [one.counter for one in granted]):
        if len(set(numbers)) != len(numbers):
            raise Malformed("two seats of one device or of one number")
    if any(not is_plain(file.name) for file in provision.files):
        raise Malformed("a file outside its folder")
    return provision


def is_plain(name: str) -> bool:
    """Whether ``name`` stays below the folder it is joined to, on every system: letters, digits, ``-_.`` and
    one slash.
    """
    parts = name.split("/")
    return all(_PART.fullmatch(part) and part.strip(".") for part in parts) and len(parts) <= 2


def read_provision(data: bytes, pinned: bytes | None = None) -> Provision:
    """The provisioning in a file, all of it verified; ``pinned`` is the hub's key where one is known already.

    Raises NotOurs, NewerFormat, TooLarge, Malformed, NotAuthentic, HubUnknown (another hub than the pinned
    one), OtherUnit (grants of different units or devices in one file).
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a provisioning file of {len(data)} bytes")
    if data[:3] != MAGIC:
        raise NotOurs("no provisioning file")
    if data[3:4] != bytes([FORMAT]):
        raise NewerFormat(f"provisioning format {data[3:4].hex()}")
    signed = decode(_Signed, data[4:])
    provision = decode(Provision, signed.contents)
    verify(provision.hub_key, Purpose.PROVISION, signed.contents, signed.signature)
    _check_hub(provision.hub_key, pinned)
    _check_grants(provision.grants, provision.hub_key, provision.unit)
    _check_unit_key(provision.unit_key, provision.unit_key_version)
    return provision


def _check_hub(key: bytes, pinned: bytes | None) -> None:
    if pinned is not None and key != pinned:
        raise HubUnknown("a provisioning file of another hub")


def _check_grants(signed: tuple[bytes, ...], hub_key: bytes, unit: str) -> None:
    """One device's grants, the first and its spares in order."""
    keys = {key_id(hub_key): hub_key}
    grants = [read_grant(grant, keys) for grant in signed]
    if {grant.unit for grant in grants} != {unit}:
        raise OtherUnit("a grant for another unit")
    if len({grant.device for grant in grants}) != 1 or [g.spare for g in grants] != list(range(len(grants))):
        raise Malformed("the grants of one device, the first and its spares in order")


def _check_unit_key(key: bytes, version: int) -> None:
    if len(key) != (UNIT_KEY_BYTES if version else 0):
        raise Malformed("a unit key goes with its version")
