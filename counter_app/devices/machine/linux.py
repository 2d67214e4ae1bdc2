"""A Linux machine: ``/etc/os-release``, ``/proc``, ``/sys``, CUPS."""

from __future__ import annotations

import platform
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from counter_app.devices.machine.facts import Memory, Power, Spooler, Support, System
from counter_app.devices.printers import child_environment

ASK_SECONDS: Final = 4.0
AUTOSTART: Final = "commune-counter.desktop"
TRIED: Final = {"debian": 12, "ubuntu": 24}
"""Where the packages run (C library 2.36, decision 050), from that release on; one before is called old."""
INPUT_METHODS: Final = ("ibus-daemon", "fcitx", "fcitx5", "ibus-engine-bamboo", "ibus-engine-unikey")
_NO_STICKS: Final = re.compile(
    r"^\s*(blacklist\s+(usb[-_]storage|uas)\b|install\s+usb[-_]storage\s+/bin/(true|false))", re.MULTILINE
)
_MOST_BYTES: Final = 65_536

Ask = Callable[[list[str]], str | None]


def ask_program(words: list[str]) -> str | None:
    """What a program of the system prints, None where it is absent, fails to start or is too slow."""
    try:
        done = subprocess.run(
            words, capture_output=True, timeout=ASK_SECONDS, env=child_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).decode("utf-8", "replace")


class LinuxMachine:
    """Reads below ``root``, which tests replace by a folder of their own."""

    def __init__(self, root: Path = Path("/"), ask: Ask = ask_program) -> None:
        self._root = root
        self._ask = ask

    def system(self) -> System:
        """Distribution and release."""
        told = self._pairs("etc/os-release", "=")
        name, build = told.get("PRETTY_NAME", "Linux"), told.get("VERSION_ID", "")
        least = TRIED.get(told.get("ID", ""))
        release = build.split(".")[0]
        if least is None or not release.isdigit():
            support = Support.UNKNOWN
        else:
            support = Support.TRIED if int(release) >= least else Support.OLD
        return System(name, build, support, platform.machine() in ("x86_64", "aarch64"))

    def memory(self) -> Memory:
        """``/proc/meminfo``. Raises OSError."""
        told = self._pairs("proc/meminfo", ":")
        total, free = (told.get(name, "").split()[:1] for name in ("MemTotal", "MemAvailable"))
        if not total or not free:
            raise OSError("no figures of memory")
        return Memory(int(total[0]) * 1024, int(free[0]) * 1024)

    def power(self) -> Power:
        """Batteries and mains as the kernel lists them."""
        charge: int | None = None
        plugged = False
        for supply in sorted(self._root.glob("sys/class/power_supply/*")):
            kind = self._text(supply / "type").strip()
            if kind == "Battery" and self._text(supply / "scope").strip() != "Device":  # no wireless mouse
                told = self._text(supply / "capacity").strip()
                charge = int(told) if told.isdigit() else charge
            plugged |= kind == "Mains" and self._text(supply / "online").strip() == "1"
        return Power(charge, plugged or charge is None)

    def spooler(self) -> Spooler:
        """CUPS: whether its scheduler runs, and how many jobs wait there."""
        told = self._ask(["lpstat", "-r"])
        if told is None:
            return Spooler(None, -1)
        if "is running" not in told:
            return Spooler(False, -1)
        jobs = self._ask(["lpstat", "-o"])
        return Spooler(True, -1 if jobs is None else len(jobs.splitlines()))

    def autostart(self) -> bool:
        """The desktop file that the package brings, for everybody or for this user."""
        own = Path.home().relative_to("/") / ".config"
        return any(
            (self._root / place / "autostart" / AUTOSTART).is_file() for place in (Path("etc/xdg"), own)
        )

    def sticks_refused(self) -> str:
        """A rule for kernel modules that keeps sticks away."""
        for file in sorted(self._root.glob("etc/modprobe.d/*.conf")):
            if _NO_STICKS.search(self._text(file)):
                return f"/etc/modprobe.d/{file.name}"
        return ""

    def input_methods(self) -> tuple[str, ...]:
        """Programs at work that compose text."""
        return tuple(sorted(set(self._processes()) & set(INPUT_METHODS)))

    def _processes(self) -> Iterator[str]:
        for file in self._root.glob("proc/[0-9]*/comm"):
            yield self._text(file).strip()

    def _pairs(self, name: str, sign: str) -> dict[str, str]:
        lines = (line.partition(sign) for line in self._text(self._root / name).splitlines())
        return {key.strip(): _unquoted(value) for key, found, value in lines if found}

    def _text(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                return file.read(_MOST_BYTES).decode("utf-8", "replace")
        except OSError:  # a process that has ended, a battery without that file
            return ""


def _unquoted(value: str) -> str:
    try:
        return " ".join(shlex.split(value)) if value.strip()[:1] in "\"'" else value.strip()
    except ValueError:
        return value.strip()
