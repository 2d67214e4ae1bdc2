"""Is what lies here what lies at the province? Compared entry by entry each night, and when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.device_keys import kept_keys
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange import equality_words as words
from counter_app.services.exchange.outcome_words import trouble
from counter_app.services.ports.exchange import DAMAGED, NOT_PROVED, ProofView
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.journals.proved_heads import ProvedHeads
from counter_app.storage.this_pc import device
from sync.client.proof import Ask, FileAsker, LineAsker, NotAnswered, Proof, prove
from sync.client.transport import LineFault
from sync.protocol.meeting.heads import MAX_FILE_BYTES
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal

LAST = "equality.last"
NIGHT = time(2)
"""From this hour on a new day's comparison is due; a PC that was off then compares in the morning."""
AGAIN_MS = 3_600_000
"""Between two tries of a night's comparison that the line did not let through."""


class KeptProof(msgspec.Struct, frozen=True):
    """What the last comparison found; ``at`` is our clock (ms), ``by_file``: without a line."""

    verdict: str
    at: int
    compared: int
    ours: int = 0
    theirs: int = 0
    journal: int = 0
    seq: int = 0
    reading: str = ""
    by_file: bool = False

    @property
    def first(self) -> EntryId | None:
        """The first entry that differs."""
        return EntryId(self.journal, self.seq) if self.journal else None


class Equality:
    """Comparisons with the province. ``send`` carries one message to the hub or raises LineFault."""

    def __init__(self, work: Workplace, enrolment: Enrolment, send: Callable[[bytes], bytes]) -> None:
        self._work = work
        self._enrolment = enrolment
        self._send = send
        self._tried = 0

    def compare(self) -> ProofView:
        """Compare over the line now and keep what was found. Raises DomainError ``equality.line``."""
        enrolment = self._enrolment
        with self._work.store.read() as connection:
            keys = kept_keys(connection, enrolment.journal, self._work.device_secret)
        assert keys is not None
        ask = LineAsker(
            self._send, enrolment.unit, enrolment.journal, keys.signing, enrolment.hub_key, self._work.now
        )
        return self._compare(ask)

    def compare_with_file(self, path: Path) -> ProofView:
        """Compare with the province's file of heads. Raises DomainError ``equality.file``."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
            ask = FileAsker(data, self._enrolment.unit, self._enrolment.hub_key)
        except (OSError, Refusal) as error:
            raise words.bad_file(error) from error
        return self._compare(ask, by_file=True)

    def nightly(self) -> None:
        """Compare when a night's comparison is due; a line that fails is asked again an hour later."""
        now = self._work.now()
        with self._work.store.read() as connection:
            kept = _kept(connection)
        if now - self._tried < AGAIN_MS or not is_due(now, 0 if kept is None else kept.at):
            return
        self._tried = now
        try:
            self.compare()
        except DomainError:
            return

    def _compare(self, ask: Ask, *, by_file: bool = False) -> ProofView:
        with self._work.store.read() as connection:
            held = ProvedHeads(connection)
        try:
            found = self._proved(held, ask)
        except NotAnswered as refused:
            raise words.not_compared(trouble("refused", refused.code)) from refused
        except LineFault as fault:
            raise words.not_compared(trouble(fault.code)) from fault
        first = found.first or EntryId(0, 0)
        kept = KeptProof(
            found.verdict, self._work.now(), found.compared, found.ours, found.theirs,
            first.journal, first.seq, found.reading, by_file,
        )  # fmt: skip
        with self._work.store.write() as connection:
            device.put_setting(connection, LAST, msgspec.json.encode(kept).decode())
        self._work.changed("sync")
        with self._work.store.read() as connection:
            return last_proof(self._work, connection)

    def _proved(self, held: ProvedHeads, ask: Ask) -> Proof:
        if held.damaged is not None:  # no need to ask anybody: this is not what its author signed
            return Proof(DAMAGED, 0, 0, 0, 0, held.damaged)
        return prove(held, ask)


def last_proof(work: Workplace, connection: Connection) -> ProofView:
    """The last comparison of this PC in words."""
    kept = _kept(connection)
    if kept is None:
        return ProofView(NOT_PROVED, 0, *words.never())
    first = kept.first
    entry = None if first is None else entry_at(connection, first)
    owner = "" if first is None else work.counter_name(connection, first.journal)
    title, remedy = words.told(kept, work.now(), entry, owner)
    return ProofView(kept.verdict, kept.at, title, remedy, first)


def is_due(now: int, last: int) -> bool:
    """True when the latest two o'clock at night before ``now`` lies behind ``last`` (ms, 0: never)."""
    local = vn_datetime(now)
    night = datetime.combine(local.date(), NIGHT)
    if local.time() < NIGHT:
        night -= timedelta(days=1)
    return last < vn_instant(night)


def _kept(connection: Connection) -> KeptProof | None:
    text = device.setting(connection, LAST)
    return msgspec.json.decode(text, type=KeptProof) if text else None
