"""A Windows machine: ``kernel32``, the service manager, the registry. Nothing here needs an administrator.

The calls stand behind ``WindowsCalls``, so that what is made of their answers is tried on any system; the
calls themselves are tried by the setup's journey under wine.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from counter_app.devices.machine.facts import Memory, Power, Spooler, Support, System

LEAST_BUILD: Final = 17_763
"""Windows 10 1809, the first that Qt 6.9 runs on."""
WINDOWS_11: Final = 22_000
"""Builds below are Windows 10, whose maker's care ended on 14/10/2025 (unverified here)."""
SPOOLER_RUNS: Final = 4
NO_BATTERY: Final = 128
UNKNOWN_PERCENT: Final = 255
AUTOSTART: Final = "commune-counter"
VERSION_KEY: Final = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
LAYOUTS_KEY: Final = r"HKCU\Keyboard Layout\Preload"
VIETNAMESE_LAYOUT: Final = "042a"
_DEVICES: Final = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices"
_DISKS: Final = _DEVICES + r"\{53f5630d-b6bf-11d0-94f2-00a0c91efb8b}"
STICK_RULES: Final = (
    (_DEVICES, "Deny_All", 1),
    (_DISKS, "Deny_All", 1),
    (_DISKS, "Deny_Read", 1),
    (_DISKS, "Deny_Write", 1),
    (r"HKLM\SYSTEM\CurrentControlSet\Services\USBSTOR", "Start", 4),
    (r"HKLM\SYSTEM\CurrentControlSet\Control\StorageDevicePolicies", "WriteProtect", 1),
)
"""Registry values by which administrators forbid sticks: key, name, the value that forbids."""
INPUT_METHODS: Final = (
    "unikeynt.exe", "unikey.exe", "evkey64.exe", "evkey32.exe", "openkey64.exe", "openkey32.exe",
    "gotiengviet.exe",
)  # fmt: skip
"""Programs that write Vietnamese on offices' PCs (names from general knowledge, unverified)."""


class WindowsCalls(Protocol):
    """What is asked of Windows itself."""

    def build(self) -> int:
        """Build number of the running system, past any compatibility mode."""
        ...

    def value(self, key: str, name: str) -> Any:
        """A value of the registry (``HKLM\\…``, ``HKCU\\…``), None where there is none."""
        ...

    def values(self, key: str) -> tuple[str, ...]:
        """Every text below a key."""
        ...

    def memory(self) -> tuple[int, int]:
        """Bytes in the machine and free. Raises OSError."""
        ...

    def power(self) -> tuple[int, int, int]:
        """Mains (1: yes), battery flags, percent. Raises OSError."""
        ...

    def service(self, name: str) -> int | None:
        """State of a service, None where there is no such one. Raises OSError."""
        ...

    def processes(self) -> tuple[str, ...]:
        """Names of programs at work. Raises OSError."""
        ...

    def is_64(self) -> bool:
        """Whether Windows itself is 64-bit."""
        ...


def _real_calls() -> WindowsCalls:
    from counter_app.devices.machine.windows_calls import RealCalls

    return RealCalls()


class WindowsMachine:
    """Windows 10 and 11."""

    def __init__(self, calls: WindowsCalls | None = None) -> None:
        self._calls = _real_calls() if calls is None else calls

    def system(self) -> System:
        """Product, display version and build."""
        build = self._calls.build()
        update = self._calls.value(VERSION_KEY, "UBR")
        shown = self._calls.value(VERSION_KEY, "DisplayVersion") or self._calls.value(
            VERSION_KEY, "ReleaseId"
        )
        name = "Windows 11" if build >= WINDOWS_11 else "Windows 10" if build >= 10_240 else "Windows"
        if build < LEAST_BUILD:
            support = Support.TOO_OLD
        else:
            support = Support.TRIED if build >= WINDOWS_11 else Support.OLD
        whole = f"{build}.{update}" if isinstance(update, int) else str(build)
        return System(f"{name} {shown}" if shown else name, whole, support, self._calls.is_64())

    def memory(self) -> Memory:
        """``GlobalMemoryStatusEx``. Raises OSError."""
        return Memory(*self._calls.memory())

    def power(self) -> Power:
        """``GetSystemPowerStatus``. Raises OSError."""
        mains, flags, percent = self._calls.power()
        none = flags == UNKNOWN_PERCENT or bool(flags & NO_BATTERY) or percent == UNKNOWN_PERCENT
        return Power(None if none else percent, mains == 1 or none)

    def spooler(self) -> Spooler:
        """The service ``Spooler``; its jobs are an administrator's to see."""
        state = self._calls.service("Spooler")
        return Spooler(None if state is None else state == SPOOLER_RUNS, -1)

    def autostart(self) -> bool:
        """The value the setup writes."""
        return any(
            self._calls.value(rf"{hive}\{RUN_KEY}", AUTOSTART) is not None for hive in ("HKLM", "HKCU")
        )

    def sticks_refused(self) -> str:
        """The first registry value that forbids sticks."""
        for key, name, forbids in STICK_RULES:
            if self._calls.value(key, name) == forbids:
                return rf"{key}\{name}"
        return ""

    def input_methods(self) -> tuple[str, ...]:
        """Programs at work, and Windows' own Vietnamese layout."""
        found = sorted({one for one in self._calls.processes() if one.lower() in INPUT_METHODS})
        own = any(one.lower().endswith(VIETNAMESE_LAYOUT) for one in self._calls.values(LAYOUTS_KEY))
        return (*found, "Windows Telex") if own else tuple(found)
