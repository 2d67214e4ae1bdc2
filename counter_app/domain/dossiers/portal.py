"""The four axes and the state of the National Public Service Portal derived from them (``law.md`` 2.2 [S]).

The portal's state is never stored: it is read off the business axis, with the fee axis for 6.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from counter_app.domain.dossiers.state import DossierState, Stage

PORTAL_WORDS = MappingProxyType(
    {
        1: ("Mới đăng ký", "newly registered"),
        2: ("Được tiếp nhận", "accepted"),
        3: ("Không được tiếp nhận", "not accepted"),
        4: ("Đang xử lý", "being handled"),
        5: ("Yêu cầu bổ sung giấy tờ", "papers asked for"),
        6: ("Yêu cầu thực hiện nghĩa vụ tài chính", "financial duty asked for"),
        7: ("Công dân yêu cầu rút hồ sơ", "withdrawn by the citizen"),
        8: ("Dừng xử lý", "stopped"),
        9: ("Đã xử lý xong", "done"),
        10: ("Đã trả kết quả", "result returned"),
    }
)

TRANSITIONS = MappingProxyType(
    {
        1: frozenset({2, 3, 5, 7}),
        2: frozenset({4, 5, 6, 7, 8}),
        4: frozenset({5, 6, 7, 8, 9}),
        5: frozenset({2, 4, 7, 8}),
        6: frozenset({4, 7, 8}),
        9: frozenset({10}),
    }
)
"""Legal transitions [own design, U]; 3, 7, 8, 10 are terminal. A result on the spot is told as 2, 4, 9
(``steps``)."""

_OF_STAGE = MappingProxyType(
    {
        Stage.ONLINE: 1,
        Stage.HANDED_IN: 1,
        Stage.ACCEPTED: 2,
        Stage.REFUSED: 3,
        Stage.PROCESSING: 4,
        Stage.AWAITING_DECISION: 4,
        Stage.WAITING_CITIZEN: 5,
        Stage.WAITING_FEE: 6,
        Stage.WITHDRAWN: 7,
        Stage.STOPPED: 8,
        Stage.DONE: 9,
        Stage.RETURNED: 10,
    }
)


class FeeAxis(StrEnum):
    """Where the money stands."""

    NONE = "none"
    UNKNOWN = "unknown"
    OWED = "owed"
    PAID = "paid"


class DeliveryAxis(StrEnum):
    """Where the result stands."""

    NOT_YET = "not_yet"
    READY = "ready"
    GIVEN = "given"


def portal_state(state: DossierState) -> int:
    """The portal's code 1-10."""
    return _OF_STAGE[state.stage]


def fee_axis(state: DossierState) -> FeeAxis:
    """Nothing owed, a rate not known, owed, paid."""
    if state.fee is None:
        return FeeAxis.UNKNOWN
    if not state.fee:
        return FeeAxis.NONE
    return FeeAxis.OWED if state.to_pay else FeeAxis.PAID


def delivery_axis(state: DossierState) -> DeliveryAxis:
    """What the requester holds."""
    if state.returned_at:
        return DeliveryAxis.GIVEN
    return DeliveryAxis.READY if state.ready_at else DeliveryAxis.NOT_YET


def is_legal(before: int, after: int) -> bool:
    """True for a step that the portal knows; staying is no step."""
    return before == after or after in TRANSITIONS.get(before, frozenset())


def steps(before: int, after: int) -> tuple[int, ...]:
    """What the portal is told to come from ``before`` to ``after``: 2 to 9 goes by 4."""
    return (4, 9) if (before, after) == (2, 9) else (after,)
