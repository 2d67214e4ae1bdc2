"""Everything out again: what is written, that it can be read without the program, and what never leaves."""

from __future__ import annotations

import hashlib
import os

import openpyxl
import pypdfium2
import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.tickets.decisions import say_standing
from counter_app.domain.tickets.entries import Standing
from counter_app.services.areas import open_areas
from counter_app.services.arrival import going_out, unfinished
from counter_app.services.arrival.going_out import INDEX, GoingOut
from counter_app.services.ports import reads
from counter_app.storage.journals.appending import Act
from counter_app.storage.this_pc import device
from tests.support.counter import CHAIRMAN, CLERK, person, take_in
from tests.unit.services.arrival.files_of_old_books import book, line
from tests.unit.services.arrival.test_old_lines import write_all
from tests.unit.services.test_registers_and_cash import numbered, refused


@pytest.fixture
def office(counter, tmp_path):
    """An office with a number of its own, one of the old book, and a receipt."""
    numbered(counter, 1)
    write_all(counter, book(tmp_path, line(3, name="=HYPERLINK(1)")))
    counter.sign_in(CLERK)
    take_in(counter, "gks 1x2", who=person("TẬP HUẤN Z"), pay="now")
    counter.sign_in(CHAIRMAN)
    (tmp_path / "usb").mkdir()
    return counter


def run(counter, folder, **more):
    return GoingOut(counter.work, counter.areas.desk, folder, **more).run()


def test_everything_is_there_and_the_index_names_it_with_its_digest(office, tmp_path):
    folder, files = run(office, tmp_path / "usb")
    names = {path.name for path in folder.iterdir()}
    wanted = {"so-copy-2026", "ho-so", "bien-lai", "can-bo", "uy-quyen"}
    assert names == {f"{name}.{kind}" for name in wanted for kind in ("pdf", "xlsx")} | {
        "lich-su.xlsx",
        INDEX,
    }
    index = (folder / INDEX).read_text("utf-8")
    for one in files:
        assert hashlib.sha256((folder / one.name).read_bytes()).hexdigest() == one.digest
        assert f"{one.name}\t" in index
        assert one.digest in index


def test_the_lists_say_what_the_screens_say(office, tmp_path):
    folder, _ = run(office, tmp_path / "usb")
    sheet = openpyxl.load_workbook(folder / "so-copy-2026.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["03", "1776"]
    assert rows[0][2] == "=HYPERLINK(1)"
    assert sheet["C2"].data_type == "s"
    assert (rows[0][5], rows[0][6], rows[0][7], rows[0][8]) == (2, 4000, "Từ sổ cũ", "đã ký")
    history = openpyxl.load_workbook(folder / "lich-su.xlsx").active
    told = [row[4].value for row in history.iter_rows(min_row=2)]
    assert {"Nhận tệp sổ cũ", "Chép dòng sổ cũ"} <= set(told)
    with office.store.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
    assert len(told) == count
    text = pypdfium2.PdfDocument(folder / "bien-lai.pdf")[0].get_textpage().get_text_range()
    assert "TẬP HUẤN Z" in text


def test_a_mad_clock_of_one_entry_keeps_nothing_in(office, tmp_path):
    office.store.append(say_standing(Standing("0", 1, 0, 0, 0)), Act(10**15))
    folder, _ = run(office, tmp_path / "usb")
    history = openpyxl.load_workbook(folder / "lich-su.xlsx").active
    assert "?" in [cell.value for row in history.iter_rows(min_row=2) for cell in row]


def test_each_list_is_a_look_that_is_written_down(office, tmp_path):
    run(office, tmp_path / "usb")
    looks = [row for row in office.areas.reads.rows() if row.what == reads.EXPORT_ALL]
    assert {row.reason for row in looks} >= {"copy 2026", "bien-lai", "lich-su"}


def test_progress_is_told_and_a_stop_leaves_nothing(office, tmp_path):
    told: list[tuple[str, int, int]] = []
    going = GoingOut(office.work, office.areas.desk, tmp_path / "usb", lambda *step: told.append(step))
    going.run()
    assert [step[1] for step in told] == [0, 1, 2, 3, 4, 5, 6]
    office.clock.forward(hours=1)

    def stop(what: str, done: int, total: int) -> None:
        stopping.stopped = done == 2

    stopping = GoingOut(office.work, office.areas.desk, tmp_path / "usb", stop)
    refused("export.stopped", stopping.run)
    assert len(list((tmp_path / "usb").iterdir())) == 1


def test_a_folder_that_is_not_there_is_refused_in_words(office, tmp_path):
    error = refused("export.folder", run, office, tmp_path / "mất")
    assert "mất" in error.title


def test_a_full_disk_leaves_nothing_half_written(office, tmp_path, monkeypatch):
    def full(path, data):
        if path.name == "bien-lai.xlsx":
            raise OSError(28, os.strerror(28))
        path.write_bytes(data)

    monkeypatch.setattr(going_out, "_flushed", full)
    error = refused("export.disk", run, office, tmp_path / "usb")
    assert "Đĩa đầy" in error.meaning
    assert list((tmp_path / "usb").iterdir()) == []


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


def killed_export(counter, folder, monkeypatch):
    """An export that dies at its second list; what it left in plain."""

    def write_or_die(path, data):
        if "ho-so" in path.name:
            raise Killed
        path.write_bytes(data)

    with monkeypatch.context() as dying:
        dying.setattr(going_out, "_flushed", write_or_die)
        dying.setattr(going_out.shutil, "rmtree", lambda *_, **__: None)
        dying.setattr(going_out.unfinished, "forget", lambda *_: None)
        with pytest.raises(Killed):
            run(counter, folder)
    unfinished._UNDER_WAY.clear()
    (left,) = folder.iterdir()
    assert left.name.endswith(unfinished.PART)
    assert list(left.iterdir()) != []
    return left


@pytest.mark.parametrize("where", ["start", "next export"])
def test_what_a_kill_left_in_plain_goes_at_the_next_start_or_export(office, tmp_path, monkeypatch, where):
    killed_export(office, tmp_path / "usb", monkeypatch)
    if where == "start":
        open_areas(office.work)
        assert list((tmp_path / "usb").iterdir()) == []
    else:
        folder, _ = run(office, tmp_path / "usb")
        assert list((tmp_path / "usb").iterdir()) == [folder]
    assert unfinished.sweep(office.work) == ()
    with office.work.store.read() as connection:
        assert device.setting(connection, unfinished.NOTED) == ""


def test_a_stick_that_was_pulled_out_keeps_its_note_until_it_is_back(office, tmp_path, monkeypatch):
    usb = tmp_path / "usb"
    left = killed_export(office, usb, monkeypatch)
    usb.rename(tmp_path / "pulled out")
    unfinished.forget(office.work, left)
    assert unfinished.sweep(office.work) == ()
    (tmp_path / "pulled out").rename(usb)
    assert unfinished.sweep(office.work) == (left,)
    assert list(usb.iterdir()) == []


def test_only_a_folder_that_calls_itself_unfinished_is_ever_removed(office, tmp_path):
    other = tmp_path / "usb" / "toan-bo"
    other.mkdir()
    unfinished.note(office.work, other)
    unfinished._UNDER_WAY.clear()
    assert unfinished.sweep(office.work) == ()
    assert other.is_dir()


def test_an_export_under_way_is_nobodys_leftover(office, tmp_path):
    part = tmp_path / "usb" / f"toan-bo{unfinished.PART}"
    part.mkdir()
    unfinished.note(office.work, part)
    assert unfinished.sweep(office.work) == ()
    assert part.is_dir()
    part.rmdir()
    unfinished.forget(office.work, part)


def test_every_name_is_on_the_stick_before_the_folder_looks_whole(office, tmp_path, monkeypatch):
    """A power cut behind the rename must not leave a whole-looking folder without its last files."""
    flushed: list[tuple[str, bool]] = []

    def flush(folder):
        flushed.append((folder.name, (folder / INDEX).exists()))

    monkeypatch.setattr(going_out, "flush_folder", flush)
    folder, _ = run(office, tmp_path / "usb")
    assert flushed == [(folder.name + going_out.PART, True), ("usb", False)]


def test_an_export_is_never_written_over(office, tmp_path):
    run(office, tmp_path / "usb")
    refused("export.exists", run, office, tmp_path / "usb")


def test_the_clerk_does_not_take_everything_home(office, tmp_path):
    office.sign_in(CLERK)
    with pytest.raises(DomainError) as caught:
        run(office, tmp_path / "usb")
    assert caught.value.code == "role.not_allowed"
    assert list((tmp_path / "usb").iterdir()) == []
