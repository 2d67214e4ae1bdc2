"""Who looked at data, as the page is shown in tests and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.services.ports import reads
from counter_app.services.ports.reads import ReadRow
from tests.ui.desk import MORNING

ROWS = (
    ReadRow(3, MORNING, "Lù Thị Mai", reads.REQUEST, ("02-0018",), 1, ""),
    ReadRow(2, MORNING - 60_000, "Lù Thị Mai", reads.SEARCH, ("02-0017", "02-0016"), 12, ""),
    ReadRow(1, MORNING - 120_000, "", reads.BUNDLE_OUT, (), 212, ""),
)


@dataclass
class FakeReads:
    """Answers at once; ``asked`` holds the days."""

    found: tuple[ReadRow, ...] = ROWS
    whole: bool = True
    error: Exception | None = None
    asked: list[int] = field(default_factory=list)

    def rows(self, days: int = 1) -> tuple[ReadRow, ...]:
        self.asked.append(days)
        if self.error is not None:
            raise self.error
        return self.found

    def intact(self) -> bool:
        return self.whole
