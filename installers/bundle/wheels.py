"""Locked wheels: which of them a product needs, laid out as an installer would, and the list of what went
in."""

from __future__ import annotations

import email
import email.message
import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers.bundle.application import BuildFault, bytecode

LINUX: Final = (
    *tuple(f"manylinux_2_{minor}_x86_64" for minor in (36, 35, 34, 31, 28, 27, 26, 24, 17, 12, 5)),
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
)
"""Tags that the C library of Debian 12 runs; pip takes the best."""
MARKERS: Final = {
    "python_version": "3.11", "python_full_version": "3.11.2", "sys_platform": "linux", "os_name": "posix",
    "platform_system": "Linux", "platform_machine": "x86_64", "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}  # fmt: skip
KNOWN_TEXTS: Final = (
    ("may not be removed or altered from any source distribution", "Zlib"),
    ("permission is hereby granted, free of charge", "MIT"),
    ("redistribution and use in source and binary forms", "BSD"),
    ("apache license, version 2.0", "Apache-2.0"),
)
"""Sentences that tell a licence, for packages that name none and bring its text."""
LICENCE_NAMES: Final = ("licen", "copying", "notice", "authors")


@dataclass(frozen=True, slots=True)
class Wheel:
    """One locked package: its file, what it asks for on Debian, the licence it names."""

    name: str
    version: str
    file: Path
    requires: tuple[tuple[str, frozenset[str]], ...]
    licence: str
    extras: Mapping[str, tuple[str, ...]]

    @property
    def sha256(self) -> str:
        """Of the file, as the lock has it."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


def fetch(locks: Sequence[Path], cache: Path) -> Path:
    """The folder of all wheels of ``locks``, each held to its hash by pip. Raises BuildFault."""
    known = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()[:12]
    folder = cache / f"wheels-{known}"
    if (folder / "complete").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps",
        "--require-hashes",
        "--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp", "-d", str(folder),
    ]  # fmt: skip
    command += [word for tag in LINUX for word in ("--platform", tag)]
    command += [word for lock in locks for word in ("-r", str(lock))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFault(f"pip: {done.stderr.strip()[-500:]}")
    (folder / "complete").touch()
    return folder


def read_wheels(folder: Path) -> dict[str, Wheel]:
    """All wheels of a folder by name."""
    found = {}
    for file in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(file) as archive:
            name = next(
                one
                for one in archive.namelist()
                if one.endswith(".dist-info/METADATA") and one.count("/") == 1
            )
            told = email.message_from_bytes(archive.read(name))
        one = _wheel(file, told)
        found[one.name] = one
    return found


def needed(wheels: Mapping[str, Wheel], roots: Iterable[str]) -> list[Wheel]:
    """``roots`` (requirements) and all they ask for, by name. Raises BuildFault for one that is not
    locked."""
    wanted: dict[str, set[str]] = {}
    waiting = [(Requirement(root).name, frozenset(Requirement(root).extras)) for root in roots]
    while waiting:
        name, extras = waiting.pop()
        key = canonicalize_name(name)
        if key in wanted and extras <= wanted[key]:
            continue
        if key not in wheels:
            raise BuildFault(f"{name} is in no lock")
        wanted.setdefault(key, set()).update(extras)
        waiting += wheels[key].requires
        for extra in extras:
            for text in wheels[key].extras.get(extra, ()):
                waiting.append((Requirement(text).name, frozenset(Requirement(text).extras)))
    return [wheels[name] for name in sorted(wanted)]


def install(wheel: Wheel, site: Path) -> None:
    """Unpack a wheel; its scripts are left out, nobody starts them. Raises BuildFault for one that leaves
    ``site``."""
    with zipfile.ZipFile(wheel.file) as archive:
        for entry in archive.infolist():
            top, _, rest = entry.filename.partition("/")
            name = entry.filename
            if top.endswith(".data"):
                kind, _, name = rest.partition("/")
                if kind not in ("purelib", "platlib"):
                    continue
            target = (site / name).resolve()
            if not target.is_relative_to(site.resolve()):
                raise BuildFault(f"{wheel.file.name} wants to write outside: {entry.filename}")
            if not entry.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))


def compile_tree(folder: Path) -> None:
    """Bytecode beside each source; what does not compile (templates, other syntax) stays as it is."""
    for source in sorted(folder.rglob("*.py")):
        try:
            made = bytecode(source.read_bytes(), source.relative_to(folder).as_posix())
        except (SyntaxError, ValueError):
            continue
        cached = source.parent / "__pycache__" / f"{source.stem}.cpython-311.pyc"
        cached.parent.mkdir(exist_ok=True)
        cached.write_bytes(made)


def tree_hash(folder: Path) -> str:
    """SHA-256 over names and contents of all files, and what links point to."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        if path.is_symlink() or path.is_file():
            data = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
            name = path.relative_to(folder).as_posix().encode()
            total.update(len(name).to_bytes(4) + name + hashlib.sha256(data).digest())
    return total.hexdigest()


def parts_list(
    product: str, version: str, wheels: Iterable[Wheel], others: Sequence[tuple[str, str, str]]
) -> bytes:
    """CycloneDX 1.6: what is inside, with hashes; ``others`` are (name, version, licence) that are no
    wheels."""
    components: list[dict[str, object]] = [
        {
            "type": "library", "name": one.name, "version": one.version, "purl":
            f"pkg:pypi/{one.name}@{one.version}",
            "hashes": [{"alg": "SHA-256", "content": one.sha256}],
            "licenses": [{"license": {"name": one.licence}}],
        }
        for one in wheels
    ]  # fmt: skip
    components += [
        {"type": "library", "name": name, "version": number, "licenses": [{"license": {"name": licence}}]}
        for name, number, licence in others
    ]
    listed = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": product, "version": version}},
        "components": components,
    }  # fmt: skip
    return json.dumps(listed, indent=1, ensure_ascii=False).encode() + b"\n"


def licence_report(wheels: Iterable[Wheel]) -> str:
    """Each package with its licence and, where its wheel carries them, the texts."""
    parts = []
    for one in wheels:
        parts.append(f"{one.name} {one.version}: {one.licence}\n")
        with zipfile.ZipFile(one.file) as archive:
            for name in sorted(archive.namelist()):
                leaf = name.rpartition("/")[2].lower()
                if ".dist-info/" in name and any(word in leaf for word in LICENCE_NAMES):
                    text = archive.read(name).decode("utf-8", "replace").strip()
                    parts.append(f"--- {name}\n{text}\n")
    return "\n".join(parts)


def _wheel(file: Path, told: email.message.Message) -> Wheel:
    requires: list[tuple[str, frozenset[str]]] = []
    extras: dict[str, list[str]] = {}
    for text in told.get_all("Requires-Dist") or ():
        one = Requirement(text)
        if one.marker is None or one.marker.evaluate({**MARKERS, "extra": ""}):
            requires.append((one.name, frozenset(one.extras)))
            continue
        for extra in told.get_all("Provides-Extra") or ():
            if one.marker.evaluate({**MARKERS, "extra": extra}):
                one_text = f"{one.name}[{','.join(sorted(one.extras))}]" if one.extras else one.name
                extras.setdefault(extra, []).append(one_text)
    licence = (
        told.get("License-Expression") or _classified(told) or (told.get("License") or "").split("\n")[0]
        or _told_by_text(file)
    )  # fmt: skip
    return Wheel(
        canonicalize_name(str(told["Name"])), str(told["Version"]), file, tuple(requires), str(licence or
        "not named"),
        {name: tuple(one) for name, one in extras.items()},
    )  # fmt: skip


def _told_by_text(file: Path) -> str:
    """The licence whose text a wheel brings; empty when that is none we know."""
    words = " ".join(licence_report([Wheel("", "", file, (), "", {})]).lower().split())
    return next((name for sentence, name in KNOWN_TEXTS if sentence in words), "")


def _classified(told: email.message.Message) -> str:
    named = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")
    ]
    return ", ".join(named)
