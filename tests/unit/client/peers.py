"""Holders of journals in memory with the product's own protocol, and a small hub: fast enough for thousands
of exchanges. Everything that is signed, chained or packed is real; only tables and readings are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from sync.protocol.carrying.bundle import Bundle, Dictionaries, fill_bundle
from sync.protocol.carrying.ingest import plan_ingest
from sync.protocol.carrying.lean import Past
from sync.protocol.carrying.run import Run, make_run
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import SignedVector, Vector, lacking, make_vector, sign_vector
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import Checkpoint, checkpoint_due, sign_checkpoint
from sync.protocol.journals.codec import decode_body, encode, encode_body
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.meeting.exchange import (
    ExchangeAnswer,
    ExchangeRequest,
    HeadAt,
    Parked,
    SignedRequest,
    pack_answer,
    unpack_request,
)
from sync.protocol.meeting.parcel import signing_key_of
from sync.protocol.naming.grants import (
    Grant,
    JournalOpened,
    Opening,
    certify_next_life,
    sign_grant,
    verify_opening,
)
from sync.protocol.naming.ids import EntryId, device_of, is_province, journal_of, unit_journal
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey
from sync.protocol.refusals import NewerFormat, Refusal, SenderUnknown

UNIT = "00000"
AT = 1_795_312_800_000
HUB_KEY = SigningKey(bytes([1]) * 32)
HUB_KEYS = {HUB_KEY.key_id: HUB_KEY.public}
UNIT_KEY = UnitKey(UNIT, 1, bytes([7]) * 32)
EXCHANGE_KEY = ExchangeKey(bytes([5]) * 32)
ACT = 100


class MemoryStore:
    """``StorePort`` and ``Known`` over lists. ``wrote`` appends acts of its own, as a counter would."""

    def __init__(self, journal: int, key: SigningKey, opened: JournalOpened, unit: str = UNIT) -> None:
        self._unit = unit
        self._journal = journal
        self.key = key
        self.entries: dict[int, list[Entry]] = {}
        self.heads: dict[int, list[bytes]] = {}
        self.points: dict[int, list[Checkpoint]] = {}
        self.word: SignedVector | None = None
        self.at = AT
        self.ingested = 0
        self._append(1, encode_body(opened), (EntryId(journal, 1),))

    @property
    def unit(self) -> str:
        return self._unit

    @property
    def journal(self) -> int:
        return self._journal

    def wrote(self, *bodies: object) -> None:
        """An act for each body, on a subject of its own."""
        for body in bodies or ("một bản sao",):
            self._append(ACT, encode([body]), (EntryId(self._journal, self.held_to(self._journal) + 1),))

    def _append(self, kind: int, body: bytes, subjects: tuple[EntryId, ...]) -> None:
        self.at += 1_000
        place = EntryId(self._journal, self.held_to(self._journal) + 1)
        self._add(write_entry(place, Facts(self.at, kind, 1, 0, None, None, subjects), body))
        if checkpoint_due(place.seq, self._covered(self._journal)):
            self.hand_over()

    def _add(self, entry: Entry) -> None:
        journal = entry.id.journal
        heads = self.heads.setdefault(journal, [first_head(journal)])
        self.entries.setdefault(journal, []).append(entry)
        heads.append(next_head(heads[-1], entry.header_hash))

    def held_to(self, journal: int) -> int:
        return len(self.entries.get(journal, ()))

    def _covered(self, journal: int) -> int:
        return max((point.seq for point in self.points.get(journal, ())), default=0)

    def hand_over(self) -> None:
        last = self.held_to(self._journal)
        if checkpoint_due(last, self._covered(self._journal), handing_over=True):
            point = sign_checkpoint(self.key, self._journal, last, self.heads[self._journal][last])
            self.points.setdefault(self._journal, []).append(point)

    def vector(self) -> Vector:
        covered = {journal: self._covered(journal) for journal in self.entries}
        return make_vector({journal: (seq, self.heads[journal][seq]) for journal, seq in covered.items()})

    def heads_at(self, positions: Mapping[int, int]) -> dict[int, bytes]:
        return {j: self.heads[j][seq] for j, seq in positions.items() if 0 < seq <= self.held_to(j)}

    def pieces_from(self, first: Mapping[int, int], most_bytes: int) -> Sequence[Run]:
        pieces: list[Run] = []
        for journal in sorted(first, key=lambda number: (not is_province(number), number)):
            start = first[journal]
            for point in sorted(self.points.get(journal, ()), key=lambda one: one.seq):
                if point.seq < start:
                    continue
                entries = self.entries[journal][start - 1 : point.seq]
                pieces.append(make_run(self.heads[journal][start - 1], entries, [point]))
                start = point.seq + 1
                most_bytes -= sum(len(one.body or b"") + len(one.facts_bytes) for one in entries) + 64
                if most_bytes <= 0:
                    return pieces
        return pieces

    def ingest(self, bundle: Bundle) -> Ingested:
        plan = plan_ingest(self, bundle.runs, HUB_KEYS)
        for step in plan.steps:
            for entry in step.entries:
                self._add(entry)
            self.points.setdefault(step.journal, []).extend(step.checkpoints)
        self.ingested += plan.applied
        parked = tuple((one.entry, one.code) for one in plan.parked)
        return Ingested(plan.applied, parked, tuple(sorted({fork.journal for fork, _ in plan.forks})))

    def last_word(self) -> SignedVector | None:
        return self.word

    def keep_word(self, word: SignedVector) -> None:
        if self.word is None or (self.word.life, self.word.at) <= (word.life, word.at):
            self.word = word

    def position(self, journal: int) -> tuple[int, bytes]:
        heads = self.heads.get(journal, [first_head(journal)])
        return len(heads) - 1, heads[-1]

    def held(self, journal: int, first: int, last: int) -> Sequence[Entry]:
        return self.entries[journal][first - 1 : last]

    def head_at(self, journal: int, seq: int) -> bytes:
        return self.heads[journal][seq]

    def opening(self, journal: int) -> Opening | None:
        held = self.entries.get(journal)
        return verify_opening(held[0], HUB_KEYS, self._key_of) if held else None

    def _key_of(self, earlier: int) -> bytes | None:
        found = self.opening(earlier)
        return None if found is None else found.opened.signing_key

    def openings_of(self, device: int) -> Sequence[Opening]:
        found = [self.opening(journal) for journal in self.entries if device_of(journal) == device]
        return [opening for opening in found if opening is not None]


def counter(device: int, seed: int = 0) -> MemoryStore:
    """A counter just enrolled under a grant; another ``seed`` is another PC with the same grant."""
    key = SigningKey(bytes([seed or device % 200 + 20]) * 32)
    grant = Grant(UNIT, device, device, f"QUẦY-{device:02d}", 2**62, 0, HUB_KEY.key_id, True)
    opened = JournalOpened(sign_grant(grant, HUB_KEY), key.public, EXCHANGE_KEY.public, 1, 0, 1)
    return MemoryStore(journal_of(device, 1), key, opened)


def next_life(before: MemoryStore) -> MemoryStore:
    """The PC of ``before``, restored with all it held, in the next life of its journal."""
    was = decode_body(JournalOpened, before.entries[before.journal][0].body or b"")
    key = SigningKey(bytes([was.life + 100]) * 32)
    opened = JournalOpened(
        was.grant, key.public, EXCHANGE_KEY.public, was.life + 1, before.held_to(before.journal), 2
    )
    store = MemoryStore(before.journal + 1, key, certify_next_life(before.key, opened))
    before.hand_over()
    for journal in before.entries:
        store.entries[journal] = list(before.entries[journal])
        store.heads[journal] = list(before.heads[journal])
        store.points[journal] = list(before.points.get(journal, ()))
    return store


def province() -> MemoryStore:
    """The province's journal of the unit, with its opening."""
    opened = JournalOpened(b"", HUB_KEY.public, EXCHANGE_KEY.public, 1, 0, 1)
    return MemoryStore(unit_journal(UNIT), HUB_KEY, opened)


class MemoryHub:
    """The hub's side of an exchange as the format asks for it. ``life`` rises when it is restored."""

    def __init__(self, dictionaries: Dictionaries = lambda _: None, dictionary: bytes | None = None) -> None:
        self.store = province()
        self.clock: Callable[[], int] = lambda: AT + 5_000_000
        self.life = 1
        self.knows = 3
        """The newest format of an exchange that it reads."""
        self.backed_up: Vector | None = None
        self.asked: list[SignedRequest] = []
        self._dictionaries = dictionaries
        self._dictionary = dictionary

    def exchange(self, data: bytes) -> bytes:
        since = None
        try:
            signed = unpack_request(data)
            if signed.request.brief + signed.request.tight >= self.knows:
                raise NewerFormat("a newer format of the exchange")
            self.asked.append(signed)
            since = signed.request.at if signed.request.brief else None
            return pack_answer(self._answer(signed), signed.request.vector, since)
        except Refusal as refusal:
            said = ExchangeAnswer(self.clock(), None, refused=refusal.code)
            return pack_answer(said, Vector({}, b""), since)

    def past(self, journal: int, first: int, last: int) -> Past | None:
        if self.store.held_to(journal) < last:
            return None
        return Past(self.store.head_at(journal, last), self.store.held(journal, first, last))

    def _answer(self, signed: SignedRequest) -> ExchangeAnswer:
        request = signed.request
        bundle = signed.open_bundle(
            self._dictionaries, lambda first, last: self.past(request.journal, first, last)
        )
        runs = bundle.runs if bundle else ()
        key = signing_key_of(request.journal, self.store, HUB_KEYS, runs)
        if key is None:
            raise SenderUnknown(f"journal {request.journal}")
        signed.verify(key, HUB_KEY)
        ingested = self.store.ingest(bundle) if bundle else Ingested()
        self.store.hand_over()
        held = self.store.vector()
        data, more = self._bundle(held, request)
        heads: tuple[HeadAt, ...] = ()
        if held.forked_from(request.vector):
            told = self.store.heads_at(held.positions)
            heads = tuple(HeadAt(journal, held.positions[journal], head) for journal, head in told.items())
        word = sign_vector(HUB_KEY, UNIT, self.clock(), self.life, held, self.backed_up or held)
        parked = tuple(Parked(entry, code) for entry, code in ingested.parked)
        return ExchangeAnswer(self.clock(), word, data, more, parked, heads)

    def _bundle(self, held: Vector, request: ExchangeRequest) -> tuple[bytes, bool]:
        needed = lacking(held, request.vector)
        if request.behind:
            needed = self._filled(held, needed, request.behind)[1]
        if not (needed and request.want):
            return b"", bool(needed)
        data, left = self._filled(held, needed, request.want)
        return data, bool(left)

    def _filled(self, held: Vector, needed: dict[int, int], size: int) -> tuple[bytes, dict[int, int]]:
        """A bundle of ``size`` bytes, and what is needed behind it."""
        pieces = self.store.pieces_from(needed, size * 12)
        data, count = fill_bundle(Bundle(UNIT, self.store.journal, ()), pieces, size, self._dictionary)
        left = needed | {run.journal: run.last_seq + 1 for run in pieces[:count]}
        return data, {journal: first for journal, first in left.items() if first <= held.positions[journal]}


def bent(run: Run) -> Run:
    """``run`` with another body at its last entry: what a forger or a bad disk makes of it."""
    last = run.entries[-1]
    other = write_entry(last.id, last.facts, encode(["khác"]))
    return msgspec.structs.replace(run, entries=(*run.entries[:-1], other))
