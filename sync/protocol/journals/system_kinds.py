"""Kinds 1-99: journals, devices, keys and questions. The bodies of everything that is not a commune's act.

``JournalOpened`` (1) stands in ``grants``. Numbers are never reused; a new field goes to the end with a
default.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.carrying.packing import pack_entry, unpack_entry
from sync.protocol.journals.codec import Body, Digest, Line, Millis, PublicKey, Small, UnitCode, Words
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import MAX_LIFE, MAX_SEQ, EntryId, Journal, Seq

Offset = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Code = Annotated[str, Meta(pattern=r"^[a-z0-9.-]{1,40}\Z", max_length=40)]
KeyId = Annotated[bytes, Meta(min_length=8, max_length=8)]


class SystemKind(IntEnum):
    """The numbers."""

    JOURNAL_OPENED = 1
    DEVICE_REVOKED = 2
    UNIT_KEY_ISSUED = 3
    CARRIED = 4
    REDACTED = 5
    FORK_FOUND = 6
    CLOCK_SEEN = 7
    DATE_CONFIRMED = 8
    UNIT_DESCRIBED = 9
    ENTRY_QUESTIONED = 10
    QUESTION_SETTLED = 11
    UNIT_ADOPTED = 12
    RESTORE_ANNOUNCED = 13
    AUTHORITY_ANNOUNCED = 14
    LAN_PLACE_SAID = 15


class DeviceRevoked(Body, frozen=True):
    """2: entries of ``journal`` after ``last_seq`` are stored and relayed, not read until admitted."""

    journal: Journal
    last_seq: Annotated[int, Meta(ge=0, le=MAX_SEQ)]
    reason: Words


class WrappedKey(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A unit key sealed to the X25519 key of one journal's device (0: the hub's), 80 bytes."""

    journal: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    wrapped: Annotated[bytes, Meta(min_length=80, max_length=80)]


class UnitKeyIssued(Body, frozen=True):
    """3: version ``version`` of the unit's key, for each device and the hub."""

    unit: UnitCode
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    keys: Annotated[tuple[WrappedKey, ...], Meta(min_length=1, max_length=400)]


class Carried(Body, frozen=True):
    """4: another journal's entry, whole. Folds use the inner identity; vector, chain and proof the envelope.

    Written by a unit's province journal for entries of other units, and by a device for its own stray acts
    after a fork.
    """

    entry: EntryId
    packed: Annotated[bytes, Meta(max_length=65_536)]

    def unpack(self) -> Entry:
        """The inner entry with its exact bytes. Raises Malformed."""
        return unpack_entry(self.entry, self.packed)


def carry(entry: Entry) -> Carried:
    """The envelope's body for ``entry``."""
    return Carried(entry.id, pack_entry(entry))


class Redacted(Body, frozen=True):
    """5: every holder drops the body of ``entry``; header and digest stay, the chain still verifies.

    ``ground`` is a code of the domain, ``act`` the document that ordered it. Columns of the paper register
    are never redacted.
    """

    entry: EntryId
    ground: Code
    act: Words


class ForkFound(Body, frozen=True):
    """6: two contents at one position. The branch held first stays; ``other`` names the strayed header's
    hash.
    """

    journal: Journal
    seq: Seq
    held: Digest
    other: Digest


class ClockSeen(Body, frozen=True):
    """7: the offset of the hub's clock to this PC's (ms, hub minus PC), known to ``error`` ms either way."""

    offset: Offset
    error: Small


class DatePurpose(IntEnum):
    """What a confirmed date serves."""

    PAPERS = 1
    NUMBERING = 2
    LOWER_GUARD = 3


class DateConfirmed(Body, frozen=True):
    """8: a person's answer to "Bây giờ là … ?": true time ``told`` while the PC's clock showed ``shown``
    (ms).

    Purpose 3, under the signatory's key, also lowers a guard that a wild clock had raised.
    """

    told: Millis
    shown: Millis
    purpose: Annotated[int, Meta(ge=1, le=255)]


class UnitDescribed(Body, frozen=True):
    """9: the unit as its papers name it; the latest one counts.

    ``superior`` and ``name`` are the two lines of the left block, ``centre`` the one-stop centre, ``place``
    the place in the date line.
    """

    unit: UnitCode
    name: Line
    superior: Line
    centre: Line
    province: Line
    place: Line
    address: Line
    phone: Line
    practice: bool


class EntryQuestioned(Body, frozen=True):
    """10: the hub asks back ("Tỉnh hỏi lại"); one ruling for each ``(entry, code)``.

    ``field`` names the body's field in question or is empty, ``words`` are for people, ``theirs`` what the
    province holds instead.
    """

    entry: EntryId
    code: Code
    field: Annotated[str, Meta(max_length=60)]
    words: Words
    theirs: Words = ""


class Settlement(IntEnum):
    """How a question ends, or continues."""

    CORRECTED = 1
    EXPLAINED = 2
    ASKED_BACK = 3
    WITHDRAWN = 4


class QuestionSettled(Body, frozen=True):
    """11: the answer to ``question``; ``correction`` is the correcting entry when there is one."""

    question: EntryId
    how: Annotated[int, Meta(ge=1, le=255)]
    words: Words
    correction: EntryId | None = None


class HeldJournal(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A journal as it stood."""

    journal: Journal
    seq: Seq
    head: Digest


class UnitAdopted(Body, frozen=True):
    """12: a unit that stood alone comes under a hub: its key, and the journals it takes over as they were."""

    unit: UnitCode
    hub_key: PublicKey
    journals: Annotated[tuple[HeldJournal, ...], Meta(max_length=400)]


class RestoreAnnounced(Body, frozen=True):
    """13: ``journal`` goes on as life ``life``; of the previous life ``last_seq`` was the last one known."""

    journal: Journal
    life: Annotated[int, Meta(ge=2, le=MAX_LIFE)]
    last_seq: Annotated[int, Meta(ge=0, le=MAX_SEQ)]
    reason: Words


class AuthorityAnnounced(Body, frozen=True):
    """14: counters also believe a server under ``certificate`` (PEM, "" for none), not a retired one.

    Written in ``common``. ``retires`` are SHA-256 digests of certificates (DER); the last is never given up.
    """

    certificate: Annotated[str, Meta(max_length=8_000)]
    retires: Annotated[tuple[Digest, ...], Meta(max_length=16)]


class LanPlaceSaid(Body, frozen=True):
    """15: where this counter listens on the office LAN, sealed under ``version`` of the unit's key.

    ``meeting.lan_place`` opens it. The latest of a device counts; whoever does not know the kind skips it.
    """

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    sealed: Annotated[bytes, Meta(min_length=66, max_length=200)]


SYSTEM_BODIES: dict[tuple[int, int], type[Body]] = {
    (SystemKind.JOURNAL_OPENED, 1): JournalOpened,
    (SystemKind.DEVICE_REVOKED, 1): DeviceRevoked,
    (SystemKind.UNIT_KEY_ISSUED, 1): UnitKeyIssued,
    (SystemKind.CARRIED, 1): Carried,
    (SystemKind.REDACTED, 1): Redacted,
    (SystemKind.FORK_FOUND, 1): ForkFound,
    (SystemKind.CLOCK_SEEN, 1): ClockSeen,
    (SystemKind.DATE_CONFIRMED, 1): DateConfirmed,
    (SystemKind.UNIT_DESCRIBED, 1): UnitDescribed,
    (SystemKind.ENTRY_QUESTIONED, 1): EntryQuestioned,
    (SystemKind.QUESTION_SETTLED, 1): QuestionSettled,
    (SystemKind.UNIT_ADOPTED, 1): UnitAdopted,
    (SystemKind.RESTORE_ANNOUNCED, 1): RestoreAnnounced,
    (SystemKind.AUTHORITY_ANNOUNCED, 1): AuthorityAnnounced,
    (SystemKind.LAN_PLACE_SAID, 1): LanPlaceSaid,
}
"""``{(kind, version): body type}`` of the system kinds."""
