"""Debian packages in the small: what an ELF file asks for, the same bytes twice, what control says."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installers.bundle import wheels
from installers.bundle.application import BuildFault
from installers.debian import elf, package
from installers.debian.build import FILES, HUB_SOURCES, ROOT, _hub_sources, epoch_of
from installers.debian.package import Package

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not here")


def wheel(
    folder: Path, name: str, version: str = "1.0", *, asks: tuple[str, ...] = (), licence: str = "MIT"
) -> Path:
    made = folder / f"{name}-{version}-py3-none-any.whl"
    lines = [f"Name: {name}", f"Version: {version}", f"License-Expression: {licence}", "Provides-Extra: more"]
    lines += [f"Requires-Dist: {one}" for one in asks]
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "x = 1\n")
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n\n")
        archive.writestr(f"{name}-{version}.dist-info/LICENSE", f"{licence} text of {name}")
        archive.writestr(f"{name}-{version}.data/scripts/{name}", "#!python\n")
        archive.writestr(f"{name}-{version}.data/purelib/{name}_more.py", "y = 2\n")
    return made


def test_a_library_names_what_it_asks_for() -> None:
    found = importlib.util.find_spec("msgspec._core")
    assert found is not None
    asked = elf.needed(Path(str(found.origin)))
    assert "libc.so.6" in asked
    assert elf.needed(Path(__file__)) == frozenset()


def test_the_closure_follows_what_is_at_hand_only(tmp_path: Path) -> None:
    python = Path(sys.executable).resolve()
    reached = elf.closure(
        [python], {"libm.so.6": tmp_path / "none"} if "libm.so.6" not in elf.needed(python) else {}
    )
    assert reached == {python}


def test_of_the_locked_packages_those_that_are_asked_for_come(tmp_path: Path) -> None:
    wheel(tmp_path, "one", asks=("two>=1", "windows; sys_platform == 'win32'", "three; extra == 'more'"))
    wheel(tmp_path, "two")
    wheel(tmp_path, "three")
    wheel(tmp_path, "four")
    locked = wheels.read_wheels(tmp_path)
    assert [one.name for one in wheels.needed(locked, ["one>=0.5"])] == ["one", "two"]
    assert [one.name for one in wheels.needed(locked, ["One[more]"])] == ["one", "three", "two"]
    with pytest.raises(BuildFault, match="five is in no lock"):
        wheels.needed(locked, ["five"])


def test_a_wheel_is_laid_out_without_its_scripts_and_cannot_leave_its_folder(tmp_path: Path) -> None:
    made = wheel(tmp_path, "one")
    site = tmp_path / "site"
    found = wheels.read_wheels(tmp_path)["one"]
    wheels.install(found, site)
    wheels.compile_tree(site)
    assert (site / "one/__pycache__/__init__.cpython-311.pyc").is_file()
    assert (site / "one_more.py").is_file()
    assert not list(site.rglob("scripts"))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("../../evil.py", "")
    with pytest.raises(BuildFault, match="outside"):
        wheels.install(found, site)


def test_parts_and_licences_name_everything(tmp_path: Path) -> None:
    wheel(tmp_path, "one", licence="BSD-3-Clause")
    locked = list(wheels.read_wheels(tmp_path).values())
    listed = wheels.parts_list("counter", "1.0", locked, [("cpython", "3.11", "PSF-2.0")]).decode()
    assert '"specVersion": "1.6"' in listed
    assert locked[0].sha256 in listed
    assert '"cpython"' in listed
    report = wheels.licence_report(locked)
    assert "one 1.0: BSD-3-Clause" in report
    assert "BSD-3-Clause text of one" in report


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("This notice may not be removed or altered\n   from any source distribution.", "Zlib"),
        ("Permission is hereby granted,\nfree of charge, to any person", "MIT"),
        ("Do as you like.", "not named"),
    ],
)
def test_a_licence_that_is_only_a_text_is_told_by_it(tmp_path: Path, text: str, licence: str) -> None:
    with zipfile.ZipFile(tmp_path / "one-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("one-1.0.dist-info/METADATA", "Name: one\nVersion: 1.0\n\n")
        archive.writestr("one-1.0.dist-info/licenses/LICENSE", text)
    assert wheels.read_wheels(tmp_path)["one"].licence == licence


def test_a_tree_is_known_by_its_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = wheels.tree_hash(tmp_path)
    (tmp_path / "a").chmod(0o600)
    assert wheels.tree_hash(tmp_path) == first
    (tmp_path / "a").write_text("2")
    assert wheels.tree_hash(tmp_path) != first
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").symlink_to("a")
    assert wheels.tree_hash(tmp_path) != first


def built(folder: Path, compression: package.Compression = "zstd") -> Path:
    tree = folder / "tree"
    tree.mkdir(parents=True)
    package.put(tree, "usr/bin/one", "#!/bin/sh\n", 0o755)
    package.put(tree, "/etc/one/config", b"x=1\n")
    control = Package(
        "one", "1.0", "One thing", ("libc6",), ("cups",), ("/etc/one/config",), {"postinst": "#!/bin/sh\n"}
    )
    return package.build(control, tree, folder, 1_790_000_000, compression)


@needs_dpkg
@pytest.mark.parametrize("compression", ["zstd", "xz"])
def test_two_builds_are_the_same_bytes_and_belong_to_root(
    tmp_path: Path, compression: package.Compression
) -> None:
    one, other = built(tmp_path / "1", compression), built(tmp_path / "2", compression)
    assert one.read_bytes() == other.read_bytes()
    listed = subprocess.run(["dpkg-deb", "-c", str(one)], capture_output=True, text=True, check=True).stdout
    assert listed.count("root/root") == len(listed.splitlines())
    control = subprocess.run(["dpkg-deb", "-f", str(one)], capture_output=True, text=True, check=True).stdout
    assert "Depends: libc6\n" in control
    assert "Recommends: cups\n" in control


@needs_dpkg
def test_a_script_that_dpkg_never_runs_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    with pytest.raises(BuildFault, match="postinstall"):
        package.build(
            Package("one", "1", "x", (), scripts={"postinstall": ""}), tmp_path / "tree", tmp_path, 0, "xz"
        )


def test_a_library_that_no_package_is_known_for_stops_the_build() -> None:
    assert package.depends_for(frozenset({"libssl.so.3", "libcrypto.so.3"})) == ("libssl3t64 | libssl3",)
    with pytest.raises(BuildFault, match="libnew"):
        package.depends_for(frozenset({"libnew.so.1"}))


@pytest.mark.parametrize(
    "file", sorted(path.name for path in FILES.iterdir() if path.suffix not in (".svg", ".1"))
)
def test_shell_files_parse_and_others_name_no_machine(file: str) -> None:
    text = (FILES / file).read_text("utf-8")
    if text.startswith("#!/bin/sh"):
        subprocess.run(["sh", "-n", str(FILES / file)], check=True)
        assert "set -" in text
    assert "/root" not in text
    assert "/work" not in text


def test_the_hub_takes_of_the_counter_only_what_it_may_know(tmp_path: Path) -> None:
    made = _hub_sources(tmp_path / "sources", "9.8")
    assert {path.name for path in (made / "counter_app").iterdir()} == {"__init__.py", "domain"}
    assert '"9.8"' in (made / "counter_app/__init__.py").read_text("utf-8")
    assert all((ROOT / name).exists() for name in HUB_SOURCES)


def test_the_time_of_a_build_is_given_or_the_last_commits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert epoch_of(ROOT) == 1_790_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert epoch_of(tmp_path) == 315_532_800


def test_the_units_service_gives_nothing_away() -> None:
    unit = (FILES / "commune-hub.service").read_text("utf-8")
    for line in (
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=\n",
        "ProtectSystem=strict",
        "UMask=0077",
        "User=commune-hub",
    ):
        assert line in unit
