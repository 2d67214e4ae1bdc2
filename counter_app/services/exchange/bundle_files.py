"""Bundle files out and in (``*.mcx``), each outcome in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.device_keys import kept_keys, provisioned_unit_key
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange.file_words import imported_sentence, refused, write_failed
from counter_app.services.exchange.parcel_words import contents_of, incomplete, partly_sentence, place_name
from counter_app.services.ports.exchange import FileContents, FileResult
from counter_app.services.ports.saying import counted, say
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.queries import devices
from counter_app.storage.this_pc import local
from sync.client import files
from sync.client.files import Imported
from sync.client.part_box import Gathered, PartBox
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.carrying.vector import Vector, lacking
from sync.protocol.meeting.parcel import NOTHING, Giver, ParcelKeys
from sync.protocol.naming.unit_keys import UnitKey, unwrap_unit_key
from sync.protocol.refusals import Refusal

HEARD_LATELY_MS = 14 * 86_400_000
"""A counter that told longer ago how far it is no longer makes each file larger."""


@dataclass
class BundleFiles:
    """Files of this PC for the province and the unit's other counters, and theirs for it."""

    work: Workplace
    port: ExchangeStore
    enrolment: Enrolment

    def write(self, folder: Path) -> FileResult:
        """What the province lacks by its last word, sealed and signed, in parts of at most 10 MB.

        Also what other counters lack that told us lately by a file how far they are: one file serves all.
        Raises DomainError ``file.no_key`` before the province gave this PC the unit's key, ``file.write``.
        """
        now = self.work.now()
        keys = self.unit_keys()
        if not keys:
            raise DomainError(
                "Máy này chưa có khóa của đơn vị để niêm phong gói.",
                "Tệp cấp phát của máy không mang khóa; tỉnh giao khóa ở lần nối đầu tiên.",
                "Nối tỉnh một lần (commune-counter exchange), hoặc xin tỉnh tệp cấp phát mới có khóa.",
                code="file.no_key", title_en="This PC has no unit key to seal a bundle with.",
                meaning_en="Its provisioning file brought none; the province gives it at the first meeting.",
                remedy_en="Meet the province once (commune-counter exchange), or ask it for a new file.",
            )  # fmt: skip
        with self.work.store.read() as connection:
            own = kept_keys(connection, self.work.journal, self.work.device_secret)
        assert own is not None
        giver = Giver(own.signing, keys[max(keys)], newest_dictionary())
        written = files.export_files(self.port, giver, folder, self._stem(now), now, self._lacked(now))
        if written.code != files.WRITTEN:
            raise write_failed(written.code)
        count = len(written.paths)
        due = self._province_lacks()
        size, items = _size(written.size), counted(due, "item", "items")
        parts = "" if count == 1 else say(f" trong {count} phần", f" in {count} parts")
        more = written.entries - due
        parts += "" if more <= 0 else say(f", thêm {more} mục cho máy khác", f", {more} more for siblings")
        sentence = say(
            f"Đã xuất gói gửi tỉnh: {due} mục{parts}, {size}.",
            f"A bundle for the province was written: {items}{parts}, {size}.",
        )
        return FileResult(str(written.paths[0]), sentence, due, True)

    def read(self, path: Path) -> FileResult:
        """A parcel, with its other parts beside it; refused whole, or taken as far as nothing is missing.

        Raises DomainError ``file.incomplete`` when all of it waits for earlier entries, ``file.*``.
        """
        keys = ParcelKeys(self.unit_keys(), self.enrolment.hub_keys, load_dictionary)
        gathered = self._gathered(path)
        taken = files.import_files(self.port, keys, gathered.paths)
        if taken.code not in (files.APPLIED, files.NOTHING_NEW, files.PARTLY, files.INCOMPLETE):
            raise refused(taken, path.name, gathered.held if gathered.parcel else ())
        if taken.code != files.INCOMPLETE:
            self._box().drop(gathered.parcel)
        if taken.vector is not None and taken.sender:
            with self.work.store.write() as connection:
                name = place_name(taken.sender, partial(self.work.counter_name, connection))
                local.note_peer(connection, name, taken.vector.positions, self.work.now())
        self.work.changed("sync", "received")
        if taken.code == files.INCOMPLETE:
            raise incomplete(taken.gaps, taken.sender, self._name_of)
        applied = taken.code in (files.APPLIED, files.PARTLY) or taken.acknowledged
        sentence = imported_sentence(taken)
        if taken.code == files.PARTLY:
            sentence = partly_sentence(taken.taken, taken.gaps, taken.sender, self._name_of)
        return FileResult(str(path), sentence, taken.applied, applied)

    def look(self, path: Path) -> FileContents:
        """What importing would bring, in words; nothing is changed. Raises DomainError ``file.*``.

        A part of a bundle that is not whole yet is kept at this PC, sealed as it came, until the others come.
        """
        keys = ParcelKeys(self.unit_keys(), self.enrolment.hub_keys, load_dictionary)
        gathered = self._gathered(path)
        looked = files.inspect_files(self.port, keys, gathered.paths)
        if looked.sender == 0:
            held = gathered.held if gathered.parcel else ()
            raise refused(Imported(looked.code, looked.file, looked.missing), path.name, held)
        place = self.work.place
        return contents_of(looked, f"{place.title} ({place.unit})", self._name_of)

    def _gathered(self, path: Path) -> Gathered:
        """The parcel of which a person chose a part: what lies beside it, and what came on other sticks."""
        return self._box().gather(files.parts_beside(path), self.unit_keys())

    def _box(self) -> PartBox:
        return PartBox(self.work.papers_folder.with_name("inbox"), self.work.place.unit)

    def _name_of(self, journal: int) -> str:
        with self.work.store.read() as connection:
            return self.work.counter_name(connection, journal)

    def _province_lacks(self) -> int:
        word, held = self.port.last_word(), self.port.vector()
        needed = lacking(held, NOTHING if word is None else word.received)
        return sum(held.positions[journal] - first + 1 for journal, first in needed.items())

    def _lacked(self, now: int) -> Vector:
        """What all who may take our file hold for sure: the province, and counters heard of lately."""
        word = self.port.last_word()
        with self.work.store.read() as connection:
            told = local.peer_vectors(connection, now - HEARD_LATELY_MS)
        heard = [Vector(positions, b"") for positions in told.values()]
        return NOTHING if word is None else files.lacked_by_any([word.received, *heard])

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
