"""The province seals a unit-year: every register closed, everything in a verified backup (decision 059)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from counter_app.domain.dates import vn_date
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.registers.entries import RegisterOpened
from counter_app.domain.registers.sealing import check_may_seal
from counter_app.domain.registers.state import RegisterState
from sync.flushing import flush_folder
from sync.hub import province
from sync.hub.commands import Done, existing, new_topic
from sync.hub.exchange import signed_word
from sync.hub.hub import Hub
from sync.hub.reading.folded import fold_whole
from sync.hub.tables import journals
from sync.protocol.carrying.year_seal import SUFFIX, SealedHead, YearSeal, write_year_seal


def declare(topics: Any) -> None:
    """Add the topic."""
    example = "seal 03390 2026 -o seals"
    parser = new_topic(topics, "seal", "seal a closed year of a unit into a signed file", example, seal_one)
    parser.add_argument("unit")
    parser.add_argument("year", type=int)
    parser.add_argument("-o", "--out", type=Path, default=Path(), help="folder for the file")


def seal_year(hub: Hub, unit: str, year: int) -> bytes:
    """The signed seal. Raises KeyError for a unit that is not served, DomainError ``seal.*``."""
    if unit not in hub.units():
        raise KeyError(f"unit {unit} is not served here")
    hub.read(unit)
    with hub.database.read() as connection:
        opened = journals.entries_of_kinds(connection, unit, (BY_BODY[RegisterOpened].number,))
        states = [one.state for one in fold_whole(connection, [entry.id for entry in opened]).values()]
        received = journals.vector_of(connection, unit)
        word = signed_word(connection, hub.keys, unit, received, hub.now())
        today = vn_date(hub.now())
        day = today.year * 10_000 + today.month * 100 + today.day
        registers = [one for one in states if isinstance(one, RegisterState)]
        safe = word.backed_up.positions
        check_may_seal(year, day, registers, safe)
        sealed = tuple(
            SealedHead(journal, seq, journals.head_at(connection, journal, seq))
            for journal, seq in sorted(safe.items())
        )
        return write_year_seal(
            YearSeal(unit, year, hub.now(), province.hub_life(connection), sealed), hub.keys.signing
        )


def seal_one(folder: Path, options: argparse.Namespace) -> Done:
    """Write ``<unit>-<year>.mcy``."""
    with existing(folder) as hub:
        data = seal_year(hub, options.unit, options.year)
    path = options.out / f"{options.unit}-{options.year}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    flush_folder(path.parent)
    return 0, {"file": str(path), "bytes": len(data)}
