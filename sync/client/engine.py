"""One exchange with the hub, and as many as it takes: no sockets, no clock, no threads of its own.

The engine never decides that something "is at the province": it keeps the hub's signed vector, and readings
compare positions with it. Use one engine from one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sync.client.answers import HubIdentity as HubIdentity
from sync.client.answers import begins_late, read_answer
from sync.client.backlog import FORKED, NO_LOAD, Backlog, Load, load_of
from sync.client.lanes import Landed, Lanes, OneLane
from sync.client.manner import Manner, Spoken
from sync.client.pacing import ByteBudget, Pace
from sync.client.transport import FAULT_CODES, LineFault, TimedOut, Transport
from sync.protocol.carrying.bundle import Bundle, fill_bundle
from sync.protocol.carrying.store_port import Ingested, StorePort, WritingStopped
from sync.protocol.carrying.vector import Vector
from sync.protocol.meeting.brief import TIGHT
from sync.protocol.meeting.exchange import ExchangeAnswer, ExchangeRequest, pack_request
from sync.protocol.naming.ids import device_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import OtherUnit, Refusal, SenderUnknown

DONE = "done"
REFUSED = "refused"
BUDGET_SPENT = "budget-spent"
STOPPED = "stopped"
MOST_STANDSTILLS = 2
_UNPACKED_PER_PACKED = 12
_SMALL = 1_024
"""Bytes of a request that the line carries at once: what follows it need not wait."""
OPENINGS_BYTES = 64 * 1024
"""Of a request that introduces us: some dozens of lives; a line that is slow carries it once."""


class Outcome(NamedTuple):
    """What one exchange did.

    ``code`` is DONE, BUDGET_SPENT, STOPPED (our journal is closed to us, or the program ends: nothing failed,
    and a later start goes on), a LineFault's code, or REFUSED with the hub's (or our) refusal in
    ``refusal``. ``more`` says that another exchange would carry more, in either direction. ``offset_ms`` is
    the hub's clock minus ours at mid-flight, known to ``error_ms`` either way. ``parked`` are entries the hub
    did not take, ``forked`` journals of which hub and we hold different entries, ``detail`` is for a log.
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
    forked: tuple[int, ...] = ()
    detail: str = ""


class _Flight(NamedTuple):
    """A request under way; ``number`` counts those that left."""

    number: int
    request: ExchangeRequest
    size: int
    load: Load
    started: int
    alone: bool
    spoken: Spoken


class Engine:
    """Exchanges of one store with one hub.

    ``line`` is one transport, or ``Lanes`` on which a second request may leave before the first is answered.
    ``now_ms`` is the wall clock told to the hub; ``tick_ms`` a clock that never jumps, for durations.
    """

    def __init__(
        self,
        store: StorePort,
        line: Transport | Lanes,
        key: SigningKey,
        hub: HubIdentity,
        now_ms: Callable[[], int],
        tick_ms: Callable[[], int],
        budget: ByteBudget | None = None,
    ) -> None:
        self.store = store
        self.pace = Pace()
        self.backlog = Backlog()
        self.budget = budget or ByteBudget()
        self._lanes: Lanes = OneLane(line) if isinstance(line, Transport) else line
        self._key = key
        self._hub = hub
        self._manner = Manner(trained=hub.dictionary is not None)
        self._now_ms = now_ms
        self._tick_ms = tick_ms
        self._flights: dict[int, _Flight] = {}
        self._left = 0
        self._early: Landed | None = None
        self._flows = False
        """The last answer brought entries and there are more: the next may be asked for before it lands."""
        self._ending = False

    def exchange(self) -> Outcome:
        """One request and its answer.

        Never raises for the line or for what came over it; what the store raises (a full disk) passes.
        """
        return self.until_idle(1)[0]

    def until_idle(self, most: int = 10_000) -> list[Outcome]:
        """Exchanges until neither side has more, something fails, or ``most`` were made; at least one.

        The last outcome says how it ended: also when a second request was answered after the line failed
        the first. Raises what the store raises, but for ``WritingStopped``: then it ends with STOPPED.
        """
        outcomes: list[Outcome] = []
        begun = standstills = 0
        going = True
        try:
            while going or self._flights:
                going = going and begun < most and not self._ending
                if going and self.budget.exhausted:
                    outcomes += [] if self._flights else [Outcome(BUDGET_SPENT, more=True)]
                    going = False
                begun += self._depart() if going else 0
                if not self._flights:
                    break
                landed = self._next(self._patience() if going and begun < most else None)
                if landed is None:
                    continue
                before = self._hub_holds().positions
                outcomes.append(self._land(landed))
                learnt = outcomes[-1].code == REFUSED and outcomes[-1].more
                moved = outcomes[-1].ingested.applied or self._hub_holds().positions != before
                standstills = 0 if moved else standstills + (not learnt)
                going = going and outcomes[-1].more and standstills < MOST_STANDSTILLS
        except WritingStopped as stopped:
            outcomes.append(Outcome(STOPPED, detail=str(stopped)))
        finally:
            self._drain()
        if self._ending or not outcomes:
            outcomes.append(Outcome(STOPPED, more=True))
        return sorted(outcomes, key=lambda outcome: outcome.code in FAULT_CODES)

    def ask(self, message: bytes) -> bytes:
        """One message that is no exchange, and its answer; nothing else is under way. Raises LineFault."""
        self._lanes.start(0, message)
        landed = self._lanes.wait()
        if landed is None:
            raise TimedOut("no answer")
        if isinstance(landed.reply, Exception):
            raise landed.reply
        return landed.reply

    def end(self) -> None:
        """The program ends: what is under way lands, nothing more leaves. From any thread, for good."""
        self._ending = True

    def close(self) -> None:
        """Drops the connections."""
        self._lanes.close()

    def _drain(self) -> None:
        """Let what is still under way land unread, so that no later request is given its answer."""
        self._flows = False
        if self._early is not None:
            self._flights.pop(self._early.lane, None)
            self._early = None
        while self._flights and (landed := self._lanes.wait()) is not None:
            self._flights.pop(landed.lane, None)

    def _next(self, most_ms: int | None) -> Landed | None:
        """What to read next: an answer that overtook the one it goes on from waits for that."""
        if self._early is not None and not self._overtook(self._early):
            early, self._early = self._early, None
            return early
        landed = self._lanes.wait(most_ms)
        if landed is not None and self._overtook(landed):
            self._early = landed
            return None
        return landed

    def _overtook(self, landed: Landed) -> bool:
        flight = self._flights[landed.lane]
        earlier = (other.number < flight.number for other in self._flights.values())
        return flight.request.behind > 0 and any(earlier)

    def _depart(self) -> int:
        """Let one more request leave if it may; how many left."""
        if not self._flights:
            return self._leave(0)
        if len(self._flights) >= self._lanes.count or self._patience() != 0:
            return 0
        free = next(lane for lane in range(self._lanes.count) if lane not in self._flights)
        return self._leave(free)

    def _leave(self, lane: int) -> int:
        """A request on ``lane``: it fetches too, behind what another fetches when that flows."""
        behind = sum(flight.request.want for flight in self._flights.values())
        self.store.hand_over()
        mine = self.store.vector()
        data, load, lean_first = self._bundle(mine)
        want = self._want(behind)
        if self._flights and not (load.entries or want):
            return 0
        alone = not self._flights
        if not alone:
            self._flights = {busy: one._replace(alone=False) for busy, one in self._flights.items()}
        started = self._tick_ms()
        asked = ExchangeRequest(
            self.store.unit,
            self.store.journal,
            self._now_ms(),
            want,
            mine,
            data,
            behind=behind if want else 0,
        )
        request, spoken = self._manner.said(asked, lean_first)
        packed = pack_request(request, self._key, self._hub.public_key)
        self._left += 1
        self._flights[lane] = _Flight(self._left, request, len(packed), load, started, alone, spoken)
        self._lanes.start(lane, packed)
        return 1

    @property
    def _pipelined(self) -> bool:
        return self._flows and self._lanes.count > 1 and self._manner.form == TIGHT

    def _want(self, behind: int) -> int:
        """Bytes to ask for when ``behind`` are on the way: two batches in all, in one answer or in two."""
        if self._pipelined:
            return self.pace.batch_bytes
        return 0 if behind else self.pace.want_bytes

    def _patience(self) -> int | None:
        """ms until the line has carried what is under way, so that the next request follows on its heels.

        None: wait for an answer, since a second lane, a backlog or the line's speed is lacking.
        """
        if len(self._flights) != 1 or self._lanes.count < 2:
            return None
        (flight,) = self._flights.values()
        small = self._pipelined and flight.size <= _SMALL
        busy = 0 if small else self.pace.ms_to_send(flight.size)
        if busy is None or not (self._pipelined or self._needed(flight.request.vector)):
            return None
        return max(0, flight.started + busy - self._tick_ms())

    def _needed(self, mine: Vector) -> dict[int, int]:
        under_way = [flight.load for flight in self._flights.values()]
        return self.backlog.needed(mine, self._hub_holds(), under_way)

    def _hub_holds(self) -> Vector:
        return self.backlog.hub_holds(self.store.last_word())

    def _bundle(self, mine: Vector) -> tuple[bytes, Load, int]:
        """The packed bundle the hub lacks, within the pace; what it carries; where a lean one begins."""
        if self.backlog.introducing:
            return (b"", NO_LOAD, 0) if self._flights else self._openings(mine)
        needed = self._needed(mine)
        budget = self.pace.batch_bytes
        pieces = self.store.pieces_from(needed, budget * _UNPACKED_PER_PACKED) if needed else ()
        if not pieces:
            return b"", NO_LOAD, 0
        empty = Bundle(self.store.unit, self.store.journal, ())
        data, count = fill_bundle(empty, pieces, budget, self._manner.dictionary)
        lean_first = 0
        if not self._flights:  # behind another request the hub may not hold yet what this one rests on
            data, lean_first = self._manner.lean(self.store, list(pieces[:count]), data)
        return data, load_of(pieces[:count]), lean_first

    def _openings(self, mine: Vector) -> tuple[bytes, Load, int]:
        """The beginnings of our lives, the present one first: what follows may be long and comes behind."""
        own = self.store.journal
        lives = [one for one in mine.positions if device_of(one) == device_of(own) and one <= own]
        firsts = (self.store.pieces_from({one: 1}, 1)[:1] for one in sorted(lives, reverse=True))
        pieces = [piece for first in firsts for piece in first]
        empty = Bundle(self.store.unit, own, ())
        data, count = fill_bundle(empty, pieces, OPENINGS_BYTES, self._manner.dictionary)
        return data, load_of(pieces[:count]), 0

    def _land(self, landed: Landed) -> Outcome:
        """What came back on a lane, applied."""
        flight = self._flights.pop(landed.lane)
        took = self._tick_ms() - flight.started
        reply = landed.reply
        size_in = len(reply) if isinstance(reply, bytes) else 0
        self.budget.spend(flight.size + size_in)
        try:
            if isinstance(reply, Exception):
                raise reply
            answer, bundle = read_answer(reply, flight.request, self._hub)
        except LineFault as fault:
            self.pace.failed()
            return Outcome(
                fault.code, bytes_out=flight.size, bytes_in=size_in, took_ms=took, detail=str(fault)
            )
        self.pace.succeeded(flight.size, took, size_in, flight.alone)
        half = took // 2
        return self._take(answer, bundle, flight)._replace(
            bytes_out=flight.size,
            bytes_in=size_in,
            took_ms=took,
            offset_ms=answer.at - (flight.request.at + half),
            error_ms=half,
        )

    def _take(self, answer: ExchangeAnswer, bundle: Bundle | Refusal | None, flight: _Flight) -> Outcome:
        """Apply an answer that came whole: its bundle in one transaction, then the hub's word.

        The word counts also when the bundle is refused here: what the hub holds of ours it holds.
        """
        if answer.word is None:
            return self._refused(answer.refused, flight)
        gap = False
        if isinstance(bundle, Bundle) and flight.request.behind:
            gap = begins_late(bundle, self.store.vector().positions)
        ingested, refusal = self._ingest(None if gap else bundle)
        self._flows = answer.more and ingested.applied > 0 if flight.request.want else self._flows
        self.store.keep_word(answer.word)
        self.backlog.heard(flight.number, answer.word, self.store.last_word())
        forked = {*ingested.forked, *self._compare_heads(answer)}
        self.backlog.answered(flight.load, answer)
        parked = tuple((one.entry.journal, one.entry.seq, one.code) for one in answer.parked)
        forked.update(journal for journal, _, code in parked if code == FORKED)
        told = Outcome(DONE, "", flight.load.entries, ingested, parked=parked, forked=tuple(sorted(forked)))
        if refusal is not None:
            return told._replace(code=REFUSED, refusal=refusal.code, detail=str(refusal))
        return told._replace(more=answer.more or gap or bool(self._needed(flight.request.vector)))

    def _refused(self, code: str, flight: _Flight) -> Outcome:
        """An older hub is spoken to as it can; one restored from before our enrolment is told of it again."""
        if self._manner.refused(code, flight.spoken, flight.load):
            return Outcome(REFUSED, code, more=True)
        own = self.store.journal
        told = flight.load.first.get(own) == 1
        again = code == SenderUnknown.code and not told
        again = again and self.backlog.introduce()
        return Outcome(REFUSED, code, more=again)

    def _ingest(self, bundle: Bundle | Refusal | None) -> tuple[Ingested, Refusal | None]:
        if bundle is None or isinstance(bundle, Refusal):
            return Ingested(), bundle
        try:
            if bundle.unit != self.store.unit:
                raise OtherUnit(f"a bundle for unit {bundle.unit}")
            return self.store.ingest(bundle), None
        except Refusal as refusal:
            return Ingested(), refusal

    def _compare_heads(self, answer: ExchangeAnswer) -> tuple[int, ...]:
        """Journals of which the hub holds another branch at the same position."""
        if not answer.heads:
            return ()
        ours = self.store.heads_at({one.journal: one.seq for one in answer.heads})
        apart = [one for one in answer.heads if ours.get(one.journal, one.head) != one.head]
        for one in apart:
            self.backlog.doubt(one.journal, one.seq)
        return tuple(one.journal for one in apart)
