"""Which held entries are read: not a revoked device's later ones, nor acts without their official's seal.

One judgement for counter and hub, so that both read alike. What is not read is stored and passed on all the
same: the chain of its journal must go on. The verdict is derived, and taken again when a key or a revocation
arrives.
"""

from collections.abc import Iterable, Mapping

from counter_app.domain.dossiers.entries import OfficialCodeGiven, PortalStateReported
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.lookups.entries import LookupAnswered, SystemStandingSaid
from counter_app.domain.organisation.entries import (
    KeyRecovered,
    OfficialKeySet,
    OfficialRecorded,
    RecoveryAllowed,
)
from counter_app.domain.organisation.recovering import first_message
from counter_app.domain.province.entries import DataPut
from counter_app.domain.seconds import second_message, signed_second
from counter_app.domain.tickets.entries import AskedFromAfar, TicketAnswered
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.naming.officials import verify_seal
from sync.protocol.refusals import NotAuthentic

REVOKED = "revoked"
NO_SEAL = "seal"
OFFICIAL_UNKNOWN = "official-unknown"
NOT_THEIRS = "not-theirs"
PROVINCE_ALONE = frozenset({
    SystemKind.DEVICE_REVOKED, SystemKind.UNIT_KEY_ISSUED, SystemKind.CARRIED, SystemKind.UNIT_DESCRIBED,
    SystemKind.ENTRY_QUESTIONED, SystemKind.QUESTION_SETTLED, SystemKind.AUTHORITY_ANNOUNCED,
    *(BY_BODY[body].number for body in (
        DataPut, OfficialCodeGiven, PortalStateReported, LookupAnswered, SystemStandingSaid,
        TicketAnswered, AskedFromAfar, RecoveryAllowed,
    )),
})  # fmt: skip
"""Kinds that mean something in a journal of the province alone. In a counter's they are kept and not read: a
PC that was taken over revokes nobody, sets no fees, gives no official code and puts no words into another's
mouth (``Carried`` names its author).
"""
KEY_KINDS = tuple(
    BY_BODY[body].number for body in (OfficialRecorded, OfficialKeySet, KeyRecovered, RecoveryAllowed)
)
"""Kinds of entries that bring an official's key, or let one be brought."""
_NewKey = OfficialKeySet | KeyRecovered


class Judge:
    """Judges entries by ``revoked`` (``{journal: last seq that counts}``) and the keys it has learned."""

    def __init__(self, revoked: Mapping[int, int]) -> None:
        self.revoked = revoked
        self._keys: dict[EntryId, list[bytes]] = {}
        self._unproved: list[tuple[EntryId, _NewKey]] = []
        self._allowed: set[tuple[EntryId, EntryId]] = set()

    def learn(self, entries: Iterable[Entry]) -> None:
        """Every key an official ever had counts: an old act stays sealed by the key of its day.

        A replaced key counts once the second person's signature over it is proved by a key of his, one
        that was recovered once both witnesses' are, or one's and the province's act is held. So nobody who
        holds a PC gives himself another's seal. Whether they had the right the province asks afterwards.
        """
        for entry in entries:
            body = read_fact(entry).body if entry.facts.kind in KEY_KINDS else None
            if isinstance(body, OfficialRecorded):
                self._keys.setdefault(entry.facts.subjects[0], []).append(body.public_key)
            elif isinstance(body, _NewKey):
                self._unproved.append((entry.facts.subjects[0], body))
            elif isinstance(body, RecoveryAllowed) and is_province(entry.id.journal):
                self._allowed.add((entry.id, entry.facts.subjects[0]))
        while proved := [one for one in self._unproved if self._is_proved(*one)]:
            self._unproved = [one for one in self._unproved if one not in proved]
            for subject, body in proved:
                self._keys.setdefault(subject, []).append(body.public_key)

    def _is_proved(self, official: EntryId, body: _NewKey) -> bool:
        if isinstance(body, KeyRecovered):
            if body.first in (official, body.second):
                return False
            if not self._signed(body.first, first_message(body, official), body.first_seal):
                return False
        if body.second is None:  # of a recovered key alone
            return body.allowed is not None and (body.allowed, official) in self._allowed
        if body.second == official:
            return False
        return self._signed(body.second, second_message(body, official), body.second_seal)

    def _signed(self, who: EntryId, message: bytes, seal: bytes) -> bool:
        return any(signed_second(key, message, seal) for key in self._keys.get(who, ()))

    def judge(self, entry: Entry) -> str | None:
        """Why ``entry`` is not read, None when it is."""
        if entry.id.seq > self.revoked.get(entry.id.journal, entry.id.seq):
            return REVOKED
        if is_province(entry.id.journal):
            return None
        if entry.facts.kind in PROVINCE_ALONE:
            return NOT_THEIRS
        kind = BY_NUMBER.get(entry.facts.kind)
        by_seal = entry.facts.kind == SystemKind.REDACTED or (kind is not None and kind.sealed)
        if not by_seal:
            return None
        actor = entry.facts.actor
        if actor is None or not entry.seal:
            return NO_SEAL
        keys = self._keys.get(actor)
        if keys is None:
            return OFFICIAL_UNKNOWN
        return None if any(_verifies(entry, public) for public in keys) else NO_SEAL


def changes_verdicts(entries: Iterable[Entry]) -> bool:
    """True when one of ``entries`` may make others readable or unreadable."""
    return any(entry.facts.kind in (*KEY_KINDS, SystemKind.DEVICE_REVOKED) for entry in entries)


def _verifies(entry: Entry, public: bytes) -> bool:
    try:
        verify_seal(entry, public)
    except NotAuthentic:
        return False
    return True
