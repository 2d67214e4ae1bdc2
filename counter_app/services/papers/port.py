"""What comes out of printers: the port of the screens (``ux.md`` 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.errors import DomainError
from counter_app.printing.forms.one_stop.books import FormBook
from counter_app.printing.preview import page_count, preview_png
from counter_app.services.papers import printers
from counter_app.services.papers.form_book import form_book
from counter_app.services.papers.forms import draw
from counter_app.services.papers.queue import PrintQueue, reprint_reason
from counter_app.services.ports import reads
from counter_app.services.ports.papers import PrintJobView
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import device, local

_STATES = {"waiting": "queued", "sent": "failed", "done": "printed", "failed": "failed", "dropped": "dropped"}


@dataclass
class PapersArea:
    """Implements ``PapersPort``."""

    work: Workplace
    queue: PrintQueue

    def waiting(self) -> tuple[PrintJobView, ...]:
        """Jobs not printed yet, oldest first."""
        with self.work.store.read() as connection:
            jobs = local.print_jobs(connection)
        self.queue.desk.saw(reads.PRINT_LIST, [job.subject for job in jobs])
        return tuple(self._view(job) for job in jobs)

    def _view(self, job: local.PrintJob) -> PrintJobView:
        again = say(f"{job.title}, bản in lần {job.copy_no}", f"{job.title}, print {job.copy_no}")
        title = job.title if job.copy_no == 1 else again
        pages = _pages(job, form_book(self.work))
        return PrintJobView(
            job.id, title, job.printer, pages, _STATES[job.state], self.queue.words(job.id), job.asked_at
        )

    def print_job(self, job: int, printer: str = "") -> PrintJobView:
        """Prints a stored job (again); the job's state says whether it came out."""
        return self._view(self.queue.run((job,), printer)[0])

    def reprint(self, job: int, reason: str) -> PrintJobView:
        """A second print, marked ``Bản in lần 2``. Raises DomainError ``reprint.reason``."""
        if not reason.strip():
            raise DomainError(
                "Ghi lý do in lại.", field="reason", code="reprint.reason",
                title_en="Write why it is printed again.",
            )  # fmt: skip
        first = self.queue.job(job)
        with self.work.store.write() as connection:
            again = desk_queries.prints_of(connection, first.subject, first.form) + 1
            number = local.queue_print(
                connection, first.form, first.title, first.content, first.subject, self.work.now(),
                copy_no=again, printer=first.printer,
            )  # fmt: skip
            device.put_setting(connection, reprint_reason(number), reason.strip())
        return self.print_job(number)

    def drop(self, job: int, reason: str) -> None:
        """Takes a job off the list with a reason; the record stays. Raises DomainError ``drop.reason``."""
        if not reason.strip():
            raise DomainError(
                "Ghi lý do bỏ bản in.", field="reason", code="drop.reason", title_en="Write the reason."
            )
        held = self.queue.job(job)
        with self.work.store.write() as connection:
            local.note_print(
                connection, held.id, "dropped", self.work.now(), held.printer, detail=reason.strip()
            )
        self.work.changed("prints")

    def preview(self, job: int, page: int = 0) -> bytes:
        """PNG of a page, 0 the first. Raises IndexError for a page that is not there."""
        held = self.queue.job(job)
        self.queue.desk.saw(reads.PREVIEW, [held.subject])
        return preview_png(draw(held.form, held.content, held.copy_no, form_book(self.work)), page)

    def printers(self) -> tuple[str, ...]:
        """Printers of this PC."""
        return printers.names()


def _pages(job: local.PrintJob, book: FormBook) -> int:
    """Pages of a job, 0 when it cannot be drawn."""
    try:
        return page_count(draw(job.form, job.content, job.copy_no, book))
    except (DomainError, ValueError, LookupError):
        return 0
