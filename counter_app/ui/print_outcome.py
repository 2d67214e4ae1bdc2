"""What a screen says after a commit that printed: a fact with print-again, or the failed print's dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.ui.background import Background
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import BarAction, PrintChoice, Shell

FAILED = "failed"


class PrintOutcome(QObject):
    """The record is saved before anything prints; this only helps the paper out (``ux.md`` 3.4)."""

    def __init__(self, papers: PapersPort, background: Background, shell: Shell) -> None:
        """Owned by the screen that commits."""
        super().__init__()
        self._papers, self._background, self._shell = papers, background, shell

    def tell(self, sentence: str, jobs: Sequence[int], unprinted: Sequence[PrintJobView] = ()) -> None:
        """``sentence`` in the bar with *In lại (P)*; the first of ``unprinted`` opens the dialog instead."""
        if unprinted:
            self._ask(unprinted[0])
            return
        again = tuple(jobs)
        actions = (BarAction(tr("In lại"), lambda: self._ask_why(again), "P"),) if again else ()
        self._shell.tell(sentence, actions)

    def _ask_why(self, jobs: tuple[int, ...]) -> None:
        reasons = (
            ("jam", tr("Kẹt giấy, bản in hỏng")),
            ("faint", tr("Bản in mờ")),
            ("lost", tr("Thất lạc giấy")),
        )
        papers = self._papers

        def again(code: str, words: str) -> None:
            reason = words or dict(reasons).get(code, code)
            self._run(lambda: [papers.reprint(job, reason) for job in jobs][-1])

        self._shell.ask_reason(
            tr("In lại"),
            reasons,
            again,
            words=tr("Bản in sau mang dấu “Bản in lần 2”."),
            commit_words=tr("In lại"),
        )

    def _ask(self, job: PrintJobView) -> None:
        papers, number = self._papers, job.job
        words = tr("{words} Hồ sơ đã lưu.").format(words=job.words)
        self._shell.print_failed(
            words,
            PrintChoice(
                again=lambda: self._run(lambda: papers.print_job(number)),
                other_printer=lambda: self._choose_printer(number),
                later=lambda: self._shell.tell(tr("{title}: ở “Bản in đang chờ”.").format(title=job.title)),
            ),
        )

    def _choose_printer(self, job: int) -> None:
        papers = self._papers

        def offer(printers: tuple[str, ...]) -> None:
            self._shell.ask_reason(
                tr("Chọn máy khác"),
                tuple((name, name) for name in printers[:9]),
                lambda name, typed: self._run(lambda: papers.print_job(job, name or typed)),
                commit_words=tr("In"),
            )

        self._background.run_query(papers.printers, offer, self._shell.show_error, owner=self)

    def _run(self, work: Callable[[], PrintJobView]) -> None:
        self._background.run_change(work, self._printed, self._shell.show_error, owner=self)

    def _printed(self, job: PrintJobView) -> None:
        if job.state == FAILED:
            self._ask(job)
        else:
            self._shell.tell(tr("Đã in {title}.").format(title=job.title))
