"""The equality proof: are the entries here and at the province the same? If not, which is the first apart?

Heads are compared, never contents: one question tells the hub's last heads, and where one of them is not
ours, places in between are asked for, ``MOST`` at a time, until two neighbours remain - three questions for a
journal of a million entries. No line's silence ever counts as agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from sync.client.transport import Garbled, RequestRefused
from sync.protocol.meeting.exchange import HeadAt
from sync.protocol.meeting.heads import (
    MAX_IN_A_FILE,
    HeadsAnswer,
    HeadsRequest,
    pack_heads_request,
    places_between,
    unpack_heads_answer,
)
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Refusal

EQUAL = "equal"
"""Every entry that both hold is the same, and so is what was read of them."""
ENTRY_APART = "entry-apart"
"""``first`` is the first entry that differs."""
READ_APART = "read-apart"
"""The entries are the same, and a reading of them is not: ``reading`` names it."""
MOST = 128
_MOST_QUESTIONS = 64


class HubTooOld(RequestRefused):
    """The hub is there and does not know the question: its program is older than ours."""

    code = "hub-too-old"


class NotAnswered(Exception):
    """The hub refused to compare; ``code`` is the refusal's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Holder(Protocol):
    """What the proof asks of a counter's store."""

    def tops(self) -> dict[int, int]:
        """The last seq of each journal held, as far as signatures cover it."""
        ...

    def heads_at(self, places: Sequence[EntryId]) -> dict[EntryId, bytes]:
        """The head at each of ``places``, all of which are held."""
        ...

    def readings(self) -> Mapping[str, bytes]:
        """Digests of readings by name (``meeting.reading_digest``)."""
        ...


class Proof(NamedTuple):
    """What a comparison found. ``compared`` entries both hold, ``ours`` and ``theirs`` only one side: they
    wait to be sent or fetched, no contradiction. ``at`` is the hub's clock, ms.
    """

    verdict: str
    at: int
    compared: int
    ours: int
    theirs: int
    first: EntryId | None = None
    reading: str = ""


Ask = Callable[[Sequence[EntryId]], HeadsAnswer]


class LineAsker:
    """Asks a hub over a line; ``send`` carries a request, brings its answer or raises LineFault."""

    def __init__(
        self,
        send: Callable[[bytes], bytes],
        unit: str,
        journal: int,
        key: SigningKey,
        hub_public: bytes,
        now_ms: Callable[[], int],
    ) -> None:
        self._send = send
        self._unit, self._journal, self._key = unit, journal, key
        self._hub_public = hub_public
        self._now_ms = now_ms

    def __call__(self, places: Sequence[EntryId]) -> HeadsAnswer:
        """The hub's heads at ``places``. Raises LineFault, HubTooOld, NotAnswered."""
        asked = HeadsRequest(self._unit, self._journal, self._now_ms(), tuple(places))
        try:
            reply = self._send(pack_heads_request(asked, self._key, self._hub_public))
        except RequestRefused as refused:
            raise HubTooOld(str(refused)) from refused
        try:
            answer = unpack_heads_answer(reply, self._unit, self._hub_public)
        except Refusal as refusal:
            raise Garbled(f"{refusal.code}: {refusal}") from refusal
        if answer.refused:
            raise NotAnswered(answer.refused)
        return answer


class FileAsker:
    """Answers from a file that the hub wrote and signed; it holds every head, so nothing else is asked."""

    def __init__(self, data: bytes, unit: str, hub_public: bytes) -> None:
        """Raises Refusal for a file that is none, is damaged, or is not of this hub and unit."""
        self._whole = unpack_heads_answer(data, unit, hub_public, MAX_IN_A_FILE)
        self._by_place = {EntryId(one.journal, one.seq): one for one in self._whole.heads}

    def __call__(self, places: Sequence[EntryId]) -> HeadsAnswer:
        """As the hub would have answered when it wrote the file."""
        whole = self._whole
        if places:
            heads = tuple(self._by_place[place] for place in places if place in self._by_place)
        else:
            last: dict[int, HeadAt] = {}
            for one in whole.heads:
                if one.journal not in last or last[one.journal].seq < one.seq:
                    last[one.journal] = one
            heads = tuple(last.values())
        return HeadsAnswer(whole.at, whole.life, heads, whole.readings)


def prove(holder: Holder, ask: Ask) -> Proof:
    """Compare everything both hold. Raises what ``ask`` raises; Garbled for a hub that contradicts itself."""
    told = ask(())
    theirs, ours = {one.journal: one for one in told.heads}, holder.tops()
    shared = [EntryId(j, min(ours[j], theirs[j].seq)) for j in sorted(ours.keys() & theirs.keys())]
    beyond = [place for place in shared if theirs[place.journal].seq > place.seq]
    known = {EntryId(one.journal, one.seq): one.head for one in told.heads}
    for start in range(0, len(beyond), MOST):
        known |= _heads(ask, beyond[start : start + MOST])
    mine = holder.heads_at(shared)
    apart = [place for place in shared if known[place] != mine[place]]
    compared = sum(place.seq for place in shared)
    only_ours = sum(ours.values()) - compared
    only_theirs = sum(one.seq for one in told.heads) - compared
    if apart:
        firsts = [_first_apart(holder, ask, place) for place in apart]
        return Proof(ENTRY_APART, told.at, compared, only_ours, only_theirs, min(firsts))
    reading = ""
    if not only_ours and not only_theirs:
        read = holder.readings()
        reading = next((name for name, digest in told.readings if read.get(name, digest) != digest), "")
    verdict = READ_APART if reading else EQUAL
    return Proof(verdict, told.at, compared, only_ours, only_theirs, reading=reading)


def _first_apart(holder: Holder, ask: Ask, last: EntryId) -> EntryId:
    """The first entry of a journal in which the holders differ; their heads at ``last`` do."""
    same, differs = 0, int(last.seq)
    for _ in range(_MOST_QUESTIONS):
        if differs - same <= 1:
            return EntryId(last.journal, differs)
        places = places_between(last.journal, same, differs, MOST)
        theirs, mine = _heads(ask, places), holder.heads_at(places)
        for place in places:
            if theirs[place] == mine[place]:
                same = place.seq
            else:
                differs = place.seq
                break
    raise Garbled("a hub whose heads do not settle")


def _heads(ask: Ask, places: Sequence[EntryId]) -> dict[EntryId, bytes]:
    found = {EntryId(one.journal, one.seq): one.head for one in ask(places).heads}
    if set(found) != set(places):
        raise Garbled("heads of other places than were asked for")
    return found
