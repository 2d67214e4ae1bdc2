"""The sheet: wrapping loses nothing, letters keep their ink, the same data gives the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.printing import fonts
from counter_app.printing.formats import clean
from counter_app.printing.layout import A5, MM, PRACTICE_MARK, Align, Sheet, wrap
from counter_app.printing.preview import page_image, preview_png
from tests.unit.printing.seeing import ink, squeezed, text_of, white_margins_mm

STACKED = "ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ"
FACES = (fonts.SERIF, fonts.SERIF_BOLD, fonts.SERIF_ITALIC, fonts.SANS, fonts.SANS_BOLD)
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyẤẦẨẪẬẶỹ<>&=+-@'\". 0123456789", max_size=120)


@given(LETTERS, st.sampled_from(FACES), st.floats(20, 300))
def test_wrapping_keeps_every_letter_and_every_line_fits(text: str, face: str, width: float) -> None:
    lines = wrap(text, face, 11, width)
    assert squeezed("".join(lines)) == squeezed(clean(text))
    for line in lines:
        assert fonts.widths(face).of(line, 11) <= width + 1e-6 or len(line) == 1


def test_a_line_breaks_at_a_space_before_it_breaks_a_word() -> None:
    width = fonts.widths(fonts.SERIF).of("NGUYỄN THỊ", 12) + 1
    assert wrap("NGUYỄN THỊ ẨM", fonts.SERIF, 12, width) == ["NGUYỄN THỊ", "ẨM"]


def test_our_table_of_widths_agrees_with_the_library() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for face in FACES:
        assert fonts.widths(face).of(STACKED + " đ1.234", 13) == pytest.approx(
            stringWidth(STACKED + " đ1.234", fonts.ready(face), 13)
        )


def one_line(text: str, face: str, size: float = 14) -> bytes:
    sheet = Sheet(A5, "mot dong", practice=False)
    sheet.block(10, 10, text, 128, font=face, size=size)
    return sheet.finish()


@pytest.mark.parametrize("face", FACES)
def test_stacked_capitals_come_back_as_text(face: str) -> None:
    assert squeezed(text_of(one_line(STACKED, face))) == STACKED


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", [9.0, 12.0, 14.0])
def test_stacked_capitals_keep_the_ink_of_their_marks(face: str, size: float) -> None:
    """Each of the five tones over Â differs from the others and has more ink than the bare letter."""
    pictures = {}
    for letter in "ÂẤẦẨẪẬ":
        pictures[letter] = page_image(one_line(letter, face, size), 0, 300).crop((0, 60, 400, 300))
    bare = ink(pictures["Â"])
    assert all(ink(pictures[letter]) > bare for letter in "ẤẦẨẪẬ")
    assert len({picture.tobytes() for picture in pictures.values()}) == 6


@pytest.mark.parametrize("face", FACES)
def test_a_second_line_does_not_overwrite_the_marks_of_the_first(face: str) -> None:
    """Two lines of stacked capitals under each other have the ink of both: nothing runs into anything."""

    def picture(upper: str, lower: str) -> int:
        sheet = Sheet(A5, "hai dong", practice=False)
        below = sheet.block(10, 10, upper or " ", 128, font=face, size=14)
        sheet.block(10, below, lower or " ", 128, font=face, size=14)
        return ink(page_image(sheet.finish(), 0, 300))

    assert picture("ẶẬỆ", "ẤẦẨ") == picture("ẶẬỆ", "") + picture("", "ẤẦẨ")


@pytest.mark.parametrize("align", list(Align))
def test_text_stands_where_it_is_put(align: Align) -> None:
    sheet = Sheet(A5, "canh", practice=False)
    sheet.text(70, 50, "HHHH", size=20, align=align)
    left, _, right, _ = white_margins_mm(sheet.finish())
    edge = {Align.LEFT: left, Align.RIGHT: 148 - right, Align.CENTRE: (left + 148 - right) / 2}[align]
    assert edge == pytest.approx(70, abs=0.6)


def test_equal_calls_give_equal_bytes() -> None:
    assert one_line("Một cửa", fonts.SERIF) == one_line("Một cửa", fonts.SERIF)


def test_fonts_are_embedded_as_subsets_and_no_built_in_font_is_used() -> None:
    pdf = one_line("Đỗ Ẫm", fonts.SERIF)
    assert pdf.count(b"/FontFile2") == 1
    assert b"Helvetica" not in pdf.replace(b"/BaseFont /Helvetica", b"", 1)
    assert len(pdf) < 40_000


def test_practice_pages_say_so_and_real_ones_do_not() -> None:
    for practice in (True, False):
        sheet = Sheet(A5, "tap huan", practice=practice)
        sheet.practice_marks()
        sheet.text(20, 20, "x")
        assert (PRACTICE_MARK in text_of(sheet.finish())) is practice


def test_a_missing_font_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fonts.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(fonts.FontMissing) as caught:
        fonts.font_bytes(fonts.SERIF)
    assert "PaperSerif-Regular.ttf" in caught.value.meaning
    assert "Hồ sơ đã lưu" in caught.value.meaning
    assert (caught.value.code, "Records are saved" in caught.value.words("en").meaning) == (
        "print.font",
        True,
    )


def test_the_prepared_fonts_hold_every_vietnamese_letter() -> None:
    letters = {chr(code) for code in range(0x1EA0, 0x1EFA)} | set("ĂăÂâĐđÊêÔôƠơƯưàáãèéìíĩòóõùúũý₫")
    for face in FACES:
        known = fonts.widths(face)._widths
        assert not [letter for letter in letters if ord(letter) not in known], face


def test_the_preview_is_a_png_of_the_asked_size() -> None:
    png = preview_png(one_line("x", fonts.SERIF), 0, 72)
    assert png.startswith(b"\x89PNG")
    assert abs(page_image(one_line("x", fonts.SERIF), 0, 72).width - 148 * MM) <= 1
    with pytest.raises(IndexError):
        preview_png(one_line("x", fonts.SERIF), 1)
    with pytest.raises(ValueError, match="dpi"):
        preview_png(one_line("x", fonts.SERIF), 0, 5_000)


def test_importing_papers_brings_no_printing_library() -> None:
    code = (
        "import sys, counter_app.printing, counter_app.printing.jobs, counter_app.printing.spool, "
        "counter_app.printing.forms.strip, counter_app.printing.forms.certification, "
        "counter_app.printing.forms.register_excel, counter_app.devices.printers, "
        "counter_app.devices.barcode_reader\n"
        "print([m for m in ('reportlab', 'xlsxwriter', 'zxingcpp', 'pypdfium2', 'barcode', 'PIL', 'PySide6')"
        " if m in sys.modules])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_at_all_can_be_drawn(text: str) -> None:
    pdf = one_line(text, fonts.SERIF)
    assert pdf.startswith(b"%PDF")
    assert pdf.rstrip().endswith(b"%%EOF")
