"""The hub under requests nobody should send: bent, in another's name, and bent ones signed by right.

No answer is a 5xx. A request that no enrolled device authenticated never begins a transaction that writes.
What the hub holds in the end is, byte for byte, what its authors signed; everything verifies.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.folding.readable import READABLE
from sync.hub.hub import Hub
from sync.hub.serving.app import make_app
from sync.protocol.carrying.bundle import PREFIX, Bundle, bundle_contents
from sync.protocol.journals.entry import Facts, write_entry
from sync.protocol.meeting.exchange import ExchangeRequest, pack_request, unpack_answer, unpack_request
from sync.protocol.meeting.file_pass import write_pass
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Refusal
from tests.fuzz import tus
from tests.fuzz.asking import Asking, Pairs
from tests.fuzz.binaries import BODIES, _bodies
from tests.fuzz.enrolled import OTHER, UNIT, enrol, granted, make_hub, request
from tests.fuzz.mutating import Mutator
from tests.support.invariants import hub_broken, hub_contents
from tests.unit.client.peers import AT, MemoryStore

EXCHANGE = "/v1/exchange"
OPEN_VIEWS = ("/v1/health", "/v1/check", "/v1/check-list", "/v1/openapi.json")
VIEWS = (
    *OPEN_VIEWS,
    "/v1/fleet",
    "/v1/kpi/20261120",
    f"/v1/units/{UNIT}/kpi/20261120/overdue",
    f"/v1/units/{UNIT}/vector",
    f"/v1/units/{UNIT}/registers/copy/2026/11",
    f"/v1/units/{UNIT}/questions/open",
    f"/v1/units/{UNIT}/dossiers",
    f"/v1/units/{UNIT}/dossiers/00000002126112000185",
    "/",
    "/kpi",
    "/fleet",
    "/check",
    "/login",
    f"/kpi/{UNIT}/overdue",
    f"/dossiers/{UNIT}/1",
    "/pages/fonts/x",
)
QUERIES = (b"", b"day=20261120", b"code=MC1:ABC", b"page=2", b"lang=en", b"day=abc", b"next=//x", b"page=-1")
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X")
MOST_ACTS = 3_000
"""Bent acts that the hub has to take, since their author signed them: so many, that the store stays small."""


class Ask(NamedTuple):
    """One request and whether it may change the store."""

    method: str
    path: str
    headers: Pairs = ()
    body: bytes = b""
    query: bytes = b""
    may_write: bool = False


class HubUnderFire:
    """A hub with four counters: two of a unit, one of another, one revoked; one more is granted only."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        """``folder`` is empty. Close it."""
        self.hub: Hub = make_hub(folder)
        self.devices = [enrol(self.hub), enrol(self.hub), enrol(self.hub, OTHER)]
        self.revoked, self.pending = enrol(self.hub), granted(self.hub)
        self.hub.revoke(self.revoked.journal, reason="mất máy")
        self.known = {one.journal: one for one in (*self.devices, self.revoked)}
        self.token = self.hub.add_token("bảng của tỉnh (tập huấn)")
        self.asking = Asking(make_app(self.hub))
        self.writes = self.acts = 0
        self.statuses: Counter[str] = Counter()
        self._count_writes()
        exchanges = [request(one, self.hub) for one in (*self.devices, self.revoked, self.pending)]
        self.exchanges = Mutator(exchanges, seed, (b"CCX\1", PREFIX, UNIT.encode(), OTHER.encode()))
        self.chance = self.exchanges.chance
        self.bundles = Mutator([self._bundle(one) for one in self.devices], seed + 1)
        self.bodies = Mutator(_bodies(), seed + 2)
        self.files = Mutator(tus._requests(), seed + 3, tus.TARGETS[0].tokens)
        paths = [path.encode() for path in VIEWS]
        self.paths = Mutator(paths, seed + 4, (b"%00", b"..", b"//", b"%2e", b"'", b"9" * 40, "ế".encode()))

    def close(self) -> None:
        """Let go of loop and store."""
        self.asking.close()
        self.hub.close()

    def _count_writes(self) -> None:
        database, real = self.hub.database, self.hub.database.write

        def counted(*, alone: bool = False):
            self.writes += 1
            return real(alone=alone)

        database.write = counted  # type: ignore[method-assign]

    def one(self) -> None:
        """One request and what must hold after it. Raises AssertionError with the request in words."""
        kinds: tuple[Callable[[], Ask], ...] = (
            self._bent,
            self._bent,
            self._bent,
            self._in_anothers_name,
            self._signed,
            self._signed,
            self._signed,
            self._file,
            self._view,
            self._act,
        )
        kind = self.chance.choice(kinds)
        ask, before = kind(), self.writes
        answered = self.asking.ask(ask.method, ask.path, ask.headers, ask.body, ask.query)
        self.statuses[f"{kind.__name__.strip('_')} {answered.status}"] += 1
        told = (
            f"{kind.__name__} {ask.method} {ask.path!r} {ask.query!r} {ask.headers!r} {ask.body[:300].hex()}"
        )
        assert answered.status < 500, f"{answered.status} to {told}: {answered.body[:300]!r}"
        assert ask.may_write or self.writes == before, f"the store was written for {told}"

    # --- exchanges ---

    def _authentic(self, data: bytes) -> bool:
        """Whether an enrolled or a granted device made this tag."""
        try:
            signed = unpack_request(data)
            store = self.known.get(signed.request.journal) or self.pending
            signed.verify(store.key.public, self.hub.keys.signing)
        except Refusal:
            return False
        return True

    def _bent(self) -> Ask:
        """Bytes of a good request, bent; now and then they are the good ones."""
        data = self.exchanges.bent()
        return Ask("POST", EXCHANGE, body=data, may_write=self._authentic(data))

    def _in_anothers_name(self) -> Ask:
        """Well made, by a key that is not the device's: a stranger's, or that of a PC of the same unit."""
        victim = self.chance.choice(self.devices)
        key = self.chance.choice((SigningKey(bytes([250]) * 32), self.revoked.key, self.pending.key))
        return Ask("POST", EXCHANGE, body=self._packed(victim, key, self._bundle(victim)))

    def _signed(self) -> Ask:
        """A bundle bent, in a request that the device itself made: a counter gone mad, or taken over."""
        store = self.chance.choice((*self.devices, self.revoked, self.pending))
        body = self._packed(store, store.key, self.bundles.bent())
        return Ask("POST", EXCHANGE, body=body, may_write=True)

    def _packed(self, store: MemoryStore, key: SigningKey, bundle: bytes) -> bytes:
        want = self.chance.choice((0, 1, 8_192, 2**24))
        asked = ExchangeRequest(store.unit, store.journal, AT, want, store.vector(), bundle)
        return pack_request(asked, key, self.hub.public_key)

    @staticmethod
    def _bundle(store: MemoryStore) -> bytes:
        """What the counter holds of its own, not compressed, so that a bent byte means something."""
        store.hand_over()
        runs = tuple(store.pieces_from({store.journal: max(store.held_to(store.journal) - 3, 1)}, 1 << 20))
        return PREFIX + b"\0" + bundle_contents(Bundle(store.unit, store.journal, runs))

    def _act(self) -> Ask:
        """An act with a bent body, rightly chained and signed: the hub must take it, and read on."""
        store = self.chance.choice(self.devices)
        if self.acts >= MOST_ACTS:
            return self._signed()
        self.acts += 1
        data = self.bodies.bent() or b"\0"
        kind = _kind_of(data[0])
        place = EntryId(store.journal, store.held_to(store.journal) + 1)
        subjects = tuple(self._subject(place) for _ in range(self.chance.randrange(1, 4)))
        facts = Facts(AT + self.acts, kind, self.chance.choice((1, 1, 1, 2)), 0, None, None, subjects)
        store._add(write_entry(place, facts, data[1:]))
        store.hand_over()
        runs = tuple(store.pieces_from({store.journal: place.seq}, 1 << 20))
        bundle = PREFIX + b"\0" + bundle_contents(Bundle(store.unit, store.journal, runs))
        return Ask("POST", EXCHANGE, body=self._packed(store, store.key, bundle), may_write=True)

    def _subject(self, place: EntryId) -> EntryId:
        """Itself, something earlier, or what nobody has heard of."""
        other = self.chance.choice(self.devices)
        seq = self.chance.randrange(1, other.held_to(other.journal) + 1)
        return self.chance.choice((place, EntryId(other.journal, seq), EntryId(999 << 8 | 1, 4)))

    # --- files, views, pages ---

    def _file(self) -> Ask:
        """An upload's request with a device's pass, a revoked one's, or none."""
        head, _, body = self.files.bent().partition(b"\n\n")
        lines = head.split(b"\n")
        store = self.chance.choice((self.devices[0], self.revoked))
        shown = write_pass(store.unit, store.journal, self.hub.now(), store.key, self.hub.public_key).encode()
        if self.chance.random() < 0.5:
            shown = shown[:-1] + bytes([shown[-1] ^ 1])
        pairs = [one.partition(b": ") for one in lines[2:]]
        headers = [(name.lower(), value.replace(b"@PASS", shown)) for name, _, value in pairs if name]
        good = any(
            value
            == write_pass(
                UNIT, self.devices[0].journal, self.hub.now(), self.devices[0].key, self.hub.public_key
            ).encode()
            for _, value in headers
        )
        method = tus.METHODS[lines[0][0] % len(tus.METHODS)] if lines[0] else "GET"
        path = "/v1/files" + (lines[1].decode("latin-1") if len(lines) > 1 else "")
        return Ask(method, path, headers, body, may_write=good)

    def _view(self) -> Ask:
        """A view or page, bent or not, with a token of the hub, a wrong one, or none."""
        path = self.chance.choice(VIEWS)
        if self.chance.random() < 0.5:
            path = "/" + self.paths.bent().decode("utf-8", "replace").lstrip("/")
        token = self.chance.choice((self.token, "0" * 64, ""))
        headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
        method, query = self.chance.choice(METHODS), self.chance.choice(QUERIES)
        good = token == self.token or path == EXCHANGE
        body = b"name=tinh&password=x" if method == "POST" else b""
        return Ask(method, path, headers, body, query, may_write=good or path == "/login" or "check" in path)

    # --- what must hold in the end ---

    def faults(self) -> list[str]:
        """Entries that no author signed, chains that do not verify, what the reader cannot get past."""
        found = []
        self.hub.read()
        if self.hub.unread():
            found.append(f"{self.hub.unread()} entries were never read")
        for at, (facts, body, _) in hub_contents(self.hub).items():
            author = self.known.get(at[0]) or (self.pending if self.pending.journal == at[0] else None)
            if author is None:
                continue  # the province's own
            signed = author.entries[at[0]][at[1] - 1]
            if (signed.facts_bytes, signed.body) != (facts, body):
                found.append(f"{at} is not what its author signed")
        return found + hub_broken(self.hub)

    def still_serves(self) -> None:
        """A good counter goes on as if nothing had been."""
        store = self.devices[0]
        store.wrote("ngày mới")
        answer = unpack_answer(self.hub.exchange(request(store, self.hub)), UNIT, NOTHING)
        assert answer.refused == "", answer.refused
        assert answer.word is not None
        assert answer.word.received.covers(store.journal, store.held_to(store.journal))


def _kind_of(byte: int) -> int:
    """The kind whose body type stands at this place of the fuzzers' table."""
    body = BODIES[byte % len(BODIES)]
    return next((number for number, kind in READABLE.items() if kind.body is body), 1)


def hub_table(requests: int, seed: int) -> int:
    """Fire ``requests`` and print what came back; how many faults there were."""
    begun, faults = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="fuzz-hub-") as folder:
        fire = HubUnderFire(Path(folder), seed)
        for number in range(requests):
            try:
                fire.one()
            except Exception as fault:
                faults += 1
                print(f"FAULT at request {number}: {type(fault).__name__}: {fault}", flush=True)
                if faults >= 10:
                    break
        found = fire.faults()
        fire.still_serves()
        print(
            f"hub: {sum(fire.statuses.values())} requests in {time.monotonic() - begun:.0f} s, "
            f"{fire.acts} bent acts taken, {fire.writes} writing transactions"
        )
        for told, count in sorted(fire.statuses.items()):
            print(f"  {told:24} {count:8d}")
        for one in found[:10]:
            print(f"FAULT {one}")
        fire.close()
    return faults + len(found)
