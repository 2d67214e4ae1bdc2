"""The Windows setup program, made on Linux by one command: ``python -m installers.windows.build --out DIR``.

Needs Python 3.11, ``nsis`` and ``gcc-mingw-w64-x86-64-win32``; ``osslsigncode`` checks CPython's signatures.
The network is asked only for what the cache does not hold, and everything is held to a hash.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.bundle.application import BuildFault, digest_of, version_of, write_application
from installers.bundle.wheels import licence_report, parts_list, read_wheels
from installers.windows.launcher import make_launchers, version_numbers
from installers.windows.runtime import fetch, make_runtime

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
ICON: Final = "rubber-stamp"
PYTHON: Final = ("CPython", "3.11.9", "PSF-2.0")
UPDATE_KEYS: Final = "update-keys.json"
APT: Final = "apt-get install nsis gcc-mingw-w64-x86-64-win32"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a build made; sizes in bytes."""

    version: str
    file: Path
    payload: Path
    application: str
    runtime: str

    def described(self) -> dict[str, object]:
        """Names, hashes and sizes, for the release's notes."""
        files = [path for path in self.payload.rglob("*") if path.is_file()]
        return {
            "version": self.version, "setup": self.file.name, "sha256": digest_of(self.file),
            "setup_bytes": self.file.stat().st_size, "application": self.application,
            "application_sha256": digest_of(self.payload / self.application),
            "application_bytes": (self.payload / self.application).stat().st_size, "runtime": self.runtime,
            "files": len(files), "installed_bytes": sum(path.stat().st_size for path in files),
        }  # fmt: skip


def build(
    out: Path,
    cache: Path,
    *,
    root: Path = ROOT,
    version: str = "",
    quick: bool = False,
    runtime: Path | None = None,
    keys: Path | None = None,
) -> Setup:
    """Make the setup program of the sources below ``root`` in ``out``.

    ``version`` stands in for the sources', ``quick`` compresses less, ``runtime`` is one made before,
    ``keys`` is the publisher's key file. Raises BuildFault saying what is missing or wrong.
    """
    if keys is not None and not keys.is_file():
        raise BuildFault(f"{keys} is no key file: installers.updates keygen makes one")
    version = version or version_of(root)
    payload = out / f"payload-{version}"
    shutil.rmtree(payload, ignore_errors=True)
    payload.mkdir(parents=True)
    embed, wheels = fetch(cache)
    if runtime is None:
        runtime = make_runtime(embed, wheels, payload)
    else:
        runtime = Path(shutil.copytree(runtime, payload / runtime.name, copy_function=_link))
    application = write_application(root, payload, version)
    drawn = (root / "resources" / "icons" / f"{ICON}.svg").read_text("utf-8")
    make_launchers(payload, version, drawn)
    for leftover in (*payload.glob("*.res.o"), payload / "launcher.manifest"):
        leftover.unlink()
    _describe(root, payload, version, wheels, keys)
    _list_files(payload, (application.name, runtime.name))
    return Setup(
        version,
        _pack(out, payload, version, application.name, runtime, quick),
        payload,
        application.name,
        runtime.name,
    )


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _describe(root: Path, payload: Path, version: str, wheels: Path, keys: Path | None) -> None:
    """Licences and the list of parts, as the law of the licences and an auditor want them."""
    parts = read_wheels(wheels).values()
    (payload / "parts.cdx.json").write_bytes(parts_list("commune-counter", version, parts, [PYTHON]))
    (payload / "licences.txt").write_text(licence_report(parts), "utf-8", newline="\r\n")
    for name in ("LICENSE", "THIRD_PARTY.md"):
        text = (root / name).read_text("utf-8")
        (payload / name).write_text("\ufeff" + text, "utf-8", newline="\r\n")
    if keys is not None:
        shutil.copyfile(keys, payload / UPDATE_KEYS)
    shutil.copyfile(HERE / "settle.py", payload / "settle.py")


def _list_files(payload: Path, tops: Sequence[str]) -> None:
    """``packed.txt``: the hash and name of every file that runs, for the setup to compare."""
    named = sorted(
        path.relative_to(payload).as_posix()
        for top in tops
        for path in ((payload / top).rglob("*") if (payload / top).is_dir() else (payload / top,))
        if path.is_file()
    )
    lines = [f"{digest_of(payload / name)} {name}\n" for name in named]
    (payload / "packed.txt").write_text("".join(lines), "utf-8")


def _copy_commands(payload: Path, runtime: str) -> str:
    """NSIS commands that bring the runtime, sorted, so that every build packs in the same order."""
    lines: list[str] = []
    folder = None
    for path in sorted((payload / runtime).rglob("*"), key=lambda one: (one.parent.as_posix(), one.name)):
        if not path.is_file():
            continue
        if path.parent != folder:
            folder = path.parent
            inside = folder.relative_to(payload).as_posix().replace("/", "\\")
            lines.append(f'SetOutPath "$INSTDIR\\{inside}"')
        lines.append(f'File "{str(path).replace("$", "$$")}"')
    return "\n".join(lines) + "\n"


def _pack(out: Path, payload: Path, version: str, application: str, runtime: Path, quick: bool) -> Path:
    made = out / f"commune-counter-{version}-setup.exe"
    commands = out / f"files-{version}.nsh"
    commands.write_text(_copy_commands(payload, runtime.name), "utf-8")
    size = sum(path.stat().st_size for path in payload.rglob("*") if path.is_file()) // 1024
    defined = {
        "VERSION": version, "VERSION_NUMBERS": version_numbers(version).replace(",", "."),
        "APPLICATION": application, "RUNTIME": runtime.name, "PAYLOAD": str(payload), "FILES": str(commands),
        "OUT": str(made), "SIZE_KB": str(size),
        **({"QUICK": "1"} if quick else {}),
    }  # fmt: skip
    words = [f"-D{name}={value}" for name, value in defined.items()]
    try:
        done = subprocess.run(
            ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(HERE / "setup.nsi")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise BuildFault(f"makensis is missing: {APT}") from error
    if done.returncode:
        raise BuildFault(f"makensis: {(done.stdout + done.stderr).strip()[-1_500:]}")
    commands.unlink()
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; prints names, hashes and sizes as JSON. Exit codes: 0 made, 1 not made, said why."""
    parser = argparse.ArgumentParser(
        "installers.windows.build", description="Make the Windows setup program."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "windows")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "windows", help="downloads, kept")
    parser.add_argument("--version", default="", help="another version than the sources name, for tests")
    parser.add_argument("--quick", action="store_true", help="compress less: for tests")
    parser.add_argument("--keys", type=Path, help="public keys of updates (installers.updates keygen)")
    parser.add_argument("--keep-payload", action="store_true", help="leave the files that were packed")
    options = parser.parse_args(arguments)
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        made = build(
            options.out.resolve(), options.cache.resolve(), version=options.version, quick=options.quick,
            keys=options.keys,
        )  # fmt: skip
    except BuildFault as error:
        print(f"no setup was made: {error}", file=sys.stderr)
        return 1
    print(json.dumps(made.described(), indent=1))
    if not options.keep_payload:
        shutil.rmtree(made.payload)
    return 0


if __name__ == "__main__":
    sys.exit(main())
