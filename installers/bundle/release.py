"""What goes beside the installers, and a digest of each file: ``installers.bundle.release --out DIR``.

For a province that looks after Python itself: the wheel, the locks that ``pip install --require-hashes -r``
takes, the list of parts and the licences of what they name. ``SHA256SUMS`` then names every file there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installers.bundle import wheels as parts
from installers.bundle.application import BuildFault, digest_of, version_of

ROOT: Final = Path(__file__).resolve().parents[2]
LOCKS: Final = ("runtime.txt", "sign.txt")
"""Packages of the program and the hub; what signing files adds."""
SUMS: Final = "SHA256SUMS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make them; prints name, size and digest of each file of the folder. Exit codes: 0 made, 1 not made."""
    parser = argparse.ArgumentParser("installers.bundle.release", description="Wheel, locks and digests.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "debian", help="downloads, kept")
    options = parser.parse_args(arguments)
    out = options.out.resolve()
    try:
        _wheel(out)
        _locks(out, options.cache)
    except BuildFault as fault:
        print(f"release: {fault}", file=sys.stderr)
        return 1
    for file in sum_up(out):
        print(f"{file.name}  {file.stat().st_size} bytes  sha256 {digest_of(file)}")
    return 0


def sum_up(out: Path) -> list[Path]:
    """Write the digests of all files in ``out`` as ``sha256sum -c`` reads them; the files, by name."""
    files = sorted(path for path in out.iterdir() if path.is_file() and path.name != SUMS)
    (out / SUMS).write_text("".join(f"{digest_of(path)}  {path.name}\n" for path in files), "utf-8")
    return files


def _wheel(out: Path) -> None:
    """The same bytes each time: hatchling gives every file of a wheel one date."""
    words = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFault(f"build: {(done.stdout + done.stderr).strip()[-500:]}")


def _locks(out: Path, cache: Path) -> None:
    locks = [ROOT / "requirements" / name for name in LOCKS]
    for lock in locks:
        shutil.copyfile(lock, out / f"wheel-lock-{lock.name}")
    named = parts.read_wheels(parts.fetch(locks, cache)).values()
    listed = parts.parts_list("commune-counter", version_of(ROOT), named, ())
    (out / "wheel-parts.cdx.json").write_bytes(listed)
    (out / "wheel-licences.txt").write_text(parts.licence_report(named), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
