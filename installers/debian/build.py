"""``python -m installers.debian.build --out dist``: both Debian packages, parts lists and sizes.

The same sources and the same cache give the same bytes (``SOURCE_DATE_EPOCH``, else the last commit's time).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.bundle import wheels as parts
from installers.bundle.application import (
    PACKAGES,
    BuildFault,
    digest_of,
    name_of,
    version_of,
    write_application,
)
from installers.debian import package as deb
from installers.debian import runtime

ROOT: Final = Path(__file__).resolve().parents[2]
FILES: Final = Path(__file__).resolve().parent / "files"
LOCKS: Final = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "sign.txt")
PRACTICE: Final = ("litestar", "uvicorn", "jinja2")
"""Of the hub what the practice commune needs: no PostgreSQL."""
HUB: Final = (
    "msgspec",
    "SQLAlchemy",
    "sqlcipher3",
    "backports.zstd",
    "cryptography",
    "argon2-cffi",
    "tzdata",
)
COUNTER_BASE, HUB_BASE = "opt/commune-counter", "opt/commune-hub"
HUB_SOURCES: Final = (
    "sync",
    "counter_app/__init__.py",
    "counter_app/domain",
    "resources/catalogue",
    "resources/__init__.py",
    "resources/load.py",
)
RECOMMENDED: Final = ("cups", "cups-client", "gnome-keyring", "sane-utils")


@dataclass(frozen=True, slots=True)
class Job:
    """How to build; ``version`` stands in for the sources' own, ``keys`` is the publisher's key file."""

    cache: Path
    out: Path
    epoch: int
    compression: deb.Compression = "zstd"
    version: str = ""
    keys: Path | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Build both; returns the exit code."""
    parser = argparse.ArgumentParser(
        "installers.debian.build", description="The .deb of the counter and of the hub."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "debian")
    parser.add_argument("--compression", choices=("zstd", "xz"), default="xz", help="zstd is quick, xz small")
    parser.add_argument(
        "--version", default="", help="another version than the sources' (for trials of upgrades)"
    )
    parser.add_argument("--keys", type=Path, help="public keys of updates (installers.updates keygen)")
    options = parser.parse_args(arguments)
    job = Job(options.cache, options.out, epoch_of(ROOT), options.compression, options.version, options.keys)
    try:
        for made in (build_counter(job), build_hub(job)):
            print(f"{made.name}  {made.stat().st_size} bytes  sha256 {digest_of(made)}")
    except BuildFault as fault:
        print(f"build: {fault}", file=sys.stderr)
        return 1
    return 0


def epoch_of(root: Path) -> int:
    """``SOURCE_DATE_EPOCH``, else the time of the last commit, else the day a zip begins to count."""
    if given := os.environ.get("SOURCE_DATE_EPOCH", ""):
        return int(given)
    told = subprocess.run(
        ["git", "-C", str(root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    return int(told.stdout) if told.returncode == 0 else 315_532_800


def build_counter(job: Job) -> Path:
    """The counter: runtime, application zip, launcher, menu, icon, autostart, manual page. Raises
    BuildFault."""
    project = _project()
    wanted = _wheels(job, [*project["dependencies"], *_extra("sign"), *_extra("serial"), *PRACTICE])
    version = job.version or version_of(ROOT)
    with tempfile.TemporaryDirectory(prefix="counter-") as scratch:
        tree = Path(scratch) / "tree"
        base = tree / COUNTER_BASE
        base.mkdir(parents=True)
        made = _runtime(job, "counter", wanted, None)
        shutil.copytree(made, base / made.name, symlinks=True)
        write_application(ROOT, base, job.version)
        deb.put(tree, f"{COUNTER_BASE}/current", f"{name_of(version)} {made.name}\n")
        if job.keys is not None:
            deb.put(tree, f"{COUNTER_BASE}/update-keys.json", job.keys.read_bytes())
        _counter_files(tree)
        _papers(tree, "commune-counter", version, wanted)
        control = deb.Package(
            "commune-counter", version, "Một cửa cấp xã: the desktop program of a commune's one-stop counter",
            deb.depends_for(runtime.outside(made)), RECOMMENDED,
            ("/etc/xdg/autostart/commune-counter.desktop",),
            _scripts("counter"),
        )  # fmt: skip
        return _built(job, control, tree)


def build_hub(job: Job) -> Path:
    """The hub: runtime with its sources, systemd unit, settings, manual page. Raises BuildFault."""
    wanted = _wheels(job, [*_extra("hub"), *HUB])
    version = job.version or version_of(ROOT)
    with tempfile.TemporaryDirectory(prefix="hub-") as scratch:
        tree = Path(scratch) / "tree"
        base = tree / HUB_BASE
        base.mkdir(parents=True)
        made = _runtime(job, "hub", wanted, _hub_sources(Path(scratch) / "sources", job.version))
        shutil.copytree(made, base / made.name, symlinks=True)
        (base / "python").symlink_to(f"{made.name}/bin/python3")
        deb.put(tree, "usr/bin/commune-hub", (FILES / "commune-hub.sh").read_bytes(), 0o755)
        deb.put(tree, "etc/commune-hub/config", (FILES / "hub.config").read_bytes())
        deb.put(
            tree, "usr/lib/systemd/system/commune-hub.service", (FILES / "commune-hub.service").read_bytes()
        )
        deb.put(tree, "usr/share/man/man1/commune-hub.1", (FILES / "commune-hub.1").read_bytes())
        _papers(tree, "commune-hub", version, wanted)
        control = deb.Package(
            "commune-hub", version, "The province's hub for communes' one-stop counters",
            (*deb.depends_for(runtime.outside(made)), "passwd", "util-linux"), ("postgresql-client",),
            ("/etc/commune-hub/config",), _scripts("hub"),
        )  # fmt: skip
        return _built(job, control, tree)


def _built(job: Job, control: deb.Package, tree: Path) -> Path:
    job.out.mkdir(parents=True, exist_ok=True)
    return deb.build(control, tree, job.out, job.epoch, job.compression)


def _project() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def _extra(name: str) -> list[str]:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    return [str(one) for one in extras[name]]


def _wheels(job: Job, roots: Sequence[str]) -> list[parts.Wheel]:
    return parts.needed(parts.read_wheels(parts.fetch(LOCKS, job.cache)), roots)


def _runtime(job: Job, product: str, wanted: Sequence[parts.Wheel], sources: Path | None) -> Path:
    """Made anew each time, so that what is shipped is what the locks say and not what lay about.

    Only another version for trials takes the runtime that is there: an upgrade in which nothing else changes.
    """
    folder = job.cache / product
    there = sorted(folder.glob("runtime-[0-9a-f]*"))
    if job.version and there:
        return there[0]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return runtime.make_runtime(runtime.fetch_python(job.cache), wanted, folder, sources)


def _hub_sources(folder: Path, version: str) -> Path:
    for name in HUB_SOURCES:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    if version:
        first = folder / "counter_app" / "__init__.py"
        first.write_text(first.read_text("utf-8").replace(version_of(ROOT), version), "utf-8")
    assert {path.name for path in folder.iterdir()} <= set(PACKAGES)
    return folder


def _counter_files(tree: Path) -> None:
    launcher = (FILES / "launcher.sh").read_bytes()
    for name in ("commune-counter", "commune-counter-window"):
        deb.put(tree, f"usr/bin/{name}", launcher, 0o755)
    desktop = (FILES / "commune-counter.desktop").read_text("utf-8")
    deb.put(tree, "usr/share/applications/commune-counter.desktop", desktop)
    deb.put(tree, "etc/xdg/autostart/commune-counter.desktop", desktop)
    deb.put(
        tree,
        "usr/share/icons/hicolor/scalable/apps/commune-counter.svg",
        (FILES / "commune-counter.svg").read_bytes(),
    )
    deb.put(tree, "usr/share/man/man1/commune-counter.1", (FILES / "commune-counter.1").read_bytes())


def _papers(tree: Path, product: str, version: str, wanted: Sequence[parts.Wheel]) -> None:
    """Licence, texts of what is inside, parts list."""
    folder = f"usr/share/doc/{product}"
    deb.put(
        tree,
        f"{folder}/copyright",
        (ROOT / "LICENSE").read_bytes() + b"\n" + (ROOT / "THIRD_PARTY.md").read_bytes(),
    )
    deb.put(tree, f"{folder}/licences.txt", parts.licence_report(wanted))
    others = [("cpython", "3.11 (Debian)", "PSF-2.0")]
    deb.put(tree, f"{folder}/parts.cdx.json", parts.parts_list(product, version, wanted, others))


def _scripts(product: str) -> dict[str, str]:
    return {
        name: file.read_text("utf-8")
        for name in deb.SCRIPTS
        if (file := FILES / f"{product}.{name}").is_file()
    }


def sizes(folder: Path) -> str:
    """Names and sizes of what was built, as JSON for the record."""
    return json.dumps({file.name: file.stat().st_size for file in sorted(folder.glob("*.deb"))}, indent=1)


if __name__ == "__main__":
    sys.exit(main())
