"""How much at once, how long to wait, what a day may cost."""

from __future__ import annotations

import pytest

from sync.client.pacing import (
    FAST_CAP_BYTES,
    LONGEST_WAIT_MS,
    SLOW_CAP_BYTES,
    START_BYTES,
    Backoff,
    ByteBudget,
    Pace,
)


def test_batches_double_when_quick_up_to_the_slow_line_s_cap() -> None:
    pace = Pace()
    sizes = []
    for _ in range(4):
        sizes.append(pace.batch_bytes)
        pace.succeeded(pace.batch_bytes, 1_400)
    assert sizes == [4_096, 8_192, SLOW_CAP_BYTES, SLOW_CAP_BYTES]


def test_a_quick_line_may_carry_more() -> None:
    pace = Pace()
    for _ in range(12):
        pace.succeeded(pace.batch_bytes, 20)
    assert pace.batch_bytes == FAST_CAP_BYTES


@pytest.mark.parametrize(("took", "size"), [(2_000, 8_192), (5_000, 8_192), (5_001, 4_096)])
def test_between_two_and_five_seconds_nothing_changes(took: int, size: int) -> None:
    pace = Pace()
    pace.succeeded(4_096, 1_000)
    pace.succeeded(8_192, took)
    assert pace.batch_bytes == size


def test_failures_halve_to_a_floor_from_which_it_grows_again() -> None:
    pace = Pace()
    for _ in range(9):
        pace.failed()
    assert pace.batch_bytes == START_BYTES // 4
    pace.succeeded(1_000, 500)
    assert pace.batch_bytes == START_BYTES // 2


def test_the_line_s_speed_is_what_two_sizes_differ_by() -> None:
    """600 ms of distance and 16,000 B/s: the distance falls out."""
    pace = Pace()
    assert pace.ms_to_send(12_000) is None
    pace.succeeded(4_000, 600 + 250)
    pace.succeeded(8_000, 600 + 500)
    assert pace.ms_to_send(12_000) == 750


def test_an_exchange_beside_another_teaches_nothing_about_the_line() -> None:
    pace = Pace()
    pace.succeeded(4_000, 850)
    pace.succeeded(8_000, 5_000, alone=False)
    assert pace.ms_to_send(1) is None


def test_a_slow_first_connection_is_forgotten_for_a_quicker_second() -> None:
    pace = Pace()
    pace.succeeded(4_000, 2_500)
    pace.succeeded(8_000, 1_100)
    pace.succeeded(12_800, 1_400)
    assert pace.ms_to_send(16_000) == 1_000


def test_small_exchanges_say_nothing_about_speed() -> None:
    pace = Pace()
    pace.succeeded(200, 620)
    assert (pace.bytes_per_second, pace.seconds_for(10_000)) == (0.0, 0)


def test_waits_double_to_five_minutes_and_are_spread_over_all_of_it() -> None:
    longest = Backoff(lambda: 1.0)
    waits = [longest.next_wait_ms() for _ in range(10)]
    assert waits[:4] == [2_000, 4_000, 8_000, 16_000]
    assert waits[-1] == LONGEST_WAIT_MS
    assert Backoff(lambda: 0.0).next_wait_ms() == 0
    assert Backoff(lambda: 0.25).next_wait_ms() == 500


def test_link_up_and_send_now_begin_with_short_waits_again() -> None:
    waiting = Backoff(lambda: 1.0)
    for _ in range(5):
        waiting.next_wait_ms()
    waiting.reset()
    assert waiting.next_wait_ms() == 2_000


def test_a_budget_is_a_day_s() -> None:
    today = [1]
    budget = ByteBudget(100, lambda: today[0])
    budget.spend(99)
    before = budget.exhausted
    budget.spend(1)
    assert (before, budget.exhausted) == (False, True)
    today[0] = 2
    assert (budget.spent, budget.exhausted) == (0, False)


def test_without_a_limit_no_budget_ends() -> None:
    budget = ByteBudget()
    budget.spend(10**12)
    assert not budget.exhausted


def test_a_line_that_broke_is_loaded_more_carefully() -> None:
    pace = Pace()
    for _ in range(3):
        pace.succeeded(pace.batch_bytes, 1_000)
    assert pace.batch_bytes == SLOW_CAP_BYTES
    pace.failed()
    sizes = []
    for _ in range(3):
        sizes.append(pace.batch_bytes)
        pace.succeeded(pace.batch_bytes, 1_000)
    assert sizes == [6_144, 7_168, 8_192]  # no longer doubled from half of what was lost on


def test_after_many_failures_it_doubles_to_half_of_the_last_and_then_grows_slowly() -> None:
    pace = Pace()
    for _ in range(4):
        pace.succeeded(pace.batch_bytes, 1_000)
    pace.failed()
    pace.batch_bytes = 2_048
    sizes = []
    for _ in range(4):
        pace.succeeded(pace.batch_bytes, 1_000)
        sizes.append(pace.batch_bytes)
    assert sizes == [4_096, 8_192, 9_216, 10_240]


def test_whatever_happens_batches_stay_whole_kib_as_a_brief_request_needs() -> None:
    pace = Pace()
    for took in (900, 900, -1, 900, 6_000, -1, -1, 900, 900, 900, -1, 900):
        pace.failed() if took < 0 else pace.succeeded(pace.batch_bytes, took)
        assert pace.batch_bytes >= START_BYTES // 4
        assert pace.want_bytes % 1024 == 0
