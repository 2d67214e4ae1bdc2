"""Form 07 as it leaves the program: a day of this counter, a year of the unit, with the unit's own form."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from counter_app.domain.errors import DomainError
from counter_app.storage.queries.tracking import tracked
from tests.support.counter import CLERK, give, make_counter
from tests.unit.services.dossiers.pages import other, take_in


def words(path: str) -> str:
    """All words of a PDF, spaces as they come."""
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_day_holds_the_lines_of_this_counter_and_of_today(counter):
    counter.sign_in(CLERK)
    take_in(counter, party=other(1))
    counter.clock.at += 3 * 86_400_000
    for place in (2, 3):
        take_in(counter, party=other(place))
    path = counter.areas.dossiers.tracking_register()
    text = words(path)
    assert Path(path).parent == counter.work.papers_folder
    with counter.store.read() as connection:
        (first, *today) = tracked(connection, 0, 99_999_999)
    assert [row.number for row in (first, *today)] == [1, 2, 3]
    assert Path(path).name == "so-theo-doi-2026-11-23.pdf"
    assert "Ngày 23/11/2026" in text
    assert "CHƯA KHÓA SỔ" in text


def test_a_year_of_the_unit_holds_every_counters_book(tmp_path):
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    try:
        for place, counter in enumerate((one, two), 1):
            counter.sign_in(CLERK)
            take_in(counter, party=other(place))
        give(two, one)
        sheet = openpyxl.load_workbook(one.areas.dossiers.tracking_register(whole_year=True)).active
        said = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        with one.store.read() as connection:
            lines = tracked(connection, 20_260_101, 20_261_231)
            own = tracked(connection, 20_260_101, 20_261_231, one.work.journal)
            none = tracked(connection, 20_250_101, 20_251_231)
        assert len({row.book for row in lines}) == 2
        assert ([row.number for row in own], none) == ([1], [])
        assert {row.name for row in lines} <= said
    finally:
        one.close()
        two.close()


def test_the_units_own_form_is_used_for_the_register_too(counter):
    from resources import load

    counter.sign_in(CLERK)
    take_in(counter)
    shipped = Path(load.__file__).parent / "forms" / "one_stop"
    (form,) = [path for path in shipped.glob("*.json") if "SỔ THEO DÕI" in path.read_text("utf-8")]
    folder = counter.work.papers_folder.with_name("forms")
    folder.mkdir()
    own = form.read_text("utf-8").replace("SỔ THEO DÕI", "SỔ CỦA XÃ THEO DÕI")
    (folder / "07.json").write_text(own, "utf-8")
    assert "CỦA XÃ" in words(counter.areas.dossiers.tracking_register())


def test_nobody_who_may_not_take_in_writes_it(counter):
    counter.areas.session.sign_out()
    with pytest.raises(DomainError):
        counter.areas.dossiers.tracking_register()
