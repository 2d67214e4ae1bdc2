"""Templates: which is in force when, what a folder of the unit may replace, what is refused and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.forms.one_stop import books, drawing, samples
from counter_app.printing.forms.one_stop.checking import problems
from counter_app.printing.forms.one_stop.template import Template, decode
from counter_app.printing.forms.one_stop.values import fill
from counter_app.printing.forms.one_stop.vocabulary import FORMS, SHARED, filled
from counter_app.printing.texts import NoTextInForce
from tests.unit.printing.one_stop.practice_papers import ALL, FIRST_NEW, LAST_OLD, TODAY, form_03, missing

Change = Callable[[dict[str, Any]], None]

NEW_NAMES = {
    "01": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "02": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "03": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    "04": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
    "05": "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
    "06": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    "07": "SỔ THEO DÕI HỒ SƠ",
}
OLD_NAMES = {
    "01": ("Mẫu số 01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
    "02": ("Mẫu số 02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
    "03": ("Mẫu số 03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
    "04": ("Mẫu số 04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    "06": ("Mẫu số 05", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
    "07": ("Mẫu số 06", "SỔ THEO DÕI HỒ SƠ"),
}


def shipped_file(name: str) -> list[dict[str, Any]]:
    """A shipped file as plain data, to be changed."""
    from resources import open_resource

    found: list[dict[str, Any]] = json.loads(open_resource("forms", "one_stop", name).read_bytes())
    return found


def put(folder: Path, templates: object, name: str = "mau.json") -> Path:
    """Write a template file of the unit."""
    path = folder / name
    path.write_text(json.dumps(templates, ensure_ascii=False), encoding="utf-8")
    return path


def new_refusal() -> dict[str, Any]:
    """Form 03 in force today, as plain data."""
    return shipped_file("03.json")[1]


# In force


def test_the_seven_names_since_15_september_2025() -> None:
    book = books.load()
    for day in (FIRST_NEW, TODAY):
        for form, title in NEW_NAMES.items():
            template = book.in_force(form, day)
            assert (template.title, template.shown) == (title, f"Mẫu số {form}")


def test_the_old_six_until_the_day_before_with_their_numbers() -> None:
    book = books.load()
    for day in (date(2019, 1, 2), LAST_OLD):
        for form, (shown, title) in OLD_NAMES.items():
            template = book.in_force(form, day)
            assert (template.shown, template.title) == (shown, title)


def test_there_was_no_stop_notice_before_and_that_is_said_in_words() -> None:
    with pytest.raises(NoTextInForce) as refused:
        books.load().in_force("05", LAST_OLD)
    assert "14/09/2025" in refused.value.meaning


def test_every_day_of_ten_years_has_one_template_a_form() -> None:
    for form in set(FORMS) - {"05"}:
        for offset in range(0, 3_650, 37):
            day = date(2020, 1, 1) + timedelta(days=offset)
            fitting = [t for t in books.shipped() if t.form == form and t.set == "one_stop" and t.covers(day)]
            assert len(fitting) == 1, (form, day)


def test_residence_takes_its_own_three_and_the_rest_from_one_stop() -> None:
    book = books.load()
    shown = [book.in_force(form, TODAY, "residence").shown for form in ("01", "02", "03", "04", "06")]
    assert shown == ["Mẫu CT04", "Mẫu CT05", "Mẫu CT06", "Mẫu số 04", "Mẫu số 06"]


def test_an_unknown_set_is_the_one_stop_one() -> None:
    assert books.load().in_force("01", TODAY, "").shown == "Mẫu số 01"


# What ships


@pytest.mark.parametrize("template", books.shipped(), ids=lambda t: t.name)
def test_what_ships_passes_its_own_checks_and_prints(template: Template) -> None:
    assert problems(template) == ()
    pdf = samples.try_out(template)
    assert missing(pdf, template.title, template.foot, template.number_line.split("{")[0]) == []


def test_what_ships_says_how_sure_it_is() -> None:
    marks = {(t.form, t.set): t.mark for t in books.shipped() if t.covers(TODAY)}
    assert marks["05", "one_stop"] == "U"
    assert marks["01", "residence"] == "U"
    assert set(marks.values()) <= {"S", "U"}
    for template in books.shipped():
        assert "chờ rà soát" in template.source
        assert f"[{template.mark}]" in template.source


def test_a5_but_for_the_register() -> None:
    assert {t.form for t in books.shipped() if t.size != "A5"} == {"07"}


@pytest.mark.parametrize("form", sorted(ALL))
def test_content_fills_exactly_the_fields_of_its_form(form: str) -> None:
    found = fill(ALL[form]())
    assert set(found.values) == set(FORMS[form].fields)
    assert {name: set(rows[0]) for name, rows in found.tables.items()} == {
        name: set(fields) for name, fields in FORMS[form].tables.items()
    }


def test_samples_fill_every_field_so_that_a_trial_shows_all() -> None:
    for form, content in samples.contents().items():
        empty = [name for name, value in fill(content).values.items() if not value]
        assert empty in ([], ["book", "number"]), form


def test_required_fields_exist() -> None:
    for vocabulary in FORMS.values():
        assert vocabulary.required <= vocabulary.fields
        for cells in vocabulary.tables.values():
            assert vocabulary.required_cells <= cells
    assert FORMS["01"].fields >= SHARED


# A folder of the unit


def test_a_good_file_of_the_unit_stands_before_the_shipped_one(tmp_path: Path) -> None:
    changed = new_refusal()
    changed["title"] = "PHIẾU TỪ CHỐI (MẪU CỦA ĐƠN VỊ)"
    changed["parts"][0]["label"] = "Người nộp"
    put(tmp_path, [changed])
    book = books.load([tmp_path])
    assert book.refused == ()
    template = book.in_force("03", TODAY)
    assert (
        missing(drawing.render(template, form_03()), changed["title"], "Người nộp: SÙNG THỊ TẬP HUẤN") == []
    )
    assert book.in_force("03", LAST_OLD).title == OLD_NAMES["03"][1]
    assert book.in_force("01", TODAY).title == NEW_NAMES["01"]


def test_the_unit_stands_before_the_province(tmp_path: Path) -> None:
    unit, province = tmp_path / "unit", tmp_path / "province"
    for folder, title in ((unit, "CỦA XÃ"), (province, "CỦA TỈNH")):
        folder.mkdir()
        put(folder, [new_refusal() | {"title": title}])
    put(province, [shipped_file("02.json")[1] | {"title": "BỔ SUNG CỦA TỈNH"}], "02.json")
    book = books.load([unit, province])
    assert book.in_force("03", TODAY).title == "CỦA XÃ"
    assert book.in_force("02", TODAY).title == "BỔ SUNG CỦA TỈNH"


def test_a_later_version_in_the_folder_begins_on_its_day(tmp_path: Path) -> None:
    put(tmp_path, [new_refusal() | {"title": "NĂM SAU", "valid_from": "2027-01-01"}])
    book = books.load([tmp_path])
    assert book.in_force("03", date(2026, 12, 31)).title == NEW_NAMES["03"]
    assert book.in_force("03", date(2027, 1, 1)).title == "NĂM SAU"


def test_of_two_versions_the_later_one_is_taken(tmp_path: Path) -> None:
    put(tmp_path, [new_refusal() | {"title": "SAU", "valid_from": "2026-05-01"}, new_refusal()])
    assert books.load([tmp_path]).in_force("03", TODAY).title == "SAU"


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    book = books.load([tmp_path / "none"])
    assert book.refused == ()
    assert book.in_force("03", TODAY).title == NEW_NAMES["03"]


# Refused


def drop(field: str) -> Change:
    """Leave out the parts that show a field."""

    def change(template: dict[str, Any]) -> None:
        kept = []
        for part in template["parts"]:
            if part.get("field") == field or f"{{{field}}}" in part.get("text", ""):
                continue
            for place in part.get("places", []):
                if place["name"] == field:
                    place["name"] = ""
            kept.append(part)
        template["parts"] = kept

    return change


def setting(**values: object) -> Change:
    """Set fields of the template."""
    return lambda template: template.update(values)


def part(index: int, **values: object) -> Change:
    """Set fields of one part."""
    return lambda template: template["parts"][index].update(values)


def adding(new: dict[str, object]) -> Change:
    """Add a part."""
    return lambda template: template["parts"].insert(0, new)


def words(text: str) -> Change:
    """Add a sentence."""
    return adding({"part": "words", "text": text})


REFUSED: list[tuple[str, Change, str]] = [
    ("unknown field", part(0, field="salary"), "Không có trường “salary”"),
    ("field of another form", words("{new_due}"), "Không có trường “new_due”"),
    ("unknown field in the number", setting(number_line="Số {serial}"), "Không có trường “serial”"),
    ("missing ground", drop("ground"), "Thiếu trường “ground”"),
    ("missing reason", drop("reason"), "Thiếu trường “reason”"),
    ("missing requester", drop("requester"), "Thiếu trường “requester”"),
    ("missing read aloud", drop("read_aloud"), "Thiếu trường “read_aloud”"),
    ("missing receiver", drop("receiver"), "Thiếu trường “receiver”"),
    ("bad paper size", setting(size="A3"), "không đúng cấu trúc"),
    ("tiny text", setting(text_size=3), "Cỡ chữ 3 không in được"),
    ("huge text", setting(title_size=90), "Cỡ chữ 90 không in được"),
    ("tiny sentence", adding({"part": "words", "text": "x", "size": 2}), "Cỡ chữ 2"),
    ("huge gap", adding({"part": "gap", "height": 500}), "Chiều cao 500"),
    ("negative gap", adding({"part": "gap", "height": -5}), "Chiều cao -5"),
    ("markup", words("<b>Kính gửi</b>"), "Có mã đánh dấu"),
    ("entity", words("A&nbsp;B"), "Có mã đánh dấu"),
    ("decomposed letters", words("Ha\u0302n"), "Có ký tự ẩn"),
    ("direction sign", words("abc\u202edef"), "Có ký tự ẩn"),
    ("stray brace", words("{requester"), "Dấu ngoặc nhọn sai"),
    ("attribute of a field", words("{requester.name}"), "Dấu ngoặc nhọn sai"),
    ("endless sentence", words("a " * 400), "Câu quá dài"),
    ("ends before it begins", setting(valid_to="2025-01-01"), "hết hiệu lực trước"),
    ("misspelt name", setting(titel="x"), "không đúng cấu trúc"),
    ("misspelt part", adding({"part": "picture", "file": "a.png"}), "không đúng cấu trúc"),
    ("no places to sign", lambda t: t["parts"].pop(), "Thiếu chỗ ký"),
    ("unknown form", setting(form="09"), "Không có mẫu “09”"),
    ("unknown set", setting(set="police"), "trong bộ “police”"),
    ("residence has no control slip", setting(form="04", set="residence"), "cư trú không có mẫu 04"),
    ("no copies", setting(copies=[]), "Số liên hoặc số phần"),
    ("too many places", part(-1, places=[{"role": "A"}] * 5), "Chỗ ký phải từ 1 đến 4"),
    ("unknown table", adding({"part": "table", "rows": "pets", "columns": []}), "Không có trường “pets”"),
    ("wrong mark", setting(mark="X"), "không đúng cấu trúc"),
    ("wrong date", setting(valid_from="15/09/2025"), "không đúng cấu trúc"),
]


@pytest.mark.parametrize(("name", "change", "said"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_bad_file_is_refused_in_words_and_the_shipped_form_stays(
    tmp_path: Path, name: str, change: Change, said: str
) -> None:
    template = new_refusal()
    change(template)
    put(tmp_path, [template])
    book = books.load([tmp_path])
    assert [refused.file for refused in book.refused] == ["mau.json"]
    vi, en = book.refused[0].words(), book.refused[0].words("en")
    assert said in vi.meaning
    assert vi.title == "Không dùng được tệp mẫu mau.json"
    assert "Mẫu trước vẫn dùng" in vi.remedy
    assert en.meaning
    assert en.meaning != vi.meaning
    assert book.in_force("03", TODAY).title == NEW_NAMES["03"]


def test_one_bad_template_refuses_its_whole_file_and_no_other(tmp_path: Path) -> None:
    put(tmp_path, [new_refusal() | {"title": "TỐT"}, new_refusal() | {"text_size": 1}], "a.json")
    put(tmp_path, [shipped_file("02.json")[1] | {"title": "TỐT"}], "b.json")
    book = books.load([tmp_path])
    assert [refused.file for refused in book.refused] == ["a.json"]
    assert book.in_force("03", TODAY).title == NEW_NAMES["03"]
    assert book.in_force("02", TODAY).title == "TỐT"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_template_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mau.json").write_bytes(content)
    assert [refused.file for refused in books.load([tmp_path]).refused] == ["mau.json"]


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "mau.json").write_bytes(b" " * 200_001)
    assert "quá lớn" in books.load([tmp_path]).refused[0].words().meaning


def test_a_folder_named_like_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "mau.json").mkdir()
    assert "Không đọc được tệp" in books.load([tmp_path]).refused[0].words().meaning


def test_a_narrow_or_empty_column_is_refused(tmp_path: Path) -> None:
    template = shipped_file("02.json")[1]
    table = next(part for part in template["parts"] if part["part"] == "table")
    table["columns"][0]["share"] = 0.5
    put(tmp_path, [template], "narrow.json")
    table["columns"][0]["share"] = -1
    put(tmp_path, [template], "negative.json")
    said = {refused.file: refused.words().meaning for refused in books.load([tmp_path]).refused}
    assert "Cột “TT” chỉ rộng" in said["narrow.json"]
    assert "cột không có bề rộng" in said["negative.json"]


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    template = shipped_file("06.json")[1]
    table = next(part for part in template["parts"] if part["part"] == "table")
    table["columns"] = [column for column in table["columns"] if column["field"] != "late"]
    put(tmp_path, [template])
    assert "Thiếu trường “late”" in books.load([tmp_path]).refused[0].words().meaning


def test_the_register_stays_on_lying_a4(tmp_path: Path) -> None:
    put(tmp_path, [shipped_file("07.json")[1] | {"size": "A4"}])
    assert "khổ A4 ngang" in books.load([tmp_path]).refused[0].words().meaning


def test_heads_that_fill_a_page_are_found_by_the_sample_print(tmp_path: Path) -> None:
    template = shipped_file("06.json")[1]
    table = next(part for part in template["parts"] if part["part"] == "table")
    table["size"] = 36
    put(tmp_path, [template])
    said = books.load([tmp_path]).refused[0].words()
    assert "In thử" in said.meaning
    assert "Mẫu số 06" in said.meaning


def test_a_reordered_form_is_free_to_be_so(tmp_path: Path) -> None:
    template = new_refusal()
    template["parts"] = [*template["parts"][3:-1], *template["parts"][:3], template["parts"][-1]]
    template["size"] = "A4"
    put(tmp_path, [template])
    assert books.load([tmp_path]).refused == ()


# Sentences


def test_a_name_with_braces_is_not_read_again() -> None:
    assert (
        filled("Của {requester}, {number}", {"requester": "{number} {0}", "number": "7"})
        == "Của {number} {0}, 7"
    )


def test_an_empty_field_is_a_dotted_line() -> None:
    assert filled("Gặp {contact}.", {"contact": ""}) == "Gặp …………."


@given(st.text(max_size=60))
def test_any_value_comes_through_a_sentence_unchanged(value: str) -> None:
    assert filled("a {x} b", {"x": value}) == f"a {value or '…………'} b"


def test_templates_survive_a_round_trip() -> None:
    for template in books.shipped():
        assert decode(msgspec.json.encode([template])) == (template,)
