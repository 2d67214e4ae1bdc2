"""Printing on Linux: the PDF goes to CUPS through ``lp`` in a child process with a time limit.

Vector and light; a hanging printing system cannot hold up the program (``devices-and-installers.md`` 6).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from counter_app.devices.printers import (
    ACCEPTED,
    PrintOutcome,
    child_environment,
    missing,
    refused,
    silent,
    unreachable,
)

LIST_SECONDS: Final = 5.0
PRINT_SECONDS: Final = 20.0
MAX_COPIES: Final = 99
_UNKNOWN: Final = (
    "does not exist",
    "Unknown destination",
    "unknown destination",
    "not-found",
    "No such file",
)
_NO_SYSTEM: Final = ("Unable to connect", "scheduler", "Connection refused", "Bad file descriptor")


def names() -> list[str]:
    """Return the printers CUPS lists, sorted; an empty list when CUPS is absent, down or too slow."""
    try:
        done = subprocess.run(
            ["lpstat", "-e"], capture_output=True, timeout=LIST_SECONDS, env=child_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return sorted(filter(None, done.stdout.decode("utf-8", "replace").splitlines()))


class CupsPrinter:
    """A CUPS queue. ``command`` is the program that takes the job, replaceable for tests."""

    def __init__(self, name: str, *, command: str = "lp", seconds: float = PRINT_SECONDS) -> None:
        self._name = name
        self._command = command
        self._seconds = seconds

    @property
    def name(self) -> str:
        """Return the queue's name."""
        return self._name

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> PrintOutcome:
        """Queue the PDF under an ASCII title. ``accepted`` means that CUPS holds the whole job.

        Raises ValueError for copies outside 1 to 99.
        """
        if not 1 <= copies <= MAX_COPIES:
            raise ValueError(f"copies must be 1 to {MAX_COPIES}")
        safe = title.encode("ascii", "replace").decode("ascii")
        with tempfile.TemporaryDirectory(prefix="mcx-print-") as folder:
            paper = Path(folder) / "paper.pdf"
            try:
                paper.write_bytes(pdf)
                done = subprocess.run(
                    [self._command, "-d", self._name, "-n", str(copies), "-t", safe, "--", str(paper)],
                    capture_output=True,
                    timeout=self._seconds,
                    env=child_environment(),
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return silent(self._name, f"no answer within {self._seconds:g} s")
            except FileNotFoundError as error:
                return unreachable(str(error))
            except OSError as error:
                return refused(self._name, str(error))
        if done.returncode == 0:
            return ACCEPTED
        return explain(self._name, done.stderr.decode("utf-8", "replace"))


def explain(name: str, message: str) -> PrintOutcome:
    """Turn what ``lp`` complained about into words for people."""
    if any(sign in message for sign in _UNKNOWN):
        return missing(name, message)
    if any(sign in message for sign in _NO_SYSTEM):
        return unreachable(message)
    return refused(name, message)
