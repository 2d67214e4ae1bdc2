"""Handing copies over by scan (``ux.md`` 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId

from .dossiers import GivingForm


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One original and whether its copies can be given; ``words`` say why not."""

    index: int
    number: str
    name: str
    copies: int
    ready: bool
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A request at the return desk; ``to_pay`` must be 0 before copies leave.

    ``group``: the name of the school or body he came with, "" for one who came alone.
    """

    request: EntryId
    short_code: str
    name: str
    identity: str
    lines: tuple[ReturnLine, ...]
    to_pay: int
    message: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """How the copies are handed over. ``how_signed``: paper, pad, fingerprint.

    What is owed is paid in ``cash`` (``given`` as typed) or by ``transfer``, which is exactly what it costs.
    """

    request: EntryId
    receiver: str = ""
    receiver_id: str = ""
    how_signed: str = "paper"
    slip_lost: bool = False
    given: str = ""
    method: str = "cash"


class HandoverPort(Protocol):
    """Return of copies."""

    def find(self, code_or_text: str) -> tuple[ReturnView, ...]:
        """By slip, receipt, card or copy; raises DomainError with words when nothing is found."""
        ...

    def waiting(self) -> tuple[ReturnView, ...]:
        """Requests with copies ready to be handed over."""
        ...

    def hand_over(self, form: ReturnForm) -> str:
        """F9; takes what is still to pay in the same transaction; returns the sentence."""
        ...

    def hand_over_all(self, copies: tuple[ReturnForm, ...], results: GivingForm | None) -> str:
        """F9: copies and results of one person in one transaction, all or nothing; the sentences."""
        ...
