"""Where this PC stands now: at the seat, or on the move in a village, where copies are not numbered.

Copies are not among what NĐ 23/2015 art. 10 lets be certified outside the office; that they are then taken in
on the move and numbered at the seat was not read after NĐ 280/2025 [U]: the unit may set it otherwise.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from counter_app.domain.organisation.places import check_place
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

ON_THE_MOVE: Final = "place.on_the_move"
"""Setting of this PC: "1" while it is out of the seat."""


def is_on_the_move(connection: Connection) -> bool:
    """True while this PC is out of the seat, as somebody set it."""
    return device.setting(connection, ON_THE_MOVE) == "1"


def require_place(connection: Connection, work: Workplace, kind: str) -> None:
    """Raises DomainError ``pen.on_the_move`` when a register may not number where this PC stands."""
    refused = check_place(kind, is_on_the_move(connection), work.policies(connection))
    if refused is not None:
        raise refused
