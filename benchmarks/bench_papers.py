"""Papers against the clock and the scale: each beside its limit of ``quality.md``.

Run from the checkout: ``python -m benchmarks.bench_papers``. The slip is compared with bare reportlab drawing
the same texts, lines and codes of the same page, without our wrapping, checks and models.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any, ClassVar

from benchmarks.processes import output_of
from counter_app.printing import barcodes, fonts, raster
from counter_app.printing.forms import certification, register_excel, register_pdf
from counter_app.printing.layout import A5, MM, Sheet
from tools import papers_sample

Recorded = list[tuple[str, tuple[Any, ...]]]


class Recorder(Sheet):
    """A sheet that writes down the drawing calls, to play them to a bare canvas."""

    calls: ClassVar[Recorded] = []

    def text(self, x, top, text, *, font=fonts.SERIF, size=12, align=None, **more):  # type: ignore[no-untyped-def]
        """Note the text as it would be drawn at its left edge."""
        part = 0.0 if align is None else align.value / 2
        left = x * MM - fonts.widths(font).of(text, size) * part
        Recorder.calls.append(("text", (left, self.y(top), text, font, size)))

    def _shapes(self, symbol, x, top, module, row_height):  # type: ignore[no-untyped-def]
        """Note a code's dark runs."""
        Recorder.calls.append(("code", (symbol, x * MM, self.y(top), module * MM, row_height * MM)))


def bare(calls: Recorded) -> bytes:
    """Draw the noted calls with reportlab alone."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(A5[0] * MM, A5[1] * MM), pageCompression=1, invariant=1)
    for kind, args in calls:
        if kind == "text":
            x, y, text, font, size = args
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        else:
            symbol, x, y, step, height = args
            path = canvas.beginPath()
            for run in symbol.runs:
                path.rect(x + run.column * step, y - (run.row + 1) * height, run.length * step, height)
            canvas.drawPath(path, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def record(module: object, make: Callable[[], bytes]) -> Recorded:
    """Return the drawing calls of a paper."""
    Recorder.calls = []
    original = module.Sheet  # type: ignore[attr-defined]
    module.Sheet = Recorder  # type: ignore[attr-defined]
    try:
        make()
    finally:
        module.Sheet = original  # type: ignore[attr-defined]
    return Recorder.calls


def timed(make: Callable[[], bytes], times: int) -> tuple[float, float, int]:
    """Return median and worst milliseconds and the bytes of the last paper; fresh codes each time."""
    found = []
    content = b""
    for _ in range(times):
        barcodes.code128.cache_clear()
        barcodes.qr.cache_clear()
        start = time.perf_counter()
        content = make()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found), max(found), len(content)


def first_paper(*, warm: bool) -> float:
    """Return milliseconds of the first slip of a fresh process, after ``prewarm`` or with all imports."""
    code = (
        "import time\nfrom tools import papers_sample\nfrom counter_app.printing.warm import prewarm\n"
        f"prewarm() if {warm} else None\nstart = time.perf_counter()\n"
        "papers_sample.appointment_paper()\nprint((time.perf_counter() - start) * 1000)"
    )
    output_of(code)  # compiles
    return min(float(output_of(code)) for _ in range(5))


def main() -> None:
    """Print the table."""
    from counter_app.printing.forms import appointment

    papers_sample.papers()
    month = papers_sample.register_data(2_011)
    calls = record(appointment, papers_sample.appointment_paper)
    slip, worst, size = timed(papers_sample.appointment_paper, 40)
    peer, _, _ = timed(lambda: bare(calls), 40)
    rows: list[tuple[Any, ...]] = [
        ("slip (A5 appointment)", slip, worst, size, "< 40 ms, <= 65 KB"),
        ("  bare reportlab, same page", peer, peer, 0, f"ratio {slip / peer:.2f}, <= 2"),
        ("first slip after start, prewarmed", *[first_paper(warm=True)] * 2, 0, "< 150 ms"),
        ("first slip after start, cold", *[first_paper(warm=False)] * 2, 0, "< 150 ms"),
        ("strip 80 mm", *timed(papers_sample.strip_paper, 20), "< 40 ms, <= 65 KB"),
        ("certification text", *timed(one_text, 20), "< 40 ms, <= 65 KB"),
        ("receipt", *timed(lambda: papers_sample.receipt_paper(None), 20), "< 40 ms, <= 65 KB"),
        (
            "strip as ESC/POS",
            *timed(lambda: raster.escpos(raster.bitmap(papers_sample.strip_paper())), 5),
            "",
        ),
        (
            f"register PDF, {len(month.lines):,} lines",
            *timed(lambda: register_pdf.render(month), 3),
            "< 1,500 ms",
        ),
        (
            f"register Excel, {len(month.lines):,} lines",
            *timed(lambda: register_excel.render(month), 3),
            "< 500 ms",
        ),
    ]
    print(f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    print(f"{'paper':34s} {'median ms':>10s} {'worst ms':>10s} {'KB':>8s}  limit")
    for name, median, most, length, limit in rows:
        print(f"{name:34s} {median:10.1f} {most:10.1f} {length / 1024:8.1f}  {limit}")


def one_text() -> bytes:
    """One certification text as overlay."""
    pile = certification.CertificationPile(
        texts=(
            certification.CertificationText(
                number=1776,
                book="03",
                year=2026,
                day=papers_sample.NOW.date(),
                place="one_stop",
                signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                signer_name=papers_sample.SIGNER,
                qr_payload=papers_sample.QR,
            ),
        )
    )
    return certification.render(pile)


if __name__ == "__main__":
    main()
