"""Two sides of a talk without sockets: messages are carried over by hand, one at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from sync.client.lan.channel import Message
from sync.client.lan.messages import Asked
from sync.client.lan.proof import Peer
from sync.client.lan.talk import Hooks, Talk, Terms
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import Vector
from tests.unit.client.peers import AT, HUB_KEYS, MemoryStore

MOST_MESSAGES = 2_000


def peer_of(store: MemoryStore) -> Peer:
    """``store`` as a proven peer."""
    return Peer(store.journal, store.key.public, f"QUẦY-{store.journal >> 8:02d}", AT, 7443, bytes(16))


class Heard:
    """Everything the hooks of one side told."""

    def __init__(self) -> None:
        self.vectors: list[Vector] = []
        self.offsets: list[int] = []
        self.took: list[Ingested] = []
        self.words = 0
        self.answers: list[Asked] = []
        self.addresses: list[tuple[str, int]] = []
        self.answer: Callable[[int, bytes], bytes] = lambda topic, words: words[::-1]

    def hooks(self) -> Hooks:
        def told(_: Peer, held: Vector, offset: int) -> None:
            self.vectors.append(held)
            self.offsets.append(offset)

        def took(_: Peer, ingested: Ingested, word: bool) -> None:
            self.took.append(ingested)
            self.words += word

        return Hooks(
            told,
            took,
            lambda _, topic, words: self.answer(topic, words),
            self.answers.append,
            self.addresses.extend,
        )


class Pair:
    """A talk of two stores; ``run`` carries until both are silent and returns how many messages that took."""

    def __init__(self, one: MemoryStore, two: MemoryStore, clocks: tuple[int, int] = (AT, AT)) -> None:
        self.stores = (one, two)
        self.heard = (Heard(), Heard())
        self.talks = tuple(
            Talk(mine, peer_of(other), Terms(mine.key, HUB_KEYS, lambda at=at: at), heard.hooks())
            for mine, other, heard, at in zip((one, two), (two, one), self.heard, clocks, strict=True)
        )
        self.lines: tuple[deque[Message], deque[Message]] = (deque(), deque())
        self.bytes = 0

    def begin(self) -> int:
        """Both say their first word, then all that follows."""
        for side, talk in enumerate(self.talks):
            self.says(side, talk.begin())
        return self.run()

    def says(self, side: int, messages: list[Message]) -> None:
        self.lines[side].extend(messages)

    def wake(self) -> int:
        """Both look whether there is anything to say."""
        for side, talk in enumerate(self.talks):
            self.says(side, talk.due())
        return self.run()

    def run(self) -> int:
        for count in range(MOST_MESSAGES):
            side = next((side for side in (0, 1) if self.lines[side]), None)
            if side is None:
                return count
            message = self.lines[side].popleft()
            self.bytes += len(message.body)
            self.says(1 - side, self.talks[1 - side].take(message))
        raise AssertionError("the two never fall silent")
