"""Files given to another device of the unit, piece by piece, under a key that it holds."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from sync.hub import enrol
from sync.hub.attachments.asking import Asker
from sync.hub.attachments.folder import FileFolder
from sync.hub.attachments.refusing import FileRefused, unknown
from sync.hub.hub import Hub
from sync.hub.tables.attachments import attachments
from sync.protocol.meeting.attachment import open_attachment, seal_attachment, wire_name
from sync.protocol.naming.unit_keys import UnitKey
from sync.protocol.refusals import Refusal

MOST_AT_ONCE: Final = 1024 * 1024
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_RANGE: Final = re.compile(r"bytes=([0-9]{1,10})-([0-9]{0,10})")


class Piece(NamedTuple):
    """``data`` from ``first`` of a sealed file of ``length`` bytes."""

    first: int
    data: bytes
    length: int


class Giver:
    """Files of one hub that came whole."""

    def __init__(self, hub: Hub, folder: FileFolder) -> None:
        self._hub = hub
        self._folder = folder

    def give(self, who: Asker, name: str, wanted: str) -> Piece:
        """A piece of the file called ``name``; ``wanted`` is a Range header or ""; a range
        is cut at 1 MiB.

        Raises FileRefused 404; 416 beyond the end.
        """
        if not _NAME.fullmatch(name):
            raise unknown()
        with self._hub.database.read() as connection:
            row = _named(connection, who.unit, name)
        row = row or self._sealed_anew(who.unit, name)
        first, count = _bounds(wanted, row.sealed)
        data = self._folder.read(who.unit, row.name, first, count)
        if data is None or len(data) != count:  # a hub restored without its files
            raise unknown()
        return Piece(first, data, row.sealed)

    def _sealed_anew(self, unit: str, name: str) -> Any:
        """A file sealed under an earlier key of the unit, now under the one the name was made with.

        A PC that enrolled after the key changed holds no earlier one. Raises FileRefused 404.
        """
        with self._hub.database.read() as connection:
            keys = enrol.unit_keys(connection, self._hub.keys, unit)
            rows = connection.execute(select(attachments).where(attachments.c.unit == unit)).all()
        newest = keys[max(keys)] if keys else None
        found = None if newest is None else _of_that_name(rows, newest, name)
        if newest is None or found is None:
            raise unknown()
        sealed = self._folder.read(unit, found.name, 0, found.sealed)
        try:
            _, data = open_attachment(sealed or b"", unit, keys)
        except Refusal as refusal:
            raise unknown() from refusal
        again = seal_attachment(data, newest)
        self._folder.put(unit, name, again)
        with self._hub.database.write() as connection:
            old = (attachments.c.unit == unit) & (attachments.c.name == found.name)
            changed = {"name": name, "sealed": len(again), "key_version": newest.version}
            connection.execute(attachments.update().where(old).values(**changed))
            row = _named(connection, unit, name)
        self._folder.drop(unit, found.name)
        return row


def _of_that_name(rows: Any, newest: UnitKey, name: str) -> Any:
    older = (row for row in rows if row.key_version != newest.version)
    return next((row for row in older if wire_name(newest, bytes(row.digest)) == name), None)


def _named(connection: Connection, unit: str, name: str) -> Any:
    table = attachments
    return connection.execute(select(table).where(table.c.unit == unit, table.c.name == name)).first()


def _bounds(wanted: str, length: int) -> tuple[int, int]:
    """First byte and count. A Range that is not one of ours is ignored, as HTTP wants it."""
    found = _RANGE.fullmatch(wanted)
    first = int(found[1]) if found else 0
    last = int(found[2]) if found and found[2] else length - 1
    if first >= length or last < first:
        raise FileRefused(416, "range", f"the file has {length} bytes")
    most = MOST_AT_ONCE if found else length
    return first, min(last - first + 1, length - first, most)
