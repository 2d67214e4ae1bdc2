"""The whole program at work for a short hour, and the figures made of it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from benchmarks import bench_memory
from benchmarks.at_work import Desk, Watch


@pytest.mark.slow
def test_a_short_hour_of_the_whole_program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[int, int]] = []
    hour = Desk.hour

    def watched(desk: Desk, citizens: int) -> None:
        hour(desk, citizens)
        served.append((desk.served, len(desk.program.handover.waiting())))

    monkeypatch.setattr(Desk, "hour", watched)
    (taken,) = bench_memory.measure(1, 1, 4, 2)
    printed = capsys.readouterr().out
    assert served == [(1, 0)]  # taken in, numbered, signed, given
    assert taken > 50
    assert "<= 250 MB" in printed
    assert "while a pile of 4 is numbered" in printed
    assert "entries arrive" in printed


def test_growth_is_the_slope_of_the_second_half() -> None:
    assert bench_memory.growth([9.0, 1.0, 100.0, 102.0, 104.0, 106.0]) == pytest.approx(2.0)
    assert bench_memory.growth([300.0, 200.0, 200.0, 200.0]) == 0.0
    assert bench_memory.growth([200.0]) == 0.0


def test_memory_that_is_taken_shows() -> None:
    before = bench_memory.resident_mb()
    held = bytearray(b"x" * 64 * 2**20)
    assert bench_memory.resident_mb() > before + 50
    del held


class Slow(QObject):
    """Spends processor time in its events."""

    def event(self, event: QEvent) -> bool:
        until = time.thread_time() + 0.06
        while time.thread_time() < until:
            pass
        return True


@pytest.mark.usefixtures("qapp")
def test_a_held_main_thread_is_seen() -> None:
    watch, slow, quick = Watch(), Slow(), QObject()
    for one in (quick, slow, quick):
        watch.eventFilter(one, QEvent(QEvent.Type.User))
        QCoreApplication.sendEvent(one, QEvent(QEvent.Type.User))
    assert (watch.turns, watch.long) == (3, 1)
    assert watch.worst_ms >= 60
