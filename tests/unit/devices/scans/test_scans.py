"""Scans that people bring: good ones become plain pages, everything else is refused in words."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from counter_app.devices.scans import child
from counter_app.devices.scans.reading import MOST_BYTES, ScanFault, read_scan
from tests.support.soft_token import a_pdf


def refused(path: Path, **more: object) -> ScanFault:
    with pytest.raises(ScanFault) as told:
        read_scan(str(path), **more)  # type: ignore[arg-type]
    words = told.value.words("vi")
    assert all((words.title, words.remedy))
    assert told.value.words("en").title != words.title
    return told.value


def a_jpeg(path: Path, size: tuple[int, int]) -> Path:
    from PIL import Image

    target = BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(target, "JPEG")
    path.write_bytes(target.getvalue())
    return path


def test_a_pdf_keeps_its_pages(tmp_path: Path) -> None:
    taken = read_scan(a_pdf(tmp_path / "scan.pdf", pages=3))
    assert taken.pages == 3
    with pypdfium2.PdfDocument(taken.pdf) as document:
        assert "1" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize(("size", "upright"), [((620, 877), True), ((900, 600), False)])
def test_a_picture_fills_one_page_the_way_it_lies(
    tmp_path: Path, size: tuple[int, int], upright: bool
) -> None:
    taken = read_scan(str(a_jpeg(tmp_path / "scan.jpg", size)))
    assert taken.pages == 1
    with pypdfium2.PdfDocument(taken.pdf) as document:
        width, height = document[0].get_size()
        shown = document[0].render(scale=0.2).to_pil().convert("RGB")
    assert (height > width) is upright
    red, green, blue = shown.getpixel((shown.width // 2, shown.height // 2))
    assert red > 120 > max(green, blue)


def test_what_is_no_pdf_or_jpeg_is_refused_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"MZ a program")
    assert refused(file).code == "scan.kind"


@pytest.mark.parametrize("data", [b"%PDF-1.7 and nothing more", b"\xff\xd8\xff\xe0 half a picture"])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "scan"
    file.write_bytes(data)
    assert refused(file).code == "scan.unreadable"


def test_a_file_that_is_gone_or_too_large_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.pdf").code == "scan.missing"
    large = tmp_path / "large.pdf"
    with large.open("wb") as target:
        target.truncate(MOST_BYTES + 1)
    assert refused(large).code == "scan.large"


def test_a_reader_that_hangs_is_ended(tmp_path: Path) -> None:
    stuck = (sys.executable, "-c", "import time; time.sleep(60)")
    assert refused(Path(a_pdf(tmp_path / "scan.pdf")), command=stuck, seconds=0.3).code == "scan.unreadable"


def test_a_document_without_end_is_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(child, "MOST_PAGES", 2)
    data = Path(a_pdf(tmp_path / "scan.pdf", pages=3)).read_bytes()
    assert child.plain_pdf(data) == (child.TOO_LONG, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the system are set where it has them")
def test_the_reader_may_not_write_a_file(tmp_path: Path) -> None:
    import subprocess

    words = (
        "from counter_app.devices.scans import child; child._limit();"
        f" open({str(tmp_path / 'left')!r}, 'wb', buffering=0).write(b'x' * 100)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, timeout=30, check=False)
    assert done.returncode != 0
    assert not (tmp_path / "left").exists() or (tmp_path / "left").stat().st_size == 0
