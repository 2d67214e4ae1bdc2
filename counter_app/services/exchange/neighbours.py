"""The unit's other counters on the office LAN: told of every act, asked for the pen, shown on the pages.

The node below has threads of its own; this is what the program makes of it: who holds a second copy goes into
the table of peers, screens look again when something came, and a wild clock is said.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from counter_app.services.exchange.lan_places import Places
from counter_app.services.exchange.loop import RELAYED
from counter_app.services.exchange.neighbour_words import WILD_MS, line, words_of
from counter_app.services.ports.exchange import Neighbour
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device, local
from sync.client.lan.node import PORT, PORT_TAKEN, LanNode
from sync.client.lan.proof import Peer
from sync.client.lan.talk import Hooks
from sync.client.transport import NoLine
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import Vector, lacking
from sync.protocol.naming.ids import device_of, is_province

ON, PORT_SETTING, FIXED_SETTING = "lan.on", "lan.port", "lan.addresses"
LEARNT_SETTING = "lan.learnt"
"""Where siblings were met, newest first: called at the next start, before any beacon is heard."""
MOST_LEARNT = 16
NOTE_EVERY_MS = 60_000
NOTE_AT_MOST_MS = 1_000
_OWN_AREAS = frozenset({"session", "lan"})
_EXCHANGED = frozenset({"sync", "received"})


@dataclass(frozen=True, slots=True)
class LanChoice:
    """What this PC's settings say of the LAN: on unless switched off, port 7443, addresses typed by hand.

    ``learnt``: where siblings were met in earlier runs.
    """

    on: bool = True
    port: int = PORT
    addresses: tuple[tuple[str, int], ...] = ()
    learnt: tuple[tuple[str, int], ...] = ()


@dataclass
class Neighbours:
    """Siblings of this program. ``build`` makes the node from hooks and the settings of this PC.

    ``answer`` is asked by a sibling that wants something (the pen): journal, topic, words, returns words.
    """

    work: Workplace
    held: Callable[[], Vector]
    build: Callable[[Hooks, LanChoice, Callable[[], None]], LanNode]
    answer: Callable[[int, int, bytes], bytes] = lambda *_: b""
    places: Places | None = None
    node: LanNode | None = None
    _noted: dict[int, tuple[int, int]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _over: bool = False
    _listening: bool = False
    _stale: bool = False

    def start(self) -> None:
        """Listen and call, unless this PC's settings say otherwise."""
        with self._turn:
            self._start()

    def _start(self) -> None:
        choice = self.choice()
        if not choice.on or self._over:
            return
        hooks = Hooks(told=self._told, took=self._took, asked=self._asked)
        node = self.build(hooks, choice, self._turned)
        node.start()
        self.node, self._stale = node, True
        if not self._listening:
            self._listening = True
            self.work.on_change(self._on_change)

    def choice(self) -> LanChoice:
        """The settings as they are kept now."""
        with self.work.store.read() as connection:
            kept = [device.setting(connection, name) for name in (ON, PORT_SETTING, FIXED_SETTING)]
            learnt = device.setting(connection, LEARNT_SETTING)
        return replace(lan_choice(*kept), learnt=lan_choice("", "", learnt).addresses[:MOST_LEARNT])

    def restart(self) -> None:
        """Other settings: talks end, then all begins anew with them."""
        with self._turn:
            node, self.node = self.node, None
            if node is not None:
                node.close()
            self._start()
        self.work.changed("lan")

    def close(self) -> None:
        """Every talk ends, and none begins."""
        with self._turn:
            self._over = True
            if self.node is not None:
                self.node.close()

    def look_around(self) -> None:
        """Every now and then, beside the screens: siblings are called where their journals say that they
        listen, and this PC's own journal says where it does. A store that refuses is asked again later."""
        node = self.node
        if node is None or self.places is None or not self._stale:
            return
        self._stale = False
        try:
            node.told(self.places.told())
            if node.port and self._others_known():
                self.places.tell(node.port)
        except StoreError:  # a stopped journal, a full disk: with the next exchange
            return

    def hurry(self) -> None:
        """A person pressed "send now": siblings are called too."""
        if self.node is not None:
            self.node.hurry()

    def ask(self, journal: int, topic: int, words: bytes, seconds: float) -> bytes:
        """A question to a sibling in contact. Raises LineFault when there is none, or no answer."""
        if self.node is None:
            raise NoLine("the LAN is off")
        return self.node.ask(journal, topic, words, seconds)

    def in_contact(self) -> tuple[tuple[int, str], ...]:
        """Journals and names of siblings in a talk now, by name."""
        if self.node is None:
            return ()
        talking = {state.journal: state.name for state in self.node.peers() if state.connected}
        return tuple(sorted(talking.items(), key=lambda one: one[1]))

    def rows(self) -> tuple[Neighbour, ...]:
        """Siblings met in this run, by name: last contact, what they lack of what is held here."""
        if self.node is None:
            return ()
        mine, now = self.held(), self.work.now()
        found = []
        for state in self.node.peers():
            lacks = 0 if state.vector is None else _lacks(mine, state.vector)
            row = Neighbour(state.name, state.connected, state.last, lacks, state.offset_ms)
            found.append(replace(row, words=line(row, now)))
        return tuple(sorted(found, key=lambda row: row.name))

    def clock_words(self) -> str:
        """Asks to look at the clocks while a sibling's differs by more than ten minutes, "" else."""
        wild = [row for row in self.rows() if row.connected and abs(row.offset_ms) > WILD_MS]
        if not wild:
            return ""
        names = ", ".join(row.name for row in wild)
        return say(
            f"Đồng hồ máy này và {names} lệch nhau hơn 10 phút. Xem lại ngày giờ hai máy.",
            f"The clocks of this PC and {names} differ by more than 10 minutes. Look at both.",
        )

    def trouble(self) -> tuple[str, str]:
        """What keeps siblings away and its remedy, ("", "") while all is well or nobody else is known."""
        node = self.node
        if node is None:
            return "", ""
        wanted = f"{node.settings.port or PORT}"
        if node.hears == PORT_TAKEN:
            return (
                say(f"Cổng {wanted} bị chương trình khác dùng.", f"Another program uses port {wanted}."),
                say("Đóng chương trình kia, hoặc đổi cổng trong cài đặt máy.",
                    "Close that program, or change the port in the PC's settings."),
            )  # fmt: skip
        if any(row.connected for row in self.rows()) or not self._others_known():
            return "", ""
        quiet = ("", "self", "no-line", "timed-out", "cut-off", "ended")
        codes = [place.code for place in node.book.all() if place.code not in quiet]
        if codes:
            words = words_of(codes[-1])
            return words.title, words.remedy
        return (
            say(f"Chưa gặp máy nào của đơn vị. Có thể cổng {wanted} bị chặn.",
                f"No PC of the unit was met. Port {wanted} may be blocked."),
            say(f"Cho phép cổng {wanted} (TCP và UDP) trong tường lửa Windows ở cả hai máy.",
                f"Allow port {wanted} (TCP and UDP) in the Windows firewall of both PCs."),
        )  # fmt: skip

    def _others_known(self) -> bool:
        with self.work.store.read() as connection:
            own = device_of(self.work.journal)
            return any(device_of(one.journal) != own for one in self.work.counters(connection))

    # --- from the node's threads ---

    def _on_change(self, areas: frozenset[str]) -> None:
        if self.node is not None and areas - _OWN_AREAS:
            self.node.nudge()
        if areas & _EXCHANGED:
            self._stale = True

    def _turned(self) -> None:
        self.work.changed("lan")

    def _told(self, peer: Peer, held: Vector, _: int) -> None:
        """Who holds our journal how far is kept, at once when it moved: it is the second copy."""
        self.work.heard = True
        now, own = self.work.now(), held.positions.get(self.work.journal, 0)
        seq, at = self._noted.get(peer.journal, (-1, 0))
        age = now - at
        if not (own != seq and abs(age) >= NOTE_AT_MOST_MS) and 0 <= age < NOTE_EVERY_MS:
            return
        self._noted[peer.journal] = (own, now)
        with self.work.store.write() as connection:
            local.note_peer(connection, peer.name, held.positions, now)
            self._learn(connection)
        if own != seq:
            self.work.changed("lan")

    def _learn(self, connection: Connection) -> None:
        """Where siblings are is remembered: behind a switch that drops beacons they are met at once."""
        node = self.node
        before = device.setting(connection, LEARNT_SETTING).split()
        met = [] if node is None else [f"{host}:{port}" for host, port in node.book.reached()]
        words = " ".join(list(dict.fromkeys([*met, *before]))[:MOST_LEARNT])
        if met and words != " ".join(before):
            device.put_setting(connection, LEARNT_SETTING, words)

    def _took(self, _: Peer, ingested: Ingested, word: bool) -> None:
        self.work.changed(*(("sync", "received", RELAYED) if ingested.applied else ("sync",)))

    def _asked(self, peer: Peer, topic: int, words: bytes) -> bytes:
        return self.answer(peer.journal, topic, words)


def lan_choice(on: str, port: str, addresses: str) -> LanChoice:
    """The settings of this PC as they are kept: ``"0"`` is off, ``host:port`` by blanks.

    Nonsense is passed over: a typing error must not keep the program from starting.
    """
    found = []
    for one in addresses.split():
        host, _, number = one.rpartition(":")
        host, number = (host, number) if host else (one, str(PORT))
        if number.isdigit() and 0 < int(number) < 65_536 and len(host) <= 253:
            found.append((host, int(number)))
    chosen = int(port) if port.isdigit() and 0 < int(port) < 65_536 else PORT
    return LanChoice(on != "0", chosen, tuple(found))


def _lacks(mine: Vector, theirs: Vector) -> int:
    return sum(
        mine.positions[journal] - first + 1
        for journal, first in lacking(mine, theirs).items()
        if not is_province(journal)
    )
