"""A province of made-up units whose devices write journals without a store: quick enough for millions.

Entries, chains, signatures and bundles are those of the program; only the counter's database is left out,
which the hub never sees. Each device writes requests with their receipts, day after day.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.sync import UNSEEN
from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import ReceiptBookOpened
from sync.hub.hub import Hub
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.dictionaries import newest_dictionary
from sync.protocol.carrying.run import Run, make_run
from sync.protocol.carrying.vector import Vector, make_vector
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import CHECKPOINT_EVERY, sign_checkpoint
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, Entry, resolve, write_entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.meeting.exchange import ExchangeAnswer, ExchangeRequest, pack_request, unpack_answer
from sync.protocol.naming.grants import JournalOpened, OpenReason
from sync.protocol.naming.ids import SELF, EntryId, journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey
from tools.made_up_records import record

BEGIN = 1_767_571_200_000
"""Noon of 2026-01-05 in Viet Nam, ms."""
DAY_MS = 86_400_000
RECORDS_A_DAY = 60
RECORDS_A_BOOK = 50
NOTHING = make_vector({})


class Device:
    """One granted device of ``unit``: its journal, and what the hub last said."""

    def __init__(self, hub: Hub, unit: str, name: str) -> None:
        granted = hub.add_grant(unit, name)
        self.unit, self.counter = unit, granted.counter
        self.journal = journal_of(granted.device, 1)
        self._key = SigningKey.fresh()
        self._hub_key = hub.public_key
        self._chance = Random(granted.device)
        self._seq, self._head = 0, first_head(self.journal)
        self._written: list[Entry] = []
        self._records = 0
        self._book = EntryId(self.journal, 1)
        self._head_before = self._head
        self.word: Vector = NOTHING
        grant = hub.grant_bytes(granted.device)
        exchange = ExchangeKey.fresh().public
        opened = JournalOpened(grant, self._key.public, exchange, 1, 0, OpenReason.ENROLLED)
        self._write([Draft(SystemKind.JOURNAL_OPENED, (SELF,), encode_body(opened))])

    @property
    def at(self) -> int:
        """The device's clock, ms: it moves with its work."""
        return BEGIN + self._records // RECORDS_A_DAY * DAY_MS + self._records % RECORDS_A_DAY * 60_000

    @property
    def day(self) -> int:
        """The working day as ``yyyymmdd``: months of 28 days, which is near enough for a load."""
        days = self._records // RECORDS_A_DAY
        return 20_260_101 + days // 28 % 12 * 100 + days % 28 + days // 336 * 10_000

    @property
    def seq(self) -> int:
        """The last entry written."""
        return self._seq

    def goes_on_from(self, seq: int, head: bytes) -> None:
        """The journal was lengthened behind the device's back: ``seq`` is its last entry now, under ``head``.

        What the device said it holds is forgotten: its next exchange begins from nothing.
        """
        self._seq, self._head, self._head_before, self._written = seq, head, head, []
        self.word = NOTHING

    def work(self, records: int) -> None:
        """Write ``records`` requests with their receipts: two entries each, and one a book."""
        for _ in range(records):
            if self._records % RECORDS_A_BOOK == 0:
                book = ReceiptBookOpened("BL-26T", f"{self._records:07d}", 1, RECORDS_A_BOOK, 1)
                self._book = self._write([draft(book, SELF)])[0].id
            serial = self._records
            self._write(record(UNSEEN, self._chance, serial, self.at, self.day, self._book, self.counter))
            self._records += 1

    def _write(self, drafts: Sequence[Draft]) -> list[Entry]:
        added = []
        for one in resolve(drafts, EntryId(self.journal, self._seq + 1)):
            self._seq += 1
            entry = write_entry(EntryId(self.journal, self._seq), one.facts(self.at, None, None), one.body)
            self._head = next_head(self._head, entry.header_hash)
            added.append(entry)
        self._written += added
        return added

    def request(self, want: int = 0) -> bytes:
        """An exchange that brings what was written since the last, signed as far as it goes."""
        bundle = b""
        if self._written:
            run = self._run()
            packed = Bundle(self.unit, self.journal, (run,))
            bundle = pack_bundle(packed, newest_dictionary())
        asked = ExchangeRequest(self.unit, self.journal, self.at, want, self.word, bundle)
        return pack_request(asked, self._key, self._hub_key)

    def _run(self) -> Run:
        head, points = self._head_before, []
        for place, entry in enumerate(self._written, 1):
            head = next_head(head, entry.header_hash)
            if place % CHECKPOINT_EVERY == 0 or place == len(self._written):
                points.append(sign_checkpoint(self._key, self.journal, entry.id.seq, head))
        run = make_run(self._head_before, self._written, points)
        self._head_before, self._written = head, []
        return run

    def heard(self, answer: bytes) -> ExchangeAnswer:
        """Take the hub's word. Raises RuntimeError when it refused or parked anything."""
        found = unpack_answer(answer, self.unit, self.word)
        if found.word is None or found.parked:
            raise RuntimeError(f"the hub refused: {found.refused or found.parked}")
        self.word = found.word.received
        return found


def make_province(hub: Hub, units: int, devices: int) -> list[Device]:
    """``devices`` of ``units`` units with made-up codes, every unit with as many, enrolled nowhere yet."""
    codes = [f"{place:05d}" for place in range(1, units + 1)]
    for code in codes:
        hub.add_unit(code, f"Xã tập huấn {code}")
    return [Device(hub, codes[place % units], f"QUẦY-{place // units + 1:02d}") for place in range(devices)]
