"""Bundle files out and in (``*.mcx``), each outcome in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.device_keys import kept_keys, provisioned_unit_key
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange.file_words import imported_sentence, refused, write_failed
from counter_app.services.ports.exchange import FileResult
from counter_app.services.workplace import Workplace
from counter_app.storage import local
from counter_app.storage.exchange_store import ExchangeStore
from counter_app.storage.queries import devices
from sync.client import files
from sync.protocol.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.parcel import NOTHING, Giver, ParcelKeys
from sync.protocol.refusals import Refusal
from sync.protocol.unit_keys import UnitKey, unwrap_unit_key


@dataclass
class BundleFiles:
    """Files of this PC for the province and the unit's other counters, and theirs for it."""

    work: Workplace
    port: ExchangeStore
    enrolment: Enrolment

    def write(self, folder: Path) -> FileResult:
        """What the province lacks by its last word, sealed and signed, in parts of at most 10 MB.

        Raises DomainError ``file.no_key`` before the province gave this PC the unit's key, ``file.write``.
        """
        now = self.work.now()
        keys = self.unit_keys()
        if not keys:
            raise DomainError(
                "Máy này chưa có khóa của đơn vị để niêm phong gói.",
                "Tỉnh giao khóa ở lần nối đầu tiên sau khi ghi danh.",
                "Nối tỉnh một lần, hoặc nhập gói từ một máy khác của xã do tỉnh gửi.",
                code="file.no_key", title_en="This PC has no unit key to seal a bundle with.",
                meaning_en="The province gives it at the first meeting after enrolment.",
                remedy_en="Meet the province once.",
            )  # fmt: skip
        word = self.port.last_word()
        theirs = NOTHING if word is None else word.received
        with self.work.store.read() as connection:
            own = kept_keys(connection, self.work.journal, self.work.device_secret)
        assert own is not None
        giver = Giver(own.signing, keys[max(keys)], newest_dictionary())
        written = files.export_files(self.port, giver, folder, self._stem(now), now, theirs)
        if written.code != files.WRITTEN:
            raise write_failed(written.code)
        count = len(written.paths)
        parts = "" if count == 1 else f" trong {count} phần"
        sentence = f"Đã xuất gói gửi tỉnh: {written.entries} mục{parts}, {_size(written.size)}."
        return FileResult(str(written.paths[0]), sentence, written.entries, True)

    def read(self, path: Path) -> FileResult:
        """A parcel, with its other parts beside it; refused whole or taken whole."""
        keys = ParcelKeys(self.unit_keys(), self.enrolment.hub_keys, load_dictionary)
        taken = files.import_files(self.port, keys, files.parts_beside(path))
        if taken.code not in (files.APPLIED, files.NOTHING_NEW):
            raise refused(taken, path.name)
        if taken.vector is not None and taken.sender:
            with self.work.store.write() as connection:
                name = self.work.counter_name(connection, taken.sender) or f"máy {taken.sender >> 8}"
                local.note_peer(connection, name, taken.vector.positions, self.work.now())
        self.work.changed("sync", "received")
        applied = taken.code == files.APPLIED or taken.acknowledged
        return FileResult(str(path), imported_sentence(taken), taken.applied, applied)

    def _stem(self, now: int) -> str:
        return (
            f"{self.work.place.unit}-quay{self.work.place.counter_number:02d}-{vn_datetime(now):%Y%m%d-%H%M}"
        )

    def unit_keys(self) -> dict[int, UnitKey]:
        """The unit's keys that this PC holds, by version."""
        with self.work.store.read() as connection:
            return unit_keys_here(connection, self.enrolment, self.work.device_secret)


def unit_keys_here(connection: Connection, enrolment: Enrolment, secret: bytes) -> dict[int, UnitKey]:
    """Versions of the unit's key that were issued to this PC, in any of its lives, or came with its file."""
    brought = provisioned_unit_key(connection, enrolment.unit, secret)
    found = {} if brought is None else {brought.version: brought}
    for issued in devices.unit_keys_issued(connection):
        if issued.unit != enrolment.unit:
            continue
        for wrapped in issued.keys:
            keys = None if wrapped.journal == 0 else kept_keys(connection, wrapped.journal, secret)
            if keys is None:
                continue
            try:
                found[issued.version] = unwrap_unit_key(
                    wrapped.wrapped, keys.exchange, issued.unit, issued.version
                )
            except Refusal:  # wrapped for another life's key
                continue
    return found


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",") if size >= 1_000_000 else f"{-(-size // 1000)} KB"
