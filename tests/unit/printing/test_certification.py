"""Certification texts on four media: wording by date, pile order, readable codes, nothing cut."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from counter_app.printing import texts
from counter_app.printing.forms import certification, stamp_list
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Letterhead, Marks
from counter_app.printing.preview import page_count, page_image
from tests.unit.printing.seeing import codes_in, page_size_mm, poor_scan, squeezed, text_of, white_margins_mm

Medium = certification.Medium
PAYLOAD = "MC1:" + "7KQ2" * 44


def a_text(number: int = 1776, **changes: object) -> certification.CertificationText:
    """A text of the practice unit."""
    text = certification.CertificationText(
        number=number,
        book="03",
        year=2026,
        day=date(2026, 11, 20),
        place="one_stop",
        signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        signer_name="TRẦN VĂN TẬP HUẤN",
        qr_payload=f"{PAYLOAD}{number}",
    )
    return replace(text, **changes)


def a_pile(*pile: certification.CertificationText, **changes: object) -> certification.CertificationPile:
    """A pile of texts."""
    return replace(certification.CertificationPile(texts=pile or (a_text(),)), **changes)


@pytest.mark.parametrize("medium", list(Medium))
def test_every_medium_carries_the_five_lines_and_the_signatory(medium: Medium) -> None:
    words = text_of(certification.render(a_pile(medium=medium)))
    for line in (
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
        "Số chứng thực: 1776 quyển số: 03/2026 -SCT/BS",
        "Ngày 20 tháng 11 năm 2026",
        "Người thực hiện chứng thực",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "TRẦN VĂN TẬP HUẤN",
    ):
        assert line in words


@pytest.mark.parametrize("medium", list(Medium))
@pytest.mark.parametrize("turn", [-2.0, 2.0])
def test_the_signed_qr_is_read_back_from_a_poor_scan(medium: Medium, turn: float) -> None:
    pdf = certification.render(a_pile(medium=medium, marks=Marks(practice=True)))
    assert codes_in(poor_scan(pdf, turn=turn)) == [("QRCode", f"{PAYLOAD}1776")]


@pytest.mark.parametrize("length", [40, 180, 320, 500])
def test_longer_payloads_keep_their_module_width(length: int) -> None:
    pdf = certification.render(a_pile(a_text(qr_payload="A" * length)))
    assert codes_in(poor_scan(pdf)) == [("QRCode", "A" * length)]


def test_an_overlay_has_one_page_a_copy_in_pile_order() -> None:
    pdf = certification.render(a_pile(a_text(1776, copies=2), a_text(1777), a_text(1778, copies=3)))
    numbers = [text_of(pdf, page).split("Số chứng thực: ")[1][:4] for page in range(page_count(pdf))]
    assert numbers == ["1776", "1776", "1777", "1778", "1778", "1778"]


def test_an_overlay_page_is_blank_but_for_the_block_at_its_offset() -> None:
    pdf = certification.render(a_pile(offset_x=100, offset_y=180))
    assert page_size_mm(pdf) == (210.0, 297.0)
    left, top, right, bottom = white_margins_mm(pdf)
    assert 100 <= left < 104
    assert 180 <= top < 184
    assert right >= 12 - 1
    assert bottom > 20


@pytest.mark.parametrize(("x", "y"), [(0, 100), (115, 100), (100, 260), (100, 0)])
def test_a_block_outside_the_page_is_refused_in_words(x: float, y: float) -> None:
    with pytest.raises(certification.BlockOutsidePage) as caught:
        certification.render(a_pile(offset_x=x, offset_y=y))
    assert caught.value.remedy.startswith("Sửa độ lệch")


def test_a_half_sheet_is_a5() -> None:
    assert page_size_mm(certification.render(a_pile(medium=Medium.HALF_SHEET))) == (210.0, 148.0)


def test_labels_begin_after_the_used_ones_and_run_on_to_the_next_sheet() -> None:
    pdf = certification.render(a_pile(*(a_text(n) for n in (1, 2, 3)), medium=Medium.LABELS, first_label=6))
    assert page_count(pdf) == 2
    assert "Số chứng thực: 01 " in text_of(pdf, 0)
    assert "Số chứng thực: 02 " in text_of(pdf, 0)
    assert "Số chứng thực: 03 " in text_of(pdf, 1)
    upper = page_image(pdf, 0, 72).crop((0, 0, 595, 600))
    assert upper.getextrema() == (255, 255)


def test_a_pile_is_never_empty() -> None:
    with pytest.raises(ValueError, match="at least one"):
        certification.render(certification.CertificationPile(texts=()))
    with pytest.raises(ValueError, match="at least one"):
        certification.render(a_pile(a_text(copies=0)))


def test_practice_and_reprint_are_marked_on_every_page() -> None:
    for medium in Medium:
        pdf = certification.render(a_pile(medium=medium, marks=Marks(practice=True, copy_number=2)))
        assert PRACTICE_MARK in text_of(pdf)
        assert "Bản in lần 2" in text_of(pdf)
        plain = text_of(certification.render(a_pile(medium=medium)))
        assert PRACTICE_MARK not in plain
        assert "Bản in lần" not in plain


def test_a_long_name_of_the_signatory_is_whole() -> None:
    name = "NGUYỄN PHƯƠNG THẢO ẨM ẶNG <b>TẬP HUẤN</b> =SUM(A1) & VÀ MỘT TÊN RẤT DÀI NỮA"
    for medium in (Medium.OVERLAY, Medium.HALF_SHEET):
        assert squeezed(name) in squeezed(
            text_of(certification.render(a_pile(a_text(signer_name=name), medium=medium)))
        )


def test_braces_in_data_are_no_places_of_the_wording() -> None:
    assert "{day}" in certification.lines_of(a_text(book="{day}"))[1]


def wording(place: str, first: str, last: str | None, line: str) -> texts.PaperText:
    """A dated wording."""
    return texts.PaperText(
        kind="copy",
        place=place,
        valid_from=date.fromisoformat(first),
        valid_to=last and date.fromisoformat(last),
        mark="U",
        source="thử",
        lines=(line,),
    )


@pytest.mark.parametrize(
    ("day", "place", "line"),
    [
        ("2025-10-31", "seat", "old"),
        ("2025-10-31", "one_stop", "old desk"),
        ("2025-11-01", "seat", "new"),
        ("2025-11-01", "one_stop", "new"),
    ],
)
def test_the_wording_follows_date_and_place(day: str, place: str, line: str) -> None:
    known = (
        wording("any", "2015-04-10", "2025-10-31", "old"),
        wording("one_stop", "2020-04-20", "2025-10-31", "old desk"),
        wording("any", "2025-11-01", None, "new"),
    )
    assert texts.text_in_force("copy", date.fromisoformat(day), place, known).lines == (line,)


def test_a_day_without_wording_is_said_in_words() -> None:
    with pytest.raises(texts.NoTextInForce) as caught:
        certification.render(a_pile(a_text(day=date(2009, 1, 1))))
    assert "01/01/2009" in caught.value.meaning


def test_the_shipped_texts_have_no_gap_and_say_how_sure_they_are() -> None:
    for place in ("seat", "one_stop"):
        for day in ("2015-04-10", "2020-04-20", "2025-10-31", "2025-11-01", "2027-01-01"):
            text = texts.text_in_force("copy", date.fromisoformat(day), place)
            assert text.mark in {"V", "S", "U"}
            assert text.source
            assert "{number}" in " ".join(text.lines)
    assert texts.text_in_force("copy", date(2025, 10, 31), "seat") != texts.text_in_force(
        "copy", date(2025, 11, 1), "seat"
    )


def a_list(count: int) -> stamp_list.StampList:
    """A list for the hand stamp."""
    return stamp_list.StampList(
        head=Letterhead(superior="", unit="UBND XÃ TẬP HUẤN", place="Tập huấn"),
        book="03",
        year=2026,
        day=date(2026, 11, 20),
        pile_code="00000002126112000182",
        lines=tuple(
            stamp_list.StampLine(
                number=n, original=f"Học bạ số {n}", requester=f"HỌC VIÊN {n}", copies=2, signer="KÝ"
            )
            for n in range(1776, 1776 + count)
        ),
    )


def test_the_stamp_list_has_all_numbers_in_order_over_its_pages() -> None:
    pdf = stamp_list.render(a_list(70))
    pages = page_count(pdf)
    assert pages > 1
    words = text_of(pdf)
    places = [words.index(f"Học bạ số {n} ") for n in range(1776, 1846)]
    assert places == sorted(places)
    for page in range(pages):
        assert f"Trang {page + 1}/{pages}" in text_of(pdf, page)
        assert white_margins_mm(pdf, page)[3] > 3


def test_the_stamp_list_carries_the_piles_code() -> None:
    assert codes_in(poor_scan(stamp_list.render(a_list(3)))) == [("Code128", "00000002126112000182")]


def test_models_are_frozen() -> None:
    with pytest.raises(AttributeError):
        a_text().number = 5  # type: ignore[misc]
    assert msgspec.structs.fields(certification.CertificationText)[0].name == "number"
