"""Open dossiers of the old tracking register: their clocks run on, and they stand where clerks look."""

from __future__ import annotations

import pytest

from counter_app.domain.dates import vn_datetime
from counter_app.services.arrival import writing
from counter_app.services.ports.arrival import DOSSIERS
from counter_app.storage.queries import dossiers as queries
from tests.support.counter import CLERK, REGISTRAR
from tests.unit.services.arrival.files_of_old_books import dossier_list
from tests.unit.services.arrival.test_old_lines import chosen, let_in
from tests.unit.services.test_registers_and_cash import refused

BIRTH = "1.001193"
ROW = ("H35.99-251110-0007", BIRTH, "TẬP HUẤN B", "012086006812", "10/11/2026", "26/11/2026")


def row(at: int = 0, value: str = "", **_: str) -> tuple[str, ...]:
    return tuple(value if place == at and value is not None else cell for place, cell in enumerate(ROW))


def read(counter, path):
    counter.sign_in(REGISTRAR)
    return counter.areas.arrival.read_file(path, DOSSIERS)


def write_all(counter, path):
    file = read(counter, path)
    progress = counter.areas.arrival.begin(let_in(counter, file))
    while not progress.is_complete:
        progress = counter.areas.arrival.write_piece(progress.arrival)
    return progress


def held(counter, code):
    with counter.store.read() as connection:
        found = queries.by_code(connection, code)
        return counter.work.state(connection, found.id)


def test_an_open_dossier_goes_on_with_its_own_dates(counter, tmp_path):
    done = write_all(counter, dossier_list(tmp_path, ROW))
    assert done.words.startswith("Đã ghi 1 dòng từ sổ cũ")
    state = held(counter, ROW[0])
    assert state.old_code == ROW[0]
    assert (state.note, state.party.name) == (f"Từ sổ cũ, mã {ROW[0]}", "TẬP HUẤN B")
    assert f"{vn_datetime(state.received_at):%H:%M %d/%m/%Y}" == "08:00 10/11/2026"
    assert f"{state.clock.due:%H:%M %d/%m/%Y}" == "17:00 26/11/2026"
    assert state.day == 20261110


def test_it_stands_in_search_under_its_old_code(counter, tmp_path):
    write_all(counter, dossier_list(tmp_path, ROW))
    counter.sign_in(CLERK)
    assert [hit.title for hit in counter.areas.home.search(ROW[0])] == ["TẬP HUẤN B"]


def test_two_of_one_day_get_two_codes_of_that_day(counter, tmp_path, monkeypatch):
    monkeypatch.setitem(writing.PIECE, DOSSIERS, 2)
    rows = [(f"H35-{place}", *ROW[1:]) for place in range(5)]
    write_all(counter, dossier_list(tmp_path, *rows))
    states = [held(counter, f"H35-{place}") for place in range(5)]
    assert [state.daily for state in states] == [1, 2, 3, 4, 5]
    assert len({state.code for state in states}) == 5


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (1, "9.999999", "không có thủ tục “9.999999” trong danh mục"),
        (2, "", "chưa có họ tên"),
        (4, "30/11/2026", "ngày tiếp nhận sau hôm nay"),
        (5, "01/11/2026", "ngày hẹn trả trước ngày tiếp nhận"),
        (4, "mười", "ngày “mười” không đọc được"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(counter, tmp_path, at, value, words):
    given = tuple(value if place == at else cell for place, cell in enumerate(ROW))
    file = read(counter, dossier_list(tmp_path, given))
    dry = counter.areas.arrival.look(file, chosen(file))
    assert words in [one.words for one in dry.faults]
    refused("arrival.faults", counter.areas.arrival.begin, let_in(counter, file))


def test_a_dossier_that_is_here_is_not_written_again(counter, tmp_path):
    write_all(counter, dossier_list(tmp_path, ROW))
    file = read(counter, dossier_list(tmp_path, ROW, (f"{ROW[0]}-2", *ROW[1:]), name="lai.xlsx"))
    dry = counter.areas.arrival.look(file, chosen(file))
    assert [one.words for one in dry.faults] == [f"hồ sơ {ROW[0]} đã có trên máy"]


def test_own_forms_go_on_untouched_by_the_old_registers_numbers(counter, tmp_path):
    write_all(counter, dossier_list(tmp_path, ROW))
    assert counter.areas.arrival.figures().next_form == 1
