"""The portal of one hub: configuration, adapter, queue and journal joined; what commands and threads call."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, select

from sync.hub import province
from sync.hub.hub import Hub
from sync.hub.portal import incoming, queue
from sync.hub.portal.arriving import arrive
from sync.hub.portal.config import PortalConfig, config_in, mapping_of, portal_of
from sync.hub.portal.faults import words
from sync.hub.portal.matter import read_matter
from sync.hub.portal.plan import Order
from sync.hub.portal.port import PortalError, PortalPort
from sync.hub.portal.sender import Ground, Office, Sender
from sync.hub.tables import schema
from sync.hub.tables.locks import lock_readers
from sync.protocol.journals.entry import Draft

LAST = "portal-last"
"""The setting with the last turn's moment and fault."""


class Ran(NamedTuple):
    """One visit to the portal; ``fault``: what ended it early, ``busy``: another sender is at it."""

    worked: int = 0
    done: int = 0
    failed: int = 0
    taken: int = 0
    parked: int = 0
    moved: int = 0
    fault: str = ""
    busy: bool = False


class DeadLetter(NamedTuple):
    """An order that waits for a person, with words."""

    unit: str
    code: str
    fault: str
    detail: str
    tries: int
    words_vi: str
    words_en: str


class PortalStatus(NamedTuple):
    """The portal as pages and commands show it. Moments ms, 0: never."""

    configured: bool
    waiting: int
    done: int
    dead: int
    marked: int
    parked: int
    last_at: int
    last_fault: str
    letters: tuple[DeadLetter, ...] = ()

    def needs(self, language: str) -> list[str]:
        """What a person has to do, each kind of fault once, without codes of dossiers."""
        return [words(fault, language) for fault in dict.fromkeys(letter.fault for letter in self.letters)]


class WrongKind(ValueError):
    """A practice hub and a real portal, or the reverse."""


def configured(hub: Hub) -> PortalConfig | None:
    """The hub's configuration, None without one. Raises ValueError for a bad one, WrongKind."""
    config = None if hub.folder is None else config_in(hub.folder)
    if config is not None and config.practice != hub.is_practice:
        raise WrongKind("practice and real do not mix: portal.json says otherwise than the hub")
    return config


def visit(
    hub: Hub,
    config: PortalConfig,
    *,
    port: PortalPort | None = None,
    spread: Callable[[int], int] = secrets.randbelow,
    holder: str = "",
    ending: Callable[[], bool] = lambda: False,
) -> Ran:
    """Send what is due, ask what moved, fetch what was filed online; at most one visit in the province."""
    holder = holder or secrets.token_hex(8)

    def leased() -> bool:
        with hub.database.write() as connection:
            return queue.take_lease(connection, holder, hub.now())

    if not leased():
        return Ran(busy=True)
    try:
        return _visit(hub, config, port or portal_of(config), spread, lambda: not ending() and leased())
    finally:
        with hub.database.write() as connection:
            queue.end_lease(connection, holder)


def _visit(
    hub: Hub, config: PortalConfig, port: PortalPort, spread: Callable[[int], int], alive: Callable[[], bool]
) -> Ran:
    mapping, offices = mapping_of(config), offices_of(hub, config)
    ground = Ground(hub.database, read_matter, _writer(hub), hub.now, spread, hub.life)
    sender = Sender(ground, port, mapping, offices, config.asks_codes)
    turn = sender.turn(alive=alive)
    ran = Ran(turn.worked, turn.done, turn.failed, fault="away" if turn.away else "")
    if not turn.away and alive():
        try:
            fetched = incoming.Fetched()
            if config.takes_online:
                fetched = incoming.fetch(
                    hub.database, port, mapping, offices, partial(arrive, hub), hub.now()
                )
            ran = ran._replace(taken=fetched.taken, parked=fetched.parked, moved=sender.poll())
        except PortalError as error:
            ran = ran._replace(fault=error.code)
    with hub.database.write() as connection:
        queue.keep_setting(connection, LAST, f"{hub.now()} {ran.fault}")
    return ran


def offices_of(hub: Hub, config: PortalConfig) -> dict[str, Office]:
    """Units that the configuration names and the hub serves, with their names."""
    with hub.database.read() as connection:
        table = schema.units
        named = {row[0]: row[1] for row in connection.execute(select(table.c.unit, table.c.name))}
    return {unit: Office(code, named[unit]) for unit, code in sorted(config.offices.items()) if unit in named}


def _writer(hub: Hub) -> Callable[[Connection, str, Sequence[Draft]], None]:
    def write(connection: Connection, unit: str, drafts: Sequence[Draft]) -> None:
        lock_readers(connection, [unit])
        province.append(connection, hub.keys, unit, drafts, hub.now())

    return write


def status(connection: Connection, is_configured: bool = True) -> PortalStatus:
    """How the queue stands, with the newest dead letters in words."""
    held = queue.counts(connection)
    at, _, fault = queue.setting_of(connection, LAST).partition(" ")
    letters = tuple(_letter(order) for order in queue.dead(connection))
    return PortalStatus(
        is_configured and bool(queue.setting_of(connection, queue.SWITCH)), held[queue.WAITING],
        held[queue.DONE], held[queue.DEAD], held["marked"], held["parked"], int(at or 0), fault, letters,
    )  # fmt: skip


def _letter(order: Order) -> DeadLetter:
    code = order.code or order.given
    return DeadLetter(
        order.unit, code, order.fault, order.detail, order.tries, words(order.fault), words(order.fault, "en")
    )
