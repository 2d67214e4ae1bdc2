"""The libraries of the system that Qt needs: find what is missing, install it through apt where allowed.

The list was found by `ldd` and by running the program in a bare Debian 12. Names that differ between Debian
12, later Debians and Ubuntu are written as alternatives. Where apt is not allowed the exact line to type is
printed.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SECONDS = 600


@dataclass(frozen=True)
class Library:
    """One thing of the system: how to see that it is there, and the packages that bring it.

    `probe` is a shared library to load, or a program when it starts with `bin:`. `packages` are alternatives,
    the first one that apt knows is taken.
    """

    probe: str
    packages: tuple[str, ...]


OFFSCREEN = (
    Library("libglib-2.0.so.0", ("libglib2.0-0", "libglib2.0-0t64")),
    Library("libEGL.so.1", ("libegl1",)),
    Library("libGL.so.1", ("libgl1",)),
    Library("libX11.so.6", ("libx11-6",)),
    Library("libdbus-1.so.3", ("libdbus-1-3",)),
    Library("libfontconfig.so.1", ("libfontconfig1",)),
    Library("libxkbcommon.so.0", ("libxkbcommon0",)),
)
WINDOW = (
    Library("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Library("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Library("libxcb-image.so.0", ("libxcb-image0",)),
    Library("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Library("libxcb-randr.so.0", ("libxcb-randr0",)),
    Library("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    Library("libxcb-shape.so.0", ("libxcb-shape0",)),
    Library("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    Library("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
    Library("libX11-xcb.so.1", ("libx11-xcb1",)),
    Library("libcups.so.2", ("libcups2", "libcups2t64")),
)
TESTS = (
    Library("bin:Xvfb", ("xvfb",)),
    Library("bin:xauth", ("xauth",)),
    Library("bin:softhsm2-util", ("softhsm2",)),
)


def is_there(probe: str) -> bool:
    """Whether a library can be loaded or a program found here."""
    if probe.startswith("bin:"):
        return shutil.which(probe.removeprefix("bin:")) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def missing(libraries: Sequence[Library], there: Callable[[str], bool] = is_there) -> tuple[Library, ...]:
    """Those of `libraries` that are not on this system."""
    return tuple(library for library in libraries if not there(library.probe))


def known_to_apt(package: str) -> bool:
    """Whether apt can install `package` (real, with a candidate version)."""
    try:
        done = subprocess.run(
            ["apt-cache", "policy", package], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except OSError:
        return False
    return "Candidate:" in done.stdout and "Candidate: (none)" not in done.stdout


def package_names(wanted: Sequence[Library], known: Callable[[str], bool] = known_to_apt) -> list[str]:
    """One package for each library: the first alternative that apt knows, else the first."""
    return [next((name for name in one.packages if known(name)), one.packages[0]) for one in wanted]


def as_root() -> list[str] | None:
    """The words before `apt-get` that make it run as root without asking; None where that is not allowed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        done = subprocess.run(["sudo", "-n", "true"], capture_output=True, timeout=30, check=False)
        if done.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_line(names: Sequence[str]) -> str:
    """What a person types to install `names`."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(names)


def install(names: Sequence[str]) -> bool:
    """Install packages by apt when it may run as root here. False when it may not or apt refused."""
    prefix = as_root()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    command = [*prefix, *apt, "install", "-y", "--no-install-recommends", *names]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        print(done.stderr.strip())
    return done.returncode == 0


def refresh() -> None:
    """Ask apt for its lists again; a bare system has none. Nothing happens where apt may not run as root."""
    prefix = as_root()
    if prefix is not None and shutil.which("apt-get"):
        subprocess.run(
            [*prefix, "apt-get", "-qq", "update"], stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
        )


def provide(libraries: Sequence[Library]) -> tuple[Library, ...]:
    """Bring what is missing. Returns what is still missing, after printing the line to type for it."""
    lacking = missing(libraries)
    if not lacking:
        return ()
    refresh()
    names = package_names(lacking)
    print("system libraries needed by Qt are missing:", " ".join(names), flush=True)
    if install(names):
        lacking = missing(libraries)
    if lacking:
        print("They could not be installed from here. Please type:\n  " + apt_line(package_names(lacking)))
    return lacking


if __name__ == "__main__":
    sys.exit(1 if provide((*OFFSCREEN, *WINDOW, *TESTS)) else 0)
