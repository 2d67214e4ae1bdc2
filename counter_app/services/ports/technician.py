"""The technician's page: self-test, backup, enrolment, printers (``ux.md`` 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

GOOD = "good"
LOOK = "look"
BROKEN = "broken"
OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the self-test: verdict, meaning, remedy."""

    code: str
    icon: str
    title: str
    verdict: str
    words: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One verified (or broken) backup."""

    path: str
    at: int
    size: int
    verified: bool
    words: str


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Who this PC is for the province."""

    unit: str
    counter: str
    device: int
    life: int
    hub: str
    since: int
    spare_grants: int


class TechnicianPort(Protocol):
    """Technician's acts; no personal data on any of these pages."""

    def self_test(self) -> tuple[CheckRow, ...]:
        """Runs the list."""
        ...

    def backups(self) -> tuple[BackupRow, ...]:
        """Backups on this PC, newest first."""
        ...

    def back_up(self) -> BackupRow:
        """Backup now: written, opened, verified."""
        ...

    def try_restore(self, path: str) -> str:
        """Restores into a copy and verifies it; changes nothing."""
        ...

    def enrolment(self) -> EnrolmentView:
        """Unit, counter, life, hub."""
        ...

    def acceptance(self) -> str:
        """Prints the acceptance minutes; returns the sentence."""
        ...

    def test_page(self, printer: str) -> str:
        """Prints the test page; returns the sentence."""
        ...
