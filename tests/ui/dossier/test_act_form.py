"""The form of an act by itself: what it asks for, what it sends, where it leaves the keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.dossiers import ActField, ActOffer
from counter_app.ui.screens.dossier.act_form import ActFormCard
from counter_app.ui.screens.dossier.rows import act_detail, act_words, possible_first

KINDS = (("decision", "Quyết định"), ("refusal", "Văn bản từ chối"))
RESULT = ActOffer(
    "result", "Ghi kết quả", "file-check",
    (
        ActField("kind", "Loại", "choice", True, KINDS),
        ActField("number", "Số văn bản", required=True),
        ActField("date", "Ngày", "date", required=True),
        ActField("fee", "Mức thu", "money", value="8000"),
        ActField("granted", "Chấp thuận", "tick", value="1"),
        ActField("words", "Ghi thêm", "words"),
    ),
    "K",
)  # fmt: skip


@pytest.fixture
def form(themed: QApplication) -> ActFormCard:
    """The form of a result, nothing typed."""
    return ActFormCard(RESULT, {})


def test_what_stands_first_is_what_the_act_says(form: ActFormCard) -> None:
    assert form.values() == {
        "kind": "", "number": "", "date": "", "fee": "8000", "granted": "1", "words": "",
    }  # fmt: skip
    assert form.commit_words() == "Ghi kết quả"


def test_dates_tell_how_they_are_typed_and_required_fields_carry_their_star(form: ActFormCard) -> None:
    assert form.fields["date"].edit.placeholderText() == "ngày/tháng/năm"
    due = ActFormCard(ActOffer("x", "Hẹn lại", "", (ActField("due", "Hẹn lại", "due", True),)), {})
    assert due.fields["due"].edit.placeholderText() == "ngày/tháng/năm giờ:phút"


def test_f9_marks_every_empty_required_field_and_names_the_first(form: ActFormCard) -> None:
    assert form.check() is not None
    assert form.choices["kind"].error() == "Chọn một mục."
    assert [form.fields[name].error() for name in ("number", "date", "words")] == [
        "Ô này chưa nhập.", "Ô này chưa nhập.", "",
    ]  # fmt: skip


def test_what_is_filled_is_marked_no_more(form: ActFormCard) -> None:
    form.check()
    form.fill({"kind": "decision", "number": "112/QĐ", "date": "20/11/2026"})
    assert form.check() is None
    assert form.choices["kind"].error() == ""


@pytest.mark.parametrize(
    ("filled", "first"),
    [
        ({}, "kind"),
        ({"kind": "decision"}, "number"),
        ({"kind": "decision", "number": "112/QĐ"}, "date"),
        ({"kind": "decision", "number": "112/QĐ", "date": "20/11/2026"}, None),
    ],
)
def test_the_first_empty_field_is_found_without_marking_any(
    form: ActFormCard, filled: dict[str, str], first: str | None
) -> None:
    form.fill(filled)
    inputs = {"kind": form.choices["kind"].picker, **{name: f.edit for name, f in form.fields.items()}}
    assert form.first_empty() is (None if first is None else inputs[first])
    assert form.fields["number"].error() == ""


def test_a_code_nobody_offers_chooses_nothing(form: ActFormCard) -> None:
    form.fill({"kind": "refusal"})
    assert form.values()["kind"] == "refusal"
    form.fill({"kind": "invented"})
    assert form.values()["kind"] == ""


def test_money_that_is_no_number_travels_as_it_was_typed_and_nothing_is_made_of_it(form: ActFormCard) -> None:
    form.fields["fee"].edit.setText("tám nghìn")
    assert form.values()["fee"] == "tám nghìn"
    form.fill({"fee": "12000"})
    assert form.values()["fee"] == "12000"


def test_words_of_a_refusal_stand_at_a_choice_too(form: ActFormCard) -> None:
    assert form.show_error("kind", "Loại này cần căn cứ khác.") is True
    assert form.choices["kind"].error() == "Loại này cần căn cứ khác."
    assert form.choices["kind"].picker.accessibleDescription() == "Loại này cần căn cứ khác."
    assert form.show_error("nowhere", "Hỏng.") is False


def test_an_act_without_fields_says_so_and_has_nothing_to_check(themed: QApplication) -> None:
    plain = ActFormCard(ActOffer("take", "Nhận hồ sơ", "hand-stop"), {})
    assert (plain.values(), plain.check(), plain.first_empty()) == ({}, None, None)


def test_possible_acts_keep_their_order_among_themselves(themed: QApplication) -> None:
    acts = tuple(ActOffer(code, code, "", why_not=why) for code, why in (
        ("a", ""), ("b", "Không."), ("c", ""), ("d", "Không.")))  # fmt: skip
    assert [one.code for one in possible_first(acts)] == ["a", "c", "b", "d"]


@pytest.mark.parametrize(
    ("offer", "below", "spoken"),
    [
        (ActOffer("a", "Rút", "", key="W"), "Enter hoặc phím W mở việc này.", ""),
        (ActOffer("a", "Rút", ""), "Enter mở việc này.", ""),
        (ActOffer("a", "Hẹn lại", "", sealed=True), "F9 rồi PIN của người làm.", "F9 rồi PIN của người làm."),
        (ActOffer("a", "Hẹn lại", "", sealed=True, why_not="Đã hẹn lại."), "Đã hẹn lại.", "Đã hẹn lại."),
    ],
)
def test_the_strip_says_why_not_before_all_else(
    themed: QApplication, offer: ActOffer, below: str, spoken: str
) -> None:
    assert (act_detail(offer), act_words(offer)) == (below, spoken)
