"""Where a PC keeps what belongs to the program: one folder, named by the person or the system."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "COMMUNE_COUNTER_HOME"
APPLICATION = "commune-counter"


@dataclass(frozen=True, slots=True)
class Paths:
    """Files of one program below ``home``; nothing is created by asking for a path."""

    home: Path

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.home / "store.db"

    @property
    def lock(self) -> Path:
        """Held by the one process that owns the store."""
        return self.home / "program.lock"

    @property
    def door(self) -> Path:
        """Where the command line finds the running program's socket and the word that opens it."""
        return self.home / "program.door"

    @property
    def secrets(self) -> Path:
        """The sealed key file, where the system has no secret store."""
        return self.home / "keys.sealed"

    @property
    def backups(self) -> Path:
        """Verified backups."""
        return self.home / "backups"

    @property
    def papers(self) -> Path:
        """PDF and Excel files that people asked for."""
        return self.home / "papers"

    @property
    def outbox(self) -> Path:
        """Bundle files when nobody chose another folder."""
        return self.home / "outbox"

    @property
    def trials(self) -> Path:
        """Throw-away copies of a trial restore."""
        return self.home / "trials"

    def prepare(self) -> None:
        """Make the folder, for its owner only. Raises OSError."""
        self.home.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            self.home.chmod(0o700)


def default_home() -> Path:
    """The folder of this user's program: the environment's word, else the system's place for data."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    import platformdirs  # only when nobody named a folder

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
