"""Print jobs: stored first; a failing, missing or dying printer leaves a visible job and no doubled paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from counter_app.printing import spool
from counter_app.printing.jobs import JobState, PrinterRole, PrintJob, ascii_only


class MemorySpooler:
    """The contract of a spooler, kept in memory; writes down the order of what happens."""

    def __init__(self, log: list[str]) -> None:
        self.jobs: dict[int, PrintJob] = {}
        self.papers: dict[int, bytes] = {}
        self.log = log

    def put(self, job: PrintJob, pdf: bytes) -> PrintJob:
        job = replace(job, key=len(self.jobs) + 1)
        self.jobs[job.key], self.papers[job.key] = job, pdf
        return job

    def replace(self, job: PrintJob) -> None:
        self.log.append(f"store {job.key} {job.state.value}")
        self.jobs[job.key] = job

    def get(self, key: int) -> PrintJob:
        return self.jobs[key]

    def pdf(self, key: int) -> bytes:
        return self.papers[key]

    def prints(self, form: str, subject: str) -> int:
        return sum(job.form == form and job.subject == subject for job in self.jobs.values())

    def pending(self) -> Sequence[PrintJob]:
        return [job for job in self.jobs.values() if job.open]


@dataclass
class Outcome:
    accepted: bool
    problem: str = ""


@dataclass
class FakePrinter:
    """Fails for the papers it is told to; may die in the middle."""

    log: list[str]
    fails: set[bytes] = field(default_factory=set)
    dies: bool = False
    name: str = "HP-QUAY2"
    titles: list[str] = field(default_factory=list)

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> Outcome:
        self.log.append(f"print {pdf.decode()}")
        self.titles.append(title)
        if self.dies:
            raise KeyboardInterrupt
        if pdf in self.fails:
            return Outcome(False, "Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu.")
        return Outcome(True)


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def spooler(log: list[str]) -> MemorySpooler:
    return MemorySpooler(log)


def queued(spooler: MemorySpooler, *papers: str, role: PrinterRole = PrinterRole.STRIP) -> list[int]:
    """Store jobs; return their keys."""
    return [
        spooler.put(
            PrintJob(key=0, form="strip", subject=paper, title="Phiếu Đỗ Ẫm", role=role, created_at=1),
            paper.encode(),
        ).key
        for paper in papers
    ]


def test_a_job_is_stored_as_printing_before_the_printer_is_touched(
    spooler: MemorySpooler, log: list[str]
) -> None:
    (key,) = queued(spooler, "a")
    job = spool.run_job(spooler, key, lambda _: FakePrinter(log))
    assert log == ["store 1 printing", "print a", "store 1 printed"]
    assert (job.state, job.attempts, job.printer, job.problem) == (JobState.PRINTED, 1, "HP-QUAY2", "")
    assert spooler.get(key) == job


def test_a_printed_job_is_never_printed_again_by_itself(spooler: MemorySpooler, log: list[str]) -> None:
    (key,) = queued(spooler, "a")
    for _ in range(3):
        spool.run_job(spooler, key, lambda _: FakePrinter(log))
    assert log.count("print a") == 1


def test_a_failing_printer_leaves_a_visible_job_with_words(spooler: MemorySpooler, log: list[str]) -> None:
    (key,) = queued(spooler, "a")
    job = spool.run_job(spooler, key, lambda _: FakePrinter(log, fails={b"a"}))
    assert job.state is JobState.FAILED
    assert job.problem == "Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu."
    assert [j.key for j in spooler.pending()] == [key]


def test_a_missing_printer_leaves_a_visible_job_with_words(spooler: MemorySpooler) -> None:
    (key,) = queued(spooler, "a")
    job = spool.run_job(spooler, key, lambda _: None)
    assert job.state is JobState.FAILED
    assert "Hồ sơ đã lưu" in job.problem
    assert job.open


def test_after_a_failure_the_rest_of_the_pile_does_not_overtake(
    spooler: MemorySpooler, log: list[str]
) -> None:
    queued(spooler, "a", "b", "c")
    queued(spooler, "d", role=PrinterRole.A4)
    done = spool.run_pending(spooler, lambda _: FakePrinter(log, fails={b"b"}))
    assert [entry for entry in log if entry.startswith("print")] == ["print a", "print b", "print d"]
    assert [job.state.value for job in done] == ["printed", "failed", "printed"]
    assert spooler.get(3).state is JobState.WAITING


def test_resuming_prints_the_rest_once_and_in_order(spooler: MemorySpooler, log: list[str]) -> None:
    queued(spooler, "a", "b", "c")
    spool.run_pending(spooler, lambda _: FakePrinter(log, fails={b"b"}))
    log.clear()
    spool.retry(spooler, 2, printer="CANON")
    assert spooler.get(2).printer == "CANON"
    spool.run_pending(spooler, lambda _: FakePrinter(log))
    assert [entry for entry in log if entry.startswith("print")] == ["print b", "print c"]


def test_a_crash_while_printing_is_left_to_a_person(spooler: MemorySpooler, log: list[str]) -> None:
    (key,) = queued(spooler, "a")
    with pytest.raises(KeyboardInterrupt):
        spool.run_job(spooler, key, lambda _: FakePrinter(log, dies=True))
    assert spooler.get(key).state is JobState.PRINTING
    assert spool.run_pending(spooler, lambda _: FakePrinter(log)) == []
    (turned,) = spool.after_restart(spooler)
    assert turned.state is JobState.FAILED
    assert "Xem giấy đã ra chưa" in turned.problem
    assert log.count("print a") == 1
    assert spool.after_restart(spooler) == []


def test_a_dropped_job_needs_a_reason_and_leaves_the_list(spooler: MemorySpooler) -> None:
    (key,) = queued(spooler, "a")
    with pytest.raises(spool.ReasonMissing):
        spool.drop(spooler, key, "  ")
    assert spool.drop(spooler, key, " in nhầm ").reason == "in nhầm"
    assert spooler.pending() == []
    assert spool.retry(spooler, key).state is JobState.DROPPED


def test_a_reprint_is_a_new_job_with_the_next_number_and_a_reason(
    spooler: MemorySpooler, log: list[str]
) -> None:
    (key,) = queued(spooler, "a")
    spool.run_job(spooler, key, lambda _: FakePrinter(log))
    for number in (2, 3):
        again = spool.reprint(spooler, key, lambda n: f"a{n}".encode(), reason="kẹt giấy", created_at=5)
        assert (again.copy_number, again.reason, again.attempts, again.state) == (
            number,
            "kẹt giấy",
            0,
            JobState.WAITING,
        )
        assert spooler.pdf(again.key) == f"a{number}".encode()
    with pytest.raises(spool.ReasonMissing):
        spool.reprint(spooler, key, lambda n: b"", reason="", created_at=5)


def test_titles_for_queues_are_ascii_and_name_nobody(spooler: MemorySpooler, log: list[str]) -> None:
    (key,) = queued(spooler, "a")
    printer = FakePrinter(log)
    spool.run_job(spooler, key, lambda _: printer)
    assert printer.titles == ["strip-1"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Phiếu Đỗ Ẫm", "Phieu-Do-Am"),
        ("../../etc", "..-..-etc"),
        ("đ", "d"),
        ("", "paper"),
        ("漢字", "paper"),
        ("-a--b-", "a-b"),
    ],
)
def test_ascii_only(text: str, plain: str) -> None:
    assert ascii_only(text) == plain
    assert len(ascii_only(text * 100)) <= 60
