"""Is this store a copy? Marks of the machine, and a use counter kept a second time in the OS secret store.

A copy may read and take in work in a new life; it numbers nothing and issues no receipts until it is enrolled
again under guidance (``sync.md`` 5).
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

from counter_app.storage.store import Store
from counter_app.storage.this_pc import device

_MARKS = "guard.marks"
_USES = "guard.uses"
SECRET_NAME = "use-counter"
_MACHINE_ID = Path("/etc/machine-id")


class Secrets(Protocol):
    """What the guard needs of ``devices.secrets``."""

    def get(self, name: str) -> str | None:
        """The secret, None without one."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep it."""
        ...


class Verdict(Enum):
    """What a start found."""

    FIRST = "first"
    SAME = "same"
    OTHER_MACHINE = "other-machine"
    OLDER_COPY = "older-copy"
    SECRETS_GONE = "secrets-gone"

    @property
    def is_copy(self) -> bool:
        """True when numbers and receipts stay closed until guided re-enrolment."""
        return self not in (Verdict.FIRST, Verdict.SAME)


def machine_marks() -> tuple[str, ...]:
    """Marks of this machine: the system's own id and the processor's kind. No personal data."""
    return (_windows_id() or _machine_id(), platform.machine(), platform.system())


def _machine_id() -> str:
    try:
        return _MACHINE_ID.read_text("ascii").strip()
    except OSError:
        return platform.node()


def _windows_id() -> str:
    if platform.system() != "Windows":
        return ""
    import winreg  # type: ignore[import-not-found,unused-ignore]  # exists only there

    path = r"SOFTWARE\Microsoft\Cryptography"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as found:  # type: ignore[attr-defined,unused-ignore]
        return str(winreg.QueryValueEx(found, "MachineGuid")[0])  # type: ignore[attr-defined,unused-ignore]


def check_at_start(store: Store, secrets: Secrets, marks: Sequence[str] | None = None) -> Verdict:
    """Compare marks and counters, count this use in both places, and stop the journal of a copy.

    The store's counter moves first: a kill between the two leaves it one ahead, which is no copy.
    """
    digest = hashlib.sha256("\n".join(marks or machine_marks()).encode()).hexdigest()
    kept = secrets.get(SECRET_NAME)
    with store.write() as connection:
        verdict = _verdict(
            device.setting(connection, _MARKS), device.setting(connection, _USES), digest, kept
        )
        if verdict.is_copy:
            own = device.own_journal(connection)
            if own is not None:
                device.stop(connection, own, verdict.value)
            return verdict
        uses = int(device.setting(connection, _USES, "0")) + 1
        device.put_setting(connection, _MARKS, digest)
        device.put_setting(connection, _USES, str(uses))
    secrets.put(SECRET_NAME, str(uses))
    return verdict


def _verdict(marks: str, uses: str, digest: str, kept: str | None) -> Verdict:
    if not marks and not uses:
        return Verdict.FIRST
    if marks != digest:
        return Verdict.OTHER_MACHINE
    if kept is None:
        return Verdict.SECRETS_GONE
    return Verdict.SAME if int(uses) - 1 <= int(kept) <= int(uses) else Verdict.OLDER_COPY


def accept(store: Store, secrets: Secrets, marks: Sequence[str] | None = None) -> None:
    """After guided re-enrolment (a new life is open): this machine is the store's home from now on."""
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE name IN (?, ?)", (_MARKS, _USES))
    check_at_start(store, secrets, marks)
