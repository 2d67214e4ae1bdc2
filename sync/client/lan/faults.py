"""How a meeting on the LAN can end, by code; each has words on the screens
(``services/exchange/lan_words``).
"""

from __future__ import annotations

from sync.client.transport import CutOff, Garbled, LineFault, NoLine, TimedOut
from sync.protocol.refusals import Damaged, Malformed, Refusal


class Unanswered(LineFault):
    """Somebody listens there and says nothing to us: another unit, or another key of it."""

    code = "unanswered"


class RefusedThere(LineFault):
    """The other counter told, sealed, why it does not talk to us; ``why`` is its code."""

    code = "refused-there"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Doubled(LineFault):
    """The two already talk over another connection."""

    code = "doubled"


class Ended(LineFault):
    """The program ends."""

    code = "ended"


def code_of(error: BaseException) -> str:
    """The code of what ended a meeting; "bug" for a fault of ours."""
    if isinstance(error, RefusedThere):
        return error.why
    if isinstance(error, (Damaged, Malformed)):
        return Garbled.code
    if isinstance(error, (LineFault, Refusal)):
        return error.code
    if isinstance(error, TimeoutError):
        return TimedOut.code
    if isinstance(error, ConnectionRefusedError):
        return NoLine.code
    if isinstance(error, ConnectionError):
        return CutOff.code
    return NoLine.code if isinstance(error, OSError) else "bug"
