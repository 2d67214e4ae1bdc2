"""The queue: put in the act's transaction, tried after its commit, true only when the printer took it.

A try that dies in between leaves the job visible as sent: nobody knows whether paper came out, so a person
decides and nothing is printed twice by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from counter_app.domain.certification.piles import signing
from counter_app.domain.errors import DomainError
from counter_app.printing.formats import clean
from counter_app.printing.jobs import ascii_only
from counter_app.printing.preview import page_count
from counter_app.services.papers import printers
from counter_app.services.papers.form_book import form_book
from counter_app.services.papers.forms import FORMS, Paper, draw, pack
from counter_app.services.ports import reads
from counter_app.services.ports.saying import say, spoken
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import local
from sync.protocol.naming.ids import EntryId

NO_PRINTER = (
    "Chưa chọn máy in cho loại giấy này. Hồ sơ đã lưu.",
    "No printer is chosen for this kind of paper. The record is saved.",
)
DIED = (
    "Máy dừng khi đang in. Xem giấy đã ra chưa, rồi in lại hoặc bỏ.",
    "The PC stopped while printing. See whether paper came out, then print again or drop it.",
)


@dataclass
class PrintQueue:
    """Jobs of this PC."""

    work: Workplace
    desk: Desk

    def put(self, connection: Connection, paper: Paper, subject: EntryId, at: int) -> int:
        """Queue a paper in the running transaction; returns the job's number."""
        title = clean(paper.title)
        return local.queue_print(connection, paper.form, title, pack(paper), subject, at)

    def run(self, jobs: Iterable[int], printer: str = "") -> tuple[local.PrintJob, ...]:
        """Try jobs in order; after a failure the rest of the same printer's jobs wait, so none overtakes."""
        done: list[local.PrintJob] = []
        stopped: set[str] = set()
        for number in jobs:
            job = self.job(number)
            role = FORMS[job.form].role.value if job.form in FORMS else ""
            if role in stopped:
                done.append(job)
                continue
            tried = self.try_once(number, printer)
            done.append(tried)
            if tried.state == "failed":
                stopped.add(role)
        if done:
            self.work.changed("prints")
        return tuple(done)

    def job(self, number: int) -> local.PrintJob:
        """One job. Raises DomainError ``job.unknown``."""
        with self.work.store.read() as connection:
            found = local.print_job(connection, number)
        if found is None:
            raise DomainError(
                "Không còn bản in này.", code="job.unknown", title_en="This job is no longer there."
            )
        return found

    def words(self, number: int) -> str:
        """What the last try said, "" after a good one."""
        with self.work.store.read() as connection:
            job, tried = local.print_job(connection, number), desk_queries.last_try(connection, number)
        if job is not None and job.state == "sent":
            return say(*DIED)
        return "" if tried is None else tried.detail

    def try_once(self, number: int, printer: str = "") -> local.PrintJob:
        """One try: noted as sent before the printer is touched, as printed together with its entry."""
        job = self.job(number)
        if job.state in ("done", "dropped"):
            return job
        with self.work.store.read() as connection:
            role = FORMS[job.form].role if job.form in FORMS else None
            name = printer or job.printer or ("" if role is None else printers.chosen(connection, role))
        device = printers.find(name)
        if device is None:
            return self._note(job, "failed", name, say(*NO_PRINTER))
        try:
            pdf = draw(job.form, job.content, job.copy_no, form_book(self.work))
        except DomainError as error:
            return self._note(job, "failed", name, error.words(spoken()).sentence)
        except (ValueError, LookupError) as error:  # forms say in words why they cannot be drawn
            return self._note(
                job,
                "failed",
                name,
                getattr(error, "title", say("Không vẽ được giấy này.", "This paper cannot be drawn.")),
            )
        self._note(job, "sent", name, "")
        outcome = device.print_pdf(pdf, ascii_only(f"{job.form}-{job.id}"))
        if not outcome.accepted:
            return self._note(job, "failed", name, f"{outcome.problem} {outcome.remedy}".strip())
        return self._printed(job, name, page_count(pdf))

    def _note(self, job: local.PrintJob, state: str, printer: str, words: str) -> local.PrintJob:
        with self.work.store.write() as connection:
            local.note_print(connection, job.id, state, self.work.now(), printer, detail=words)
        return replace(job, state=state, printer=printer)

    def _printed(self, job: local.PrintJob, printer: str, pages: int) -> local.PrintJob:
        """The paper came out: the entry ``Printed`` and the job's state in one transaction."""
        reason = "" if job.copy_no == 1 else self._reason(job.id)
        drafts = signing.printed(job.form, pages, job.subject, printed_before=job.copy_no - 1, reason=reason)
        now = self.work.now()
        person = self.desk.person

        def note(connection: Connection, _: object) -> None:
            local.note_print(connection, job.id, "done", now, printer, pages=pages)
            self.desk.saw(reads.PRINT, [job.subject])

        self.work.store.act(lambda _: drafts, Act(now, None if person is None else person.id), note)
        return replace(job, state="done", printer=printer)

    def _reason(self, number: int) -> str:
        """Why a reprint was asked, kept in this PC's settings until it comes out."""
        from counter_app.storage.this_pc import device

        with self.work.store.read() as connection:
            return device.setting(connection, reprint_reason(number), "In lại")


def reprint_reason(number: int) -> str:
    """Name of the setting that keeps why job ``number`` is printed again."""
    return f"reprint.{number}"
