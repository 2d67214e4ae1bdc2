"""The round of checks always ends: a hang and a crash are lines; what hangs is not begun again."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from counter_app.services.ports.saying import say, speaking
from counter_app.services.ports.technician import BROKEN, GOOD, UNCHECKED
from counter_app.services.technician.doctor.bench import Bench, Check, Found
from counter_app.services.technician.doctor.catalogue import CHECKS
from counter_app.services.technician.doctor.running import Rounds
from counter_app.storage.store_errors import StoreError

BENCH = Bench(None, None, None, None, None)  # type: ignore[arg-type]  # the checks of these tests look at nothing
FINE = Check("fine", "check", ("Ổn", "Fine"), lambda _: Found(GOOD, say("Tốt", "Good")))


def failing(error: Exception, code: str = "bad") -> Check:
    def look(_: Bench) -> Found:
        raise error

    return Check(code, "bug", ("Hỏng", "Bad"), look)


class Hanging:
    """A check that waits until the test lets it go."""

    def __init__(self) -> None:
        self.begun = 0
        self.go = threading.Event()
        self.ended = threading.Event()

    def look(self, _: Bench) -> Found:
        self.begun += 1
        self.go.wait(20)
        self.ended.set()
        return Found(GOOD, "late")


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.go.set()


def test_a_crash_is_a_line_with_its_cause_and_the_rest_goes_on() -> None:
    rows = list(Rounds((failing(ValueError("no figure\nof it")), FINE)).run(BENCH))
    assert [row.verdict for row in rows] == [UNCHECKED, GOOD]
    assert rows[0].words == "Không kiểm tra được: ValueError no figure"
    assert (rows[0].code, rows[0].title, bool(rows[0].remedy)) == ("bad", "Hỏng", True)


def test_an_error_of_the_system_tells_its_own_words() -> None:
    (row,) = Rounds((failing(PermissionError(13, "Permission denied", "/secret/place")),)).run(BENCH)
    assert row.words == "Không kiểm tra được: PermissionError Permission denied"


def test_what_the_store_says_is_a_finding() -> None:
    (row,) = Rounds((failing(StoreError("store.disk")),)).run(BENCH)
    assert (row.verdict, "Đĩa báo lỗi" in row.words) == (BROKEN, True)


def test_a_hang_ends_in_its_time_and_is_not_begun_again_while_it_lasts(hanging: Hanging) -> None:
    rounds = Rounds((Check("slow", "clock", ("Chậm", "Slow"), hanging.look, 0.05), FINE))
    for _ in range(3):
        rows = list(rounds.run(BENCH))
        assert [row.verdict for row in rows] == [UNCHECKED, GOOD]
        assert rows[0].words.startswith("Không kiểm tra được: không trả lời sau")
    assert hanging.begun == 1
    hanging.go.set()
    assert hanging.ended.wait(5)
    rounds._hanging["slow"].join(5)
    assert [row.verdict for row in rounds.run(BENCH)][1] == GOOD
    assert hanging.begun == 2, "once it came back it is asked again"


def test_a_round_speaks_the_language_of_who_asked() -> None:
    with speaking("en"):
        (row,) = Rounds((FINE,)).run(BENCH)
    assert (row.title, row.words) == ("Fine", "Good")


def test_names_are_plain_unique_and_more_than_25() -> None:
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes) == 40
    assert all(code.replace("_", "").isalpha() and code.islower() for code in codes)
    assert all(check.title[0] and check.title[1] and 0 < check.seconds <= 120 for check in CHECKS)
