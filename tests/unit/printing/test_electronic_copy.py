"""The file of an electronic copy: the scan's pages untouched, then the sheet with number, QR, two rooms."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from counter_app.printing.forms.certification import CertificationText
from counter_app.printing.forms.electronic_copy import (
    MAX_PAGES,
    ORGANISATION_AT,
    SIGNATORY_AT,
    ElectronicCopy,
    ScanRefused,
    lines_of,
    render,
)
from counter_app.printing.model import Marks

PAYLOAD = "MC1:" + "ABCDEFGH2345" * 10
TEXT = CertificationText(
    number=7, book="01", year=2026, day=date(2026, 11, 23), place="one_stop",
    signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer_name="Vàng Văn Thăng (tập huấn)",
    qr_payload=PAYLOAD,
)  # fmt: skip


def a_scan(pages: int) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=(400, 300), invariant=1)
    for page in range(pages):
        canvas.drawString(50, 150, f"scanned page {page}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def a_copy(scan: bytes, practice: bool = False) -> bytes:
    return render(
        ElectronicCopy(
            scan=scan, text=TEXT, original="Học bạ trung học cơ sở", marks=Marks(practice=practice)
        )
    )


def test_the_pages_of_the_scan_come_first_as_they_are() -> None:
    pages = pypdf.PdfReader(BytesIO(a_copy(a_scan(3)))).pages
    assert [f"scanned page {n}" in pages[n].extract_text() for n in range(3)] == [True] * 3
    assert [round(float(page.mediabox.width)) for page in pages] == [400, 400, 400, 595]


def test_the_sheet_says_number_paper_and_signatory() -> None:
    shown = pypdf.PdfReader(BytesIO(a_copy(a_scan(1)))).pages[-1].extract_text()
    for words in (
        "BẢN SAO ĐIỆN TỬ",
        "Học bạ trung học cơ sở",
        "SCTĐT/BS",
        "07",
        "Vàng Văn Thăng",
        "PHÓ CHỦ TỊCH",
    ):
        assert words in shown
    assert lines_of(TEXT)[1] == "Số chứng thực: 07 quyển số: 01/2026 -SCTĐT/BS"


def test_the_qr_is_read_from_the_picture() -> None:
    page = pypdfium2.PdfDocument(a_copy(a_scan(1)))[1]
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [one.text for one in found] == [PAYLOAD]


def test_nothing_is_written_where_the_signatures_are_seen() -> None:
    page = pypdfium2.PdfDocument(a_copy(a_scan(1)))[1]
    picture, height = page.render(scale=1).to_pil().convert("L"), page.get_height()
    for at in (SIGNATORY_AT, ORGANISATION_AT):
        room = (at.left, height - at.bottom - at.height, at.left + at.width, height - at.bottom)
        assert picture.crop(tuple(round(edge) for edge in room)).getextrema() == (255, 255)
        assert 0 < at.left < at.left + at.width < page.get_width()
        assert 0 < at.bottom < at.bottom + at.height < height
    assert ORGANISATION_AT.left + ORGANISATION_AT.width < SIGNATORY_AT.left


def test_practice_is_marked() -> None:
    shown = pypdf.PdfReader(BytesIO(a_copy(a_scan(1), practice=True))).pages[-1].extract_text()
    assert "tập huấn" in shown.replace("Thăng (tập huấn)", "").lower()


@pytest.mark.parametrize("scan", [b"", b"no pdf", b"%PDF-1.4 broken", a_scan(MAX_PAGES + 1)])
def test_what_is_no_scan_is_refused_in_words(scan: bytes) -> None:
    with pytest.raises(ScanRefused) as told:
        a_copy(scan)
    assert told.value.title
    assert told.value.remedy_en
