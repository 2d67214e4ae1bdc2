"""Files of a hub beside its backups: copied once, opened under the unit's key before they count.

``<folder>/<unit>/<name>.mca`` as at home. All backups in one place share them; nothing is deleted there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from sync.hub import enrol
from sync.hub.attachments.folder import FileFolder
from sync.hub.hub import Hub
from sync.hub.tables.attachments import attachments
from sync.protocol.meeting.attachment import open_attachment
from sync.protocol.refusals import Refusal

BESIDE: Final = "hub-files"
"""The folder beside a backup in which the files of all backups lie."""


class Kept(NamedTuple):
    """How many files stand in the index, how many were copied just now, and the names of those that lack."""

    files: int
    copied: int
    lacking: tuple[str, ...]


def keep_beside(hub: Hub, backup: Path) -> Kept:
    """Copy what lies in ``hub`` and not yet beside ``backup``; each copy is opened again. Raises OSError.

    A file that is gone or damaged at home is named and stops nothing; an earlier whole copy stays.
    """
    home, there = _home(hub), FileFolder(backup.parent, BESIDE)
    copied, lacking = 0, []
    rows = _rows(hub)
    for row in rows:
        if _opens(hub, row, there):
            continue
        data = None if home is None else home.read(row.unit, row.name, 0, row.sealed + 1)
        if data is None or not _is_it(hub, row, data):
            lacking.append(row.name)
            continue
        there.put(row.unit, row.name, data)
        copied += 1
    return Kept(len(rows), copied, tuple(lacking))


def bring_back(hub: Hub, backup: Path) -> Kept:
    """Files of the index from beside ``backup`` into the folder of ``hub``. Raises OSError.

    What is not found leaves the index: counters offer their files again to a hub in a new life, and one that
    still stood there would be refused as known.
    """
    home, there = _home(hub), FileFolder(backup.parent, BESIDE)
    copied, lacking = 0, []
    rows = _rows(hub)
    for row in rows:
        if home is not None and _opens(hub, row, home):
            continue
        data = there.read(row.unit, row.name, 0, row.sealed + 1)
        if home is None or data is None or not _is_it(hub, row, data):
            lacking.append(row.name)
            _forget(hub, row)
            continue
        home.put(row.unit, row.name, data)
        copied += 1
    return Kept(len(rows), copied, tuple(lacking))


def _home(hub: Hub) -> FileFolder | None:
    return None if hub.folder is None else FileFolder(hub.folder)


def _rows(hub: Hub) -> list[Any]:
    with hub.database.read() as connection:
        return list(connection.execute(select(attachments).order_by(attachments.c.unit, attachments.c.name)))


def _opens(hub: Hub, row: Any, folder: FileFolder) -> bool:
    data = folder.read(row.unit, row.name, 0, row.sealed + 1)
    return data is not None and _is_it(hub, row, data)


def _is_it(hub: Hub, row: Any, data: bytes) -> bool:
    """True when ``data`` opens under the unit's keys and is the file of the index row."""
    with hub.database.read() as connection:
        keys = enrol.unit_keys(connection, hub.keys, row.unit)
    try:
        manifest, _ = open_attachment(data, row.unit, keys)
    except Refusal:
        return False
    return manifest.digest == bytes(row.digest)


def _forget(hub: Hub, row: Any) -> None:
    table = attachments
    with hub.database.write() as connection:
        connection.execute(table.delete().where((table.c.unit == row.unit) & (table.c.name == row.name)))
