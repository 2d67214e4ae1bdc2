"""Form files of a unit: used from the next print on, refused in words when bad, what was shipped stays."""

from __future__ import annotations

import json

import pypdfium2
import pytest

from counter_app.services.papers.form_book import folder_of, form_book, own_files, refused_files
from counter_app.services.ports.saying import speaking
from counter_app.services.ports.technician import GOOD, LOOK
from counter_app.services.technician.doctor.bench import Bench
from counter_app.services.technician.doctor.paper_checks import form_files
from resources import open_resource
from tests.unit.services.dossiers.pages import other, take_in

OWN = "Mẫu 01 của xã (tập huấn)"


def shipped() -> list[dict]:
    """The file of form 01 that came with the program."""
    return json.loads(open_resource("forms", "one_stop", "01.json").read_bytes())


def put(counter, templates: object, name: str = "01.json") -> None:
    folder = folder_of(counter.work)
    folder.mkdir(exist_ok=True)
    text = templates if isinstance(templates, str) else json.dumps(templates, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


def own_01() -> list[dict]:
    """The form in force with words of the commune at its foot."""
    return [{**one, "foot": OWN} for one in shipped()]


def printed(counter, place: int) -> str:
    """Words of the first page of the slip that is printed for one more dossier."""
    take_in(counter, party=other(place), pay="return")
    with counter.store.read() as connection:
        sql = "SELECT max(id) FROM print_jobs WHERE form = 'one_stop_01'"
        job = connection.exec_driver_sql(sql).scalar()
    newest = max(counter.papers(), key=lambda path: path.stat().st_mtime_ns)
    assert job
    return pypdfium2.PdfDocument(newest)[0].get_textpage().get_text_range()


def row(counter):
    return form_files(Bench(counter.work, None, None, None, None))  # type: ignore[arg-type]


def test_without_a_folder_the_shipped_forms_are_used(counter):
    assert OWN not in printed(counter, 1)
    assert (own_files(counter.work), refused_files(counter.work), row(counter).verdict) == (0, (), GOOD)


def test_a_units_file_is_used_from_the_next_print_on_without_a_restart(counter):
    assert OWN not in printed(counter, 1)
    put(counter, own_01())
    assert OWN in printed(counter, 2)
    assert (own_files(counter.work), row(counter).words) == (1, "1 tệp của đơn vị")
    (folder_of(counter.work) / "01.json").unlink()
    assert OWN not in printed(counter, 3)


@pytest.mark.parametrize(
    "bad",
    [
        "{ không phải JSON",
        [],
        [{**one, "parts": [part for part in one["parts"] if part.get("field") != "due"], "foot": OWN}
         for one in shipped()],
        [{**one, "foot": f"<b>{OWN}</b>"} for one in shipped()],
    ],
    ids=["no json", "empty", "without the due date", "markup"],
)  # fmt: skip
def test_a_bad_file_is_said_in_words_and_the_shipped_form_is_used(counter, bad):
    put(counter, bad)
    text = printed(counter, 1)
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in text
    assert OWN not in text
    (words,) = refused_files(counter.work)
    assert words.title == "Không dùng được tệp mẫu 01.json"
    assert words.meaning
    assert row(counter).verdict == LOOK
    with speaking("en"):
        assert refused_files(counter.work)[0].title == "The form file 01.json is not used"


def test_one_bad_file_leaves_the_good_one_beside_it(counter):
    put(counter, own_01())
    put(counter, "[", "02.json")
    assert OWN in printed(counter, 1)
    assert [words.title for words in refused_files(counter.work)] == ["Không dùng được tệp mẫu 02.json"]


def test_a_file_that_did_not_change_is_not_read_again(counter):
    put(counter, own_01())
    assert form_book(counter.work) is form_book(counter.work)
    put(counter, [{**one, "foot": OWN + " 2"} for one in shipped()])
    assert form_book(counter.work).layers[0][0].foot == OWN + " 2"
