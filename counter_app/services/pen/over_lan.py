"""The pen over the LAN: a live request to the PC that holds it, answered by an entry (``sync.md`` 4).

The asking PC says what it holds; the holder passes the pen only to one that holds every line below the next
number. The entry comes ahead of the answer, so that the asker numbers as soon as it reads it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.pen import NONCE_BYTES, PenRequest, pass_pen, request_pen
from counter_app.domain.registers.state import RegisterState
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.store_errors import StoreError
from sync.client.transport import LineFault
from sync.protocol.journals.codec import decode, encode
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal

TOPIC = 1
ANSWER_S = 10.0
TRIES = 3
_BETWEEN_S = 0.3
_PASSED = "passed"

Ask = Callable[[int, int, bytes, float], bytes]
"""Journal, topic, words, seconds: the answer's words; raises LineFault."""


class _Answer(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """``code`` is "passed", or the refusal's with its words in both languages."""

    code: str
    title: str = ""
    title_en: str = ""


@dataclass
class PenOverLan:
    """Both ends: ``fetch`` at the PC that wants the pen, ``answer`` at the one that has it."""

    work: Workplace
    desk: Desk | None = None
    ask: Ask | None = None

    def answer(self, journal: int, topic: int, words: bytes) -> bytes:
        """The holder's side, from the LAN's thread; ``journal`` is the proven asker's.

        Raises nothing of the domain: what a rule says no to goes back in words.
        """
        if topic != TOPIC:
            return encode(_Answer("unknown"))
        try:
            request = decode(PenRequest, words)
            if request.journal != journal:
                return encode(_Answer("malformed"))
            self._pass(request)
        except DomainError as refused:
            vi, en = refused.words("vi"), refused.words("en")
            return encode(_Answer(refused.code, vi.title[:600], en.title[:600]))
        except (Refusal, StoreError) as error:
            return encode(_Answer(str(error.code)))
        self.work.changed("registers", "signing", "sync")
        return encode(_Answer(_PASSED))

    def _pass(self, request: PenRequest) -> None:
        now = self.work.now()
        self.work.store.act(
            lambda acting: pass_pen(
                self.work.state(acting.connection, request.register), self.work.journal, request, now, now
            ),
            Act(now),
        )

    def fetch(self, register: EntryId | None = None) -> str:
        """Ask the holder for the pen of ``register`` (None: this year's copies); the sentence for the bar.

        Raises DomainError ``pen.not_reached``, ``pen.not_passed``, ``pen.on_paper``, ``role.*``.
        """
        assert self.desk is not None
        roles.require(self.desk.require(), roles.NUMBER, with_act=True)
        state = self._state(register)
        if state.holder == self.work.journal:
            return say("Quyền cấp số đã ở máy này.", "The pen is on this PC already.")
        holder = self._holder(state)
        refused = _Answer("unknown")
        for _ in range(TRIES):
            refused = self._ask_once(state.id, state.holder or 0, holder)
            if refused.code in (_PASSED, "pen.elsewhere"):
                break
            threading.Event().wait(_BETWEEN_S)  # lines are still on their way: ask again when they are here
        if self._here(state.id):
            self.work.changed("registers", "signing", "sync")
            return say(f"Quyền cấp số đã về máy này từ {holder}.", f"The pen has come here from {holder}.")
        raise _refused(refused, holder)

    def _ask_once(self, register: EntryId, journal: int, holder: str) -> _Answer:
        request = request_pen(self._state(register), self.work.journal, secrets.token_bytes(NONCE_BYTES))
        try:
            if self.ask is None:
                raise _not_reached(holder)
            return decode(_Answer, self.ask(journal, TOPIC, encode(request), ANSWER_S))
        except LineFault as fault:
            raise _not_reached(holder) from fault
        except Refusal:
            return _Answer("malformed")

    def _here(self, register: EntryId) -> bool:
        """The entry came before the answer; a backlog in front of it may take a moment more."""
        for _ in range(20):
            if self._state(register).holder == self.work.journal:
                return True
            threading.Event().wait(_BETWEEN_S / 3)
        return False

    def _state(self, register: EntryId | None) -> RegisterState:
        with self.work.store.read() as connection:
            if register is None:
                return held.required_register(connection, self.work, self.work.today().year)
            found: RegisterState = self.work.state(connection, register)
            return found

    def _holder(self, state: RegisterState) -> str:
        with self.work.store.read() as connection:
            return held.where(connection, self.work, state)


def _not_reached(holder: str) -> DomainError:
    return DomainError(
        f"Chưa nối được {holder} qua mạng nội bộ.", "Quyền cấp số chưa chuyển đi đâu.",
        "Bật máy đó và kiểm tra mạng nội bộ; hoặc chuyển quyền bằng tệp.", code="pen.not_reached",
        title_en=f"{holder} cannot be reached over the LAN.", meaning_en="The pen has not moved.",
        remedy_en="Switch that PC on and check the LAN; or pass the pen by a file.",
    )  # fmt: skip


def _refused(answer: _Answer, holder: str) -> DomainError:
    return DomainError(
        answer.title or f"{holder} chưa chuyển được quyền cấp số.",
        "Quyền cấp số chỉ ở một nơi trong một lúc.", "Chờ hai máy nhận đủ của nhau rồi làm lại.",
        code="pen.not_passed", title_en=answer.title_en or f"{holder} could not pass the pen.",
        meaning_en="The pen is in one place at a time.",
        remedy_en="Wait until both PCs hold everything, then try again.",
    )  # fmt: skip
