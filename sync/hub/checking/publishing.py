"""Lists signed and numbered: a file for whoever asks, the same bytes again while they are fresh."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from sync.flushing import flush_folder
from sync.hub.checking.making import listed_units
from sync.hub.hub import Hub
from sync.hub.province import set_setting, setting
from sync.protocol.journals.check_list import CheckList, mark_of, write_check_list

GOOD_DAYS = 31
"""How long a checker without a line may believe a list; an annulment reaches him after that at the latest."""
FRESH_MS = 10 * 60_000
"""How long the same bytes are given to everybody who asks."""
_DAY_MS = 86_400_000
_NUMBER = "check-list"


def issue(hub: Hub, days: int = GOOD_DAYS) -> CheckList:
    """A new list of everything the hub has read, under the next number; not yet signed.

    Numbers rise for ever: the moment of issue in ms, or one more than the last, so that also a hub restored
    from a backup goes on above what it published before. Raises ValueError for days outside 1 to 400.
    """
    if not 1 <= days <= 400:
        raise ValueError("a list is good for 1 to 400 days")
    now = hub.now()
    with hub.database.write() as connection:
        number = max(int(setting(connection, _NUMBER) or "0") + 1, now, 1)
        set_setting(connection, _NUMBER, str(number))
    with hub.database.read() as connection:
        units = listed_units(connection)
    return CheckList(number, now, now + days * _DAY_MS, hub.keys.signing.key_id, hub.is_practice, units)


def publish(hub: Hub, days: int = GOOD_DAYS) -> bytes:
    """A new list, signed. Raises ValueError, TooLarge."""
    return write_check_list(issue(hub, days), hub.keys.signing)


def publish_to(hub: Hub, path: Path, days: int = GOOD_DAYS) -> bytes:
    """A new list in file ``path``, whole or not at all, kept through a power cut. Returns its bytes.

    Raises OSError, ValueError, TooLarge.
    """
    data = publish(hub, days)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    flush_folder(path.parent)
    return data


class Published:
    """What ``GET /v1/check-list`` answers with: one list for ten minutes, made when somebody asks."""

    def __init__(self, hub: Hub) -> None:
        """Nothing made yet."""
        self._hub = hub
        self._lock = Lock()
        self._data = b""
        self._made: CheckList | None = None
        self._mark = ""

    def marked(self) -> tuple[CheckList, bytes, str]:
        """As ``current``, and the mark of what the list says (``mark_of``)."""
        with self._lock:
            made, data = self._current()
            return made, data, self._mark

    def current(self) -> tuple[CheckList, bytes]:
        """The list and its bytes, not older than ``FRESH_MS`` by the hub's clock. Safe from all threads."""
        with self._lock:
            return self._current()

    def _current(self) -> tuple[CheckList, bytes]:
        made = self._made
        if made is None or not 0 <= self._hub.now() - made.issued < FRESH_MS:
            made = issue(self._hub)
            self._data, self._mark = write_check_list(made, self._hub.keys.signing), mark_of(made)
            self._made = made
        return made, self._data
