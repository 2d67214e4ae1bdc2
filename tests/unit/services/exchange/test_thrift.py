"""What the line may cost: hours as typed, a day's bytes that outlive a restart, files that wait."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from counter_app.services.exchange.loop import IDLE_MS, SAVING_MS, ExchangeLoop
from counter_app.services.exchange.thrift import (
    DAY_MB,
    HOURS,
    MEGABYTE,
    PAID,
    Thrift,
    day_number,
    parse_hours,
    within,
)
from counter_app.storage.this_pc import device
from sync.client.engine import BUDGET_SPENT, DONE
from sync.client.pacing import ByteBudget
from tests.unit.services.exchange.test_loop import ScriptedLine, Work

VIETNAM = timezone(timedelta(hours=7))


def at(hour: int, minute: int = 0, day: int = 23) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("8-11:30, 13-17", ((480, 690), (780, 1020))),
        ("22 – 6", ((1320, 360),)),
        ("0-24;", ((0, 1440),)),
    ],
)
def test_hours_are_read(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_hours(text) == spans


@pytest.mark.parametrize("text", ["8", "8-8", "8-25", "8:60-9", "sáng", "8-11 13-17", "-", "8--9"])
def test_what_is_no_list_of_hours_is_none(text: str) -> None:
    assert parse_hours(text) is None


@pytest.mark.parametrize(("minute", "inside"), [(479, False), (480, True), (689, True), (690, False)])
def test_a_span_holds_its_beginning_and_not_its_end(minute: int, inside: bool) -> None:
    assert within(((480, 690),), minute) is inside


def test_a_span_may_go_over_midnight() -> None:
    assert [within(((1320, 360),), hour * 60) for hour in (21, 22, 23, 0, 5, 6)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


class Clocked:
    """The counter's workplace under a clock of the test."""

    def __init__(self, counter: Any) -> None:
        self.store = counter.work.store
        self.at = at(9)

    def now(self) -> int:
        return self.at

    def set(self, **settings: str) -> None:
        with self.store.write() as connection:
            for name, value in settings.items():
                device.put_setting(connection, {"mb": DAY_MB, "hours": HOURS, "paid": PAID}[name], value)


def thrift_of(work: Clocked) -> tuple[Thrift, ByteBudget]:
    budget = ByteBudget(day=lambda: day_number(work.now()))
    return Thrift(work, budget), budget  # type: ignore[arg-type]


def test_nothing_set_costs_nothing(counter: Any) -> None:
    thrift, budget = thrift_of(Clocked(counter))
    assert (thrift.saving, budget.limit) == (False, None)


def test_paid_hours_a_paid_network_and_the_system_s_hint_save(counter: Any) -> None:
    work = Clocked(counter)
    work.set(hours="8-10")
    thrift, _ = thrift_of(work)
    assert thrift.saving
    work.at = at(10)
    assert not thrift.saving
    thrift.hint = lambda: True
    assert thrift.saving
    thrift.hint = lambda: False
    work.set(paid="1")
    thrift.refresh()
    assert thrift.saving


def test_the_day_s_bytes_outlive_a_restart_and_end_with_the_day(counter: Any) -> None:
    work = Clocked(counter)
    work.set(mb="2")
    thrift, budget = thrift_of(work)
    budget.spend(3 * MEGABYTE // 2)
    thrift.round_over()
    _, again = thrift_of(work)
    assert (again.spent, again.exhausted) == (3 * MEGABYTE // 2, False)
    again.spend(MEGABYTE)
    assert again.exhausted
    work.at = at(0, 1, day=24)
    assert not again.exhausted
    _, tomorrow = thrift_of(work)
    assert tomorrow.spent == 0


def test_settings_read_again_do_not_count_bytes_twice(counter: Any) -> None:
    work = Clocked(counter)
    work.set(mb="2")
    thrift, budget = thrift_of(work)
    budget.spend(1_000)
    thrift.round_over()
    thrift.refresh()
    assert budget.spent == 1_000


def test_damaged_settings_count_as_none(counter: Any) -> None:
    work = Clocked(counter)
    work.set(mb="nhiều", hours="cả ngày")
    thrift, budget = thrift_of(work)
    assert (thrift.saving, budget.limit) == (False, None)


class Files:
    """Turns that only count."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self) -> str:
        self.steps += 1
        return BUDGET_SPENT


def loop(files: Files) -> ExchangeLoop:
    return ExchangeLoop(Work(), ScriptedLine(), lambda: 0.5, pause_s=0, files=files)  # type: ignore[arg-type]


def test_where_bytes_are_paid_for_records_leave_and_files_wait() -> None:
    files = Files()
    one = loop(files)
    rounds = SimpleNamespace(over=0)

    def over() -> None:
        rounds.over += 1

    one.saving, one.round_over = lambda: True, over
    assert one._round() == (DONE, False)
    assert (files.steps, rounds.over) == (0, 1)
    assert one.wait_ms(DONE) == SAVING_MS
    one.saving = lambda: False
    one._round()
    assert files.steps == 1
    assert one.wait_ms(DONE) == IDLE_MS
