"""One talk over one socket, on the thread that runs it: pump, talk, pings, questions of other threads."""

from __future__ import annotations

import itertools
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence

from sync.client.lan import messages
from sync.client.lan.channel import Message
from sync.client.lan.faults import Ended, RefusedThere
from sync.client.lan.meeting import Met
from sync.client.lan.messages import Asked
from sync.client.lan.proof import Peer
from sync.client.lan.talk import Hooks, Talk, Terms
from sync.client.lan.wire import Bell, Pump
from sync.client.transport import TimedOut
from sync.protocol.carrying.store_port import StorePort

PING_S = 15.0
SILENT_S = 45.0
ANSWER_S = 30.0
GATHER_S = 0.2
"""An act seldom comes alone: what follows within this time leaves with it."""


class Session:
    """A talk with ``met.peer``; ``run`` returns only by raising what ended it."""

    def __init__(
        self, connection: socket.socket, met: Met, store: StorePort, terms: Terms, hooks: Hooks
    ) -> None:
        """Nothing is said before ``run``."""
        self.peer: Peer = met.peer
        self.instance = met.peer.instance
        self.bell = Bell()
        self._pump = Pump(connection, met.channel, self.bell)
        heard = Hooks(hooks.told, hooks.took, hooks.asked, self._answered, hooks.addresses)
        self._talk = Talk(store, met.peer, terms, heard)
        self._questions: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._answers: dict[int, queue.SimpleQueue[bytes]] = {}
        self._numbers = itertools.count(1)
        self._over = threading.Event()
        self._siblings: Callable[[], Sequence[tuple[str, int]]] = lambda: ()
        self._named: tuple[tuple[str, int], ...] = ()

    @property
    def traffic(self) -> tuple[int, int]:
        """Bytes that left and came, handshake aside."""
        return self._pump.bytes_out, self._pump.bytes_in

    def run(self, siblings: Callable[[], Sequence[tuple[str, int]]] = lambda: ()) -> None:
        """Talk until the line or a refusal ends it. Raises LineFault, Refusal, what the store raises.

        ``siblings`` are addresses to pass on; asked at the beginning and with each ring of the bell.
        """
        self._siblings = siblings
        try:
            self._run()
        finally:
            self._over.set()
            self._pump.close()
            self.bell.close()

    def end(self) -> None:
        """No more is said; from any thread."""
        self._over.set()
        self.bell.ring()

    def ask(self, topic: int, words: bytes, seconds: float) -> bytes:
        """A question to the other counter, and its words. Raises TimedOut."""
        number = next(self._numbers)
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers[number] = answers
        self._questions.put(Asked(number, topic, words))
        self.bell.ring()
        try:
            return answers.get(timeout=seconds)
        except queue.Empty:
            raise TimedOut("no answer to a question") from None
        finally:
            self._answers.pop(number, None)

    def _answered(self, asked: Asked) -> None:
        waiting = self._answers.get(asked.number)
        if waiting is not None:
            waiting.put(asked.words)

    def _run(self) -> None:
        self._pump.put([*self._talk.begin(), *self._addresses()])
        heard = said = time.monotonic()
        owed_since = due = 0.0
        while not self._over.is_set():
            now = time.monotonic()
            wait = min(heard + SILENT_S, said + PING_S, due or now + PING_S) - now
            came = self._pump.turn(wait)
            now = time.monotonic()
            if came:
                heard, owed_since = now, 0.0
            out = [answer for message in came for answer in self._take(message)]
            if self._pump.rung:
                self._pump.rung, due = False, due or now + GATHER_S
                out += [*self._asked(), *self._addresses()]
            if due and now >= due:
                due = 0.0
                out += self._talk.due()
            if now >= said + PING_S:
                out.append(self._talk.ping())
            if out:
                said = now
                self._pump.put(out)
            owed_since = (owed_since or now) if self._talk.owed else 0.0
            if now - heard >= SILENT_S or (owed_since and now - owed_since > ANSWER_S):
                raise TimedOut("the other side is silent")
        raise Ended("the talk was ended here")

    def _take(self, message: Message) -> list[Message]:
        if message.kind == messages.REFUSED:
            raise RefusedThere(messages.read_refused(message.body))
        return self._talk.take(message)

    def _addresses(self) -> list[Message]:
        """Where siblings are, when that is news."""
        known = tuple(self._siblings())
        if known == self._named:
            return []
        self._named = known
        return [messages.addresses(known)]

    def _asked(self) -> list[Message]:
        """Questions of other threads; they leave behind what we hold, so that it is known there."""
        out: list[Message] = []
        while not self._questions.empty():
            out += [*self._talk.due(), messages.ask(self._questions.get())]
        return out
