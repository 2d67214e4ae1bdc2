"""Rows of totals stand out, also where a table goes on over pages."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.dates import vn_datetime
from counter_app.printing.forms import register_report as form
from counter_app.printing.model import Letterhead
from tests.unit.printing.seeing import ink, page_image

HEAD = Letterhead(superior="UBND XÃ TẬP HUẤN", unit="TRUNG TÂM TẬP HUẤN", place="Tập Huấn")


def report(lines: int, bold: bool) -> bytes:
    """So many rows and a total, which is ``bold`` or not."""
    rows = tuple(form.ReportLine(label=f"- Người ký {place}", figures=(1,) * 8) for place in range(lines))
    total = form.ReportLine(label="Tổng cộng", figures=(lines,) * 8, bold=bold)
    data = form.RegisterReport(
        head=HEAD, title="BÁO CÁO TẬP HUẤN", first=date(2026, 1, 1), last=date(2026, 12, 31),
        lines=(*rows, total), as_of=vn_datetime(1_798_711_200_000),
    )  # fmt: skip
    return form.render(data)


@pytest.mark.parametrize(("lines", "page"), [(3, 0), (40, 1)])
def test_the_total_is_darker_on_the_page_where_it_stands(lines: int, page: int) -> None:
    bold, plain = report(lines, True), report(lines, False)
    assert ink(page_image(bold, page, 100)) > ink(page_image(plain, page, 100)) + 20
    if page:
        assert ink(page_image(bold, 0, 100)) == ink(page_image(plain, 0, 100))
