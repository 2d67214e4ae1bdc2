"""What a national system is to the hub, whatever it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Question(msgspec.Struct, frozen=True):
    """One question: the person's number, what for (procedure and ground), who asks, which fields."""

    id_number: str
    purpose: str
    by: str
    fields: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """What the system holds: values by field code as it wrote them, or ``known`` False; its own reference."""

    known: bool
    values: Mapping[str, str]
    reference: str = ""


class NotAnswered(Exception):
    """The system is away, refuses, answers rubbish or about somebody else; ``reason`` is a stable code.

    ``away``, ``slow``, ``busy``, ``refused``, ``dirty``, ``other_person``. Never holds what was answered.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NationalSystem(Protocol):
    """A system that is asked about one person at a time."""

    def ask(self, question: Question) -> Found:
        """What it holds. Raises NotAnswered, nothing else."""
        ...
