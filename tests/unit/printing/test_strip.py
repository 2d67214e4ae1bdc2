"""The 80 mm strip: both halves, variable height, whole dots, ESC/POS raster."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace
from PIL import Image

from counter_app.printing import barcodes, raster
from counter_app.printing.forms import strip
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Letterhead, Marks
from counter_app.printing.preview import page_count, page_image
from tests.unit.printing.seeing import codes_in, page_size_mm, poor_scan, squeezed, text_of, white_margins_mm

CODE = "00000002126112000182"
AT = datetime.fromisoformat("2026-11-20T10:15")


def a_strip(count: int = 2, **changes: object) -> strip.Strip:
    """A strip of ``count`` originals at 6.000 đ each."""
    data = strip.Strip(
        head=Letterhead(superior="", unit="TRUNG TÂM TẬP HUẤN", place=""),
        short_code="02-0018",
        code=CODE,
        requester="ĐỖ ẪM",
        taken_at=AT,
        lines=tuple(
            strip.StripLine(text=f"Bằng tốt nghiệp số {n}", pages=1, copies=3, amount=6_000)
            for n in range(count)
        ),
        due_at=None,
        received=100_000,
        change=100_000 - 6_000 * count,
        receiver="LÒ THỊ TẬP HUẤN",
    )
    return replace(data, **changes)


def test_both_halves_carry_the_same_code_for_any_scanner() -> None:
    assert codes_in(poor_scan(strip.render(a_strip()), blur=0.6)) == [("Code128", CODE), ("Code128", CODE)]


def test_one_page_80_mm_wide_as_high_as_its_content() -> None:
    short, long = strip.render(a_strip(1)), strip.render(a_strip(40))
    assert page_count(short) == page_count(long) == 1
    assert page_size_mm(short)[0] == page_size_mm(long)[0] == 80.0
    assert page_size_mm(long)[1] > page_size_mm(short)[1] + 39 * 7
    for pdf in (short, long):
        left, top, right, bottom = white_margins_mm(pdf, dpi=203)
        assert min(left, right) >= 3.9
        assert max(top, bottom) < 5


def test_height_is_whole_dots() -> None:
    height = page_size_mm(strip.render(a_strip(3)))[1]
    assert height / strip.DOT == pytest.approx(round(height / strip.DOT), abs=0.1)


def test_money_and_words() -> None:
    words = text_of(strip.render(a_strip(3)))
    for part in (
        "Tổng cộng",
        "18.000 đ",
        "Tiền nhận",
        "100.000 đ",
        "Tiền trả lại",
        "82.000 đ",
        "02-0018",
        "3 bản chính, 9 bản sao",
        "Chờ lấy ngay tại quầy",
        "Phiếu này không thay biên lai.",
    ):
        assert part in words
    unpaid = text_of(
        strip.render(a_strip(received=None, change=None, due_at=datetime.fromisoformat("2026-11-23T09:30")))
    )
    assert "Thu khi trả kết quả." in unpaid
    assert "Tiền trả lại" not in unpaid
    assert "Hẹn trả: 09:30 23/11/2026" in unpaid


def test_a_long_name_wraps_on_both_halves_and_stays_text() -> None:
    name = "NGUYỄN THỊ ẨM ẶNG <b>TẬP HUẤN</b> & =SUM(A1) " + "Ẫ" * 60
    pdf = strip.render(a_strip(requester=name))
    assert squeezed(text_of(pdf)).count(squeezed(name)) == 2
    assert white_margins_mm(pdf)[2] >= 3.5


def test_marks_stand_on_both_halves() -> None:
    words = text_of(strip.render(a_strip(marks=Marks(practice=True, copy_number=3))))
    assert words.count(PRACTICE_MARK) == 2
    assert words.count("Bản in lần 3") == 2


def test_a_code_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(barcodes.BarcodeRefused):
        strip.render(a_strip(code="1" * 33))


def as_picture(bits: raster.Bitmap) -> Image.Image:
    """The dots as a picture, dark where there is ink."""
    return (
        Image.frombytes("1", (bits.width, bits.height), bits.rows)
        .point(lambda dot: 0 if dot else 255)
        .convert("L")
    )


def test_the_raster_is_the_head_wide_and_its_codes_are_read() -> None:
    bits = raster.bitmap(strip.render(a_strip()))
    assert bits.width == raster.HEAD_DOTS
    assert len(bits.rows) == bits.width // 8 * bits.height
    assert codes_in(as_picture(bits)) == [("Code128", CODE), ("Code128", CODE)]


def test_every_bar_of_the_raster_is_two_dots_a_module() -> None:
    """Bars and gaps inside the symbol are whole multiples of two dots: nothing was smeared by the grid."""
    picture = as_picture(raster.bitmap(strip.render(a_strip())))
    start = "".join(bit * 2 for bit in "11010011100")
    rows = []
    for y in range(picture.height):
        row = "".join("1" if picture.getpixel((x, y)) < 128 else "0" for x in range(picture.width))
        if start in row:
            rows.append(row.strip("0"))
    assert len(rows) >= 2 * 80
    symbol = barcodes.code128(CODE)
    expected = ["0"] * symbol.width
    for run in symbol.runs:
        expected[run.column : run.column + run.length] = "1" * run.length
    assert set(rows) == {"".join(bit * 2 for bit in expected)}


def test_escpos_is_initialise_bands_feed_cut_and_gives_the_dots_back() -> None:
    bits = raster.bitmap(strip.render(a_strip(8)))
    stream = raster.escpos(bits)
    assert stream.startswith(raster.INITIALISE)
    assert stream.endswith(raster.FEED_AND_CUT)
    body, dots = stream[len(raster.INITIALISE) : -len(raster.FEED_AND_CUT)], b""
    while body:
        assert body[:4] == b"\x1dv0\x00"
        stride, rows = int.from_bytes(body[4:6], "little"), int.from_bytes(body[6:8], "little")
        assert stride == 72
        assert rows <= raster.BAND
        dots += body[8 : 8 + stride * rows]
        body = body[8 + stride * rows :]
    assert dots == bits.rows


def test_stacked_marks_survive_the_1_bit_raster() -> None:
    seen = set()
    for letter in "ẤẦẨẪẬ":
        data = a_strip(0, requester=letter * 3)
        seen.add(raster.bitmap(strip.render(data)).rows)
    assert len(seen) == 5


def test_the_raster_refuses_a_page_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        raster.bitmap(strip.render(a_strip()), 1)
    assert page_image(strip.render(a_strip()), 0, 72).width == 227


def test_papers_that_are_signed_are_not_counted_as_copies() -> None:
    signed = strip.StripLine(text="Chữ ký: đơn", pages=1, copies=1, amount=10_000, quantity="1 giấy tờ")
    copied = strip.StripLine(text="Học bạ", pages=24, copies=2, amount=52_000)
    words = squeezed(text_of(strip.render(replace(a_strip(), lines=(copied, signed)))))
    assert squeezed("1 bản chính, 2 bản sao, 1 giấy tờ ký, giao dịch") in words
    assert squeezed("CHỨNG THỰC BẢN SAO") not in words
    alone = squeezed(text_of(strip.render(replace(a_strip(), lines=(signed,)))))
    assert squeezed("bản sao") not in alone
