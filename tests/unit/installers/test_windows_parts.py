"""Parts of the Windows setup that need neither wine nor a compiler."""

from __future__ import annotations

import hashlib
import os
import runpy
import struct
import sys
from pathlib import Path

import pytest

from installers.bundle.application import BuildFault
from installers.windows import runtime, settle, trimming
from installers.windows.imports import NotPortable, by_windows, closure, imports_of
from installers.windows.launcher import icon, version_numbers
from installers.windows.runtime import LOCK

HERE = Path(settle.__file__).parent


def library(path: Path, *asked: str, delayed: str = "", machine: int = 0x8664) -> Path:
    """A PE32+ file with one section that holds its import tables; addresses are offsets plus 0x1000."""
    start, address = 0x200, 0x1000
    body = bytearray(0x100)
    tables = {}
    for which, size, at, names in ((1, 20, 12, asked), (13, 32, 4, (delayed,) if delayed else ())):
        if names:
            tables[which] = address + len(body)
            place = len(body)
            body += bytes(size * (len(names) + 1))
            for number, name in enumerate(names):
                struct.pack_into("<I", body, place + number * size + at, address + len(body))
                body += name.encode() + b"\0"
    directory = b"".join(struct.pack("<II", tables.get(which, 0), 0) for which in range(16))
    optional = struct.pack("<H", 0x20B).ljust(112, b"\0") + directory
    section = b".rdata\0\0" + struct.pack("<IIII", len(body), address, len(body), start) + bytes(16)
    head = b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0) + optional + section
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + head).ljust(start, b"\0") + body)
    return path


def test_imports_are_read_also_those_of_first_use(tmp_path: Path) -> None:
    file = library(tmp_path / "a.dll", "Qt6Core.dll", "KERNEL32.dll", delayed="dwmapi.dll")
    assert imports_of(file) == {"qt6core.dll", "kernel32.dll", "dwmapi.dll"}


@pytest.mark.parametrize(
    "data", [b"", b"MZ", b"MZ" + bytes(200), b"\x7fELF" + bytes(200), b"MZ".ljust(0x3C) + b"\xff" * 8]
)
def test_what_is_no_program_of_windows_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.dll").write_bytes(data)
    with pytest.raises(NotPortable, match=r"a\.dll"):
        imports_of(tmp_path / "a.dll")


def test_a_32_bit_library_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(NotPortable, match="64-bit"):
        imports_of(library(tmp_path / "a.dll", machine=0x14C))


def test_the_closure_follows_every_step_and_names_what_nobody_brings(tmp_path: Path) -> None:
    one = library(tmp_path / "one.pyd", "two.dll")
    two = library(tmp_path / "two.dll", "three.dll", "icuuc.dll", "api-ms-win-crt-math-l1-1-0.dll")
    three = library(tmp_path / "three.dll", "one.pyd")
    other = library(tmp_path / "other.dll")
    reached, missing = closure([one], [one, two, three, other])
    assert reached == {one, two, three}
    assert missing == {"icuuc.dll": "two.dll"}


def test_of_two_of_one_name_the_one_beside_the_asking_file_is_taken(tmp_path: Path) -> None:
    near = library(tmp_path / "b" / "same.dll")
    far = library(tmp_path / "a" / "same.dll")
    asking = library(tmp_path / "b" / "asks.dll", "same.dll")
    assert closure([asking], [far, near, asking])[0] == {asking, near}


def test_what_windows_brings() -> None:
    assert all(
        map(
            by_windows,
            ("KERNEL32.dll", "winspool.drv", "api-ms-win-core-path-l1-1-0.dll", "bcryptprimitives.dll"),
        )
    )
    assert not any(map(by_windows, ("icuuc.dll", "msvcp140.dll", "vcruntime140.dll", "python311.dll")))


def test_qt_is_trimmed_to_what_is_used_and_asked_for(tmp_path: Path) -> None:
    qt, shiboken = tmp_path / "PySide6", tmp_path / "shiboken6"
    for name in trimming.QT_MODULES:
        library(qt / f"{name}.pyd", "Qt6Core.dll")
    for name in trimming.QT_PLUGINS:
        library(qt / "plugins" / name, "Qt6Gui.dll")
    library(qt / "Qt6Core.dll", "msvcp140.dll")
    for name in (
        "Qt6Gui.dll",
        "Qt6Quick.dll",
        "msvcp140.dll",
        "plugins/platforms/qdirect2d.dll",
        "QtQml.pyd",
    ):
        library(qt / name)
    library(shiboken / "Shiboken.pyd", "shiboken6.abi3.dll")
    library(shiboken / "shiboken6.abi3.dll")
    library(shiboken / "vcomp140.dll")
    for name in (
        "PySide6/__init__.py",
        "PySide6/QtCore.pyi",
        "a/tests/x.py",
        "a-1.dist-info/licenses/tests/LICENSE",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    trimming.trim(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Gui.dll",
        "PySide6/msvcp140.dll",
        "PySide6/__init__.py",
    } <= left
    assert {"shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll"} <= left
    assert "a-1.dist-info/licenses/tests/LICENSE" in left, "licences stay"
    assert not [
        one
        for one in left
        if any(word in one for word in ("Quick", "Qml", "direct2d", ".pyi", "a/", "vcomp"))
    ]


def test_four_numbers_of_a_version() -> None:
    assert version_numbers("1.2.3") == "1,2,3,0"
    assert version_numbers("0.10rc1") == "0,10,0,0"
    assert version_numbers("1.2.3.4.5+local") == "1,2,3,4"


def test_the_icon_has_every_size() -> None:
    from io import BytesIO

    from PIL import Image

    drawn = Image.open(BytesIO(icon('<svg xmlns="http://www.w3.org/2000/svg"/>')))
    assert {16, 32, 48, 256} <= {side for side, _ in drawn.info["sizes"]}


def test_cpython_is_held_to_its_hash_before_anything_of_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def download(*words: str) -> None:
        asked.append(words)
        (tmp_path / runtime.EMBED_FILE).write_bytes(b"another archive")

    monkeypatch.setattr(runtime, "_pip", download)
    with pytest.raises(BuildFault, match="not the archive"):
        runtime.fetch(tmp_path)
    (words,) = asked
    assert "--require-hashes" in words
    wanted = Path(words[words.index("-r") + 1]).read_text("ascii").split()
    assert wanted == [runtime.EMBED, f"--hash=sha256:{runtime.EMBED_SHA256}"]


def test_what_the_download_of_cpython_runs_is_locked_with_hashes() -> None:
    """pip learns the name of a source package by its setup.py, which imports these two."""
    for lock in ("build.txt", "dev.txt"):
        locked = (LOCK.parent / lock).read_text("ascii")
        assert {"setuptools", "wheel"} <= {line.partition("==")[0] for line in locked.splitlines()}


def test_the_lock_names_hashes_and_no_address() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert "pywin32-ctypes" in text, "the key's place on Windows"
    assert not {"psycopg", "faker", "pygments", "jeepney", "secretstorage"} & {
        line.split("==")[0] for line in text.splitlines() if "==" in line
    }
    assert text.count("==") <= text.count("--hash=sha256:")


# --- what the setup runs on the PC ---


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """An installation as the setup leaves it before it asks whether all is there."""
    names = {"runtime-abc/python.exe": b"exe", "runtime-abc/Lib/ữ.txt": b"letters", "app-1.zip": b"zip"}
    lines = []
    for name, data in names.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
        lines.append(f"{hashlib.sha256(data).hexdigest()} {name}\n")
    (tmp_path / "packed.txt").write_text("".join(lines), "utf-8")
    return tmp_path


def test_all_as_packed_is_flushed_and_marked_whole(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: flushed.append(os.fstat(number).st_size))
    assert settle.main(str(copied)) == 0
    assert sorted(flushed) == [0, 3, 3, 7], "three files, and the mark behind them"
    assert flushed[-1] == 0
    assert (copied / "runtime-abc" / "whole").is_file()


@pytest.mark.parametrize("name", ["app-1.zip", "runtime-abc/python.exe"])
def test_a_file_that_differs_is_named_and_nothing_is_whole(
    copied: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (copied / name).write_bytes(b"bad")
    assert settle.main(str(copied)) == 1
    assert capsys.readouterr().out == f"not as packed: {name}\n"
    assert not (copied / "runtime-abc" / "whole").exists()


def test_a_file_that_is_missing_is_named(copied: Path) -> None:
    (copied / "app-1.zip").unlink()
    assert settle.main(str(copied)) == 1


# --- what the installed Python hears ---


def heard(monkeypatch: pytest.MonkeyPatch, named: str, updates: str = "") -> list[str]:
    """What is put before the search path of an installed Python with that PYTHONPATH."""
    monkeypatch.setattr(sys, "prefix", os.path.join(os.sep, "base", "runtime-abc"))
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setenv("PYTHONPATH", named)
    monkeypatch.setenv("COMMUNE_COUNTER_PROGRAM", updates)
    runpy.run_path(str(HERE / "sitecustomize.py"))
    return list(sys.path)


def test_only_a_zip_of_ours_where_ours_lie_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, "/base/app-1.zip") == ["/base/app-1.zip"]
    assert heard(monkeypatch, "/own/app-2.zip", updates="/own") == ["/own/app-2.zip"]
    assert heard(monkeypatch, "/own/app-2.zip") == []
    assert heard(monkeypatch, "/base/site-packages") == []
    assert heard(monkeypatch, "/elsewhere/app-1.zip:/base/evil.zip") == []
    assert heard(monkeypatch, "") == []
