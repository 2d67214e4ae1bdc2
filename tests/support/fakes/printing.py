"""Print jobs without a printer: what was asked for, and which jobs fail."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.services.ports.papers import PrintJobView


@dataclass
class FakePapers:
    """``failing`` jobs do not come out until they leave the set; ``calls`` holds what was asked."""

    failing: set[int] = field(default_factory=set)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    names: tuple[str, ...] = ("HP-QUAY2", "Máy in tập huấn")

    def waiting(self) -> tuple[PrintJobView, ...]:
        return tuple(self._view(job) for job in sorted(self.failing))

    def print_job(self, job: int, printer: str = "") -> PrintJobView:
        self.calls.append(("print", job, printer))
        if printer:
            self.failing.discard(job)
        return self._view(job)

    def reprint(self, job: int, reason: str) -> PrintJobView:
        self.calls.append(("reprint", job, reason))
        return self._view(job)

    def drop(self, job: int, reason: str) -> None:
        self.calls.append(("drop", job, reason))

    def preview(self, job: int, page: int = 0) -> bytes:
        return b""

    def printers(self) -> tuple[str, ...]:
        return self.names

    def _view(self, job: int) -> PrintJobView:
        failed = job in self.failing
        words = "Máy in HP-QUAY2 không trả lời." if failed else ""
        return PrintJobView(
            job, f"Lời chứng {job}", "HP-QUAY2", 1, "failed" if failed else "printed", words, 0
        )
