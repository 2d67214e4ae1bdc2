"""Uploads in the manner of tus 1.0.0: created, continued at an offset, opened and kept when whole.

An upload's id is its wire name and the sender's journal: a device that lost everything but the file finds its
upload again, and two devices that send one file never write into each other's.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select

from sync.hub import enrol
from sync.hub.attachments.asking import Asker
from sync.hub.attachments.folder import FileFolder
from sync.hub.attachments.refusing import FileRefused, unknown
from sync.hub.hub import Hub
from sync.hub.tables.attachments import attachments, uploads
from sync.hub.tables.engine import add, put, remove
from sync.protocol.meeting.attachment import MAX_SEALED_BYTES, open_attachment, peek_attachment, wire_name
from sync.protocol.refusals import Refusal

MOST_OPEN: Final = 64
"""Uploads one device may have begun and not finished."""
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_ID: Final = re.compile(r"([0-9a-f]{64})-([1-9][0-9]{0,9})")


class Standing(NamedTuple):
    """How an upload stands: bytes taken of bytes announced."""

    id: str
    offset: int
    length: int


class Uploads:
    """Uploads of one hub; ``folder`` keeps the bytes. Safe to use from several threads."""

    def __init__(self, hub: Hub, folder: FileFolder) -> None:
        self._hub = hub
        self._folder = folder

    def create(self, who: Asker, name: str, length: int) -> Standing:
        """Begin an upload of ``length`` bytes; one that is there goes on, a file that is here needs none.

        Raises FileRefused 400, 409 (begun with another length), 413, 429.
        """
        if not _NAME.fullmatch(name):
            raise FileRefused(400, "name", "Upload-Metadata names the file: name <64 hex digits in base64>")
        if not 0 < length <= MAX_SEALED_BYTES:
            raise FileRefused(413, "too-large", f"a sealed file has at most {MAX_SEALED_BYTES} bytes")
        upload = f"{name}-{who.journal}"
        with self._hub.database.write() as connection:
            if whole := _whole(connection, who.unit, name):
                return Standing(upload, whole.sealed, whole.sealed)
            row = _row(connection, upload)
            if row is None:
                self._begin(connection, who, upload, name, length)
                return Standing(upload, 0, length)
            if row.length != length:
                raise FileRefused(409, "length", f"begun with {row.length} bytes")
        return self.standing(who, upload)

    def _begin(self, connection: Connection, who: Asker, upload: str, name: str, length: int) -> None:
        of_this = select(func.count()).select_from(uploads).where(uploads.c.journal == who.journal)
        if int(connection.execute(of_this).scalar_one()) >= MOST_OPEN:
            raise FileRefused(429, "too-many", f"{MOST_OPEN} uploads of this device are not finished")
        row = {"id": upload, "unit": who.unit, "journal": who.journal, "name": name}
        add(connection, uploads, [{**row, "length": length, "taken": 0, "touched": self._hub.now()}])

    def standing(self, who: Asker, upload: str) -> Standing:
        """How far an upload is; one that has all its bytes is finished first. Raises FileRefused."""
        name = _own(who, upload)
        with self._hub.database.read() as connection:
            row = _row(connection, upload)
            whole = _whole(connection, who.unit, name)
        if row is None:
            if whole is None:
                raise unknown()
            return Standing(upload, whole.sealed, whole.sealed)
        if row.taken == row.length:
            return self._finish(who, row)
        return Standing(upload, self._here(row), row.length)

    def append(self, who: Asker, upload: str, offset: int, data: bytes) -> Standing:
        """Bytes at ``offset``, on the disk before the new offset is told.

        Raises FileRefused: 404, 409 for another offset, 413 beyond the length, 422 when it is whole and no
        file of this unit (then nothing of it is kept).
        """
        _own(who, upload)
        with self._hub.database.write() as connection:
            row = _row(connection, upload, lock=True)
            if row is None:
                raise unknown()
            here = min(row.taken, self._folder.size_of_part(upload)) if row.taken < row.length else row.taken
            if offset != here:
                raise FileRefused(409, "offset", f"the upload is at {here}")
            end = offset + len(data)
            if end > row.length:
                raise FileRefused(413, "too-long", f"{end} bytes of {row.length}")
            if data:
                self._folder.write_part(upload, offset, data)
            connection.execute(
                uploads.update().where(uploads.c.id == upload).values(taken=end, touched=self._hub.now())
            )
        return self._finish(who, row) if end == row.length else Standing(upload, end, row.length)

    def _here(self, row: Any) -> int:
        """What is on the disk for sure: never more than the file has, never more than was flushed."""
        if row.taken == row.length:  # perhaps under its last name already
            return int(row.taken)
        return min(int(row.taken), self._folder.size_of_part(row.id))

    def drop(self, who: Asker, upload: str) -> None:
        """The sender gives an upload up. Raises FileRefused 404; 403 for a file that is whole."""
        name = _own(who, upload)
        with self._hub.database.write() as connection:
            if _row(connection, upload) is None:
                if _whole(connection, who.unit, name):
                    raise FileRefused(403, "whole", "a file that is whole is not taken back")
                raise unknown()
            remove(connection, uploads, "id", [upload])
        self._folder.drop_part(upload)

    def _finish(self, who: Asker, row: Any) -> Standing:
        """Open what came; keep it under its name, or forget it. Raises FileRefused 422."""
        data = self._folder.read_upload(row.id, who.unit, row.name)
        try:
            found = self._opened(who, row.name, data or b"")
        except Refusal as refusal:
            with self._hub.database.write() as connection:
                remove(connection, uploads, "id", [row.id])
            self._folder.drop_part(row.id)
            raise FileRefused(422, refusal.code, "not the file that was announced") from refusal
        with self._hub.database.write() as connection:
            if _whole(connection, who.unit, row.name) is None:
                self._folder.finish(row.id, who.unit, row.name)
                put(connection, attachments, [found])
            remove(connection, uploads, "id", [row.id])
        self._folder.drop_part(row.id)
        return Standing(row.id, row.length, row.length)

    def _opened(self, who: Asker, name: str, data: bytes) -> dict[str, object]:
        """The index row of a file that opens under the unit's key and has its own name."""
        with self._hub.database.read() as connection:
            keys = enrol.unit_keys(connection, self._hub.keys, who.unit)
        manifest, _ = open_attachment(data, who.unit, keys)
        version = peek_attachment(data).key_version
        if wire_name(keys[version], manifest.digest) != name:
            raise Misnamed("another file's name")
        return {
            "unit": who.unit, "name": name, "digest": manifest.digest, "size": manifest.size,
            "sealed": len(data), "key_version": version, "journal": who.journal, "arrived": self._hub.now(),
        }  # fmt: skip


class Misnamed(Refusal):
    """A file under another file's name."""

    code = "misnamed"


def _own(who: Asker, upload: str) -> str:
    """The wire name in an id of the asker's own. Raises FileRefused 404."""
    found = _ID.fullmatch(upload)
    if found is None or int(found[2]) != who.journal:
        raise unknown()
    return found[1]


def _row(connection: Connection, upload: str, *, lock: bool = False) -> Any:
    wanted = select(uploads).where(uploads.c.id == upload)
    if lock and connection.dialect.name != "sqlite":  # SQLite has one writer already
        wanted = wanted.with_for_update()
    return connection.execute(wanted).first()


def _whole(connection: Connection, unit: str, name: str) -> Any:
    table = attachments
    return connection.execute(select(table).where(table.c.unit == unit, table.c.name == name)).first()
