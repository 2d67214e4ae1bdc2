"""The LAN of the running program: node, keys and store joined; imported only where the LAN is used."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.enrolment.device_keys import kept_keys
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange.bundle_files import BundleFiles
from counter_app.services.exchange.lan_places import Places
from counter_app.services.exchange.neighbours import LanChoice, Neighbours
from counter_app.services.pen.offering import OFFERED, answer_offer
from counter_app.services.pen.over_lan import PenOverLan
from counter_app.services.workplace import Workplace
from counter_app.storage.journals import journal
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.queries import devices
from sync.client.lan.node import LanNode, LanSettings
from sync.client.lan.proof import Membership
from sync.client.lan.shelf import TOPICS, Shelf
from sync.client.lan.talk import Hooks, Terms
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.carrying.vector import Vector


def neighbours_of(
    work: Workplace, port: ExchangeStore, enrolment: Enrolment, files: BundleFiles, shelf: Shelf | None = None
) -> Neighbours:
    """The siblings of this program, not started yet; ``shelf`` holds what they may take."""

    def build(hooks: Hooks, choice: LanChoice, changed: Callable[[], None]) -> LanNode:
        with work.store.read() as connection:
            keys = kept_keys(connection, work.journal, work.device_secret)
        assert keys is not None
        return LanNode(
            port,
            Terms(keys.signing, enrolment.hub_keys, work.clock.now, newest_dictionary(), load_dictionary),
            files.unit_keys,
            Membership(enrolment.hub_keys, port, lambda number: _is_revoked(work, number)),
            LanSettings(choice.port, choice.addresses, known=choice.learnt),
            hooks,
            changed,
        )

    passing = PenOverLan(work)

    def answer(journal: int, topic: int, words: bytes) -> bytes:
        if topic in TOPICS:
            return b"" if shelf is None else shelf.answer(topic, words)
        return answer_offer(work, words) if topic == OFFERED else passing.answer(journal, topic, words)

    return Neighbours(work, lambda: _held(work), build, answer, Places(work, files.unit_keys))


def _held(work: Workplace) -> Vector:
    """All that was committed here, signed already or not."""
    with work.store.read() as connection:
        return Vector({number: at.seq for number, at in journal.positions(connection).items()}, b"")


def _is_revoked(work: Workplace, number: int) -> bool:
    """True when the province revoked the device that writes journal ``number``, as far as is known here."""
    with work.store.read() as connection:
        return number in devices.revoked_journals(connection)
