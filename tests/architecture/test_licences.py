"""No library of the running program is under the GPL or AGPL, or under nothing at all."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STRONG = re.compile(r"(?<!L)(?<!lesser )\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)
# Packages whose metadata says nothing, or that are for another system than the one the test runs on; each was
# looked up in the package's own licence file.
LOOKED_UP = {
    "sqlcipher3": "zlib (SQLCipher BSD-3-Clause, OpenSSL Apache-2.0)",
    "colorama": "BSD-3-Clause",
    "pywin32-ctypes": "BSD-3-Clause",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "psycopg-pool": "LGPL-3.0-only",
}


def stated(name: str) -> str:
    """What a package says about its licence; the looked-up one where it says nothing."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return LOOKED_UP.get(name, "")
    classifiers = [
        line.split("::")[-1].strip() for line in told.get_all("Classifier") or [] if "License" in line
    ]
    expression = told.get_all("License-Expression") or classifiers or told.get_all("License") or []
    words = " / ".join(expression).strip()
    return words or LOOKED_UP.get(name, "")


def forbids(licence: str) -> bool:
    """Whether a stated licence leaves no choice but the GPL or AGPL, or says nothing."""
    choices = re.split(r"\bOR\b|/", licence)
    return not licence or all(STRONG.search(choice) for choice in choices)


def runtime_packages() -> list[str]:
    locks = (ROOT / "requirements" / lock for lock in ("runtime.txt", "sign.txt"))
    text = "\n".join(lock.read_text(encoding="utf-8") for lock in locks)
    return re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)


@pytest.mark.parametrize("name", runtime_packages())
def test_no_strong_copyleft_in_the_running_program(name: str) -> None:
    licence = stated(name)
    assert not forbids(licence), f"{name}: {licence or 'says nothing'}"


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "GPLv3", "GNU Affero General Public License v3", "AGPL-3.0", ""]
)
def test_strong_copyleft_is_seen(licence: str) -> None:
    assert forbids(licence)


@pytest.mark.parametrize(
    "licence", ["MIT", "LGPL-3.0-only", "LGPL-3.0-only OR GPL-2.0-only", "Apache-2.0 OR BSD-3-Clause"]
)
def test_others_pass(licence: str) -> None:
    assert not forbids(licence)
