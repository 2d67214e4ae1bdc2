"""The pill: every kind with its words, and never green while something waits."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.exchange.pill import OLD_MS, LineFacts, read_pill
from counter_app.services.ports.exchange import OFFLINE, OLD, SENDING, SLOW, SYNCED, UNKNOWN, WAITING, Pill
from sync.client.engine import BUDGET_SPENT, DONE, REFUSED
from sync.client.transport import FAULT_CODES

NOW = 1_795_142_460_000
"""2026-11-20 09:41 in Viet Nam, ms."""


def pill(line: LineFacts, waiting: int = 0, last: int = NOW, estimate: int = 0, tasks: int = 0) -> Pill:
    return read_pill(line, waiting=waiting, tasks=tasks, last_ack=last, estimate_seconds=estimate, now=NOW)


WORKS = LineFacts(asked=True, code=DONE)
FAILS = LineFacts(asked=True, code="no-line", failing_since=NOW)


def test_all_is_there() -> None:
    assert pill(WORKS) == Pill(SYNCED, "Đã đồng bộ 09:41", 0)


def test_sending_counts_up() -> None:
    line = LineFacts(asked=True, code=DONE, busy=True, to_send=14)
    assert pill(line, waiting=8) == Pill(SENDING, "Đang gửi 6/14", 0)


def test_more_waits_than_the_round_began_with() -> None:
    assert pill(LineFacts(asked=True, code=DONE, to_send=3), waiting=5).words == "Đang gửi 0/5"


def test_a_slow_line_tells_the_time() -> None:
    assert pill(WORKS, waiting=400, estimate=1200) == Pill(SLOW, "Chậm: còn khoảng 20 phút", 0)


def test_no_line() -> None:
    assert pill(FAILS, waiting=14) == Pill(OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 0)
    assert pill(FAILS) == Pill(OFFLINE, "Ngoại tuyến", 0)


def test_after_a_restart_nothing_is_known() -> None:
    assert pill(LineFacts()) == Pill(UNKNOWN, "Chưa hỏi được tỉnh", 0)
    assert pill(LineFacts(), waiting=2).words == "Chưa hỏi được tỉnh · 2 chưa ở tỉnh"


def test_older_than_a_day_is_amber() -> None:
    old = pill(FAILS, waiting=3, last=NOW - OLD_MS - 1)
    assert old == Pill(OLD, "Chưa nối tỉnh từ 19/11/2026 · 3 chưa ở tỉnh", 0)
    assert pill(FAILS, last=NOW - OLD_MS).kind == OFFLINE


def test_questions_are_counted_apart() -> None:
    assert pill(WORKS, tasks=3) == Pill(SYNCED, "Đã đồng bộ 09:41", 3)


@given(
    asked=st.booleans(),
    code=st.sampled_from((DONE, REFUSED, BUDGET_SPENT, *FAULT_CODES)),
    waiting=st.integers(0, 5000),
    last=st.integers(0, NOW),
    estimate=st.integers(0, 100_000),
    to_send=st.integers(0, 5000),
    busy=st.booleans(),
)
def test_green_means_everything_is_at_the_province(
    asked: bool, code: str, waiting: int, last: int, estimate: int, to_send: int, busy: bool
) -> None:
    line = LineFacts(asked=asked, code=code if asked else "", to_send=to_send, busy=busy)
    shown = pill(line, waiting, last, estimate)
    assert shown.words
    if shown.kind == SYNCED:
        assert waiting == 0
        assert asked
        assert code == DONE
    if waiting and shown.kind in (OFFLINE, OLD, UNKNOWN):
        assert f"{waiting} chưa ở tỉnh" in shown.words


def test_while_nobody_sends_by_itself_the_pill_says_what_waits_and_since_when():
    """Only a person sends: between two of his tries "Đang gửi 0/2" would be untrue."""
    alone = LineFacts(asked=True, code=DONE, by_itself=False)
    shown = pill(alone, waiting=2)
    assert shown.kind == WAITING
    assert "2 chờ gửi" in shown.words
    assert "Đang gửi" not in shown.words
    assert pill(replace(alone, busy=True), waiting=2).kind == SENDING
    assert pill(replace(alone, by_itself=True), waiting=2).kind == SENDING
    assert pill(alone).kind == SYNCED
    assert pill(replace(alone, speed=1.0), waiting=2, estimate=600).kind == SLOW
