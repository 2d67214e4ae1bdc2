"""Plain practice papers: one ordinary dossier, each form about it, to be changed field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from counter_app.printing.forms.one_stop import books, drawing
from counter_app.printing.forms.one_stop import content as c
from counter_app.printing.model import Letterhead
from tests.unit.printing.seeing import squeezed, text_of

HEAD = Letterhead(superior="UBND XÃ TẬP HUẤN", unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", place="Tập Huấn")
CODE = "00000002126112000182"
GROUPED = "0000 0002 1261 1200 0182"
OFFICIAL = "T00.00-20261120-0000001"
TODAY = date(2026, 11, 20)
LAST_OLD = date(2025, 9, 14)
FIRST_NEW = date(2025, 9, 15)
TAKEN = datetime.fromisoformat("2026-11-20T08:05")
DUE = datetime.fromisoformat("2026-11-27T16:30")
CAPITALS = "ẤẦẨẪẬẶ ĐẪM ỮNG TẬP HUẤN"

_SHARED: dict[str, Any] = {
    "head": HEAD,
    "code": CODE,
    "issued_at": TAKEN,
    "party": c.PartyLines(
        name="SÙNG THỊ TẬP HUẤN",
        identity="000000000017",
        address="Bản Thí Dụ, xã Tập Huấn",
        phone="0900 000 017",
        email="hoc-vien@example.invalid",
    ),
    "procedure": "Đăng ký khai sinh",
    "book": "02",
    "number": 7,
}


def form_01(**changes: object) -> c.Form01Content:
    """A receipt of two papers, five working days, one fee."""
    paper = c.Form01Content(
        **_SHARED,
        desk="Quầy số 02",
        papers=(
            c.PaperLine(name="Tờ khai đăng ký khai sinh", made_as=c.ORIGINAL, count=1),
            c.PaperLine(name="Giấy chứng sinh", made_as=c.CERTIFIED, count=3),
        ),
        limit="05 ngày làm việc",
        received_at=TAKEN,
        due_at=DUE,
        deliver="Quầy trả kết quả số 03",
        fees=(c.FeeLine(label="Lệ phí hộ tịch", amount=8_000),),
        receiver="LÒ THỊ TẬP HUẤN",
    )
    return replace(paper, **changes)


def form_02(**changes: object) -> c.Form02Content:
    """A request for one paper."""
    paper = c.Form02Content(
        **_SHARED,
        papers=(c.PaperLine(name="Giấy chứng sinh", made_as=c.ORIGINAL, note="bản nộp bị rách, mất số"),),
        reason="Thiếu giấy chứng sinh theo quy định.",
        contact="LÒ THỊ TẬP HUẤN",
        contact_phone="0213 000 002",
        guide="VÀNG A TẬP HUẤN",
    )
    return replace(paper, **changes)


def form_03(**changes: object) -> c.Form03Content:
    """A refusal."""
    paper = c.Form03Content(
        **_SHARED,
        ground="Không thuộc thẩm quyền giải quyết.",
        reason="Thủ tục thuộc cơ quan cấp tỉnh khác.",
        receiver="LÒ THỊ TẬP HUẤN",
    )
    return replace(paper, **changes)


def form_04(**changes: object) -> c.Form04Content:
    """An apology with a new date."""
    paper = c.Form04Content(
        **_SHARED,
        received_at=TAKEN,
        due_at=DUE,
        new_due_at=datetime.fromisoformat("2026-12-04T10:00"),
        reason="Chờ ý kiến cơ quan phối hợp.",
        office="GIÁM ĐỐC",
        signer="TRẦN VĂN TẬP HUẤN",
    )
    return replace(paper, **changes)


def form_05(**changes: object) -> c.Form05Content:
    """A notice that the dossier is stopped."""
    paper = c.Form05Content(
        **_SHARED,
        received_at=TAKEN,
        ground="Đơn đề nghị dừng của người nộp.",
        papers_returned="01 giấy chứng sinh bản chính",
        office="GIÁM ĐỐC",
        signer="TRẦN VĂN TẬP HUẤN",
    )
    return replace(paper, **changes)


def a_hop(**changes: object) -> c.Hop:
    """A hand-over that was taken."""
    hop = c.Hop(
        body="Bộ phận hộ tịch",
        handed_at=TAKEN,
        handed_by="LÒ THỊ TẬP HUẤN",
        taken_at=datetime.fromisoformat("2026-11-20T09:40"),
        taken_by="GIÀNG A TẬP HUẤN",
        result="on_time",
        note="đủ giấy tờ",
    )
    return replace(hop, **changes)


def form_06(**changes: object) -> c.Form06Content:
    """A control slip with one hand-over."""
    paper = c.Form06Content(
        **_SHARED, decides="UBND xã Tập Huấn", joined="Công an xã Tập Huấn", hops=(a_hop(),)
    )
    return replace(paper, **changes)


ALL: dict[str, Callable[..., c.Content]] = {
    "01": form_01,
    "02": form_02,
    "03": form_03,
    "04": form_04,
    "05": form_05,
    "06": form_06,
}


def pdf_of(
    form: str, paper: c.Content, day: date = TODAY, form_set: str = "one_stop", *, half: bool = False
) -> bytes:
    """The paper by the shipped template in force on a day."""
    return drawing.render(books.load().in_force(form, day, form_set), paper, half=half)


def missing(pdf: bytes, *parts: str, page: int | None = None) -> list[str]:
    """Those parts that are not on the paper, however it was wrapped."""
    seen = squeezed(text_of(pdf, page))
    return [part for part in parts if squeezed(part) not in seen]


def places(pdf: bytes, *parts: str) -> list[int]:
    """Where each part first stands in the text of the paper, -1 for none."""
    seen = squeezed(text_of(pdf))
    return [seen.find(squeezed(part)) for part in parts]
