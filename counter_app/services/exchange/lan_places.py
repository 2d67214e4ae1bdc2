"""Where counters of the unit listen on the office LAN, told through their journals.

A counter writes its addresses into its own journal when they have changed, sealed under the unit's key; the
province and every sibling pass them on like any entry, and the latest of each device counts. So counters meet
where a switch drops beacons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import devices
from counter_app.storage.this_pc import device
from sync.client.lan.addresses import own_addresses
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.meeting.lan_place import open_place, seal_place, told_hosts
from sync.protocol.naming.ids import SELF, device_of
from sync.protocol.naming.unit_keys import UnitKey

TOLD = "lan.place"
"""What was told last: the moment (ms), then journal, version of the unit key, port, addresses."""
AT_MOST_EVERY_MS = 3_600_000
"""A PC whose address changes again and again writes one entry an hour (own figure)."""


@dataclass
class Places:
    """Tells and hears places; ``own`` gives this PC's addresses as they are now."""

    work: Workplace
    unit_keys: Callable[[], Mapping[int, UnitKey]]
    own: Callable[[], list[str]] = own_addresses

    def told(self) -> list[tuple[str, int]]:
        """Where the unit's other counters said last that they listen."""
        keys, here = self.unit_keys(), device_of(self.work.journal)
        with self.work.store.read() as connection:
            said = devices.lan_places(connection)
        found = [
            open_place(body, journal, keys) for number, (journal, body) in said.items() if number != here
        ]
        return [place for places in found for place in places]

    def tell(self, port: int) -> bool:
        """Write where this PC listens, if that is not what was told last; True when an entry was written.

        Raises ``StoreError``.
        """
        keys, hosts = self.unit_keys(), told_hosts(self.own())
        if not keys or not hosts or not self.work.store.is_enrolled:
            return False
        unit_key = keys[max(keys)]
        now = self.work.now()
        words = " ".join([*map(str, (self.work.journal, unit_key.version, port)), *hosts])
        with self.work.store.read() as connection:
            at, _, before = device.setting(connection, TOLD).partition(" ")
        if before == words or (before and 0 <= now - int(at) < AT_MOST_EVERY_MS):
            return False
        body = seal_place(unit_key, self.work.journal, hosts, port)
        draft = Draft(SystemKind.LAN_PLACE_SAID, (SELF,), encode_body(body))
        self.work.store.act(
            lambda _: (draft,), Act(now),
            lambda connection, _: device.put_setting(connection, TOLD, f"{now} {words}"),
        )  # fmt: skip
        return True
