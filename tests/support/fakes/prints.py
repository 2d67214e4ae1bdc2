"""Jobs that wait, with a page to look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.papers import PrintJobView
from tests.support.fakes.exchange import at

SILENT = "Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu."
DIED = "Máy dừng khi đang in. Xem giấy đã ra chưa, rồi in lại hoặc bỏ."
JOBS = (
    PrintJobView(7, "Lời chứng 1815/2026 đến 1823/2026", "HP-QUAY2", 9, "failed", SILENT, at(10, 12)),
    PrintJobView(8, "Phiếu 02-0017", "XP-80", 1, "failed", DIED, at(10, 24)),
    PrintJobView(9, "Biên lai 0004413", "", 1, "queued", "", at(10, 30)),
)


def page() -> bytes:
    """A real page: the test sheet as PNG."""
    from counter_app.domain.dates import vn_datetime
    from counter_app.printing.forms import trial_sheet
    from counter_app.printing.model import Marks
    from counter_app.printing.preview import preview_png

    data = trial_sheet.TrialSheet(
        printer="HP-QUAY2",
        role="giấy A4",
        printed_at=vn_datetime(at(10, 12)),
        marks=Marks(practice=True),
    )
    return preview_png(trial_sheet.render(data), 0)


@dataclass
class FakePrints:
    """``answers`` jobs come out on these printers only; ``calls`` holds what was asked."""

    jobs: list[PrintJobView] = field(default_factory=lambda: list(JOBS))
    answering: tuple[str, ...] = ("XP-80", "CANON-BANKY")
    png: bytes = b""
    calls: list[tuple[object, ...]] = field(default_factory=list)
    broken: DomainError | None = None

    def waiting(self) -> tuple[PrintJobView, ...]:
        if self.broken is not None:
            raise self.broken
        return tuple(self.jobs)

    def print_job(self, job: int, printer: str = "") -> PrintJobView:
        self.calls.append(("print", job, printer))
        held = next(one for one in self.jobs if one.job == job)
        name = printer or held.printer
        if name not in self.answering:
            return replace(held, state="failed", words=SILENT)
        self.jobs.remove(held)
        return replace(held, state="printed", printer=name, words="")

    def reprint(self, job: int, reason: str) -> PrintJobView:
        raise AssertionError("a job that waits was never printed")

    def drop(self, job: int, reason: str) -> None:
        self.calls.append(("drop", job, reason))
        self.jobs = [one for one in self.jobs if one.job != job]

    def preview(self, job: int, page: int = 0) -> bytes:
        return self.png

    def printers(self) -> tuple[str, ...]:
        return ("HP-QUAY2", "CANON-BANKY")
