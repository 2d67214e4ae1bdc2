"""The way from box to counter in steps that a person watches: what is done, what runs, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError
from counter_app.services.ports.enrolment import DONE, FAILED, LOOK, NOW, WAITING, StepView
from counter_app.services.ports.saying import say, spoken

FILE, STORE, JOURNAL, DATA, PRINTERS, TIDY = "file", "store", "journal", "data", "printers", "tidy"


def all_steps() -> tuple[StepView, ...]:
    """Every step, none begun, in the language in force."""
    titles = (
        (FILE, say("Kiểm tra tệp cấp phát", "Check the provisioning file")),
        (STORE, say("Lập kho dữ liệu đã mã hóa", "Make the encrypted store")),
        (JOURNAL, say("Mở nhật ký của quầy", "Open the counter's journal")),
        (DATA, say("Nhận sổ, danh mục, biểu phí tỉnh giao", "Take the province's books, catalogue, fees")),
        (PRINTERS, say("Máy in theo loại giấy", "Printers by kind of paper")),
        (TIDY, say("Dọn tệp cấp phát", "Clear the provisioning file away")),
    )
    return tuple(StepView(code, title, WAITING) for code, title in titles)


class StepBoard:
    """The steps as they stand; written by the worker, read by the page."""

    def __init__(self) -> None:
        """Empty: nothing was begun."""
        self._lock, self._steps = Lock(), dict[str, StepView]()

    def begin(self) -> None:
        """All steps wait."""
        with self._lock:
            self._steps = {one.code: one for one in all_steps()}

    def view(self) -> tuple[StepView, ...]:
        """The steps in order; empty before ``begin``."""
        with self._lock:
            return tuple(self._steps.values())

    def put(self, code: str, state: str, words: str = "") -> None:
        """A step stands anew."""
        with self._lock:
            if code in self._steps:
                self._steps[code] = replace(self._steps[code], state=state, words=words)

    @contextmanager
    def at(self, code: str) -> Iterator[None]:
        """The step runs; it ends done, or failed with the words of what stopped it."""
        self.put(code, NOW)
        try:
            yield
        except (DomainError, OutsideError) as error:
            self.put(code, FAILED, _words(error))
            raise
        self.put(code, DONE)

    def finish(self, steps: tuple[StepView, ...]) -> None:
        """Steps that ended elsewhere; whatever waits still had nothing to do."""
        for one in steps:
            self.put(one.code, one.state, one.words)
        for left in self.view():
            if left.state == WAITING:
                self.put(left.code, DONE)


def look_at(code: str, title: str, remedy: str) -> StepView:
    """A step that did not come out, and that the counter works without."""
    return StepView(code, "", LOOK, f"{title} {remedy}".strip())


def _words(error: DomainError | OutsideError) -> str:
    words = error.words(spoken())
    return f"{words.title} {words.remedy}".strip()
