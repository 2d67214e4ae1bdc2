"""The list of a group: everybody in order over its pages, sums, signatures never alone, its barcode."""

from __future__ import annotations

import pytest

from counter_app.domain.dates import vn_datetime
from counter_app.printing.forms import group_list
from counter_app.printing.model import Letterhead
from counter_app.printing.preview import page_count
from tests.unit.printing.seeing import codes_in, poor_scan, text_of, white_margins_mm

CODE = "00000001126112000018"


def a_list(count: int) -> bytes:
    """The pages of ``count`` persons."""
    lines = tuple(
        group_list.GroupLine(
            short_code=f"01-{n + 2:04d}", name=f"LÒ VĂN ẨM {n + 1}", label="6A", identity=f"…{1_000 + n}",
            papers="Học bạ; Giấy khai sinh", copies=3, amount=30_000,
        )
        for n in range(count)
    )  # fmt: skip
    return group_list.render(
        group_list.GroupList(
            head=Letterhead(superior="UBND TỈNH (TẬP HUẤN)", unit="UBND XÃ BÌNH LƯ", place="Bình Lư"),
            name="Trường (tập huấn)", bearer="Trần Thị Giáo (tập huấn)", short_code="01-0001", code=CODE,
            taken_at=vn_datetime(1_795_162_800_000), due_at=None, paid="Đã thu, một biên lai.",
            receiver="Lù Thị Mai (tập huấn)", lines=lines,
        )
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 30, 31, 33, 60, 300])
def test_everybody_stands_in_order_and_signatures_are_never_alone(count) -> None:
    pdf = a_list(count)
    pages = page_count(pdf)
    words = text_of(pdf)
    places = [words.index(f"01-{n + 2:04d}") for n in range(count)]
    assert places == sorted(places)
    last = text_of(pdf, pages - 1)
    assert "NGƯỜI NỘP" in last
    assert f"01-{count + 1:04d}" in last
    assert f"Trang {pages}/{pages}" in last
    assert all(white_margins_mm(pdf, page)[3] > 3 for page in range(pages))


def test_the_sums_are_over_everybody() -> None:
    assert "Cộng: 40 người, 120 bản sao" in text_of(a_list(40), page_count(a_list(40)) - 1)


def test_the_list_carries_the_groups_code() -> None:
    assert codes_in(poor_scan(a_list(3))) == [("Code128", CODE)]
