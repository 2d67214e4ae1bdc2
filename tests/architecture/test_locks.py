"""The locks: every package pinned with hashes, no addresses, what pyproject.toml asks, Qt held below 6.10."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("runtime.txt", "build.txt", "sign.txt", "dev.txt")
PIN = re.compile(r"^([a-zA-Z0-9._-]+)==([^ ;\\]+)((?: ;[^\\]*)?)")
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    matches = [PIN.match(line) for line in text.splitlines()]
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


def blocks(lock: str) -> list[list[str]]:
    """Each requirement with its hash lines."""
    found: list[list[str]] = []
    for line in (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines():
        if PIN.match(line):
            found.append([line])
        elif line.strip() and not line.startswith("#"):
            found[-1].append(line)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_its_hash(lock: str) -> None:
    for first, *hashes in blocks(lock):
        assert hashes, f"{first} has no hash"
        assert all(HASH.match(line) for line in hashes), first


@pytest.mark.parametrize("lock", LOCKS)
def test_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|@ |--(extra-)?index|--find-links|-i ", text)


def asked(*, extras: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> list[Requirement]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(settings["project"]["dependencies"])
    for extra in extras:
        lines += settings["project"]["optional-dependencies"][extra]
    for group in groups:
        lines += [line for line in settings["dependency-groups"][group] if isinstance(line, str)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("runtime.txt", asked(extras=("hub", "serial"))),
        ("sign.txt", asked(extras=("sign",))[len(asked()) :]),
        ("dev.txt", asked(extras=("hub", "serial", "sign"), groups=("build", "dev"))),
    ],
)
def test_the_lock_answers_pyproject(lock: str, requirements: list[Requirement]) -> None:
    have = pins(lock)
    for one in requirements:
        name = canonicalize_name(one.name)
        assert name in have, f"{name} is not locked: run make lock"
        assert one.specifier.contains(have[name], prereleases=True), f"{name} {have[name]}: run make lock"


def test_locks_agree_with_each_other() -> None:
    dev = pins("dev.txt")
    for lock in ("runtime.txt", "build.txt", "sign.txt"):
        for name, pinned in pins(lock).items():
            assert dev[name] == pinned, name


def test_signing_is_kept_apart() -> None:
    assert not pins("sign.txt").keys() & pins("runtime.txt").keys()
    assert "pyhanko" not in pins("runtime.txt")


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_qt_starts_on_old_counter_pcs(lock: str) -> None:
    assert Version("6.8.3") <= Version(pins(lock)["pyside6-essentials"]) < Version("6.10")
    assert "pyside6" not in pins(lock)
    assert "pyside6-addons" not in pins(lock)
