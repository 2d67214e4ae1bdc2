"""The exchange of two counters, message by message: no socket, no thread, no clock of its own.

Each side says what it holds and what it believes the other lacks, whenever it holds more than it last said;
who is asked answers in the same way. One bundle is under way in each direction. What the other did not take
is not sent again before its position there changes; where vectors part though positions are equal, heads are
compared and the branch is shown from where they part, so that a fork is found at the first meeting of any two
holders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sync.client.backlog import CHAIN_BROKEN, FORKED, NO_LOAD, Load, load_of
from sync.client.lan import messages
from sync.client.lan.channel import Message
from sync.client.lan.messages import Asked
from sync.client.lan.proof import Peer
from sync.protocol.carrying.bundle import Bundle, Dictionaries, fill_bundle
from sync.protocol.carrying.store_port import Ingested, StorePort
from sync.protocol.carrying.vector import Vector, lacking
from sync.protocol.meeting.exchange import ExchangeRequest, HeadAt
from sync.protocol.meeting.parcel import NOTHING, verify_word
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed

BATCH_BYTES = 128 * 1024
_UNPACKED_PER_PACKED = 8
_RUNGS = 33


class Terms(NamedTuple):
    """What a talk is held by: the own key, pinned hub keys, dictionaries, our clock (ms)."""

    key: SigningKey
    hub_keys: HubKeys
    now_ms: Callable[[], int]
    dictionary: bytes | None = None
    dictionaries: Dictionaries = lambda _: None


@dataclass
class Hooks:
    """Who listens to a talk; called from its thread.

    ``told``: the peer said what it holds. ``took``: entries, or a newer word of the hub, were kept.
    ``asked``: topic and words of a question, returns the answer's words. ``addresses``: where siblings were
    reached.
    """

    told: Callable[[Peer, Vector, int], None] = lambda *_: None
    took: Callable[[Peer, Ingested, bool], None] = lambda *_: None
    asked: Callable[[Peer, int, bytes], bytes] = lambda *_: b""
    answered: Callable[[Asked], None] = lambda _: None
    addresses: Callable[[Sequence[tuple[str, int]]], None] = lambda _: None


@dataclass
class Talk:
    """One side of a talk with ``peer``. Raises Refusal for what the other may not say; then it is over."""

    store: StorePort
    peer: Peer
    terms: Terms
    hooks: Hooks = field(default_factory=Hooks)

    def __post_init__(self) -> None:
        """Nothing was said yet."""
        self.theirs: Vector = NOTHING
        self._heard = False
        self._mine: Vector | None = None
        self._sent = self._taken = self._acknowledged = 0
        self._load: Load = NO_LOAD
        self._loaded = self._wanted = 0
        self._aside: dict[int, int] = {}
        self._back: dict[int, int] = {}
        self._doubted: set[tuple[bytes, bytes]] = set()
        self._shown: set[HeadAt] = set()
        self._word = (0, 0)

    # --- what the session asks ---

    @property
    def owed(self) -> bool:
        """True while the other has still to answer something."""
        return self._wanted > self._acknowledged

    def begin(self) -> list[Message]:
        """The first word: what we hold, and whatever the hub said."""
        return [*self._words(), self._tell(want=True)]

    def due(self) -> list[Message]:
        """What there is to say since the store may have changed; nothing before the other has told
        anything.
        """
        if not self._heard:
            return []
        self.store.hand_over()
        mine = self.store.vector()
        out = self._words()
        if self._mine is None or mine != self._mine or (self._needed(mine) and not self._under_way):
            out.append(self._tell(want=True))
        return out

    def ping(self) -> Message:
        """Says what we hold and wants an answer: a peer without power is found out."""
        return self._tell(want=True)

    def take(self, message: Message) -> list[Message]:
        """What to say to one message of the other. Raises Refusal, and what the store raises."""
        messages.check_kind(message.kind)
        if message.kind == messages.TELL:
            return self._take_tell(message.body)
        if message.kind == messages.WORD:
            return self._take_word(message.body)
        if message.kind == messages.HEADS:
            return self._take_heads(messages.read_heads(message.body))
        if message.kind == messages.ASK:
            return self._take_asked(messages.read_asked(message.body))
        if message.kind == messages.REPLY:
            self.hooks.answered(messages.read_reply(message.body))
        elif message.kind == messages.ADDRESSES:
            self.hooks.addresses(messages.read_addresses(message.body))
        else:
            raise Malformed(f"message {message.kind} inside a talk")
        return []

    # --- saying ---

    @property
    def _under_way(self) -> bool:
        return self._loaded > self._acknowledged

    def _tell(self, *, want: bool) -> Message:
        self.store.hand_over()
        mine = self.store.vector()
        data = b"" if self._under_way or not self._heard else self._bundle(mine)
        wanted = BATCH_BYTES if want or data else 0
        request = ExchangeRequest(
            self.store.unit, self.store.journal, self.terms.now_ms(), wanted, mine, data
        )
        self._mine = mine
        self._sent += 1
        if data:
            self._loaded = self._sent
        if wanted:
            self._wanted = self._sent
        return messages.tell(self._taken, request, self.terms.key, self.peer.public)

    def _bundle(self, mine: Vector) -> bytes:
        needed = self._needed(mine)
        pieces = self.store.pieces_from(needed, BATCH_BYTES * _UNPACKED_PER_PACKED) if needed else ()
        if not pieces:
            return b""
        empty = Bundle(self.store.unit, self.store.journal, ())
        data, count = fill_bundle(empty, pieces, BATCH_BYTES, self.terms.dictionary)
        self._load = load_of(pieces[:count])
        for journal in self._load.first:
            self._back.pop(journal, None)
        return data

    def _needed(self, mine: Vector) -> dict[int, int]:
        needed = lacking(mine, self.theirs)
        needed.update((journal, first) for journal, first in self._back.items() if journal in mine.positions)
        for journal, position in list(self._aside.items()):
            if self.theirs.positions.get(journal, 0) != position:
                del self._aside[journal]
            elif journal not in self._back:
                needed.pop(journal, None)
        return needed

    def _words(self) -> list[Message]:
        """The hub's word, when it is newer than what was said or heard here."""
        last = self.store.last_word()
        if last is None or (last.life, last.at) <= self._word:
            return []
        self._word = (last.life, last.at)
        return [messages.word(last)]

    # --- hearing ---

    def _take_tell(self, body: bytes) -> list[Message]:
        taken, signed = messages.read_tell(body)
        request = signed.request
        if (request.unit, request.journal) != (self.store.unit, self.peer.journal):
            raise Malformed("a talk in another's name")
        signed.verify(self.peer.public, self.terms.key)
        if taken > self._sent:
            raise Malformed("takes what was never said")
        before, self.theirs, self._heard = self.theirs, request.vector, True
        self._taken, self._acknowledged = self._taken + 1, max(self._acknowledged, taken)
        self._learn(before)
        bundle = signed.open_bundle(self.terms.dictionaries)
        ingested = self._ingest(bundle) if bundle is not None else Ingested()
        self.hooks.told(self.peer, self.theirs, request.at - self.terms.now_ms())
        out = self._doubts(ingested)
        mine = self.store.vector()
        more = self._needed(mine) and not self._under_way
        if request.want or more or mine != self._mine:
            out.append(self._tell(want=False))
        return out

    def _learn(self, before: Vector) -> None:
        """What was under way and has been taken, but moved nothing, is not sent again."""
        if self._under_way or not self._load.last:
            return
        for journal, last in self._load.last.items():
            held = self.theirs.positions.get(journal, 0)
            if held < last and held == before.positions.get(journal, 0):
                self._aside[journal] = held
        self._load = NO_LOAD

    def _ingest(self, bundle: Bundle) -> Ingested:
        ingested = self.store.ingest(bundle)
        if ingested.applied or ingested.forked:
            self.hooks.took(self.peer, ingested, False)
        return ingested

    def _take_word(self, body: bytes) -> list[Message]:
        said = messages.read_word(body, self.store.unit)
        verify_word(said, self.terms.hub_keys)
        last = self.store.last_word()
        self._word = max(self._word, (said.life, said.at))
        if last is None or (last.life, last.at) < (said.life, said.at):
            self.store.keep_word(said)
            self.hooks.took(self.peer, Ingested(), True)
        return []

    def _take_asked(self, asked: Asked) -> list[Message]:
        """The answer's words, behind whatever the answering wrote: the asker holds it before it reads on."""
        words = self.hooks.asked(self.peer, asked.topic, asked.words)
        return [*self.due(), messages.reply(Asked(asked.number, asked.topic, words))]

    # --- branches ---

    def _doubts(self, ingested: Ingested) -> list[Message]:
        """Heads of ours for journals of which the other seems to hold another branch."""
        mine = self.store.vector()
        odd = {
            entry.journal
            for entry, code in ingested.parked
            if code == FORKED
            or (code == CHAIN_BROKEN and entry.seq <= mine.positions.get(entry.journal, 0) + 1)
        }
        if mine.forked_from(self.theirs):
            odd.update(mine.positions)
        odd &= mine.positions.keys()  # what was parked may be of a journal of which nothing is held here
        sign = (mine.digest, self.theirs.digest)
        if not odd or sign in self._doubted:
            return []
        self._doubted.add(sign)
        found = [head for journal in sorted(odd) for head in self._ladder(journal, mine.positions[journal])]
        return [messages.heads(found[: 4 * _RUNGS])]

    def _ladder(self, journal: int, seq: int) -> Iterable[HeadAt]:
        """Heads at the last place, 1, 2, 4 … before it."""
        for rung in range(_RUNGS):
            place = seq - (2**rung - 1)
            if place < 1:
                return
            yield HeadAt(journal, place, self.store.heads_at({journal: place})[journal])

    def _take_heads(self, found: Sequence[HeadAt]) -> list[Message]:
        """Show our branch from behind the last place where both agree."""
        agreed: dict[int, int] = {}
        parted: set[int] = set()
        for one in found:
            ours = self.store.heads_at({one.journal: one.seq}).get(one.journal)
            if ours == one.head:
                agreed[one.journal] = max(agreed.get(one.journal, 0), one.seq)
            elif ours is not None and one not in self._shown:
                self._shown.add(one)
                parted.add(one.journal)
        self._back.update((journal, agreed.get(journal, 0) + 1) for journal in parted)
        return [self._tell(want=True)] if parted and not self._under_way else []
