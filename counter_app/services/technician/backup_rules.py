"""How often backups are made by themselves and how long they are kept: data, ``resources/backup``."""

from __future__ import annotations

import msgspec

from counter_app.storage.keeping.rotation import Rotation
from resources import load

MINUTE_MS = 60_000


class BackupRules(msgspec.Struct, frozen=True):
    """``keep`` as ``Rotation`` has it; one every ``every_minutes``, once nobody wrote anything for
    ``quiet_minutes``, or after ``at_latest_minutes`` all the same.
    """

    keep: Rotation
    every_minutes: int
    quiet_minutes: int
    at_latest_minutes: int

    def due(self, now: int, tried: int, wrote: int) -> bool:
        """Whether one is due at ``now``; ``tried`` is when one was last, ``wrote`` the last act, ms."""
        waited, quiet = now - tried, now - wrote
        if waited < self.every_minutes * MINUTE_MS:
            return False
        return quiet >= self.quiet_minutes * MINUTE_MS or waited >= self.at_latest_minutes * MINUTE_MS


def shipped_backup_rules() -> BackupRules:
    """The rules that came with the program."""
    return msgspec.json.decode(load.backup_rotation(), type=BackupRules)
