"""A sender over a real database, with made-up matters instead of journals: queue and wire are real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from resources import load
from sync.hub.portal import queue
from sync.hub.portal.config import LEGACY, PortalConfig, portal_of
from sync.hub.portal.mapping import parse_map
from sync.hub.portal.matter import Matter, Step
from sync.hub.portal.plan import Order
from sync.hub.portal.port import PortalPort
from sync.hub.portal.sender import LONGEST_DELAY_MS, Ground, Office, Sender, Turn
from sync.hub.tables import portal as tables
from sync.hub.tables import schema
from sync.hub.tables.engine import Database, note, open_sqlite
from sync.hub.tables.postgres import open_postgres
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId
from tests.support.portal.simulator import SECRET, USER, Portal
from tests.support.postgres import Databases, server

UNIT = "00000"
OFFICES = {UNIT: Office("H35.20", "UBND xã Bình Lư (tập huấn)")}
MORNING = 1_795_134_600_000
VALUES = {
    "procedure": "1.004873", "procedure_name": "Xác nhận tình trạng hôn nhân", "name": "LÒ TẬP HUẤN ẨM",
    "id_number": "012190000001", "received_at": MORNING, "submitted_at": MORNING,
}  # fmt: skip


def matter(number: int, path: Sequence[int], **changes: object) -> Matter:
    """Dossier ``number`` that went through ``path``; each step is an entry of its own."""
    steps = tuple(
        Step(1000 * number + place, state, MORNING + place * 60_000) for place, state in enumerate(path)
    )
    values = {**VALUES, **changes.pop("values", {})}  # type: ignore[dict-item]
    code = f"0000000112611200{number:03d}0"
    return Matter(EntryId(256, number), code, steps, values, **changes)  # type: ignore[arg-type]


def config(portal: Portal, **changes: object) -> PortalConfig:
    """How the practice unit reaches the simulator."""
    given = {
        "generation": portal.generation, "address": portal.address, "user": USER, "secret": SECRET,
        "offices": {UNIT: "H35.20"}, "practice": True, "seconds": 5.0,
    }  # fmt: skip
    return PortalConfig(**{**given, **changes})  # type: ignore[arg-type]


class Bench:
    """The sender's surroundings; ``matters`` by subject key are what journals would say."""

    def __init__(self, folder: Path, portal: Portal) -> None:
        self._made = Databases(server()) if server() else None
        file = folder / "hub.db"
        engine = (
            open_postgres(self._made.new()) if self._made else open_sqlite(file, bytes(32), durable=False)
        )
        self.database = Database(engine)
        with self.database.write() as connection:
            schema.META.create_all(connection)
        self.matters: dict[int, Matter] = {}
        self.written: list[Draft] = []
        self.at = MORNING
        self.life = 1
        self.asks_codes = False
        self.portal = portal
        self.port: PortalPort = portal_of(config(portal))
        self.fresh()

    def fresh(self) -> None:
        """Another example on the same database, a portal that knows nothing."""
        self.portal.forget()
        self.port = portal_of(config(self.portal))
        self.at, self.life, self.asks_codes = MORNING, 1, False
        with self.database.write() as connection:
            for table in (tables.marks, tables.orders, tables.parked, schema.settings):
                connection.execute(table.delete())
        self.matters.clear()
        self.written.clear()

    def say(self, one: Matter) -> None:
        """The journals say this now."""
        self.matters[one.subject.key] = one
        with self.database.write() as connection:
            note(connection, tables.marks, [{"subject": one.subject.key, "unit": UNIT}])

    def sender(self, port: PortalPort | None = None) -> Sender:
        """A sender as after a start of the hub."""
        ground = Ground(self.database, self._read, self._write, lambda: self.at, lambda n: n - 1, self.life)
        mapping = parse_map(load.portal_map(self.portal.generation))
        return Sender(ground, port or self.port, mapping, OFFICES, self.asks_codes)

    def turn(self, port: PortalPort | None = None) -> Turn:
        """One turn, after the longest wait."""
        self.at += LONGEST_DELAY_MS
        return self.sender(port).turn()

    def settle(self, most: int = 30) -> None:
        """Turns until nothing waits; dead letters are tried again, as a person would."""
        for _ in range(most):
            with self.database.write() as connection:
                queue.retry(connection, self.at)
            self.turn()
            held = self.counts()
            if not held["waiting"] and not held["dead"] and not held["marked"]:
                return
        raise AssertionError(self.counts())

    def counts(self) -> dict[str, int]:
        with self.database.read() as connection:
            return queue.counts(connection)

    def order(self, one: Matter) -> Order:
        with self.database.read() as connection:
            found = queue.order_of(connection, one.subject.key)
        assert found is not None
        return found

    def _read(self, connection: Connection, subject: EntryId) -> Matter | None:
        return self.matters.get(subject.key)

    def _write(self, connection: Connection, unit: str, drafts: Sequence[Draft]) -> None:
        self.written += drafts

    def close(self) -> None:
        self.database.close()
        if self._made:
            self._made.drop()


__all__ = ["LEGACY", "Bench", "config", "matter"]
