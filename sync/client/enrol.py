"""Enrolment: a grant becomes the first entry of a journal, with keys made on this PC. Offline, at once.

There is no request of its own: the first exchange brings the opening. A next life (restore, replacement,
re-image, copy, fork) is certified by the earlier life's key, or opened under a spare grant.
"""

from __future__ import annotations

from typing import NamedTuple

from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import (
    Grant,
    HubKeys,
    JournalOpened,
    OpenReason,
    certify_next_life,
    check_usable,
    read_grant,
)
from sync.protocol.naming.ids import FIRST_LIFE, MAX_LIFE, SELF, device_of, journal_of, life_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey
from sync.protocol.refusals import HubUnknown, NotAuthentic


class Enrolment(NamedTuple):
    """A journal ready to begin: append ``opening`` as its first entry, keep both keys in the secret store."""

    grant: Grant
    journal: int
    signing_key: SigningKey
    exchange_key: ExchangeKey
    opening: Draft


class PracticeMixed(HubUnknown):
    """A practice grant for real work, or a real one for practice: the two never meet."""

    code = "practice-mixed"


def check_grant(signed_grant: bytes, hub_keys: HubKeys, unit: str, at: int, practice: bool) -> Grant:
    """The grant, when this PC may use it at ``at`` (ms) in ``unit``.

    Raises Malformed, HubUnknown, NotAuthentic, OtherUnit, GrantExpired, PracticeMixed.
    """
    grant = read_grant(signed_grant, hub_keys)
    check_usable(grant, unit, at)
    if grant.practice != practice:
        raise PracticeMixed(f"a {'practice' if grant.practice else 'real'} grant")
    return grant


def enrol(signed_grant: bytes, hub_keys: HubKeys, unit: str, at: int, practice: bool = False) -> Enrolment:
    """Life 1 under a first or spare grant; fresh keys each time. Raises what ``check_grant`` raises."""
    grant = check_grant(signed_grant, hub_keys, unit, at, practice)
    return _open(signed_grant, grant, FIRST_LIFE, 0, OpenReason.ENROLLED, None)


def next_life(
    signed_grant: bytes,
    hub_keys: HubKeys,
    previous: tuple[int, int],
    reason: OpenReason,
    previous_key: SigningKey | None,
) -> Enrolment:
    """The life after journal ``previous[0]``, of which seq ``previous[1]`` was the last known.

    ``signed_grant`` is the device's own (its day of use does not count any more) when ``previous_key``
    certifies; without that key it must be a spare. Raises Malformed, HubUnknown, NotAuthentic.
    """
    grant = read_grant(signed_grant, hub_keys)
    journal, last_seq = previous
    if grant.device != device_of(journal):
        raise NotAuthentic(f"a grant of device {grant.device} for device {device_of(journal)}")
    if previous_key is None and grant.spare == 0:
        raise NotAuthentic("without the earlier life's key only a spare grant opens the next")
    life = life_of(journal) + 1
    if life > MAX_LIFE:
        raise NotAuthentic("a device has 255 lives")
    return _open(signed_grant, grant, life, last_seq, reason, previous_key)


def _open(
    signed_grant: bytes,
    grant: Grant,
    life: int,
    previous_seq: int,
    reason: OpenReason,
    previous_key: SigningKey | None,
) -> Enrolment:
    signing, exchange = SigningKey.fresh(), ExchangeKey.fresh()
    opened = JournalOpened(signed_grant, signing.public, exchange.public, life, previous_seq, reason)
    if previous_key is not None:
        opened = certify_next_life(previous_key, opened)
    draft = Draft(SystemKind.JOURNAL_OPENED, (SELF,), encode_body(opened))
    return Enrolment(grant, journal_of(grant.device, life), signing, exchange, draft)
