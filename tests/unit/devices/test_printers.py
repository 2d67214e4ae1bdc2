"""Printers: every fault is an outcome in words; a folder's paper is whole or not there."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_app.devices import printer_cups, printer_windows, printers
from counter_app.devices.printer_folder import FolderPrinter
from counter_app.printing.layout import A5, Sheet
from counter_app.printing.preview import page_count


def a_paper(pages: int = 1) -> bytes:
    """A small A5 paper."""
    sheet = Sheet(A5, "thu", practice=True)
    for page in range(pages):
        sheet.text(20, 30, f"Trang {page}: ẤẦẨẪẬ ẶẴ")
        sheet.code128(20, 50, "00000002126112000182")
        sheet.new_page()
    return sheet.finish()


def a_command(folder: Path, script: str) -> str:
    """A stand-in for ``lp`` that does what the script says."""
    path = folder / "lp"
    path.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def test_lp_gets_the_queue_the_copies_an_ascii_title_and_the_whole_paper(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    command = a_command(
        tmp_path,
        f"out = pathlib.Path({str(seen)!r}); out.write_text(repr(sys.argv[1:-1]));"
        f" pathlib.Path({str(seen)!r} + '.pdf').write_bytes(pathlib.Path(sys.argv[-1]).read_bytes())",
    )
    outcome = printer_cups.CupsPrinter("HP-QUAY2", command=command).print_pdf(a_paper(), "Phiếu-1", 2)
    assert outcome == printers.ACCEPTED
    assert seen.read_text() == repr(["-d", "HP-QUAY2", "-n", "2", "-t", "Phi?u-1", "--"])
    assert Path(f"{seen}.pdf").read_bytes() == a_paper()


def test_a_hanging_printer_is_given_up_and_the_child_is_gone(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    command = a_command(
        tmp_path, f"import os; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(600)"
    )
    outcome = printer_cups.CupsPrinter("HP-QUAY2", command=command, seconds=1.5).print_pdf(a_paper(), "a")
    assert not outcome.accepted
    assert outcome.problem == "Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu."
    assert "Bản in đang chờ" in outcome.remedy
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("lp: The printer or class does not exist.", "Không thấy máy in HP-QUAY2. Hồ sơ đã lưu."),
        ('lp: Error - unknown destination "HP-QUAY2".', "Không thấy máy in HP-QUAY2. Hồ sơ đã lưu."),
        ("lp: Error - The scheduler is not running?", "Hệ thống in của máy này chưa chạy. Hồ sơ đã lưu."),
        (
            'lp: Destination "HP-QUAY2" is not accepting jobs.',
            "Máy in HP-QUAY2 không nhận bản in. Hồ sơ đã lưu.",
        ),
        ("", "Máy in HP-QUAY2 không nhận bản in. Hồ sơ đã lưu."),
    ],
)
def test_what_lp_complains_about_becomes_words(tmp_path: Path, message: str, problem: str) -> None:
    command = a_command(tmp_path, f"sys.stderr.write({message!r}); sys.exit(1)")
    outcome = printer_cups.CupsPrinter("HP-QUAY2", command=command).print_pdf(a_paper(), "a")
    assert (outcome.accepted, outcome.problem) == (False, problem)
    assert outcome.remedy
    assert outcome.detail == message


def test_a_pc_without_a_printing_system_says_so(tmp_path: Path) -> None:
    outcome = printer_cups.CupsPrinter("X", command=str(tmp_path / "none")).print_pdf(a_paper(), "a")
    assert outcome.problem == "Hệ thống in của máy này chưa chạy. Hồ sơ đã lưu."


@pytest.mark.parametrize("copies", [0, -1, 100])
def test_wild_copies_are_refused(copies: int) -> None:
    with pytest.raises(ValueError, match="copies"):
        printer_cups.CupsPrinter("X").print_pdf(b"", "a", copies)


def test_a_pc_without_lpstat_lists_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printer_cups.names() == []
    assert printers.list_printers() == []


@pytest.mark.parametrize("name", ["", "-o raw", "a\nb"])
def test_names_that_could_be_options_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a printer name"):
        printers.open_printer(name)


def test_names_choose_their_printer(tmp_path: Path) -> None:
    assert isinstance(printers.open_printer(f"{printers.FOLDER_PREFIX}{tmp_path}"), FolderPrinter)
    assert printers.open_printer("HP-QUAY2").name == "HP-QUAY2"


def test_the_folder_keeps_every_paper_under_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    printer = FolderPrinter(folder)
    for content in (b"one", b"two", b"three"):
        assert printer.print_pdf(content, "strip-1").accepted
    assert printer.print_pdf(b"four", "strip-2", 3).accepted
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert found == {
        "strip-1.pdf": b"one",
        "strip-1-2.pdf": b"two",
        "strip-1-3.pdf": b"three",
        "strip-2-x3.pdf": b"four",
    }


@pytest.mark.parametrize("title", ["../../evil", "a/b", "..", "", "C:\\x", "nul\x00l"])
def test_a_title_never_leaves_the_folder(tmp_path: Path, title: str) -> None:
    folder = tmp_path / "papers"
    assert FolderPrinter(folder).print_pdf(b"x", title).accepted
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]
    assert len(list(folder.iterdir())) == 1


def test_the_paper_is_flushed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real_sync, real_link = os.fsync, os.link
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("sync"), real_sync(handle))[1])
    monkeypatch.setattr(os, "link", lambda a, b: (order.append("name"), real_link(a, b))[1])
    FolderPrinter(tmp_path).print_pdf(b"x", "a")
    assert order == ["sync", "name", "sync"]


def test_a_kill_at_any_step_leaves_no_cut_paper_under_its_final_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every step of the writing is the last one once; afterwards there is a whole paper or none."""

    class Killed(BaseException):
        pass

    steps = ("open", "close", "link", "replace", "rename", "unlink", "fsync")
    for name in steps:
        for place in range(1, 4):
            folder = tmp_path / f"{name}-{place}"
            FolderPrinter(folder).print_pdf(b"first", "a")
            seen = [0]
            real = getattr(os, name)

            def dying(
                *values: Any, real: Any = real, seen: list[int] = seen, at: int = place, **more: Any
            ) -> Any:
                seen[0] += 1
                if seen[0] >= at:
                    raise Killed
                return real(*values)

            with monkeypatch.context() as patch:
                patch.setattr(os, name, dying)
                with contextlib.suppress(Killed):
                    FolderPrinter(folder).print_pdf(b"second", "a")
            left = {path.name: path.read_bytes() for path in folder.glob("*.pdf")}
            assert left.pop("a.pdf") == b"first"
            assert left in ({}, {"a-2.pdf": b"second"}), (name, place)


def test_a_stick_that_knows_no_links_gets_whole_papers_too_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fat(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fat)
    for content in (b"one", b"two"):
        assert FolderPrinter(tmp_path).print_pdf(content, "a").accepted
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.pdf": b"one",
        "a-2.pdf": b"two",
    }


def test_a_full_disk_is_words_and_leaves_no_half_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = FolderPrinter(tmp_path).print_pdf(b"x" * 10_000, "a")
    assert not outcome.accepted
    assert "Hồ sơ đã lưu" in outcome.problem
    assert "Kiểm tra ổ đĩa" in outcome.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_words(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("x")
    assert not FolderPrinter(tmp_path / "papers").print_pdf(b"x", "a").accepted


def test_the_child_paints_every_page_at_its_own_size(tmp_path: Path) -> None:
    """The path that Windows takes, into a file: pages, sizes and bars survive."""
    from tests.unit.printing.seeing import codes_in, page_size_mm, poor_scan

    target = tmp_path / "out.pdf"
    outcome = printer_windows.WindowsPrinter(f"file:{target}", seconds=60).print_pdf(a_paper(2), "a")
    assert outcome == printers.ACCEPTED, outcome.detail
    printed = target.read_bytes()
    assert page_count(printed) == 2
    width, height = page_size_mm(printed)
    assert (width, height) == (pytest.approx(148, abs=0.6), pytest.approx(210, abs=0.6))
    assert codes_in(poor_scan(printed, 1)) == [("Code128", "00000002126112000182")]


def test_the_child_knows_a_printer_that_is_not_there() -> None:
    outcome = printer_windows.WindowsPrinter("KHONG-CO", seconds=60).print_pdf(a_paper(), "a")
    assert outcome.problem == "Không thấy máy in KHONG-CO. Hồ sơ đã lưu."


def test_a_damaged_paper_is_a_failed_print_not_a_crash(tmp_path: Path) -> None:
    outcome = printer_windows.WindowsPrinter(f"file:{tmp_path / 'x.pdf'}", seconds=60).print_pdf(
        b"not a pdf", "a"
    )
    assert not outcome.accepted
    assert "không trả lời" in outcome.problem


def test_the_child_is_given_up_after_its_time() -> None:
    outcome = printer_windows.WindowsPrinter("x", seconds=0.01).print_pdf(b"", "a")
    assert outcome.problem == "Máy in x không trả lời. Hồ sơ đã lưu."
