"""The face of the papers: Tinos, the metric twin of Times New Roman, taken from Debian's `fonts-croscore`.

No root is needed: `apt-get download` brings the package, `dpkg-deb -x` unpacks it, and each file is taken
only when its SHA-256 is the one written here. Where that cannot be had, Noto Serif stands in
(`build_assets`).
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools import system_libraries

PACKAGE = "fonts-croscore"
INSTALLED = Path("/usr/share/fonts/truetype/croscore")
SECONDS = 90
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
SHA256 = {
    "Regular": "cf264a22292950ca1679b2ade07e9e6ecb26c649ab70975d0e113f979efa827a",
    "Bold": "971d6af5fcb3a0c05535a92a635fb63a86ea5eb935639c9b864be33f3bfaba80",
    "Italic": "0f949a3fa0e23cd0ca94a0c4784bd8f9efb99c20070b9f73b5fd592b49c092ad",
    "BoldItalic": "0cd67b90617a03a69a815e758d0649d00f2be48a0cb570615e94e8e5a13aae2e",
}


class FaceUnavailable(Exception):
    """Tinos cannot be had here; the text says why, for the note beside the prepared fonts."""


def read_tinos(installed: Path = INSTALLED) -> dict[str, bytes]:
    """The four styles as bytes, from the system's fonts or from the package. Raises FaceUnavailable."""
    if all((installed / f"Tinos-{style}.ttf").is_file() for style in STYLES):
        return checked(installed)
    with tempfile.TemporaryDirectory() as folder:
        return checked(_unpacked(Path(folder)))


def checked(folder: Path) -> dict[str, bytes]:
    """The styles in `folder`, each held against its digest. Raises FaceUnavailable."""
    styles: dict[str, bytes] = {}
    for style in STYLES:
        path = folder / f"Tinos-{style}.ttf"
        if not path.is_file():
            raise FaceUnavailable(f"{path.name} is not in the package {PACKAGE}")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != SHA256[style]:
            raise FaceUnavailable(f"{path.name} is not the file that was checked (its SHA-256 differs)")
        styles[style] = data
    return styles


def _unpacked(folder: Path) -> Path:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise FaceUnavailable("this system has no apt-get and dpkg-deb")
    folder.chmod(0o755)
    try:
        _run(["apt-get", "download", PACKAGE], folder)
    except FaceUnavailable:
        # A bare system has no lists of packages yet; refreshing them needs root and does nothing without it.
        system_libraries.refresh()
        _run(["apt-get", "download", PACKAGE], folder)
    packages = sorted(folder.glob(f"{PACKAGE}_*.deb"))
    if not packages:
        raise FaceUnavailable(f"apt-get brought no package {PACKAGE}")
    _run(["dpkg-deb", "-x", str(packages[-1]), str(folder / "unpacked")], folder)
    return folder / "unpacked" / INSTALLED.relative_to("/")


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FaceUnavailable(f"{command[0]} did not finish: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise FaceUnavailable(f"{' '.join(command[:2])}: {lines[-1]}")
