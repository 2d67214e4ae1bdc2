"""Which registers number outside the seat, and that the unit may set it otherwise."""

from __future__ import annotations

import pytest

from counter_app.domain.organisation.decisions import COPIES_ON_THE_MOVE
from counter_app.domain.organisation.places import check_place
from counter_app.domain.organisation.state import UnitState, unit_subject

UNIT = unit_subject("00000")
ANYWHERE = UnitState(UNIT, ((COPIES_ON_THE_MOVE, "anywhere"),))


@pytest.mark.parametrize(
    ("kind", "on_the_move", "unit", "refused"),
    [
        ("copy", True, None, True),
        ("electronic", True, None, True),
        ("copy", False, None, False),
        ("signature", True, None, False),
        ("translator", True, None, False),
        ("transaction", True, UnitState(UNIT), False),
        ("copy", True, UnitState(UNIT), True),
        ("copy", True, ANYWHERE, False),
        ("copy", True, UnitState(UNIT, ((COPIES_ON_THE_MOVE, "sai"),)), True),
    ],
)
def test_copies_alone_wait_for_the_seat(
    kind: str, on_the_move: bool, unit: UnitState | None, refused: bool
) -> None:
    found = check_place(kind, on_the_move, unit)
    assert (found is not None) is refused
    if found is not None:
        assert found.code == "pen.on_the_move"
        for words in (found.words("vi"), found.words("en")):
            assert words.title
            assert words.meaning
            assert words.remedy
