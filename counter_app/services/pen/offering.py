"""The pen offered when its PC closes: a running sibling asks for it, so that the unit goes on numbering.

The offer says only which register; the answer is the sibling's live request, and the pen passes as to any
other (``over_lan``). Nothing here waits long, and a cut leaves the pen where the last entry says.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.pen import NONCE_BYTES, PenRequest, pass_pen, request_pen
from counter_app.domain.registers.state import RegisterState
from counter_app.services.pen.over_lan import Ask
from counter_app.services.ports.pen import PenOffer
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.store_errors import StoreError
from sync.client.transport import LineFault
from sync.protocol.journals.codec import decode, encode
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal

OFFERED = 2
"""The topic of an offer; the words are the register, the answer is a ``PenRequest`` or nothing."""
ANSWER_S = 3.0
TRIES = 5
_BETWEEN_S = 0.3

Siblings = Callable[[], tuple[tuple[int, str], ...]]
"""Journals and names of the counters in contact now."""


def answer_offer(work: Workplace, words: bytes) -> bytes:
    """The sibling's side: its live request for the register offered, b"" where it knows none such."""
    try:
        register = decode(EntryId, words)
        with work.store.read() as connection:
            state = work.state(connection, register)
        if not isinstance(state, RegisterState):
            return b""
        return encode(request_pen(state, work.journal, secrets.token_bytes(NONCE_BYTES)))
    except (DomainError, Refusal, StoreError):
        return b""


@dataclass(frozen=True)
class PenOffering:
    """The closing PC's side. ``siblings`` says who is in contact, ``ask`` puts the offer to one of them."""

    work: Workplace
    desk: Desk
    siblings: Siblings
    ask: Ask

    def offers(self) -> tuple[PenOffer, ...]:
        """Siblings that could take the pens held here; none while none is here or nobody is in contact."""
        with self.work.store.read() as connection:
            held = [state.symbol for state in self._held(connection)]
        return (
            tuple(PenOffer(journal, name, tuple(held)) for journal, name in self.siblings()) if held else ()
        )

    def offer(self, journal: int) -> str:
        """Every pen held here goes to the counter ``journal``; the sentence.

        Raises DomainError ``pen.not_offered`` when it does not take one in a few seconds, ``pen.*``.
        """
        with self.work.store.read() as connection:
            states = self._held(connection)
        name = dict(self.siblings()).get(journal, "")
        for state in states:
            self._pass(state.id, journal, name)
        self.work.changed("registers", "signing", "sync")
        return say(f"Quyền cấp số đã chuyển sang {name}.", f"The pen has gone to {name}.")

    def _held(self, connection: Connection) -> list[RegisterState]:
        """Open registers of this year whose pen is here; a pen on paper is not this PC's to give."""
        rows = (
            row for row in register_queries.register_years(connection) if row.year == self.work.today().year
        )
        states: list[RegisterState] = [self.work.state(connection, row.id) for row in rows]
        return [
            one
            for one in states
            if one.holder == self.work.journal and not one.closed and not one.is_on_paper
        ]

    def _pass(self, register: EntryId, journal: int, name: str) -> None:
        """Pass on its request; then wait until it tells that it holds the entry."""
        passed: int | None = None
        for _ in range(TRIES):
            request = self._request(register, journal, name)
            if passed is not None and request is not None and request.term >= passed:
                return
            if passed is None and request is not None:
                passed = self._give(register, journal, request)
            threading.Event().wait(_BETWEEN_S)  # lines, or the entry itself, are on their way
        if passed is None:
            raise _not_offered(name)

    def _request(self, register: EntryId, journal: int, name: str) -> PenRequest | None:
        try:
            words = self.ask(journal, OFFERED, encode(register), ANSWER_S)
            request = decode(PenRequest, words) if words else None
        except LineFault as fault:
            raise _not_offered(name) from fault
        except Refusal:
            return None
        return request if request is not None and request.journal == journal else None

    def _give(self, register: EntryId, journal: int, request: PenRequest) -> int | None:
        """The entry; its term, None while the sibling lacks lines."""
        now, person = self.work.now(), self.desk.person
        try:
            self.work.store.act(
                lambda acting: pass_pen(
                    self.work.state(acting.connection, register), self.work.journal, request, now, now
                ),
                Act(now, None if person is None else person.id),
            )
        except DomainError as refused:
            if refused.code == "pen.not_passed":
                return None
            raise
        self.work.changed("registers", "signing", "sync")
        with self.work.store.read() as connection:
            state: RegisterState = self.work.state(connection, register)
        return state.term


def _not_offered(name: str) -> DomainError:
    return DomainError(
        f"{name} chưa nhận được quyền cấp số.", "Quyền cấp số vẫn ở máy này.",
        "Đóng lần nữa để thử lại, hoặc đóng và giữ quyền ở máy này.", code="pen.not_offered",
        title_en=f"{name} did not take the pen.", meaning_en="The pen is still on this PC.",
        remedy_en="Close again to try once more, or close and keep it here.",
    )  # fmt: skip
