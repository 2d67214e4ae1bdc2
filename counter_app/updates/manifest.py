"""The manifest of a version: what it is, for whom and until when, signed by offline keys, two of three.

Its file is JSON with the body as base64 text and signatures by key; signed are the body's bytes, so nothing
has to be
written the same way twice. All of it is bytes from strangers: limited in size, strict, refused in words.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from counter_app.updates.words import UpdateError
from sync.protocol.naming.keys import Purpose, SigningKey, verify
from sync.protocol.refusals import NotAuthentic

FORMAT: Final = 1
MOST_BYTES: Final = 64 * 1024
MOST_APPLICATION: Final = 200 * 1024 * 1024
SIGNATURES_NEEDED: Final = 2
MOST_KEYS: Final = 5
DAY_MS: Final = 24 * 3_600_000
SHORTEST_MS: Final = 90 * DAY_MS
"""A counter that was offline for a season must still take what waits for it."""
LONGEST_MS: Final = 400 * DAY_MS
"""A manifest that never ends could be shown for ever in place of a newer one."""
_VERSION: Final = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}", re.ASCII)

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+_-]{0,119}$")]
Version = Annotated[str, Meta(pattern=r"^\d{1,4}(\.\d{1,4}){1,3}$")]
Size = Annotated[int, Meta(ge=1, le=MOST_APPLICATION)]


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file to fetch: ``size`` bytes with this digest; ``base`` is the digest of the zip a difference
    starts from."""

    name: FileName
    size: Size
    sha256: Sha256
    base: Sha256 | None = None


class Ring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom: these units, and of all others ``percent`` of the PCs, the same ones each time."""

    units: Annotated[tuple[Annotated[str, Meta(max_length=10)], ...], Meta(max_length=2_000)] = ()
    percent: Annotated[int, Meta(ge=0, le=100)] = 0

    def holds(self, unit: str, device: int, version: str) -> bool:
        """Is this PC among those who take the version now? Another tenth goes first with each version."""
        if unit in self.units:
            return True
        drawn = hashlib.sha256(f"{version}/{unit}/{device}".encode()).digest()
        return int.from_bytes(drawn[:4]) % 100 < self.percent


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the keys' holders say. ``serial`` only rises, also when nothing but the ring or the pause changes.

    ``made`` and ``expires`` in ms; ``runtime`` is the folder the version runs in, which comes by an
    installer.
    """

    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    serial: Annotated[int, Meta(ge=1, le=1_000_000_000)]
    version: Version
    made: Annotated[int, Meta(ge=0, le=1 << 50)]
    expires: Annotated[int, Meta(ge=0, le=1 << 50)]
    runtime: FileName
    application: Piece
    deltas: Annotated[tuple[Piece, ...], Meta(max_length=20)] = ()
    ring: Ring = Ring()
    paused: bool = False

    def delta_from(self, base: str) -> Piece | None:
        """The difference that starts from the zip with digest ``base``."""
        return next((one for one in self.deltas if one.base == base), None)


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: str
    signatures: Annotated[dict[Sha256, str], Meta(max_length=MOST_KEYS)]


class Seen(NamedTuple):
    """What this PC saw last: the highest serial, the digest of its body, the latest moment it knew (ms)."""

    serial: int = 0
    digest: str = ""
    moment: int = 0


class Read(NamedTuple):
    """A manifest whose signatures hold, and the digest of its body."""

    manifest: Manifest
    digest: str


def read(data: bytes, keys: Sequence[bytes]) -> Read:
    """A manifest under two of ``keys`` (raw public Ed25519 keys).

    Raises UpdateError ``update.no_keys``, ``update.unreadable``, ``update.signatures``.
    """
    if len(set(keys)) < SIGNATURES_NEEDED:
        raise UpdateError("update.no_keys")
    if len(data) > MOST_BYTES:
        raise UpdateError("update.unreadable", "too large")
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        body = base64.b64decode(envelope.body, validate=True)
    except (msgspec.MsgspecError, binascii.Error, ValueError, RecursionError) as error:
        raise UpdateError("update.unreadable", type(error).__name__) from error
    if len(_signers(body, envelope.signatures, keys)) < SIGNATURES_NEEDED:
        raise UpdateError("update.signatures")
    try:
        manifest = msgspec.json.decode(body, type=Manifest)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UpdateError("update.unreadable", str(error)) from error
    return Read(manifest, hashlib.sha256(body).hexdigest())


def check(found: Read, seen: Seen, now: int) -> None:
    """Is it one to go by: not older than what was seen, not run out, not without end?

    ``now`` is the PC's clock in ms; a clock put back does not bring an old manifest to life again.
    Raises UpdateError ``update.old``, ``update.mixed``, ``update.expired``, ``update.endless``.
    """
    manifest = found.manifest
    if manifest.serial < seen.serial:
        raise UpdateError("update.old", f"{manifest.serial} < {seen.serial}")
    if manifest.serial == seen.serial and found.digest != seen.digest:
        raise UpdateError("update.mixed", f"two manifests {manifest.serial}")
    lasts = manifest.expires - manifest.made
    if not SHORTEST_MS <= lasts <= LONGEST_MS:
        raise UpdateError("update.endless", f"{lasts // DAY_MS} days")
    if max(now, seen.moment) >= manifest.expires:
        raise UpdateError("update.expired")


def order_of(version: str) -> tuple[int, ...]:
    """A version as numbers to compare by; what is none comes before all. ``1.10`` is newer than ``1.9``."""
    core = version.partition("+")[0]
    if _VERSION.fullmatch(core) is None:
        return ()
    numbers = [int(part) for part in core.split(".")]
    return (*numbers, *([0] * (4 - len(numbers))))


def write(manifest: Manifest) -> bytes:
    """The file without a signature yet: what goes to the offline keys."""
    body = base64.b64encode(msgspec.json.encode(manifest)).decode()
    return msgspec.json.encode(_Envelope(body, {}))


def sign(data: bytes, key: SigningKey) -> bytes:
    """The file with the signature of ``key`` added. Raises UpdateError ``update.unreadable``."""
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        body = base64.b64decode(envelope.body, validate=True)
        msgspec.json.decode(body, type=Manifest)  # nobody signs what no counter would read
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise UpdateError("update.unreadable", str(error)) from error
    signatures = {**envelope.signatures, key.public.hex(): key.sign(Purpose.UPDATE, body).hex()}
    return msgspec.json.encode(_Envelope(envelope.body, signatures))


def _signers(body: bytes, signatures: Mapping[str, str], keys: Sequence[bytes]) -> set[bytes]:
    """Which of ``keys`` signed; each counts once, unknown ones not at all."""
    found = set()
    for key in set(keys):
        try:
            verify(key, Purpose.UPDATE, body, bytes.fromhex(signatures.get(key.hex(), "")))
        except (NotAuthentic, ValueError):
            continue
        found.add(key)
    return found
