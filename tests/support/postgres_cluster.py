"""A PostgreSQL server of our own in a folder of our own: a socket, no port others see, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

PORT = 54329
"""Part of the socket's name only: nothing listens on the network."""
USER = "postgres"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``: on the path, or where Debian keeps them; None without."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return kept[-1].parent if kept else None


class Cluster:
    """A server in the new folder ``folder``; root runs it as ``postgres``, others as themselves."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder, self._binaries = folder, binaries
        self._data = folder / "data"
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._as = {"user": USER, "group": pwd.getpwnam(USER).pw_gid, "extra_groups": []}
            os.chown(folder, pwd.getpwnam(USER).pw_uid, pwd.getpwnam(USER).pw_gid)

    @property
    def address(self) -> str:
        """Of the database from which others are made."""
        return f"postgresql://{USER}@/postgres?host={self._folder}&port={PORT}"

    def make(self) -> None:
        """New and empty. Raises ``subprocess.CalledProcessError``."""
        self._run("initdb", "-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip

    def start(self) -> None:
        """Start and wait until it answers. Quick rather than safe: no test here pulls the plug."""
        settings = f"-c listen_addresses='' -c fsync=off -c max_connections=80 -k {self._folder} -p {PORT}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._data), "-o", settings, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop at once, with whoever is connected."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def _run(self, name: str, *words: str) -> None:
        command = [str(self._binaries / name), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **self._as)
