"""A Windows PC without Windows: a wine prefix in a folder, on which the setup program and the product run.

What it shows is that the files are right and work together; what only a real PC shows stands in
``installers/windows/release-checklist.md``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final, NamedTuple

WINE: Final = "/usr/lib/wine/wine64"
COMPILER: Final = "x86_64-w64-mingw32-gcc"
WINDOWS_10: Final = "win10"
INSTALLED: Final = "Program Files/commune-counter"
PRNG: Final = """
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    return RtlGenRandom(data, (ULONG)size);
}
"""
"""wine 8 lacks the one function of ``bcryptprimitives.dll`` that every Windows 10 has."""


class Done(NamedTuple):
    """How a program ended and what it said on both streams."""

    code: int
    said: str
    complained: str


class WinePc:
    """The PC; ``drive`` is its C:. Begins as the Windows 7 that wine pretends to be."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder
        self.drive = folder / "drive_c"
        self.installed = self.drive / INSTALLED
        self.common = self.drive / "ProgramData" / "commune-counter"

    def make(self) -> None:
        """The system's folders and registry, and the stand-in DLL."""
        self.run("wineboot.exe", "-i", seconds=300)
        source = self.prefix / "prng.c"
        source.write_text(PRNG)
        target = self.drive / "windows" / "system32" / "bcryptprimitives.dll"
        subprocess.run([COMPILER, "-shared", "-O2", "-o", target, source, "-ladvapi32"], check=True)

    def become(self, version: str) -> None:
        """Pretend to be another Windows: ``win10``, ``win7``."""
        done = self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", version, "/f")
        assert done.code == 0, done

    def plug_in(self, letter: str, folder: Path) -> None:
        """A stick: ``folder`` as the removable drive ``letter`` ("E"); every program of the PC ends first."""
        (self.prefix / "dosdevices" / f"{letter.lower()}:").symlink_to(folder)
        drives = r"HKLM\Software\Wine\Drives"
        done = self.run("reg", "add", drives, "/v", f"{letter.lower()}:", "/d", "floppy", "/f")
        assert done.code == 0, done
        # wine learns the kinds of drives when its server starts.
        self.run("wineboot.exe", "-k")

    def run(self, program: str | Path, *words: str, given: str = "", seconds: float = 300) -> Done:
        """Run a program of the PC or of ours to its end."""
        environment = {
            **os.environ, "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }  # fmt: skip
        for name in ("PYTHONPATH", "PYTHONHOME", "DISPLAY"):
            environment.pop(name, None)
        done = subprocess.run(
            [WINE, str(program), *words], env=environment, input=given.encode(), capture_output=True,
            timeout=seconds, check=False, cwd=self.prefix,
        )  # fmt: skip
        return Done(
            done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )

    def command(self, *words: str, given: str = "") -> Done:
        """One of the technician's commands, by the installed launcher."""
        return self.run(self.installed / "commune-counter.exe", *words, given=given)

    def window(self, *words: str, seconds: float = 300) -> Done:
        """The installed program, drawn into memory, until it ends."""
        program = self.installed / "commune-counter-window.exe"
        return self.run(program, "-platform", "offscreen", *words, seconds=seconds)

    def query(self, key: str, value: str) -> str:
        """A value of the registry; empty when there is none."""
        done = self.run("reg", "query", key, "/v", value)
        return done.said.split("REG_SZ", 1)[1].strip() if "REG_SZ" in done.said else ""

    def own(self, name: str) -> Path:
        """A file of the user's folder of versions."""
        (user,) = [one for one in (self.drive / "users").iterdir() if one.name != "Public"]
        return user / "AppData" / "Local" / "commune-counter" / name

    def log(self) -> str:
        """What the setup wrote down."""
        return (self.common / "install.log").read_text("utf-16")

    def wait_until_gone(self, path: Path, seconds: float = 120) -> bool:
        """An uninstaller goes on after it returned."""
        until = time.monotonic() + seconds
        while path.exists() and time.monotonic() < until:
            time.sleep(0.5)
        return not path.exists()

    def end(self) -> None:
        """Its processes end, its folder goes."""
        self.run("wineboot.exe", "-k")
        shutil.rmtree(self.prefix, ignore_errors=True)
