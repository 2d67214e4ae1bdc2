"""The results of one PC's self-test as a file: JSON for people and programs, signed by the device.

Signed is the JSON of everything but ``signature``, fields in the order below, no blanks. Whoever stopped
being a device (a copy, a revoked PC) writes without a signature. Read from strangers' sticks, hence strictly.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from sync.protocol.naming.keys import KEY_BYTES, Purpose, SigningKey, verify
from sync.protocol.refusals import Malformed, NotAuthentic

FOLDER: Final = "doctor"
"""Where the files lie on a stick."""
FORMAT: Final = "commune-counter doctor 1"
MAX_BYTES: Final = 512 * 1024
LAST_MOMENT: Final = 253_000_000_000_000
"""ms; a moment that any calendar can show."""

_Short = Annotated[str, Meta(max_length=200)]
_Long = Annotated[str, Meta(max_length=2_000)]
_Number = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_Moment = Annotated[int, Meta(ge=0, le=LAST_MOMENT)]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One check: its stable name, verdict, and words in Vietnamese."""

    code: Annotated[str, Meta(max_length=40, pattern=r"^[a-z_]+\Z")]
    verdict: Annotated[str, Meta(max_length=20)]
    title: _Short
    words: _Long
    remedy: _Long = ""


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One run on one PC. ``journal`` 0 for a PC that may not write; ``at`` in ms since 1970 UTC."""

    format: Literal["commune-counter doctor 1"] = "commune-counter doctor 1"
    unit: Annotated[str, Meta(pattern=r"^[0-9]{5}\Z")]
    counter: Annotated[int, Meta(ge=0, le=9_999)]
    name: _Short
    journal: _Number
    device: _Number
    life: _Number
    version: _Short
    system: _Short
    at: _Moment
    practice: bool
    lines: Annotated[tuple[Line, ...], Meta(max_length=200)]

    def count(self, verdict: str) -> int:
        """How many lines have that verdict."""
        return sum(line.verdict == verdict for line in self.lines)


class _Sealed(Report, frozen=True, forbid_unknown_fields=True, kw_only=True):
    key: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    signature: Annotated[str, Meta(pattern=r"^([0-9a-f]{128})?\Z")]


class Read(msgspec.Struct, frozen=True):
    """A file as read: the report, and the public key whose signature holds, ``b""`` for an unsigned one."""

    report: Report
    key: bytes


def sealed(report: Report, key: SigningKey | None) -> bytes:
    """The file's bytes, signed by ``key`` where there is one."""
    public = "" if key is None else key.public.hex()
    told = {**_fields(report), "key": public}
    signature = "" if key is None else key.sign(Purpose.DOCTOR, _signed(told)).hex()
    return msgspec.json.format(msgspec.json.encode({**told, "signature": signature}), indent=1) + b"\n"


def opened(data: bytes) -> Read:
    """Read a file. Raises Malformed for what is none, NotAuthentic for one that was changed."""
    if len(data) > MAX_BYTES:
        raise Malformed("larger than a self-test's file can be")
    try:
        found = msgspec.json.decode(data, type=_Sealed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("no file of a self-test") from error
    told = {**_fields(found), "key": found.key}
    if bool(found.key) != bool(found.signature):
        raise NotAuthentic("half a signature")
    if found.key:
        public = bytes.fromhex(found.key)
        assert len(public) == KEY_BYTES
        verify(public, Purpose.DOCTOR, _signed(told), bytes.fromhex(found.signature))
    return Read(Report(**_fields(found)), bytes.fromhex(found.key))


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in Report.__struct_fields__}


def _signed(told: dict[str, Any]) -> bytes:
    return msgspec.json.encode(told)
