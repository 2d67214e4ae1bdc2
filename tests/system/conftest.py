"""What the system tests need of the machine: packages through apt where root may, else a plain sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Databases
from tests.support.postgres_cluster import Cluster, programs

APT_SECONDS = 600
LATER = ("SANE",)
"""Belong to later parts of the product; ``make test-system`` says so at its end."""


def install(*packages: str) -> bool:
    """Packages of the system through apt; False when that is not allowed or does not work here."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=APT_SECONDS, check=False)
        if done.returncode:
            subprocess.run(["apt-get", "update", "-q"], capture_output=True, timeout=APT_SECONDS, check=False)
            done = subprocess.run(
                command, env=environment, capture_output=True, timeout=APT_SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


@pytest.fixture(scope="session")
def needs() -> Callable[..., str]:
    """``needs("mkfs.ext4", "e2fsprogs")``: path of a program or file, brought by apt, else a skip."""

    def bring(what: str, *packages: str) -> str:
        for again in (False, True):
            found = what if what.startswith("/") and Path(what).exists() else shutil.which(what, path=_PATH)
            if found:
                return found
            if again or not install(*packages):
                break
        pytest.skip(f"{what} is not here and apt did not bring it: apt-get install {' '.join(packages)}")

    return bring


_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what is not tried because it does not exist yet."""
    terminalreporter.write_line(f"not tried, not part of the product yet: {', '.join(LATER)}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of our own; brought by apt where it is missing and root may."""
    binaries = programs() or (programs() if install("postgresql") else None)
    if binaries is None:
        pytest.skip("PostgreSQL is not here and apt did not bring it: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="hub-postgres-"))
    folder.chmod(0o755)
    server = Cluster(folder, binaries)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def databases(cluster: Cluster) -> Iterator[Databases]:
    """New databases on it, dropped behind each test."""
    made = Databases(cluster.address)
    yield made
    made.drop()
