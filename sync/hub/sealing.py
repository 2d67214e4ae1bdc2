"""The province seals a unit-year: every register closed, everything in a verified backup (decision 059).

A seal is kept in the province's own journal of the unit, as a data set: so it lies in the hub's backups,
comes back from the counters after a restore, and reaches every counter like all that the province says. One
seal a year, made once.
"""

from __future__ import annotations

import argparse
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.province.entries import DataPut
from counter_app.domain.registers.entries import RegisterOpened
from counter_app.domain.registers.sealing import DATA_SET, check_may_seal
from counter_app.domain.registers.state import RegisterState
from sync.flushing import flush_folder
from sync.hub import province
from sync.hub.commands import Done, existing, new_topic
from sync.hub.exchange import signed_word
from sync.hub.hub import Hub
from sync.hub.reading.folded import fold_whole
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import GONE
from sync.hub.tables.locks import lock_readers
from sync.protocol.carrying.year_seal import SUFFIX, SealedHead, YearSeal, read_year_seal, write_year_seal
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import SELF, is_province
from sync.protocol.refusals import Refusal

log = logging.getLogger(__name__)
_DATA_PUT = BY_BODY[DataPut].number


def declare(topics: Any) -> None:
    """Add the topic."""
    example = "seal 03390 2026 -o seals"
    parser = new_topic(topics, "seal", "seal a closed year of a unit into a signed file", example, seal_one)
    parser.add_argument("unit")
    parser.add_argument("year", type=int)
    parser.add_argument("-o", "--out", type=Path, default=Path(), help="folder for the file")


def kept_seals(connection: Connection, unit: str, hub_keys: HubKeys) -> dict[int, bytes]:
    """The seals of ``unit`` that the hub made, by year, as their files; of two the one made first."""
    found: dict[int, bytes] = {}
    for entry in journals.entries_of_kinds(connection, unit, (_DATA_PUT,)):
        if not is_province(entry.id.journal):
            continue
        with suppress(Refusal):  # what is no seal of ours is none
            body = decode_body(DataPut, entry.body or b"")
            if body.name == DATA_SET:
                seal = read_year_seal(body.content, hub_keys)
                if seal.unit == unit:
                    found.setdefault(seal.year, body.content)
    return dict(sorted(found.items()))


def seal_year(hub: Hub, unit: str, year: int) -> bytes:
    """The signed seal: the kept one, else a new one, which is kept.

    Raises KeyError for a unit that is not served, DomainError ``seal.*``.
    """
    if unit not in hub.units():
        raise KeyError(f"unit {unit} is not served here")
    hub.read(unit)
    with hub.database.read() as connection:
        kept = kept_seals(connection, unit, _keys(hub))
    return kept[year] if year in kept else _keep(hub, unit, year, _made(hub, unit, year))


def seal_closed_years(hub: Hub) -> list[tuple[str, int]]:
    """Seal every year that is closed, safe and not sealed yet; returns (unit, year) of those made.

    A unit that cannot be sealed yet waits for the next call and keeps nobody else waiting.
    """
    made = []
    for unit, year in _closed(hub):
        try:
            seal_year(hub, unit, year)
            made.append((unit, year))
        except DomainError:
            continue  # no verified backup holds the closing yet
        except GONE:
            raise
        except Exception:
            log.exception("a year was not sealed")
    return made


def _closed(hub: Hub) -> list[tuple[str, int]]:
    """Unit-years of which every register is closed as far as it was read, over, and without a seal."""
    rows = schema.register_rows
    with hub.database.read() as connection:
        closed = connection.execute(
            select(rows.c.unit, rows.c.year)
            .where(rows.c.year < day_of(hub.now()) // 10_000)
            .group_by(rows.c.unit, rows.c.year)
            .having(func.min(rows.c.closed) > 0)
            .order_by(rows.c.unit, rows.c.year)
        ).all()
        kept = {unit: kept_seals(connection, unit, _keys(hub)) for unit in {row[0] for row in closed}}
    return [(unit, year) for unit, year in closed if year not in kept[unit]]


def _made(hub: Hub, unit: str, year: int) -> bytes:
    with hub.database.read() as connection:
        opened = journals.entries_of_kinds(connection, unit, (BY_BODY[RegisterOpened].number,))
        states = [one.state for one in fold_whole(connection, [entry.id for entry in opened]).values()]
        received = journals.vector_of(connection, unit)
        word = signed_word(connection, hub.keys, unit, received, hub.now())
        registers = [one for one in states if isinstance(one, RegisterState)]
        safe = word.backed_up.positions
        check_may_seal(year, day_of(hub.now()), registers, safe)
        sealed = tuple(
            SealedHead(journal, seq, journals.head_at(connection, journal, seq))
            for journal, seq in sorted(safe.items())
        )
        return write_year_seal(
            YearSeal(unit, year, hub.now(), province.hub_life(connection), sealed), hub.keys.signing
        )


def _keep(hub: Hub, unit: str, year: int, data: bytes) -> bytes:
    """Write the seal into the unit's journal of the province, unless another process was faster."""
    body = DataPut(DATA_SET, day_of(hub.now()), data, f"{year}")
    with hub.database.write() as connection:
        lock_readers(connection, [unit])
        kept = kept_seals(connection, unit, _keys(hub))
        if year not in kept:
            province.append(connection, hub.keys, unit, [draft(body, SELF)], hub.now())
        return kept.get(year, data)


def _keys(hub: Hub) -> HubKeys:
    return {hub.keys.signing.key_id: hub.public_key}


def seal_one(folder: Path, options: argparse.Namespace) -> Done:
    """Write ``<unit>-<year>.mcy``."""
    with existing(folder) as hub:
        data = seal_year(hub, options.unit, options.year)
    path = options.out / f"{options.unit}-{options.year}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft_path = path.with_name(f"{path.name}.new")
    with draft_path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft_path.replace(path)
    flush_folder(path.parent)
    return 0, {"file": str(path), "bytes": len(data)}
