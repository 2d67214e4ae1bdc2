"""Real printing: a cupsd of our own, a PDF queue, what came out read back by a scanner library.

Printed pages are compared by picture and code, never by text: the queue re-encodes fonts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.devices import printer_cups, printers
from counter_app.printing.forms import trial_sheet
from counter_app.printing.preview import page_image
from tests.unit.printing.seeing import codes_in, ink, poor_scan

QUEUE = "MCX-TEST"
MODEL = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
DAEMON = shutil.which("cupsd") or "/usr/sbin/cupsd"
ADMIN = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
OUT = Path("/etc/cups/cups-pdf.conf")

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to run cupsd"),
    pytest.mark.skipif(
        not Path(DAEMON).exists() or not OUT.exists(), reason="needs apt cups printer-driver-cups-pdf"
    ),
]


def wait_for(what: str, ready: object, seconds: float = 40.0) -> None:
    """Look again until it is so; fails with words when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def answers() -> bool:
    """The daemon takes requests."""
    return subprocess.run(["lpstat", "-r"], capture_output=True, check=False).stdout.endswith(b"is running\n")


@pytest.fixture(scope="module")
def daemon() -> Iterator[None]:
    """A running cupsd, ours or the machine's; only our own is ended."""
    process = None
    if not answers():
        process = subprocess.Popen([DAEMON, "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("cupsd", answers)
    yield
    if process is not None:
        process.terminate()
        process.wait(20)


@pytest.fixture
def queue(daemon: None) -> Iterator[Path]:
    """A queue that writes PDFs; gives the folder they come out in."""
    added = subprocess.run(
        [ADMIN, "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-m", MODEL], capture_output=True, check=False
    )
    assert added.returncode == 0, added.stderr
    yield out_folder()
    subprocess.run([ADMIN, "-x", QUEUE], capture_output=True, check=False)


def out_folder() -> Path:
    """Where cups-pdf puts the papers of root, by its own configuration."""
    for line in OUT.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split()
        if len(words) == 2 and words[0] == "Out":
            return Path(words[1].replace("${HOME}", str(Path.home())).replace("${USER}", "root"))
    return Path("/var/spool/cups-pdf/root")


def a_page() -> bytes:
    """The printer's own test page."""
    return trial_sheet.render(
        trial_sheet.TrialSheet(
            printer=QUEUE, role="a4", printed_at=datetime.fromisoformat("2026-11-20T10:15"), paper="A4"
        )
    )


def printed(folder: Path, before: set[Path]) -> bytes:
    """The new paper in the folder, once it is whole."""

    def fresh() -> list[Path]:
        return (
            [p for p in set(folder.glob("*.pdf")) - before if p.read_bytes().rstrip().endswith(b"%%EOF")]
            if folder.exists()
            else []
        )

    wait_for("a printed paper", fresh)
    return fresh()[0].read_bytes()


def test_what_the_queue_printed_has_readable_codes_and_all_its_ink(queue: Path) -> None:
    assert QUEUE in printers.list_printers()
    before = set(queue.glob("*.pdf")) if queue.exists() else set()
    outcome = printers.open_printer(QUEUE).print_pdf(a_page(), "trial-1")
    assert outcome == printers.ACCEPTED, outcome.detail
    paper = printed(queue, before)
    assert codes_in(poor_scan(paper, blur=0.6)) == [
        ("Code128", trial_sheet.SCAN_DIGITS),
        ("QRCode", trial_sheet.SCAN_QR),
    ]
    assert ink(page_image(paper, 0, 150)) == pytest.approx(ink(page_image(a_page(), 0, 150)), rel=0.1)


def test_a_queue_that_vanished_is_words(daemon: None) -> None:
    outcome = printer_cups.CupsPrinter("MCX-NONE").print_pdf(a_page(), "trial-2")
    assert outcome.problem == "Không thấy máy in MCX-NONE. Hồ sơ đã lưu.", outcome.detail


def test_a_queue_that_refuses_is_words(queue: Path) -> None:
    reject = shutil.which("cupsreject") or "/usr/sbin/cupsreject"
    subprocess.run([reject, QUEUE], check=True, capture_output=True)
    outcome = printers.open_printer(QUEUE).print_pdf(a_page(), "trial-3")
    assert outcome.problem == f"Máy in {QUEUE} không nhận bản in. Hồ sơ đã lưu.", outcome.detail
