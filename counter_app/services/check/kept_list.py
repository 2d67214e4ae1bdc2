"""The newest list of the province that this PC has got, kept beside its papers; public, but signed.

Anybody may carry the file: a stick, e-mail, a share. It counts under a pinned key of the province alone, and
a lower number than one seen before is refused for ever, also when somebody puts an old file in its place.
"""

from __future__ import annotations

import os
from pathlib import Path

from counter_app.domain.dates import short_date, vn_date
from counter_app.services.check.words import list_file_unreadable, list_refused
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.flushing import flush_folder
from sync.protocol.journals.check_list import MAX_BYTES, CheckList, must_be_good, open_check_list
from sync.protocol.naming.grants import HubKeys
from sync.protocol.refusals import HubUnknown, Refusal, TooLarge

FILE_NAME = "danh-sach-kiem-tra.mcl"
NEWEST = "check.newest"


class KeptList:
    """Takes lists and gives the newest; read from the disk once, until it changes there."""

    def __init__(self, work: Workplace) -> None:
        """Reads nothing yet."""
        self._work = work
        self._read: tuple[tuple[int, int], CheckList] | None = None

    @property
    def path(self) -> Path:
        """Where the list lies."""
        return self._work.papers_folder.with_name(FILE_NAME)

    def take(self, path: Path) -> CheckList:
        """Verifies the list in ``path`` and keeps it, through a power cut too; it is the newest from now on.

        Raises DomainError ``list.*``.
        """
        try:
            data = _bounded(path)
            found = self._good(data)
            self._keep(data, found.number)
        except Refusal as refused:
            raise list_refused(refused) from refused
        except OSError as error:
            raise list_file_unreadable(path.name) from error
        return found

    def current(self) -> CheckList | None:
        """The list that is kept, None when there is none, it expired, or somebody changed it."""
        found = self._held()
        try:
            if found is not None:
                must_be_good(found, self._work.now(), self._newest())
        except Refusal:
            return None
        return found

    def words(self) -> str:
        """What the page says of it: its day, until when it counts."""
        found = self._held()
        if found is None:
            return say(
                "Chưa có danh sách của tỉnh: chưa kiểm tra được bản sao của đơn vị khác.",
                "No list of the province yet: copies of other units cannot be checked.",
            )
        issued, until = short_date(vn_date(found.issued)), short_date(vn_date(found.expires))
        if self.current() is None:
            return say(
                f"Danh sách của tỉnh ngày {issued} đã hết hạn {until}: lấy danh sách mới.",
                f"The province's list of {issued} expired on {until}: get a new one.",
            )
        return say(
            f"Danh sách của tỉnh ngày {issued}, dùng đến {until}.",
            f"The province's list of {issued}, good until {until}.",
        )

    def _good(self, data: bytes) -> CheckList:
        found = opened_by_any(data, self._work.hub_keys)
        must_be_good(found, self._work.now(), self._newest())
        return found

    def _newest(self) -> int:
        with self._work.store.read() as connection:
            return int(device.setting(connection, NEWEST, "0"))

    def _keep(self, data: bytes, number: int) -> None:
        beside = self.path.with_suffix(".part")
        beside.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        flush_folder(self.path.parent)
        with self._work.store.write() as connection:
            device.put_setting(connection, NEWEST, str(number))

    def _held(self) -> CheckList | None:
        try:
            seen = self.path.stat()
            mark = (seen.st_mtime_ns, seen.st_size)
            if self._read is None or self._read[0] != mark:
                self._read = mark, opened_by_any(_bounded(self.path), self._work.hub_keys)
        except (OSError, Refusal):
            return None
        return self._read[1]


def opened_by_any(data: bytes, hub_keys: HubKeys) -> CheckList:
    """The list under whichever pinned key signed it. Raises what ``open_check_list`` does."""
    for key in hub_keys.values():
        try:
            return open_check_list(data, key)
        except HubUnknown:
            continue
    raise HubUnknown("a list of a province that is not pinned here")


def _bounded(path: Path) -> bytes:
    """The file's bytes, never more than a list may have. Raises OSError, TooLarge."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a list of more than {MAX_BYTES} bytes")
    return data
