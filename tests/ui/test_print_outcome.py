"""After a commit that printed: the record stands, the paper is helped out, nothing prints by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.ui.print_outcome import PrintOutcome
from counter_app.ui.screens.contract import BarAction, PrintChoice
from tests.support.fakes.printing import FakePapers
from tests.ui.hands import Hands

pytestmark = pytest.mark.usefixtures("themed")


class Words:
    """A shell that remembers what it was asked to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, tuple[BarAction, ...]]] = []
        self.failures: list[tuple[str, PrintChoice]] = []
        self.reasons: list[tuple[tuple[tuple[str, str], ...], Callable[[str, str], None]]] = []
        self.errors: list[BaseException] = []

    def tell(self, words: str, actions: tuple[BarAction, ...] = (), seconds: float = 6.0) -> None:
        self.said.append((words, actions))

    def print_failed(self, words: str, choice: PrintChoice) -> None:
        self.failures.append((words, choice))

    def ask_reason(
        self,
        title: str,
        reasons: tuple[tuple[str, str], ...],
        on_reason: Callable[[str, str], None],
        *,
        words: str = "",
        commit_words: str = "",
    ) -> None:
        self.reasons.append((reasons, on_reason))

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)


def outcome(papers: FakePapers) -> tuple[PrintOutcome, Words]:
    """The thing under test and what it said."""
    shell = Words()
    return PrintOutcome(papers, Hands().background(), shell), shell  # type: ignore[arg-type]


def test_a_print_that_came_out_is_a_fact_with_print_again() -> None:
    papers = FakePapers()
    after, shell = outcome(papers)
    after.tell("Đã in 9 lời chứng.", (71,))
    ((words, actions),) = shell.said
    assert (words, [action.keys for action in actions]) == ("Đã in 9 lời chứng.", ["P"])
    assert papers.calls == []


def test_without_a_job_there_is_nothing_to_print_again() -> None:
    after, shell = outcome(FakePapers())
    after.tell("Đã ghi.", ())
    assert shell.said == [("Đã ghi.", ())]


@pytest.mark.parametrize(
    ("code", "typed", "reason"),
    [("faint", "", "Bản in mờ"), ("", "nhoè mực", "nhoè mực"), ("jam", "khay 2", "khay 2")],
)
def test_printing_again_needs_a_reason_and_reprints_every_job(code: str, typed: str, reason: str) -> None:
    papers = FakePapers()
    after, shell = outcome(papers)
    after.tell("Đã in.", (71, 72))
    shell.said[0][1][0].run()
    assert papers.calls == []
    shell.reasons[0][1](code, typed)
    assert papers.calls == [("reprint", 71, reason), ("reprint", 72, reason)]
    assert "Đã in Lời chứng 72." in [words for words, _ in shell.said]


def test_a_printer_that_does_not_answer_opens_the_dialog_and_the_record_stands() -> None:
    papers = FakePapers(failing={71})
    after, shell = outcome(papers)
    after.tell("Đã cấp số.", (71,), papers.waiting())
    ((words, _choice),) = shell.failures
    assert words == "Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu."
    assert papers.calls == []


def test_again_on_the_same_printer_that_still_fails_asks_again() -> None:
    papers = FakePapers(failing={71})
    after, shell = outcome(papers)
    after.tell("Đã cấp số.", (71,), papers.waiting())
    shell.failures[0][1].again()
    assert papers.calls == [("print", 71, "")]
    assert len(shell.failures) == 2
    papers.failing.clear()
    shell.failures[1][1].again()
    assert shell.said[-1][0] == "Đã in Lời chứng 71."


def test_another_printer_is_chosen_by_its_digit() -> None:
    papers = FakePapers(failing={71})
    after, shell = outcome(papers)
    after.tell("Đã cấp số.", (71,), papers.waiting())
    shell.failures[0][1].other_printer()
    reasons, chosen = shell.reasons[0]
    assert [name for name, _ in reasons] == list(papers.names)
    chosen("Máy in tập huấn", "")
    assert papers.calls == [("print", 71, "Máy in tập huấn")]
    assert shell.said[-1][0] == "Đã in Lời chứng 71."


def test_later_prints_nothing_and_says_where_the_job_waits() -> None:
    papers = FakePapers(failing={71})
    after, shell = outcome(papers)
    after.tell("Đã cấp số.", (71,), papers.waiting())
    shell.failures[0][1].later()
    assert "Bản in đang chờ" in shell.said[-1][0]
    assert papers.calls == []


def test_trouble_of_the_queue_itself_is_shown() -> None:
    papers = FakePapers(failing={71})
    after, shell = outcome(papers)

    def broken(job: int, printer: str = "") -> None:
        raise OSError("hỏng")

    papers.print_job = broken  # type: ignore[method-assign, assignment]
    after.tell("Đã cấp số.", (71,), papers.waiting())
    shell.failures[0][1].again()
    assert len(shell.errors) == 1
