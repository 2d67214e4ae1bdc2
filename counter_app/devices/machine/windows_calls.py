"""The calls into Windows themselves, through ``ctypes`` and ``winreg``; imported on Windows alone."""

from __future__ import annotations

import ctypes
import importlib
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_CONNECT, _QUERY_STATUS = 0x0001, 0x0004
_NO_SUCH_SERVICE: Final = 1060
_SNAPSHOT_PROCESSES: Final = 0x2
_INVALID: Final = ctypes.c_void_p(-1).value
_MOST_PROCESSES, _MOST_VALUES = 4_096, 64


class _MemoryStatus(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("free", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 5),
    )


class _PowerStatus(ctypes.Structure):
    _fields_ = (
        ("mains", ctypes.c_ubyte),
        ("flags", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


class _ServiceStatus(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_uint32), ("state", ctypes.c_uint32), ("rest", ctypes.c_uint32 * 5))


class _Process(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_uint32),
        ("usage", ctypes.c_uint32),
        ("id", ctypes.c_uint32),
        ("heap", ctypes.c_size_t),
        ("module", ctypes.c_uint32),
        ("threads", ctypes.c_uint32),
        ("parent", ctypes.c_uint32),
        ("priority", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
        ("name", ctypes.c_wchar * 260),
    )


def _library(name: str) -> Any:
    # ``WinDLL`` is there on Windows alone; handles are wider than the int that ctypes assumes.
    return getattr(ctypes, "WinDLL")(name, use_last_error=True)  # noqa: B009


def _failed(what: str) -> OSError:
    code = getattr(ctypes, "get_last_error")()  # noqa: B009
    return OSError(code, f"{what}: {code}")


class RealCalls:
    """``WindowsCalls`` on Windows, and under wine."""

    def __init__(self) -> None:
        self._kernel = _library("kernel32")
        self._registry: Any = importlib.import_module("winreg")

    def build(self) -> int:
        """What the kernel says; a program's manifest changes ``getwindowsversion`` alone."""
        told = getattr(sys, "getwindowsversion")()  # noqa: B009
        return int(told.platform_version[2])

    def is_64(self) -> bool:
        """As the processor's architecture says, whatever this process is."""
        return platform.machine().lower() in ("amd64", "arm64")

    def value(self, key: str, name: str) -> Any:
        """The 64-bit registry's value."""
        try:
            with self._opened(key) as found:
                return self._registry.QueryValueEx(found, name)[0]
        except OSError:
            return None

    def values(self, key: str) -> tuple[str, ...]:
        """Texts below a key, none where there is no key."""
        told: list[str] = []
        try:
            with self._opened(key) as found:
                for place in range(_MOST_VALUES):
                    told.append(str(self._registry.EnumValue(found, place)[1]))
        except OSError:  # the end of the list, or no such key
            return tuple(told)
        return tuple(told)

    @contextmanager
    def _opened(self, key: str) -> Iterator[Any]:
        hive, _, path = key.partition("\\")
        root = {"HKLM": self._registry.HKEY_LOCAL_MACHINE, "HKCU": self._registry.HKEY_CURRENT_USER}[hive]
        access = self._registry.KEY_READ | self._registry.KEY_WOW64_64KEY
        with self._registry.OpenKey(root, path, 0, access) as found:
            yield found

    def memory(self) -> tuple[int, int]:
        """Physical memory."""
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if not self._kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
            raise _failed("GlobalMemoryStatusEx")
        return int(status.total), int(status.free)

    def power(self) -> tuple[int, int, int]:
        """Mains, flags, percent."""
        status = _PowerStatus()
        if not self._kernel.GetSystemPowerStatus(ctypes.byref(status)):
            raise _failed("GetSystemPowerStatus")
        return int(status.mains), int(status.flags), int(status.percent)

    def service(self, name: str) -> int | None:
        """State of a service as anybody may ask it."""
        library = _library("advapi32")
        for one in (library.OpenSCManagerW, library.OpenServiceW):
            one.restype = ctypes.c_void_p
        handle = ctypes.c_void_p
        desk = library.OpenSCManagerW(None, None, _CONNECT)
        if not desk:
            raise _failed("OpenSCManager")
        try:
            found = library.OpenServiceW(handle(desk), name, _QUERY_STATUS)
            if not found:
                refused = _failed("OpenService")
                if refused.errno == _NO_SUCH_SERVICE:
                    return None
                raise refused
            status = _ServiceStatus()
            told = library.QueryServiceStatus(handle(found), ctypes.byref(status))
            library.CloseServiceHandle(handle(found))
            if not told:
                raise _failed("QueryServiceStatus")
            return int(status.state)
        finally:
            library.CloseServiceHandle(handle(desk))

    def processes(self) -> tuple[str, ...]:
        """One picture of the programs at work."""
        take = self._kernel.CreateToolhelp32Snapshot
        take.restype = ctypes.c_void_p
        picture = take(_SNAPSHOT_PROCESSES, 0)
        if picture in (None, _INVALID):
            raise _failed("CreateToolhelp32Snapshot")
        handle, one = ctypes.c_void_p(picture), _Process(length=ctypes.sizeof(_Process))
        names: list[str] = []
        more = self._kernel.Process32FirstW(handle, ctypes.byref(one))
        while more and len(names) < _MOST_PROCESSES:
            names.append(str(one.name))
            more = self._kernel.Process32NextW(handle, ctypes.byref(one))
        self._kernel.CloseHandle(handle)
        return tuple(names)
