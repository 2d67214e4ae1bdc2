"""What waits and where it goes: the counter's side of ``sync.client.attachments``.

A file waits because an entry of this PC names it - read from the journal, so that nothing is forgotten - or
because somebody here wants to see one that another PC has. What comes is proved by the digest that the entry
names before it is kept.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from counter_app.domain.certification.electronic_entries import FileExtended, FileSigned
from counter_app.domain.organisation.entries import DelegationRecorded
from counter_app.domain.tickets.entries import AnsweredFromAfar, TicketOpened
from counter_app.services.founding.act_scans import FOLDER as ACTS
from counter_app.services.signing.signed_files import FOLDER as SIGNED
from counter_app.services.technician.tickets.port import FOLDER as BUNDLES
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.this_pc import attachments as table
from counter_app.storage.this_pc.attachments import Attachment
from counter_app.storage.this_pc.flushed import make_folder
from sync.client.attachments import Incoming, Outgoing
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.meeting.attachment import (
    MAX_FILE_BYTES,
    SALT_BYTES,
    open_attachment,
    seal_attachment,
    sealed_size,
    wire_name,
)
from sync.protocol.naming.unit_keys import UnitKey
from sync.protocol.refusals import Malformed, Refusal

AREA: Final = "files"
"""What screens hear of when a file moved."""
INCOMING: Final = "incoming"
"""Below the program's home: files that are not whole yet, sealed as they come."""
MOST_TRIES: Final = 3
DELEGATION, FILE_SIGNED, FILE_EXTENDED, TICKET, FROM_AFAR = 110, 236, 237, 540, 543
FOLDERS: Final = {
    DELEGATION: ACTS, FILE_SIGNED: SIGNED, FILE_EXTENDED: SIGNED, TICKET: BUNDLES, FROM_AFAR: BUNDLES,
}  # fmt: skip


@dataclass
class AttachmentQueue:
    """Implements ``AttachmentPort``; ``keys`` are the unit's keys held here, by version."""

    work: Workplace
    keys: Callable[[], Mapping[int, UnitKey]]
    _sealed: tuple[bytes, bytes] = field(default=(b"", b""))

    # What leaves.

    def look(self) -> int:
        """Queue the files that entries of this PC name since the last look; returns how many are new."""
        with self.work.store.read() as connection:
            found = table.unqueued(connection, self.work.journal, tuple(FOLDERS))
            named = [(place, *_named(entry_at(connection, place))) for place in found]
        new = [(place, digest, folder) for place, digest, folder in named if digest]
        if new:
            with self.work.store.write() as connection:
                for place, digest, folder in new:
                    table.want(connection, digest, table.OUT, folder, place, self.work.now())
        return len(new)

    def next_out(self) -> Outgoing | None:
        """The file to send now; None before the province gave this PC the unit's key."""
        self.look()
        keys = self.keys()
        while keys:
            with self.work.store.read() as connection:
                found = table.next_waiting(connection, table.OUT, table.hub_life(connection))
            if found is None:
                return None
            if found.state == table.SENT or not found.salt or found.key_version not in keys:
                found = self._seal(found, keys[max(keys)])
            if found is not None:
                name = wire_name(keys[found.key_version], found.digest)
                return Outgoing(found.digest, name, found.length, found.taken)
        return None

    def _seal(self, found: Attachment, key: UnitKey) -> Attachment | None:
        """Decide how a file is sealed; None when it is not here, or too large: then it waits no longer."""
        data = self.work.kept_files(found.folder).get(found.digest.hex())
        if data is None or len(data) > MAX_FILE_BYTES:
            self._settle(found.digest, table.OUT, table.GONE if data is None else table.REFUSED)
            return None
        salt = secrets.token_bytes(SALT_BYTES)
        with self.work.store.write() as connection:
            table.seal_with(connection, found.digest, salt, key.version, sealed_size(len(data)))
            return table.find(connection, found.digest, table.OUT)

    def part(self, digest: bytes, offset: int, count: int) -> bytes | None:
        """Bytes of the sealed file, None when it is not here any more."""
        if self._sealed[0] != digest and not self._load(digest):
            return None
        return self._sealed[1][offset : offset + count]

    def _load(self, digest: bytes) -> bool:
        with self.work.store.read() as connection:
            found = table.find(connection, digest, table.OUT)
        key = None if found is None else self.keys().get(found.key_version)
        data = None if found is None else self.work.kept_files(found.folder).get(digest.hex())
        if found is None or data is None or key is None:
            self._settle(digest, table.OUT, table.GONE)
            return False
        self._sealed = (digest, seal_attachment(data, key, found.salt))
        return True

    def moved(self, digest: bytes, offset: int) -> None:
        """The hub holds so many bytes."""
        with self.work.store.write() as connection:
            found = table.find(connection, digest, table.OUT)
            if found is not None:
                table.moved(connection, digest, table.OUT, offset, found.length)

    def sent(self, digest: bytes) -> None:
        """The hub keeps it, in the life its last word named."""
        self._sealed = (b"", b"")
        with self.work.store.write() as connection:
            table.settle(connection, digest, table.OUT, table.SENT, table.hub_life(connection))
        self.work.changed(AREA)

    def refused(self, digest: bytes, code: str) -> None:
        """Sealed anew, or given up after ``MOST_TRIES``."""
        self._sealed = (b"", b"")
        with self.work.store.write() as connection:
            table.failed(connection, digest, table.OUT, MOST_TRIES)
        self.work.changed(AREA)

    # What comes.

    def next_in(self) -> Incoming | None:
        """The file somebody waits for; None before this PC has a key of the unit."""
        keys = self.keys()
        with self.work.store.read() as connection:
            found = table.next_waiting(connection, table.IN)
        if found is None or not keys:
            return None
        names = tuple(wire_name(keys[version], found.digest) for version in sorted(keys, reverse=True))
        return Incoming(found.digest, names, min(found.taken, self._here(found.digest)))

    def came(self, digest: bytes, offset: int, data: bytes, length: int) -> None:
        """Bytes of a sealed file; with the last ones it is proved and kept. Raises OSError."""
        with self.work.store.read() as connection:
            found = table.find(connection, digest, table.IN)
        if found is None:
            return
        if not length or (found.length and found.length != length and offset):
            self._again(digest)
            return
        path = self._path(digest)
        make_folder(path.parent)
        with path.open("r+b" if path.exists() else "wb") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        here = offset + len(data)
        with self.work.store.write() as connection:
            table.moved(connection, digest, table.IN, here, length)
        if here == length:
            self._keep(found)

    def _keep(self, found: Attachment) -> None:
        path = self._path(found.digest)
        try:
            manifest, data = open_attachment(path.read_bytes(), self.work.place.unit, self.keys())
        except Refusal:  # parts of two sealings, or a hub that lies: from the beginning
            self._again(found.digest)
            return
        if manifest.digest != found.digest:
            self._again(found.digest)
            return
        self.work.kept_files(found.folder).put(data)
        self._settle(found.digest, table.IN, table.HERE)
        path.unlink(missing_ok=True)
        self.work.changed("people", "signing")  # where such files are looked at

    def _again(self, digest: bytes) -> None:
        self._path(digest).unlink(missing_ok=True)
        with self.work.store.write() as connection:
            table.failed(connection, digest, table.IN, MOST_TRIES)
        self.work.changed(AREA)

    def absent(self, digest: bytes) -> None:
        """The hub does not have it yet; asked for again when somebody wants to see it again."""
        self._settle(digest, table.IN, table.ABSENT)

    def _settle(self, digest: bytes, way: str, state: str) -> None:
        with self.work.store.write() as connection:
            table.settle(connection, digest, way, state)
        self.work.changed(AREA)

    def _here(self, digest: bytes) -> int:
        try:
            return self._path(digest).stat().st_size
        except OSError:
            return 0

    def _path(self, digest: bytes) -> Path:
        return self.work.papers_folder.with_name(INCOMING) / f"{digest.hex()}.part"


def _named(entry: Entry | None) -> tuple[bytes, str]:
    """Digest and folder of the file that an entry names; ``(b"", "")`` for none."""
    if entry is None or entry.body is None:
        return b"", ""
    kind = entry.facts.kind
    try:
        if kind == DELEGATION:
            digest = decode_body(DelegationRecorded, entry.body).scan or b""
        elif kind == FILE_SIGNED:
            digest = decode_body(FileSigned, entry.body).digest
        elif kind == TICKET:
            digest = decode_body(TicketOpened, entry.body).bundle.digest
        elif kind == FROM_AFAR:
            digest = decode_body(AnsweredFromAfar, entry.body).bundle.digest
        else:
            digest = decode_body(FileExtended, entry.body).digest
    except Malformed:  # of a later version
        return b"", ""
    return digest, FOLDERS[kind]
