"""A new version tried before anything names it: its own self-test, then its work on a copy of the store.

Both run as processes of the new version, in the runtime it will have. The key of the store goes through a
pipe, never
through arguments or the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from counter_app.updates.program_folder import disk_words
from counter_app.updates.words import UpdateError

SMOKE: Final = "--smoke"
REHEARSE: Final = "--rehearse"
SELF_TEST_S: Final = 120
REHEARSAL_S: Final = 1_800
"""A store of ten years on an old disk is read anew within half an hour, beside the counter's work."""
_MOST_TOLD: Final = 2_000


def self_test(python: str, zip_: Path, environment: Mapping[str, str] = os.environ) -> None:
    """The version imports what it needs, paints its window unseen, finds its data. Raises UpdateError."""
    told = _run(python, zip_, [SMOKE], b"", environment, SELF_TEST_S)
    if told is not None:
        raise UpdateError("update.self_test", told)


def rehearse(
    python: str,
    zip_: Path,
    backup: Path,
    key: bytes,
    trials: Path,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """The version opens a copy of ``backup`` as its own store, brings it to its own shape and checks it.

    The copy is removed whatever happens. Raises UpdateError ``update.rehearsal``, ``update.disk``.
    """
    copy = trials / f"{backup.stem}.rehearsal"
    try:
        with disk_words():
            trials.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(backup, copy)
        told = _run(
            python, zip_, [SMOKE, REHEARSE, str(copy)], key.hex().encode() + b"\n", environment, REHEARSAL_S
        )
    finally:
        for tail in ("", "-wal", "-shm"):
            copy.with_name(copy.name + tail).unlink(missing_ok=True)
    if told is not None:
        raise UpdateError("update.rehearsal", told)


def _run(
    python: str, zip_: Path, words: list[str], given: bytes, environment: Mapping[str, str], seconds: int
) -> str | None:
    """Run the version; None when it ended well, else the last it said."""
    unseen = {**environment, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(zip_)}
    command = [python, "-s", "-X", "utf8", str(zip_), *words]
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=unseen,
            cwd=zip_.parent,
        )
    except subprocess.TimeoutExpired:
        return "no answer"
    except OSError as error:
        return str(error)
    return (
        None if done.returncode == 0 else (done.stderr + done.stdout).decode("utf-8", "replace")[-_MOST_TOLD:]
    )
