"""The newest list of the province that this PC has got, kept beside its papers; public, but signed.

Anybody may carry the file: a stick, e-mail, a share. It counts under a pinned key of the province alone, and
a lower number than one seen before is refused for ever, also when somebody puts an old file in its place.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from counter_app.domain.dates import short_date, vn_date
from counter_app.services.check.words import list_file_unreadable, list_refused
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.client.lan.shelf import CHECK_LIST, Item, Place
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
        self._read: tuple[tuple[int, int], CheckList, bytes] | None = None
        self._turn = threading.Lock()

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
        except Refusal as refused:
            raise list_refused(refused) from refused
        except OSError as error:
            raise list_file_unreadable(path.name) from error
        return self.take_bytes(data, path.name)

    def take_bytes(self, data: bytes, name: str = FILE_NAME) -> CheckList:
        """As ``take``, of a list that came over a line. Raises DomainError ``list.*``."""
        with self._turn:
            try:
                found = self._good(data)
                self._keep(data, found.number)
            except Refusal as refused:
                raise list_refused(refused) from refused
            except OSError as error:
                raise list_file_unreadable(name) from error
            return found

    def places(self) -> Iterator[Place]:
        """The list for siblings' taking, while it counts."""
        found = self.current()
        if found is not None and self._read is not None:
            mark, _, digest = self._read
            yield Place(Item(CHECK_LIST, found.number, digest, mark[1], mark[1]), self.path)

    @property
    def newest(self) -> int:
        """The highest number seen, 0 before any."""
        return self._newest()

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
        age, age_en = _age((vn_date(self._work.now()) - vn_date(found.issued)).days)
        if self.current() is None:
            return say(
                f"Danh sách của tỉnh ngày {issued} đã hết hạn {until}: lấy danh sách mới.",
                f"The province's list of {issued} expired on {until}: get a new one.",
            )
        return say(
            f"Danh sách của tỉnh ngày {issued}{age}, dùng đến {until}.",
            f"The province's list of {issued}{age_en}, good until {until}.",
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
                data = _bounded(self.path)
                digest = hashlib.sha256(data).digest()
                self._read = mark, opened_by_any(data, self._work.hub_keys), digest
        except (OSError, Refusal):
            return None
        return self._read[1]


def _age(days: int) -> tuple[str, str]:
    """Nothing for a list of today, or of a clock that is ahead of ours."""
    if days < 1:
        return "", ""
    return f" ({days} ngày trước)", f" ({days} day{'s' if days > 1 else ''} ago)"


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
