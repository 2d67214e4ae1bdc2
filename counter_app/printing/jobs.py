"""Print jobs: a job is stored first, printed afterwards; what fails stays visible and loses nothing.

The store keeps jobs in local tables and implements ``Spooler``; printers (``counter_app.devices.printers``)
implement ``Printer``. Commit, then job, then printer (``ux.md`` 3.4): no printer can hold up a record.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import Final, Protocol

import msgspec

MAX_TITLE: Final = 60


class JobState(Enum):
    """Where a job stands. Only ``PRINTED`` means that the printer's queue took the whole paper."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    DROPPED = "dropped"


class PrinterRole(Enum):
    """Which of the counter's printers a paper goes to; the technician maps roles to names."""

    A4 = "a4"
    COPIES = "copies"
    A5 = "a5"
    STRIP = "strip"
    LABELS = "labels"


class PrintJob(msgspec.Struct, frozen=True, kw_only=True):
    """One paper on its way to a printer.

    ``key`` is given by the store. ``form`` names the paper (``strip``, ``certification``); ``subject`` is the
    id of what it belongs to, as text; ``title`` is for people, ``ascii_title`` for printers. ``copy_number``
    is 1 for the first print; a reprint carries its ``reason``. ``attempts`` counts tries. ``problem`` holds
    the words of the last failure, empty otherwise.
    """

    key: int
    form: str
    subject: str
    title: str
    role: PrinterRole
    created_at: int
    printer: str = ""
    state: JobState = JobState.WAITING
    copy_number: int = 1
    reason: str = ""
    attempts: int = 0
    problem: str = ""

    @property
    def ascii_title(self) -> str:
        """Return a title printers' queues take: ASCII letters, digits, signs; never personal data."""
        return f"{ascii_only(self.form)}-{self.key}"

    @property
    def open(self) -> bool:
        """Tell whether the job stands in "Bản in đang chờ"."""
        return self.state in {JobState.WAITING, JobState.PRINTING, JobState.FAILED}


class Outcome(Protocol):
    """What a printer says after a try; ``problem`` and ``remedy`` are words for people, empty on success."""

    @property
    def accepted(self) -> bool:
        """Tell whether the printer's queue took the whole paper."""

    @property
    def problem(self) -> str:
        """Say what happened, e.g. "Máy in HP-QUAY2 không trả lời."."""


class Printer(Protocol):
    """A printer that takes whole PDFs; never raises for a device's fault, says it in the outcome."""

    @property
    def name(self) -> str:
        """Return the printer's name as the system lists it."""

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> Outcome:
        """Hand a PDF to the printer's queue under an ASCII title."""


class Spooler(Protocol):
    """Where jobs live: local tables of the store, never exchanged. Each method is one committed change."""

    def put(self, job: PrintJob, pdf: bytes) -> PrintJob:
        """Store a new job with its paper; return it with its key."""

    def replace(self, job: PrintJob) -> None:
        """Store a job's new state, attempts and words."""

    def get(self, key: int) -> PrintJob:
        """Return a job. Raises KeyError."""

    def pdf(self, key: int) -> bytes:
        """Return a job's paper. Raises KeyError."""

    def prints(self, form: str, subject: str) -> int:
        """Return how many jobs of this paper were ever stored, whatever became of them."""

    def pending(self) -> Sequence[PrintJob]:
        """Return open jobs in the order of their keys."""


def ascii_only(text: str) -> str:
    """Return a text as ASCII for queues and file names: marks dropped, đ as d, other signs as a hyphen."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-"
        for sign in plain
        if not unicodedata.combining(sign)
    )
    return "-".join(filter(None, letters.split("-")))[:MAX_TITLE] or "paper"
