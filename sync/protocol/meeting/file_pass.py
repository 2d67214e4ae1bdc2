"""The pass a device shows with each request for files: who, when, and a tag only it and the hub can make.

Form: ``unit.journal.at.tag`` - five digits, decimal journal, decimal ms of the hub's clock as the device
knows it, 32 hex digits - behind ``Authorization: Counter``. The tag is that of exchange requests
(``pairing``) under a purpose of its own. It is no signature under what is sent: a file proves itself when it
is whole, and TLS keeps others out. It is good for ``GOOD_FOR_MS`` around the hub's clock; a hub that refuses
tells its clock.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sync.protocol.meeting.pairing import check_tag, request_tag
from sync.protocol.naming.ids import MAX_JOURNAL
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed

SCHEME: Final = "Counter"
GOOD_FOR_MS: Final = 10 * 60_000
_PURPOSE: Final = b"commune-counter files 1"
_FORM: Final = re.compile(r"Counter (([0-9]{5})\.([1-9][0-9]{0,9})\.([0-9]{1,15}))\.([0-9a-f]{32})")


class FilePass(msgspec.Struct, frozen=True):
    """A pass as it was shown; ``verify`` before anything is believed."""

    unit: str
    journal: int
    at: int
    said: str
    tag: bytes

    def verify(self, public: bytes, hub: SigningKey) -> None:
        """Raises NotAuthentic unless the device with key ``public`` made it for this hub."""
        check_tag(public, hub, _PURPOSE + self.said.encode("ascii"), self.tag)

    def is_fresh(self, now: int) -> bool:
        """True within ``GOOD_FOR_MS`` of the hub's clock ``now``."""
        return abs(self.at - now) <= GOOD_FOR_MS


def write_pass(unit: str, journal: int, at: int, key: SigningKey, hub_public: bytes) -> str:
    """The value of the Authorization header; ``at`` is the hub's clock as the device knows it (ms)."""
    said = f"{unit}.{journal}.{at}"
    return f"{SCHEME} {said}.{request_tag(key, hub_public, _PURPOSE + said.encode('ascii')).hex()}"


def read_pass(value: str) -> FilePass:
    """The pass in an Authorization header. Raises Malformed."""
    found = _FORM.fullmatch(value)
    if found is None:
        raise Malformed("no pass of a device")
    said, unit, journal, at, tag = found.groups()
    if int(journal) > MAX_JOURNAL:
        raise Malformed("no journal")
    return FilePass(unit, int(journal), int(at), said, bytes.fromhex(tag))
