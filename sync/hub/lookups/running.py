"""The desk of a hub that runs: systems from ``lookups.json`` of its folder, a thread that takes turns.

``{"population": {"address": "https://…", "token_file": "population.token", "authority": "ca.pem"}}``; files
lie in the hub's folder. Without the file nothing is asked, and questions wait.
"""

from __future__ import annotations

import logging
import ssl
import threading
from pathlib import Path

import msgspec

from counter_app.domain.lookups.systems import parse_systems
from resources import load
from sync.hub.hub import Hub
from sync.hub.lookups.desk import LookupDesk
from sync.hub.lookups.http_system import HttpSystem, parse_mapping
from sync.hub.lookups.keeping import drop_expired

log = logging.getLogger(__name__)
FILE_NAME, MAPPING_NAME = "lookups.json", "lookup_mapping.json"
PAUSE_SECONDS = 5.0


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a system is; file names are relative to the hub's folder."""

    address: str
    token_file: str = ""
    authority: str = ""


def desk_of(hub: Hub, folder: Path) -> LookupDesk | None:
    """The desk as the folder says, None when it says nothing. Raises ValueError with what is wrong.

    A province's own ``lookup_mapping.json`` stands before the shipped one.
    """
    path, own = folder / FILE_NAME, folder / MAPPING_NAME
    if not path.exists():
        return None
    addresses = msgspec.json.decode(path.read_bytes(), type=dict[str, Address])
    mapping = parse_mapping(own.read_bytes() if own.exists() else load.lookup_mapping())
    systems = {}
    for code, where in addresses.items():
        if code not in mapping.systems:
            raise ValueError(f"{FILE_NAME}: no mapping for {code}")
        token = (folder / where.token_file).read_text("utf-8").strip() if where.token_file else ""
        tls = ssl.create_default_context(cafile=folder / where.authority) if where.authority else None
        systems[code] = HttpSystem(where.address, mapping.systems[code], token, tls=tls)
    return LookupDesk(hub, parse_systems(load.lookup_systems()), systems)


class LookupThread:
    """Takes turns until it is stopped; an error costs one turn."""

    def __init__(self, hub: Hub, pause: float = PAUSE_SECONDS) -> None:
        self._hub, self._folder, self._pause = hub, hub.folder, pause
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub-lookups", daemon=True)
        self._day = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the running call."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        desk = None
        while not self._ending.wait(self._pause):
            try:
                desk = desk or (desk_of(self._hub, self._folder) if self._folder else None)
                if desk is not None:
                    desk.turn()
                self._once_a_day()
            except Exception:
                log.exception("look-ups failed")  # questions stay queued; no contents in a log

    def _once_a_day(self) -> None:
        day = self._hub.now() // 86_400_000
        if day != self._day:
            drop_expired(self._hub)
            self._day = day
