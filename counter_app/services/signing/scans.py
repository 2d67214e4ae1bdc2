"""Scans of originals between intake and signing: kept sealed on this PC, never exchanged, gone when signed.

An image of a paper is kept for electronic copies alone (``ux.md`` 4.5) and no longer than it is needed: the
signed file holds its pages from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from counter_app.devices.scans.reading import read_scan
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import RequestForm
from counter_app.services.ports.digital import KeptScan
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.naming.ids import EntryId

FOLDER: Final = "scans"
"""Beside the folder of papers, in the program's data."""
LINK: Final = "scan."
UNUSED_MS: Final = 7 * 86_400_000
"""A scan that nobody took in is forgotten after a week (own figure)."""


@dataclass(frozen=True)
class Scans:
    """The scans of this PC."""

    work: Workplace

    @property
    def files(self) -> KeptFiles:
        """Where they lie."""
        return self.work.kept_files(FOLDER)

    def take(self, path: str) -> KeptScan:
        """A PDF or JPEG that somebody chose is kept. Raises ``ScanFault`` ``scan.*``, DomainError."""
        scan = read_scan(path)
        with self.work.store.read() as connection:
            wanted = {_kept(value).digest for value in device.settings_of(connection, LINK).values() if value}
        try:
            self.files.sweep(wanted, self.work.now() - UNUSED_MS)
            return KeptScan(self.files.put(scan.pdf), scan.pages)
        except OSError as error:
            raise DomainError(
                "Không giữ được tệp quét trên máy này.", "Đĩa đầy hoặc không có quyền ghi.",
                "Xóa bớt tệp trên đĩa, rồi chọn lại.", code="scan.unwritable",
                title_en="The scan cannot be kept on this PC.",
                meaning_en="The disk is full or may not be written.",
                remedy_en="Free some room, then choose it again.",
            ) from error  # fmt: skip

    def link(self, connection: Connection, request: EntryId, original: int, scan: KeptScan) -> None:
        """The scan belongs to an original; in the transaction of the act that took it in."""
        device.put_setting(connection, _name(request, original), f"{scan.digest} {scan.pages}")

    def take_in(self, connection: Connection, state: RequestState, form: RequestForm) -> None:
        """The scans of a form belong to the request it became: its electronic rows, in their order."""
        rows = (row for row in form.rows if matter_of(row.text) == ELECTRONIC)
        mine = (
            index
            for index, one in enumerate(state.originals)
            if state.register_of(one) == ELECTRONIC and not one.has_valid_line
        )
        for index, row in zip(mine, rows, strict=False):
            if row.scan:
                self.link(connection, state.id, index, KeptScan(row.scan, row.scan_pages))

    def of(self, connection: Connection, request: EntryId, original: int) -> KeptScan | None:
        """The scan of an original that lies on this PC, None without one."""
        value = device.setting(connection, _name(request, original))
        found = _kept(value) if value else None
        return found if found is not None and self.files.has(found.digest) else None

    def pdf_of(self, connection: Connection, request: EntryId, original: int) -> bytes | None:
        """Its pages as a PDF, None when it is not here or not as it was."""
        found = self.of(connection, request, original)
        return None if found is None else self.files.get(found.digest)

    def forget(self, connection: Connection, request: EntryId, original: int) -> None:
        """The file is signed: the scan is not needed any more."""
        found = self.of(connection, request, original)
        device.put_setting(connection, _name(request, original), "")
        links = device.settings_of(connection, LINK).values()
        if found is not None and all(_kept(value).digest != found.digest for value in links if value):
            self.files.drop(found.digest)


def _name(request: EntryId, original: int) -> str:
    return f"{LINK}{request.key}.{original}"


def _kept(value: str) -> KeptScan:
    digest, _, pages = value.partition(" ")
    return KeptScan(digest, int(pages))
