"""Dossiers filed on the portal: each item is read by itself; one that cannot be read is parked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from sync.hub import clock
from sync.hub.dossiers import OnlineDossier
from sync.hub.portal import queue
from sync.hub.portal.arriving import ChangedThere
from sync.hub.portal.mapping import FieldFault, PortalMap, read_fields
from sync.hub.portal.port import PortalDirty, PortalPort
from sync.hub.portal.sender import Office
from sync.hub.tables.engine import Database

MOST_ITEMS = 5_000
OVERLAP_MS = 24 * 3_600_000
"""Asked again each time: what the portal showed late is not missed, and the same one twice is one."""
FIRST_MS = 30 * OVERLAP_MS
_PROCEDURE = re.compile(r"([0-9]\.[0-9]{6})(\..*)?")
_YEARS = (2000, 2100)


class Fetched(NamedTuple):
    """Dossiers taken in (known ones count) and items parked."""

    taken: int = 0
    parked: int = 0


def fetch(
    database: Database,
    port: PortalPort,
    mapping: PortalMap,
    offices: Mapping[str, Office],
    arrived: Callable[[str, OnlineDossier], object],
    now: int,
) -> Fetched:
    """Ask for every unit's online dossiers; ``arrived`` writes one, the same one twice is one.

    The moment asked from moves only after everything was written or parked: cut off in between, the same is
    asked again. Raises PortalError of the question itself.
    """
    total = Fetched()
    for unit, office in offices.items():
        name = f"portal-online:{unit}"
        with database.read() as connection:
            asked = int(queue.setting_of(connection, name) or now - FIRST_MS)
        since = min(asked, now)  # a clock that once ran ahead must not leave the years between unasked
        items = port.online(office.code, max(0, since - OVERLAP_MS))
        if len(items) > MOST_ITEMS:
            raise PortalDirty(f"{len(items)} items")
        parked = 0
        for item in items:
            fault = _take(mapping, unit, item, arrived)
            if fault is not None:
                parked += 1
                with database.write() as connection:
                    queue.park(connection, unit, "online", *fault, item, now)
        with database.write() as connection:
            if clock.believed(connection, now) == now:  # else this hour would stay unasked
                queue.keep_setting(connection, name, str(now))
        total = Fetched(total.taken + len(items) - parked, total.parked + parked)
    return total


def _take(
    mapping: PortalMap, unit: str, item: object, arrived: Callable[[str, OnlineDossier], object]
) -> tuple[str, str] | None:
    """One item into the journal; the fault and its detail when that cannot be."""
    try:
        arrived(unit, read_item(mapping, item))
    except DomainError as error:
        return ("procedure" if error.code.startswith("procedure") else "item"), error.code
    except ChangedThere as error:
        return "changed", str(error)
    except (FieldFault, ValueError) as error:
        return "item", str(error)
    return None


def read_item(mapping: PortalMap, item: object) -> OnlineDossier:
    """An online dossier from what the portal sent. Raises FieldFault, ValueError naming what is wrong."""
    if not isinstance(item, dict):
        raise ValueError(f"a JSON {type(item).__name__}")
    found: dict[str, Any] = dict(read_fields(mapping, mapping.online, item))
    found.pop("office", None)
    procedure = _PROCEDURE.fullmatch(found["procedure"])
    if procedure is None:
        raise ValueError("procedure: no code")
    found |= {"procedure": procedure[1], "submitted_at": read_moment(found["submitted_at"])}
    return OnlineDossier(**found)


def read_moment(text: str) -> int:
    """``yyyyMMddHHmmss`` of Viet Nam in ms. Raises ValueError for anything else, and for other centuries."""
    if len(text) != 14 or not text.isascii() or not text.isdigit():
        raise ValueError("date: not yyyyMMddHHmmss")
    moment = datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - local times are naive here
    if not _YEARS[0] <= moment.year < _YEARS[1]:
        raise ValueError("date: another century")
    return vn_instant(moment)
