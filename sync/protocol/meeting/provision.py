"""The provisioning file (``*.mcp``): all that a new PC must know of its province, written by the hub.

'MCP' || version 1 || MessagePack array [contents, signature], the signature being the hub's over the contents
for the purpose PROVISION. The file is the anchor of trust of a PC that knows no hub yet; a PC that pins a hub
already takes only files of that hub. It holds grants, so whoever finds it can enrol a PC: it is deleted after
use.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import Line, PublicKey, Signature, UnitCode, decode, encode
from sync.protocol.naming.grants import MAX_SPARES, Grant, read_grant
from sync.protocol.naming.keys import Purpose, SigningKey, key_id, verify
from sync.protocol.naming.unit_keys import UNIT_KEY_BYTES
from sync.protocol.refusals import HubUnknown, Malformed, NewerFormat, NotOurs, OtherUnit, TooLarge

MAGIC = b"MCP"
FORMAT = 1
SUFFIX = ".mcp"
MAX_BYTES = 64 * 1024


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


def write_provision(provision: Provision, hub: SigningKey) -> bytes:
    """The file's bytes. Raises ValueError for another hub's key."""
    if provision.hub_key != hub.public:
        raise ValueError("a provisioning file names the hub that signs it")
    contents = encode(provision)
    return MAGIC + bytes([FORMAT]) + encode(_Signed(contents, hub.sign(Purpose.PROVISION, contents)))


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
    if pinned is not None and provision.hub_key != pinned:
        raise HubUnknown("a provisioning file of another hub")
    keys = {key_id(provision.hub_key): provision.hub_key}
    grants = [read_grant(grant, keys) for grant in provision.grants]
    if {grant.unit for grant in grants} != {provision.unit}:
        raise OtherUnit("a grant for another unit")
    if len(provision.unit_key) != (UNIT_KEY_BYTES if provision.unit_key_version else 0):
        raise Malformed("a unit key goes with its version")
    if len({grant.device for grant in grants}) != 1 or [g.spare for g in grants] != list(range(len(grants))):
        raise Malformed("the grants of one device, the first and its spares in order")
    return provision
