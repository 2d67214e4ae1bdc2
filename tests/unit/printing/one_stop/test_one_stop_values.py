"""From content to words: nothing unknown becomes a figure, nothing given is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.formats import NBSP
from counter_app.printing.forms.one_stop import content as c
from counter_app.printing.forms.one_stop.books import Refused, shipped
from counter_app.printing.forms.one_stop.checking import Problem, default_set, problems
from counter_app.printing.forms.one_stop.values import (
    code_words,
    date_words,
    fill,
    moment_words,
)
from counter_app.printing.forms.one_stop.vocabulary import FORMS, fields_in, filled
from tests.unit.printing.one_stop.practice_papers import (
    ALL,
    CODE,
    GROUPED,
    OFFICIAL,
    a_hop,
    form_01,
    form_02,
    form_04,
    form_06,
)


def value(content: c.Content, field: str) -> str:
    """One field as printed, with plain spaces."""
    return fill(content).values[field].replace(NBSP, " ")


def test_a_line_may_end_only_between_hour_and_date() -> None:
    words = moment_words(datetime.fromisoformat("2026-02-05T07:09"))
    assert words.split(" ") == [
        f"07{NBSP}giờ{NBSP}09{NBSP}phút,",
        NBSP.join(["ngày", "05", "tháng", "02", "năm", "2026"]),
    ]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_date_is_never_parted(day: date) -> None:
    words = date_words(day)
    assert " " not in words
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    assert words.split(NBSP)[1::2] == [f"{day.day:02d}", month, str(day.year)]


@pytest.mark.parametrize(
    ("code", "official", "shown"),
    [
        (CODE, "", f"{GROUPED} (mã tạm)"),
        (CODE, OFFICIAL, OFFICIAL),
        ("", OFFICIAL, OFFICIAL),
        ("", "", ""),
    ],
)
def test_which_code_is_named(code: str, official: str, shown: str) -> None:
    assert code_words(form_01(code=code, official_code=official)).replace(NBSP, " ") == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (c.FeeLine(label="Lệ phí", amount=8_000), "Lệ phí: 8.000 đ"),
        (c.FeeLine(label="Lệ phí", amount=1_250_000), "Lệ phí: 1.250.000 đ"),
        (c.FeeLine(label="Lệ phí", amount=None), "Lệ phí: chưa có mức"),
        (c.FeeLine(label="Lệ phí", amount=None, exemption="trẻ em"), "Lệ phí: Miễn lệ phí (trẻ em)"),
        (c.FeeLine(label="Phí", amount=5, kind="phi", exemption="trẻ em"), "Phí: Miễn phí (trẻ em)"),
    ],
)
def test_a_fee_in_words(line: c.FeeLine, shown: str) -> None:
    assert value(form_01(fees=(line,)), "fees") == shown


amounts = st.one_of(st.none(), st.integers(0, 10_000_000))


@given(st.lists(st.tuples(amounts, st.booleans()), max_size=6), st.integers(0, 20_000_000))
def test_what_is_owed_is_never_below_nought_nor_counts_the_unknown(
    fees: list[tuple[int | None, bool]], paid: int
) -> None:
    lines = tuple(
        c.FeeLine(label=f"Khoản {i}", amount=amount, exemption="hộ nghèo" if free else "")
        for i, (amount, free) in enumerate(fees)
    )
    paper = form_01(fees=lines, paid=paid)
    known = [amount for amount, free in fees if amount is not None and not free]
    assert paper.owed == max(0, sum(known) - paid)
    words = value(paper, "fees").split("\n")
    assert len(words) == max(1, len(fees))
    unknown = sum(1 for amount, free in fees if amount is None and not free)
    assert sum(line.endswith("chưa có mức") for line in words) == unknown
    assert bool(value(paper, "to_pay")) is (paper.owed > 0)


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (c.Beside(role="witness", name="A"), "Người làm chứng: A"),
        (c.Beside(role="witness", name="A", identity="12"), "Người làm chứng: A, số giấy tờ 12"),
        (c.Beside(role="interpreter", name="A", detail="Thái"), "Người phiên dịch (tiếng Thái): A"),
        (c.Beside(role="interpreter", name="A"), "Người phiên dịch: A"),
        (c.Beside(role="helper", name="A", detail="con"), "Người nộp hộ: A, con"),
        (c.Beside(role="spouse", name="A"), "Người liên quan: A"),
    ],
)
def test_somebody_beside_in_words(person: c.Beside, shown: str) -> None:
    assert value(form_01(beside=(person,)), "companions") == shown


def test_only_witness_and_interpreter_sign_beside() -> None:
    roles = ("witness", "helper", "interpreter", "representative", "child")
    found = fill(form_01(beside=tuple(c.Beside(role=role, name=role) for role in roles))).beside
    assert found == (("NGƯỜI LÀM CHỨNG", "witness"), ("NGƯỜI PHIÊN DỊCH", "interpreter"))


def test_a_paper_is_ticked_once_at_most_and_counted() -> None:
    kinds = (c.ORIGINAL, c.CERTIFIED, c.PHOTO, c.ELECTRONIC, "")
    rows = fill(form_01(papers=tuple(c.PaperLine(name="G", made_as=k, count=12) for k in kinds))).tables[
        "papers"
    ]
    ticks = [[kind for kind in kinds[:3] if row[kind]] for row in rows]
    assert ticks == [[c.ORIGINAL], [c.CERTIFIED], [c.PHOTO], [], []]
    assert [row["index"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row["count"] for row in rows} == {"12"}


def test_what_is_wrong_with_a_paper_stands_below_its_name_on_form_02() -> None:
    rows = fill(form_02()).tables["papers"]
    assert rows[0]["name"] == "Giấy chứng sinh\nbản nộp bị rách, mất số"
    plain = fill(form_02(papers=(c.PaperLine(name="Tờ khai"),))).tables["papers"]
    assert plain[0]["name"] == "Tờ khai"


def test_an_electronic_paper_keeps_its_note_too() -> None:
    papers = (c.PaperLine(name="Tờ khai", made_as=c.ELECTRONIC, note="đã tra cứu"),)
    assert fill(form_01(papers=papers)).tables["papers"][0]["name"] == "Tờ khai (bản điện tử, đã tra cứu)"


def test_a_hand_over_leaves_a_line_for_ink_above_each_name() -> None:
    words = fill(form_06()).tables["hops"][0]["times"].replace(NBSP, " ").split("\n")
    assert words == [
        "1. Giao: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "",
        "Người giao: LÒ THỊ TẬP HUẤN",
        "2. Nhận: 09 giờ 40 phút, ngày 20 tháng 11 năm 2026",
        "",
        "Người nhận: GIÀNG A TẬP HUẤN",
    ]


@given(st.lists(st.sampled_from(["early", "on_time", "late", ""]), max_size=12))
def test_each_hand_over_has_its_own_tick_in_order(results: list[str]) -> None:
    rows = fill(form_06(hops=tuple(a_hop(result=result) for result in results))).tables["hops"]
    seen = [next((name for name in ("early", "on_time", "late") if row[name]), "") for row in rows]
    assert seen == results


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)), st.integers(0, 400))  # noqa: DTZ001
def test_the_apology_names_both_dates(moment: datetime, days: int) -> None:
    later = moment + timedelta(days=days)
    paper = form_04(due_at=moment, new_due_at=later)
    assert value(paper, "due").endswith(str(moment.year))
    assert value(paper, "new_due").startswith(f"{later.hour:02d} giờ {later.minute:02d} phút")


def test_a_form_without_a_number_has_none() -> None:
    assert value(form_06(number=0), "number") == ""
    assert value(form_01(number=9), "number") == "09"
    assert value(form_01(number=1234), "number") == "1234"


@pytest.mark.parametrize("form", sorted(ALL))
def test_every_value_is_one_text(form: str) -> None:
    found = fill(ALL[form]())
    assert all(isinstance(text, str) for text in found.values.values())
    assert all(
        isinstance(text, str) for rows in found.tables.values() for row in rows for text in row.values()
    )


def test_content_of_no_form_is_refused() -> None:
    plain = form_01()
    other = c.DossierContent(
        head=plain.head, code=CODE, issued_at=plain.issued_at, party=plain.party, procedure="x"
    )
    with pytest.raises(TypeError, match="DossierContent"):
        fill(other)  # type: ignore[arg-type]


# Words about templates


def test_refusals_list_every_fault_in_both_languages() -> None:
    refused = Refused("a.json", (Problem("Lỗi một.", "Fault one."), Problem("Lỗi hai.", "Fault two.")))
    assert refused.words("vi").meaning == "Lỗi một. Lỗi hai."
    assert refused.words("en").meaning == "Fault one. Fault two."
    assert "a.json" in refused.words("vi").title
    assert "a.json" in refused.words("en").title


@pytest.mark.parametrize(
    ("form", "wanted", "found"),
    [
        ("01", "residence", "residence"),
        ("03", "residence", "residence"),
        ("05", "residence", "one_stop"),
        ("07", "residence", "one_stop"),
        ("01", "one_stop", "one_stop"),
        ("01", "something new", "one_stop"),
    ],
)
def test_which_set_a_form_is_taken_from(form: str, wanted: str, found: str) -> None:
    assert default_set(form, wanted) == found


def test_all_faults_of_a_template_are_named_at_once() -> None:
    import msgspec

    template = msgspec.structs.replace(shipped()[0], text_size=1.0, title="<i>x</i>", copies=())
    assert len(problems(template)) == 3


def test_fields_of_a_sentence_are_found_in_order() -> None:
    assert fields_in("{b} và {a}, {b}") == ("b", "a", "b")
    assert fields_in("{B} {a b} {}") == ()


def test_the_seven_forms_and_no_more() -> None:
    assert sorted(FORMS) == [f"0{i}" for i in range(1, 8)]


def test_an_electronic_paper_has_its_mark_on_form_02_though_no_column_is_its_own() -> None:
    paper = c.PaperLine(name="Tờ khai điện tử", made_as=c.ELECTRONIC, note="thiếu chữ ký số")
    (row,) = fill(form_02(papers=(paper,))).tables["papers"]
    assert row["name"] == "Tờ khai điện tử (bản điện tử)\nthiếu chữ ký số"
    assert {row[kind] for kind in (c.ORIGINAL, c.CERTIFIED, c.PHOTO)} == {""}


def test_without_a_phone_of_the_one_stop_form_02_leaves_a_dotted_place() -> None:
    template = next(t for t in shipped() if t.form == "02" and t.covers(date(2026, 11, 20)))
    sentence = next(part.text for part in template.parts if "contact_phone" in getattr(part, "text", ""))
    printed = filled(sentence, fill(form_02(contact_phone="")).values)
    assert "số điện thoại ………… để được hướng dẫn" in printed
