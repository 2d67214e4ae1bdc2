"""The opening of a talk over a socket: handshake, both proofs, the channel. Nothing is said to a stranger."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import NamedTuple

from sync.client.lan import messages
from sync.client.lan.channel import MAX_FRAME_BYTES, Channel, Message
from sync.client.lan.faults import RefusedThere, Unanswered
from sync.client.lan.handshake import FIRST_BYTES, SECOND_BYTES, Call, Secrets, UnitKeys, answer
from sync.client.lan.proof import CALLER, LISTENER, Membership, Peer, Self, check, prove
from sync.client.lan.wire import Handshaking
from sync.client.transport import CutOff
from sync.protocol.refusals import Malformed, Refusal

MAX_PROOF_BYTES = min(MAX_FRAME_BYTES, 1_100_000)


class House(NamedTuple):
    """What a counter brings to every meeting; ``own`` and ``unit_keys`` are asked anew each time."""

    own: Callable[[], Self]
    unit_keys: Callable[[], UnitKeys]
    by: Membership
    now_ms: Callable[[], int]


class Met(NamedTuple):
    """A proven peer and the channel to it."""

    peer: Peer
    channel: Channel


def call(connection: socket.socket, house: House, admit: Callable[[Peer], None]) -> Met:
    """The caller's side. Raises LineFault, Refusal."""
    wire, keys = Handshaking(connection), house.unit_keys()
    mine = Call(keys)
    wire.send(mine.first)
    try:
        second = wire.receive(SECOND_BYTES)
    except CutOff as error:
        raise Unanswered("closed without a word") from error
    shared = mine.finish(second)
    channel = Channel(shared.caller, shared.listener)
    _say(wire, channel, house, shared, CALLER)
    peer = _hear(wire, channel, house, shared, LISTENER)
    _agree(wire, channel, admit, peer)
    return Met(peer, channel)


def listen(connection: socket.socket, house: House, admit: Callable[[Peer], None]) -> Met:
    """The listener's side; the caller proves itself first. Raises LineFault, Refusal."""
    wire = Handshaking(connection)
    second, shared = answer(wire.receive(FIRST_BYTES), house.unit_keys())
    wire.send(second)
    channel = Channel(shared.listener, shared.caller)
    peer = _hear(wire, channel, house, shared, CALLER)
    _agree(wire, channel, admit, peer)
    _say(wire, channel, house, shared, LISTENER)
    return Met(peer, channel)


def _say(wire: Handshaking, channel: Channel, house: House, shared: Secrets, role: bytes) -> None:
    proof = prove(house.own(), shared.transcript, role, house.now_ms())
    wire.send(channel.seal(Message(messages.PROOF, proof)))


def _hear(wire: Handshaking, channel: Channel, house: House, shared: Secrets, role: bytes) -> Peer:
    """The other's proof, checked; one that does not hold is told why, sealed."""
    message = wire.receive_message(channel, MAX_PROOF_BYTES)
    if message.kind == messages.REFUSED:
        raise RefusedThere(messages.read_refused(message.body))
    if message.kind != messages.PROOF:
        raise Malformed("a talk begins with a proof")
    try:
        return check(message.body, shared.transcript, role, house.by)
    except Refusal as refusal:
        wire.send(channel.seal(messages.refused(refusal.code)))
        raise


def _agree(wire: Handshaking, channel: Channel, admit: Callable[[Peer], None], peer: Peer) -> None:
    try:
        admit(peer)
    except Exception as error:
        wire.send(channel.seal(messages.refused(getattr(error, "code", "refused"))))
        raise
