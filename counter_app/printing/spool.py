"""Running stored print jobs: one try a call, every state stored before and after the printer is touched."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.printing.jobs import JobState, Printer, PrintJob, Spooler

FindPrinter = Callable[[PrintJob], Printer | None]
"""Gives the printer a job goes to: the one it names, else the one of its role; None when there is none."""


class ReasonMissing(ValueError):
    """A reprint needs a reason (``ux.md`` 3.4). Carries words for people."""

    def __init__(self) -> None:
        super().__init__("a reprint needs a reason")
        self.title = "Thiếu lý do in lại"
        self.meaning = "Bản in lại được đánh dấu và ghi lý do."
        self.remedy = "Chọn hoặc gõ lý do in lại."


def run_job(spooler: Spooler, key: int, find_printer: FindPrinter) -> PrintJob:
    """Try once to print a stored job; return it as it stands afterwards.

    The job is marked as printing, and that is stored, before the printer is touched: a crash in between
    leaves a visible job, never a silent one. A missing printer or a printer's fault is words in the job, not
    an error. A job already printed or dropped is returned unchanged. Raises KeyError for an unknown key.
    """
    job = spooler.get(key)
    if not job.open:
        return job
    job = replace(job, state=JobState.PRINTING, attempts=job.attempts + 1, problem="")
    spooler.replace(job)
    printer = find_printer(job)
    if printer is None:
        job = replace(job, state=JobState.FAILED, problem="Chưa chọn máy in cho loại giấy này. Hồ sơ đã lưu.")
    else:
        outcome = printer.print_pdf(spooler.pdf(key), job.ascii_title)
        job = replace(
            job,
            printer=printer.name,
            problem=outcome.problem,
            state=JobState.PRINTED if outcome.accepted else JobState.FAILED,
        )
    spooler.replace(job)
    return job


def run_pending(spooler: Spooler, find_printer: FindPrinter) -> list[PrintJob]:
    """Try each waiting job once, in the order of keys; stop at the first failure of a role.

    Papers of one role keep their order: after a paper jam the rest of a pile must not overtake.
    """
    done: list[PrintJob] = []
    stopped: set[str] = set()
    for job in spooler.pending():
        if job.state is not JobState.WAITING or job.role.value in stopped:
            continue
        after = run_job(spooler, job.key, find_printer)
        done.append(after)
        if after.state is JobState.FAILED:
            stopped.add(job.role.value)
    return done


def after_restart(spooler: Spooler) -> list[PrintJob]:
    """Turn jobs that were printing when the program died into failed ones; return them.

    Nobody knows whether the paper came out, so a person looks and decides: never printed twice by itself.
    """
    turned: list[PrintJob] = []
    for job in spooler.pending():
        if job.state is JobState.PRINTING:
            job = replace(
                job,
                state=JobState.FAILED,
                problem="Máy dừng khi đang in. Xem giấy đã ra chưa, rồi in lại hoặc bỏ.",
            )
            spooler.replace(job)
            turned.append(job)
    return turned


def retry(spooler: Spooler, key: int, *, printer: str = "") -> PrintJob:
    """Put a failed job back to waiting, perhaps for another printer; the paper is the same bytes."""
    job = spooler.get(key)
    if job.state is JobState.FAILED:
        job = replace(job, state=JobState.WAITING, printer=printer or job.printer)
        spooler.replace(job)
    return job


def drop(spooler: Spooler, key: int, reason: str) -> PrintJob:
    """Take an open job off the list, with a reason. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    job = spooler.get(key)
    if job.open:
        job = replace(job, state=JobState.DROPPED, reason=reason.strip())
        spooler.replace(job)
    return job


def reprint(
    spooler: Spooler, key: int, render: Callable[[int], bytes], *, reason: str, created_at: int
) -> PrintJob:
    """Store a new job that prints a paper again, marked ``Bản in lần n``.

    ``key`` is any earlier print of the paper; the number counts all of them. ``render(n)`` draws the paper
    with that number. ``created_at``: milliseconds, from the caller's clock. Raises
    ReasonMissing without a reason, KeyError for an unknown job.
    """
    if not reason.strip():
        raise ReasonMissing
    first = spooler.get(key)
    again = replace(
        first,
        key=0,
        state=JobState.WAITING,
        copy_number=spooler.prints(first.form, first.subject) + 1,
        reason=reason.strip(),
        attempts=0,
        problem="",
        created_at=created_at,
    )
    return spooler.put(again, render(again.copy_number))
