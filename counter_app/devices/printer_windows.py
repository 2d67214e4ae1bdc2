"""Printing on Windows: pages drawn by a child process, since Windows has no spooler that takes a PDF.

The child renders with pypdfium2 and paints through QPrinter; a fault while painting kills the child, not
the program (``devices-and-installers.md`` 6). Runs on Linux too, where the tests drive it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from counter_app.devices.printers import ACCEPTED, PrintOutcome, child_environment, missing, refused, silent

CHILD: Final = "counter_app.devices.print_child"
LIST_SECONDS: Final = 15.0
BASE_SECONDS: Final = 20.0
SECONDS_A_MEGABYTE: Final = 20.0
NOT_FOUND: Final = 3
"""Exit code of the child for a printer that is not there."""


def _run(arguments: list[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run the child with the arguments; no console window flashes up on Windows."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.run(
        [sys.executable, "-P", "-m", CHILD, *arguments],
        capture_output=True,
        timeout=seconds,
        env={**child_environment(), "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        check=False,
        creationflags=flags,
    )


def names() -> list[str]:
    """Return the printers the system lists, sorted; an empty list when the child fails or is too slow."""
    try:
        done = _run(["list"], LIST_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return (
        sorted(filter(None, done.stdout.decode("utf-8", "replace").splitlines()))
        if done.returncode == 0
        else []
    )


class WindowsPrinter:
    """A printer reached through QPrinter in a child process."""

    def __init__(self, name: str, *, seconds: float = BASE_SECONDS) -> None:
        self._name = name
        self._seconds = seconds

    @property
    def name(self) -> str:
        """Return the name as Windows lists it."""
        return self._name

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> PrintOutcome:
        """Render and paint all pages; ``accepted`` means that the system's queue took the last one."""
        with tempfile.TemporaryDirectory(prefix="mcx-print-") as folder:
            paper = Path(folder) / "paper.pdf"
            seconds = self._seconds + SECONDS_A_MEGABYTE * len(pdf) / 1_000_000
            try:
                paper.write_bytes(pdf)
                done = _run(["print", self._name, str(paper), title, str(copies)], seconds)
            except subprocess.TimeoutExpired:
                return silent(self._name, f"no answer within {seconds:g} s")
            except OSError as error:
                return refused(self._name, str(error))
        detail = done.stderr.decode("utf-8", "replace")[-2000:]
        if done.returncode == 0:
            return ACCEPTED
        return missing(self._name, detail) if done.returncode == NOT_FOUND else silent(self._name, detail)
