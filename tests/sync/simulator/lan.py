"""Counters meet on the LAN: the product's talks, message by message, crossing, cut anywhere, bent."""

from __future__ import annotations

from collections import deque
from typing import Any

from sync.client.lan.channel import Message
from sync.client.lan.proof import Peer
from sync.client.lan.talk import Hooks, Talk, Terms
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.carrying.run import Run
from sync.protocol.refusals import Refusal
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.troubles import bent
from tests.sync.simulator.world import World

MOST_MESSAGES = 400


class LyingPort:
    """The store of a proven sibling that changes what it relays of others."""

    def __init__(self, world: World, pc: Pc) -> None:
        self._world, self._pc, self._port = world, pc, pc.port()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)

    def pieces_from(self, needed: Any, most: int) -> list[Run]:
        """Its own runs as they are, the others' bent."""
        pieces = self._port.pieces_from(needed, most)
        return [one if one.journal == self._pc.journal else bent(self._world, one) for one in pieces]


def meet(world: World) -> str:
    """Two PCs talk until both are silent, the line is cut, or one refuses what the other says."""
    one, two = world.chance.sample(world.pcs, 2)
    lies = world.chance.random() < 0.1
    cut = world.chance.randrange(2, 40) if world.chance.random() < 0.4 else MOST_MESSAGES
    told = talk(world, one, two, cut, lies)
    return f"{one.place}-{two.place} {'lied to ' if lies else ''}{told}"


def talk(world: World, one: Pc, two: Pc, cut: int, lies: bool = False) -> str:
    """At most ``cut`` messages between the two, either side first; how it ended. ``lies``: the first does."""
    talks = (_side(one, two, LyingPort(world, one) if lies else one.port()), _side(two, one, two.port()))
    lines: tuple[deque[Message], deque[Message]] = (deque(talks[0].begin()), deque(talks[1].begin()))
    for count in range(cut):
        ready = [side for side in (0, 1) if lines[side]]
        if not ready:
            return f"silent after {count}"
        side = world.chance.choice(ready)
        message = _bent(world, lines[side].popleft())
        try:
            lines[1 - side].extend(talks[1 - side].take(message))
        except Refusal as refused:
            return f"{refused.code} after {count}"
    return "cut"


def _side(mine: Pc, other: Pc, port: Any) -> Talk:
    peer = Peer(other.journal, other.device_key.public, f"QUẦY-{other.place:02d}", other.at, 7443, bytes(16))
    keys = mine.province.hub_keys
    terms = Terms(mine.device_key, keys, lambda: mine.at, newest_dictionary(), load_dictionary)

    def heard(*_: object) -> None:
        mine.witnessed = True  # as the program takes it: somebody alive has told what he holds

    return Talk(port, peer, terms, Hooks(told=heard))


def _bent(world: World, message: Message) -> Message:
    """A flipped bit that the channel would have found: what is signed must find it too."""
    if not message.body or world.chance.random() > 0.02:
        return message
    place, bit = world.chance.randrange(len(message.body)), 1 << world.chance.randrange(8)
    body = message.body[:place] + bytes([message.body[place] ^ bit]) + message.body[place + 1 :]
    return message._replace(body=body)
