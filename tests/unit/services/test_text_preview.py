"""The text beside the form: of copies, of a signature, of a transaction, always without number and date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.decisions import TEXT_OF_SIGNATURES
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.copies import RequestForm, RowForm
from tests.support.counter import CHAIRMAN, CLERK, PIN, UNIT, Counter, person
from tests.unit.services.test_matters import at_the_desk, office, row, signer

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


def test_electronic_copies_alone_show_their_own_text(office):
    shown = office.areas.copies.preview(form_of(row(office, "dt gks 1")))
    assert shown.lines[0] == "CHỨNG THỰC BẢN SAO ĐIỆN TỬ ĐÚNG VỚI BẢN CHÍNH"
    assert shown.lines[1] == "Giấy khai sinh"
    assert (shown.count, shown.medium) == (1, "electronic")
    both = office.areas.copies.preview(form_of(row(office, "dt gks 1"), row(office, "hb 24x2")))
    assert "ĐIỆN TỬ" not in both.lines[0]
    assert both.medium == "overlay"


def test_where_the_text_of_a_signature_stands_is_the_units_way_or_the_rows(office):
    copies = office.areas.copies
    page = copies.view(form_of(row(office, "ck syll 1"))).rows[0].text
    assert (page.on, page.fits) == ("page", True)
    placed = row(office, "ck syll 1", text_on="under", text_top="150 mm")
    assert copies.preview(form_of(placed)).medium == "under"
    under = copies.view(form_of(placed)).rows[0].text
    assert (under.on, under.top, under.fits) == ("under", 150, True)
    assert 70 < under.height < 140
    office.sign_in(CHAIRMAN)
    office.areas.accounts.set_policy(unit_subject(UNIT), TEXT_OF_SIGNATURES, "under")
    office.sign_in(CLERK)
    view = copies.view(form_of(row(office, "ck syll 1")))
    assert view.rows[0].text.on == "under"
    assert "text.top" in {notice.code for notice in view.notices}
    lines = copies.view(form_of(row(office, "ck syll 1", text_top="10d"))).rows[0].text
    assert lines.top == 90


def test_a_text_that_would_be_cut_or_a_distance_that_cannot_be_read_stops_the_row(office):
    low = office.areas.copies.view(form_of(row(office, "ck syll 1", text_on="under", text_top="225")))
    (cut,) = [notice for notice in low.notices if notice.code == "text.outside"]
    assert (cut.level, cut.row, cut.field) == ("stop", 0, "text_top")
    assert not low.can_commit
    with pytest.raises(DomainError) as refused:
        office.areas.copies.commit(
            replace(form_of(row(office, "ck syll 1", text_on="under", text_top="225")), given="10000")
        )
    assert "không còn đủ chỗ" in refused.value.title
    odd = office.areas.copies.view(form_of(row(office, "ck syll 1", text_on="under", text_top="giữa tờ")))
    assert "text.top" in {notice.code for notice in odd.notices}


def test_what_was_chosen_is_in_the_entry_and_prints_alone_at_its_place(office):
    under = row(office, "ck syll 1", text_on="under", text_top="18d")
    done = office.areas.copies.commit(replace(form_of(under, row(office, "ck gks 1")), given="20000"))
    with office.work.store.read() as connection:
        state = office.work.state(connection, done.request)
    facts = [one.taken.circumstances for one in state.originals]
    assert [(one.text_on, one.text_top) for one in facts] == [("under", 146), ("page", 0)]
    at_the_desk(office, "signature")
    numbered = office.areas.signing.number((done.request,), PIN, kind="signature")
    assert len(numbered.jobs) == 2
    named = [path.name for path in office.papers() if path.name.startswith("certification_")]
    assert sorted(name.split("-")[0] for name in named) == ["certification_matters", "certification_under"]
