"""The text beside the form: of copies, of a signature, of a transaction, always without number and date."""

from __future__ import annotations

from counter_app.services.ports.copies import RequestForm, RowForm
from tests.support.counter import Counter, person
from tests.unit.services.test_matters import office, row, signer

__all__ = ["office"]


def form_of(*rows: RowForm) -> RequestForm:
    return RequestForm(person(), rows)


def text(counter: Counter, *rows) -> str:
    return "\n".join(counter.areas.copies.preview(form_of(*rows)).lines)


def test_a_form_with_a_copy_shows_the_text_of_copies(office):
    shown = office.areas.copies.preview(form_of(row(office, "ck syll 1"), row(office, "hb 24x2")))
    assert "BẢN SAO" in shown.lines[0]
    assert shown.count == 2


def test_a_signature_alone_shows_its_own_text_with_who_signs_what(office):
    shown = text(office, row(office, "ck syll 1"))
    assert "HOÀNG VĂN SƠN" in shown
    assert shown.splitlines()[0] == "LỜI CHỨNG CHỨNG THỰC CHỮ KÝ"
    assert "BẢN SAO" not in shown
    assert "……" in shown, "no number is born yet"
    assert "điểm chỉ" in text(office, row(office, "ck syll 1", fingerprint=True))


def test_several_signers_have_a_wording_of_their_own(office):
    two = (signer("LÝ A VẢNG", "012086000111"), signer("LÒ THỊ ẨM", "012186001234"))
    one, both = text(office, row(office, "ck syll 1")), text(office, row(office, "ck syll 1", signers=two))
    assert "LÝ A VẢNG" in both
    assert "LÒ THỊ ẨM" in both
    assert one.replace("HOÀNG VĂN SƠN", "") != both


def test_a_transaction_counts_its_originals_and_names_the_correction(office):
    shown = office.areas.copies.preview(form_of(row(office, "gdl hdmb 3")))
    assert shown.count == 3
    assert "sửa lỗi sai sót" in "\n".join(shown.lines)


def test_a_translation_names_its_languages_once_they_are_typed(office):
    assert "từ tiếng Anh" in text(office, row(office, "ckd gks 1", languages="từ tiếng Anh sang tiếng Việt"))


def test_the_correction_of_an_error_costs_what_the_table_says(office):
    assert office.areas.copies.view(form_of(row(office, "gdl hdmb 3"))).total == 25_000
    assert office.areas.copies.view(form_of(row(office, "gds hdmb 3"))).total == 30_000
