"""Kinds of entry about the people and posts of a unit (``law.md`` 4.1, 7.2)."""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Body, Code, Day, Digest, Escrow, Key, Moment, Salt, Seal, Short, Text

CHAIRMAN = "chu_tich"
ASSIGNED = "phan_cong"
AUTHORISED = "uy_quyen"


class OfficialRecorded(Body):
    """An official of the unit begins; subject: the official.

    ``roles`` are the codes of ``organisation.roles``; ``public_key`` is the Ed25519 key that
    seals his lots and closings; ``title_line`` is printed under the signature.
    """

    name: Short
    title_line: Short
    roles: tuple[Code, ...]
    public_key: Key
    login: Code


class OfficialChanged(Body):
    """Title, roles, standing or fields of an official change; subject: the official.

    ``fields`` are the fields of work (lĩnh vực) whose unclaimed dossiers are his; empty: every field. None,
    as older programs write, leaves them as they are. ``id_number`` (12 digits) and ``address`` are his own,
    against which conflicts of interest are told (NĐ 23/2015 art. 9(3)); None leaves them; with ``salt``.
    """

    title_line: Short
    roles: tuple[Code, ...]
    active: bool
    ground: Text
    fields: tuple[Short, ...] | None = None
    id_number: Code | None = None
    address: Text | None = None
    salt: Salt | None = None


class OfficialKeySet(Body):
    """A new sealing key for an official (forgotten passphrase); subject: the official.

    Two persons: ``second`` is the supervisor who stands for it, ``second_seal`` his signature.
    """

    public_key: Key
    ground: Text
    second: EntryId
    second_seal: Seal


class KeyRecovered(Body):
    """A new sealing key for a head whom nobody else could give one; subject: the head. Sealed by the new key.

    Two named officials witness it, or one and the province: ``first_seal`` covers the body with both seals
    empty, ``second_seal`` the body with the first in it; without a second, ``allowed`` is the province's act.
    """

    public_key: Key
    ground: Text
    first: EntryId
    first_seal: Seal
    second: EntryId | None
    second_seal: Seal
    allowed: EntryId | None = None


class RecoveryAllowed(Body):
    """The province lets one official witness the recovery of a head's account; subject: the head.

    Only in a journal of the province. Serves once, until the day ``until`` (``yyyymmdd``).
    """

    ground: Text
    until: Day


class KeyEscrowed(Body):
    """What opens a PC's store and backups, sealed to the province (``sync.protocol.naming.escrow``).

    Subject: the unit. ``recipient`` is the province's X25519 key; the journal says whose PC it is.
    """

    recipient: Key
    wrapped: Escrow


class PostRecorded(Body):
    """A post (vị trí việc làm) begins; work belongs to it, not to the person."""

    name: Short
    code: Code


class DelegationRecorded(Body):
    """A written act lets an official sign; subjects: delegation, official.

    ``basis`` is one of CHAIRMAN, ASSIGNED, AUTHORISED; ``prefix`` ("", "KT.", "TUQ.", "TL.") is
    data of the act (NĐ 30/2020 art. 13; for civil servants by phân công unverified [U]).
    ``scope`` holds register kinds (``copy``, ``signature`` ...) and ``dossier``: the letters of forms 04 and
    05. ``valid_to`` 0 means no end. ``scan`` is the SHA-256 of the scanned act; the file itself stays where
    it was taken and is brought to other PCs by hand.
    """

    act_number: Short
    act_date: Day
    basis: Code
    prefix: Code
    scope: tuple[Code, ...]
    valid_from: Day
    valid_to: Day
    signs_as: Short
    delegated_under: EntryId | None = None
    scan: Digest | None = None


class DelegationEnded(Body):
    """A delegation ends before its date; subject: the delegation."""

    on: Day
    ground: Text


class UnitPolicySet(Body):
    """A setting of the unit (who numbers, receiver = signer, medium of texts); subject: the unit.

    ``ground``: why, or by which decision, "" unsaid; None, as older programs write, likewise.
    """

    key: Code
    value: Short
    ground: Text | None = None


class PresenceSaid(Body):
    """An official is at work (``how`` is ``here``) or away on ``day``; subject: the unit.

    The counter is that of the journal. ``since`` (ms) is when it was so; ``until`` (ms) when an absence
    ends, 0 for the rest of the day. Says who is proposed, never who may sign.
    """

    official: EntryId
    day: Day
    how: Code
    since: Moment
    until: Moment = 0
