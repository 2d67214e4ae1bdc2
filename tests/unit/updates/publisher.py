"""A publisher with three keys, an installation in a folder, two small applications: what tests of updates
stand on."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from counter_app.updates import delta, manifest
from counter_app.updates.installation import Installation
from counter_app.updates.manifest import DAY_MS, Manifest, Piece, Ring
from counter_app.updates.program_folder import Named, ProgramFolder
from counter_app.updates.sources import MANIFEST
from counter_app.updates.updating import Updater
from sync.protocol.naming.keys import SigningKey

NOW = 1_795_134_600_000
RUNTIME = "runtime-0123456789ab"
KEYS = tuple(SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
PUBLIC = tuple(key.public for key in KEYS)
STRANGER = SigningKey(bytes([9]) * 32)


def application(version: str, modules: int = 40) -> bytes:
    """A stored zip of ``modules`` modules; each version changes one of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for number in range(modules):
            text = f"# module {number}\n" + "".join(f"x{line} = {number * line}\n" for line in range(50))
            archive.writestr(zipfile.ZipInfo(f"m{number}.py", (1980, 1, 1, 0, 0, 0)), text)
        archive.writestr(zipfile.ZipInfo("version.py", (1980, 1, 1, 0, 0, 0)), f'version = "{version}"\n')
    return made.getvalue()


def piece(name: str, data: bytes, base: str | None = None) -> Piece:
    """What a manifest says of ``data``."""
    return Piece(name, len(data), sha256(data).hexdigest(), base)


def a_manifest(version: str = "1.1", serial: int = 5, **changed: Any) -> Manifest:
    """A good one of today for everybody, as far as nothing else is said."""
    whole = piece(f"app-{version}.zip", application(version))
    made = Manifest(
        1, serial, version, NOW - DAY_MS, NOW + 179 * DAY_MS, RUNTIME, whole, (), Ring(percent=100), False
    )
    return replace_in(made, changed)


def replace_in(made: Manifest, changed: dict[str, Any]) -> Manifest:
    """``made`` with other fields."""
    fields = {name: getattr(made, name) for name in made.__struct_fields__}
    return Manifest(**{**fields, **changed})


def signed(made: Manifest, *keys: SigningKey) -> bytes:
    """Its file under ``keys``; two good ones when none are named."""
    data = manifest.write(made)
    for key in keys or KEYS[:2]:
        data = manifest.sign(data, key)
    return data


@dataclass
class Pc:
    """An installed program of version 1.0 below ``root``, and a stick with a newer one."""

    root: Path
    installed: Installation = field(init=False)

    def __post_init__(self) -> None:
        base, own, self.stick = self.root / "base", self.root / "own", self.root / "stick"
        for folder in (base / RUNTIME / "bin", self.stick):
            folder.mkdir(parents=True, exist_ok=True)
        zip_ = base / "app-1.0.zip"
        zip_.write_bytes(application("1.0"))
        running = Named("1.0", RUNTIME)
        (base / "current").write_text(running.line)
        self.installed = Installation(base, ProgramFolder(own), zip_, running, PUBLIC, "python3")

    def updater(self, running: str = "1.0") -> Updater:
        """Its updates, with that version running."""
        if running == "1.0":
            return Updater(self.installed, "03390", 7)
        zip_ = self.installed.folder.application(running)
        now = replace(self.installed, zip=zip_, running=Named(running, RUNTIME))
        return Updater(now, "03390", 7)

    def publish(self, made: Manifest, *, difference: bool = True) -> Manifest:
        """Put the manifest and its files on the stick; returns it as published."""
        data = application(made.version)
        if difference:
            small = delta.make(self.installed.zip.read_bytes(), data)
            name = f"1.0-to-{made.version}.zst"
            (self.stick / name).write_bytes(small)
            base = sha256(self.installed.zip.read_bytes()).hexdigest()
            made = replace_in(made, {"deltas": (piece(name, small, base),)})
        (self.stick / made.application.name).write_bytes(data)
        (self.stick / MANIFEST).write_bytes(signed(made))
        return made
