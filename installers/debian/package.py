"""A folder tree as a ``.deb``, the same bytes each time: owners, modes and times are ours, not this
machine's."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from installers.bundle.application import BuildFault

Compression = Literal["zstd", "xz"]
LEVELS: Final[dict[str, str]] = {"zstd": "1", "xz": "9"}
SCRIPTS: Final = ("preinst", "postinst", "prerm", "postrm")
LIBRARIES: Final[dict[str, str]] = {
    "ld-linux-x86-64.so.2": "libc6 (>= 2.36)", "libc.so.6": "libc6 (>= 2.36)", "libm.so.6": "libc6 (>= 2.36)",
    "libdl.so.2": "libc6 (>= 2.36)", "libpthread.so.0": "libc6 (>= 2.36)", "librt.so.1": "libc6 (>= 2.36)",
    "libutil.so.1": "libc6 (>= 2.36)", "libresolv.so.2": "libc6 (>= 2.36)", "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1", "libX11-xcb.so.1": "libx11-xcb1", "libX11.so.6": "libx11-6", "libbz2.so.1.0":
    "libbz2-1.0",
    "libcrypt.so.1": "libcrypt1", "libcrypto.so.3": "libssl3t64 | libssl3",
    "libssl.so.3": "libssl3t64 | libssl3",
    "libcups.so.2": "libcups2t64 | libcups2", "libdbus-1.so.3": "libdbus-1-3", "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8", "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1", "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0", "liblzma.so.5": "liblzma5",
    "libstdc++.so.6": "libstdc++6", "libuuid.so.1": "libuuid1", "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1":
    "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0":
    "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1", "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0":
    "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb.so.1": "libxcb1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0", "libz.so.1": "zlib1g", "libzstd.so.1": "libzstd1",
}  # fmt: skip
"""Which package of Debian 12, 13 or Ubuntu 24.04 brings a library."""


@dataclass(frozen=True, slots=True)
class Package:
    """What stands in ``control``: ``words`` is the one-line description, ``scripts`` maintainer scripts by
    name."""

    name: str
    version: str
    words: str
    depends: tuple[str, ...]
    recommends: tuple[str, ...] = ()
    conffiles: tuple[str, ...] = ()
    scripts: Mapping[str, str] = field(default_factory=dict)


def depends_for(sonames: frozenset[str]) -> tuple[str, ...]:
    """The packages that bring ``sonames``. Raises BuildFault for a library nobody here knows."""
    unknown = sonames - LIBRARIES.keys()
    if unknown:
        raise BuildFault(f"no package of Debian is known for {sorted(unknown)}")
    return tuple(sorted({LIBRARIES[name] for name in sonames}))


def build(package: Package, tree: Path, folder: Path, epoch: int, compression: Compression) -> Path:
    """``folder/<name>_<version>_amd64.deb`` of the files below ``tree``, to which ``DEBIAN`` is added.

    ``epoch`` (seconds) is the time of every file. Raises BuildFault.
    """
    control = tree / "DEBIAN"
    control.mkdir()
    files = sorted(path for path in tree.rglob("*") if path.is_file() and control not in path.parents)
    (control / "control").write_text(_control(package, sum(path.stat().st_size for path in files)), "utf-8")
    (control / "conffiles").write_text("".join(f"{name}\n" for name in package.conffiles), "utf-8")
    sums = [f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files if not path.is_symlink()]
    (control / "md5sums").write_text("".join(sums), "utf-8")
    for name, text in package.scripts.items():
        if name not in SCRIPTS:
            raise BuildFault(f"dpkg knows no script {name}")
        (control / name).write_text(text, "utf-8")
        (control / name).chmod(0o755)
    for path in [tree, *sorted(tree.rglob("*"))]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    made = folder / f"{package.name}_{package.version}_amd64.deb"
    _dpkg(tree, made, epoch, compression)
    return made


def put(tree: Path, name: str, data: bytes | str, mode: int = 0o644) -> None:
    """A file of the tree."""
    target = tree / name.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())
    target.chmod(mode)


def words_of(names: Sequence[str]) -> str:
    """A list as ``control`` has it."""
    return ", ".join(names)


def _control(package: Package, size: int) -> str:
    lines = {
        "Package": package.name, "Version": package.version, "Architecture": "amd64", "Section": "misc",
        "Priority": "optional", "Maintainer": "Commune counter <maintainers@commune-counter.invalid>",
        "Installed-Size": str(-(-size // 1024)), "Depends": words_of(package.depends),
        "Recommends": words_of(package.recommends), "Description": package.words,
    }  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in lines.items() if value)


def _md5(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _dpkg(tree: Path, made: Path, epoch: int, compression: Compression) -> None:
    command = [
        "dpkg-deb", "--root-owner-group", f"-Z{compression}", f"-z{LEVELS[compression]}", "--build",
        str(tree), str(made),
    ]  # fmt: skip
    # One thread: xz cuts its blocks by the number of processors, and the bytes would differ between machines.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "DPKG_DEB_THREADS_MAX": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise BuildFault(f"dpkg-deb: {done.stderr.strip()[-300:]}")
