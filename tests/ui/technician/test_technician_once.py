"""Two presses of F9 in one breath on the technician's pages act once; a failure frees the key."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from tests.support.fakes.technician import FakeTechnician
from tests.ui.screen_checks import KEY, press
from tests.ui.technician.test_technician import EYES, Seat, seat

__all__ = ["seat"]
ACTS = {"technician": "acceptance", "backups": "back_up"}


@pytest.mark.parametrize("page", ACTS)
def test_two_presses_of_f9_in_one_breath_act_once_and_a_third_again(seat: Seat, page: str) -> None:
    desk = seat(page, port := FakeTechnician())
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert port.calls == [(ACTS[page],)]
    press(desk, KEY.Key_F9)
    assert port.calls == [(ACTS[page],)] * 2


@pytest.mark.parametrize("page", ACTS)
def test_a_failure_is_said_and_f9_may_be_pressed_again(
    seat: Seat, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = seat(page, port := FakeTechnician())

    def fails() -> str:
        raise DomainError("Đĩa đã đầy.", "", "Giải phóng chỗ.", code="disk.full")

    with monkeypatch.context() as held:
        held.setattr(port, ACTS[page], fails)
        press(desk, KEY.Key_F9)
    said = desk.window.bar.words() + (desk.view.outcome.accessibleName() if page == "backups" else "")
    assert "Đĩa đã đầy." in said
    press(desk, KEY.Key_F9)
    assert port.calls == [(ACTS[page],)]


@pytest.mark.parametrize("page", ACTS)
def test_who_only_looks_writes_and_prints_nothing_by_f9(seat: Seat, page: str) -> None:
    desk = seat(page, port := FakeTechnician(), EYES)
    press(desk, KEY.Key_F9)
    assert port.calls == []
