"""One exchange with the hub, and as many as it takes: no sockets, no clock, no threads of its own.

The engine never decides that something "is at the province": it keeps the hub's signed vector, and readings
compare positions with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sync.client.pacing import Pace
from sync.client.transport import Garbled, LineFault, NotTheHub, Transport
from sync.protocol.bundle import Bundle, Dictionaries, fill_bundle, unpack_bundle
from sync.protocol.exchange import ExchangeAnswer, ExchangeRequest, pack_request, unpack_answer
from sync.protocol.keys import SigningKey, key_id
from sync.protocol.refusals import Malformed, NotOurs, Refusal
from sync.protocol.store_port import Ingested, StorePort
from sync.protocol.vector import Vector, lacking

DONE = "done"
REFUSED = "refused"
WANT_BYTES = 12 * 1024
_UNPACKED_PER_PACKED = 12


class HubIdentity(NamedTuple):
    """The hub we believe: its Ed25519 key, and a trained dictionary for sending (or none)."""

    public_key: bytes
    dictionary: bytes | None = None
    dictionaries: Dictionaries = lambda _: None


class Outcome(NamedTuple):
    """What one exchange did.

    ``code`` is DONE, a LineFault's code, or REFUSED with the hub's (or our) refusal in ``refusal``.
    ``more`` says that another exchange would carry more, in either direction. ``offset_ms`` is the hub's
    clock minus ours at mid-flight, ``error_ms`` half the round trip.
    """

    code: str
    refusal: str = ""
    sent_entries: int = 0
    ingested: Ingested = Ingested()
    bytes_out: int = 0
    bytes_in: int = 0
    took_ms: int = 0
    more: bool = False
    offset_ms: int = 0
    error_ms: int = 0
    parked: tuple[tuple[int, int, str], ...] = ()


class Engine:
    """Exchanges of one store with one hub over one transport.

    ``now_ms`` is the wall clock told to the hub; ``tick_ms`` a clock that never jumps, for durations.
    """

    def __init__(
        self,
        store: StorePort,
        transport: Transport,
        key: SigningKey,
        hub: HubIdentity,
        now_ms: Callable[[], int],
        tick_ms: Callable[[], int],
    ) -> None:
        self.store = store
        self.pace = Pace()
        self._transport = transport
        self._key = key
        self._hub = hub
        self._now_ms = now_ms
        self._tick_ms = tick_ms
        self._backlog = False

    def exchange(self) -> Outcome:
        """One request and its answer. Never raises for the line or for what came over it."""
        request, sent = self._request()
        data = pack_request(request, self._key, key_id(self._hub.public_key))
        started = self._tick_ms()
        try:
            reply = self._transport.send(data)
            answer = self._read(reply, request)
        except LineFault as fault:
            self.pace.failed()
            return Outcome(fault.code, bytes_out=len(data), took_ms=self._tick_ms() - started)
        took = self._tick_ms() - started
        self.pace.succeeded(len(data), took)
        outcome = self._take(answer, sent)
        half = took // 2
        return outcome._replace(
            bytes_out=len(data),
            bytes_in=len(reply),
            took_ms=took,
            offset_ms=answer.at - (request.at + half),
            error_ms=half,
        )

    def until_idle(self, most: int = 10_000) -> list[Outcome]:
        """Exchanges until neither side has more, something fails, or ``most`` were made."""
        outcomes: list[Outcome] = []
        while len(outcomes) < most:
            outcome = self.exchange()
            outcomes.append(outcome)
            if outcome.code != DONE or not outcome.more:
                break
        return outcomes

    def _request(self) -> tuple[ExchangeRequest, int]:
        self.store.hand_over()
        mine = self.store.vector()
        bundle, sent = self._bundle(mine, self._hub_holds())
        request = ExchangeRequest(
            self.store.unit, self.store.journal, self._now_ms(), self._want(), mine, bundle
        )
        return request, sent

    def _want(self) -> int:
        return max(WANT_BYTES, self.pace.batch_bytes)

    def _hub_holds(self) -> Vector:
        word = self.store.last_word()
        return Vector({}, b"") if word is None else word.received

    def _bundle(self, mine: Vector, theirs: Vector) -> tuple[bytes, int]:
        """The packed bundle the hub lacks, within the pace; and how many entries are in it."""
        needed = lacking(mine, theirs)
        self._backlog = False
        if not needed:
            return b"", 0
        budget = self.pace.batch_bytes
        pieces = self.store.pieces_from(needed, budget * _UNPACKED_PER_PACKED)
        if not pieces:
            return b"", 0
        empty = Bundle(self.store.unit, self.store.journal, ())
        data, count = fill_bundle(empty, pieces, budget, self._hub.dictionary)
        sent = sum(len(piece.entries) for piece in pieces[:count])
        missing = sum(mine.positions[journal] - first + 1 for journal, first in needed.items())
        self._backlog = sent < missing
        return data, sent

    def _read(self, reply: bytes, request: ExchangeRequest) -> ExchangeAnswer:
        try:
            answer = unpack_answer(reply, request.unit, request.vector)
            if answer.word is not None:
                answer.word.verify(self._hub.public_key)
        except NotOurs as refusal:
            raise NotTheHub(str(refusal)) from refusal
        except Refusal as refusal:
            raise Garbled(str(refusal)) from refusal
        return answer

    def _take(self, answer: ExchangeAnswer, sent: int) -> Outcome:
        """Apply an answer that came whole: its bundle in one transaction, then the hub's word."""
        if answer.refused:
            return Outcome(REFUSED, answer.refused)
        ingested = Ingested()
        try:
            if answer.bundle:
                bundle = unpack_bundle(answer.bundle, self._hub.dictionaries)
                if bundle.unit != self.store.unit:
                    raise Malformed("a bundle for another unit")
                ingested = self.store.ingest(bundle)
        except Refusal as refusal:
            self.pace.failed()
            return Outcome(REFUSED, refusal.code)
        if answer.word is not None:
            self.store.keep_word(answer.word)
        parked = tuple((one.entry.journal, one.entry.seq, one.code) for one in answer.parked)
        more = answer.more or (self._backlog and not parked)
        return Outcome(DONE, sent_entries=sent, ingested=ingested, more=more, parked=parked)
