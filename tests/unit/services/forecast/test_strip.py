"""The supervisor's strip on a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.services.forecast import strip as strips
from counter_app.services.ports.home import TodayFigure
from tests.support.counter import CHAIRMAN, CLERK, SIGNER, Counter, make_counter
from tests.unit.services.pen.office import number, take_in


@pytest.fixture
def counter(tmp_path: Path):
    made = make_counter(tmp_path)
    yield made
    made.close()


def figures(counter: Counter, login: str) -> dict[str, TodayFigure]:
    """The strip as somebody sees it on home."""
    counter.sign_in(login)
    return {one.code: one for one in counter.areas.home.home().today}


def test_who_takes_in_has_no_strip_and_who_signs_has_one(counter: Counter) -> None:
    assert figures(counter, CLERK) == {}
    for login in (SIGNER, CHAIRMAN):
        assert list(figures(counter, login)) == ["taken", "waiting", "at_signer", "expected", "hours"]


def test_a_request_moves_from_waiting_to_the_signer_to_done(counter: Counter) -> None:
    def seen() -> list[str]:
        found = figures(counter, SIGNER)
        return [found[code].value for code in ("taken", "waiting", "at_signer")]

    assert seen() == ["0", "0", "0"]
    asked = [take_in(counter, "gks 1x2", "hb 24x1") for _ in range(3)]
    assert seen() == ["3", "3", "0"]
    assert "6 bản chính, 9 bản sao" in figures(counter, SIGNER)["waiting"].formula
    done = number(counter, asked)
    assert seen() == ["3", "0", "6"]
    counter.areas.signing.confirm(done.lot, None)
    assert seen() == ["3", "0", "0"]


def test_hours_rise_with_what_waits(counter: Counter) -> None:
    before = figures(counter, SIGNER)["hours"].value
    for _ in range(12):
        take_in(counter, "gks 1x20")
    after = figures(counter, SIGNER)["hours"].value
    assert "," in after
    assert float(after.replace(",", ".")) > float(before.replace(",", ".")) + 0.5


def test_what_is_expected_comes_from_the_days_before_and_is_read_once_a_day(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        take_in(counter)
    counter.clock.forward(hours=72)  # Monday, 07:30
    found = figures(counter, SIGNER)
    assert "dự kiến 9 phiếu" in found["expected"].formula
    assert 5 <= int(found["expected"].value) <= 9
    asked = []
    real = strips.arrivals.expected
    monkeypatch.setattr(strips.arrivals, "expected", lambda *given: asked.append(1) or real(*given))
    figures(counter, SIGNER)
    assert asked == []
    counter.clock.forward(hours=24)
    figures(counter, SIGNER)
    assert asked == [1]


def test_a_weekend_expects_only_what_came(counter: Counter) -> None:
    take_in(counter)
    counter.clock.forward(hours=24)  # Saturday
    assert figures(counter, SIGNER)["expected"].value == "0"
