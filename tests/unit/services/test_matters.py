"""Signatures, translators' signatures and transactions on real stores: one request, several registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from pypdfium2 import PdfDocument

from counter_app.domain.certification.taking_in.matters import MATTERS
from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import entries as o
from counter_app.services.ports.copies import RefusalForm, RequestForm, RowForm, SignerForm, SigningForm
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.registers import OpeningForm
from counter_app.services.ports.signing import MISSING, NEEDS_LOOK
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    Counter,
    open_register,
    person,
)
from tests.unit.printing.seeing import squeezed

REGISTERS = (("signature", "SCT/CK,ĐC", 200), ("translator", "SCT/CKND", 3), ("transaction", "SCT/GD", 40))


def refused(code, act, *values, **more) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values, **more)
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def office(counter: Counter) -> Counter:
    """The counter with every register open and an act for every matter; the clerk at it."""
    for kind, symbol, last in REGISTERS:
        open_register(counter, kind, symbol, last)
    counter.sign_in(CHAIRMAN)
    scope = ("copy", "signature", "translator", "transaction")
    act = o.DelegationRecorded(
        "52/QĐ-UBND", 20261110, o.ASSIGNED, "KT.", scope, 20261110, 20261231, "Phó Chủ tịch"
    )
    counter.areas.accounts.delegate(counter.officials[SIGNER], act)
    counter.sign_in(CLERK)
    return counter


def row(counter: Counter, text: str, **signing) -> RowForm:
    return RowForm(text, "", counter.clock.at, signing=SigningForm(**signing))


def taken(counter: Counter, *rows: RowForm, who=None, **more):
    counter.sign_in(CLERK)
    form = RequestForm(who or person(), rows, **more)
    if more.get("pay", "now") == "now":
        total = counter.areas.copies.view(form).total
        form = replace(form, given=str(total))
    return counter.areas.copies.commit(form).request


def at_the_desk(counter: Counter, kind: str) -> None:
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen(kind)
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN, kind)


def numbered(counter: Counter, request, kind: str):
    at_the_desk(counter, kind)
    return counter.areas.signing.number((request,), PIN, kind=kind)


def words_of(counter: Counter, job: int) -> list[str]:
    path = next(counter.folder.glob(f"papers/certification*-{job}.pdf"))
    return [squeezed(page.get_textpage().get_text_range()) for page in PdfDocument(path)]


def signer(name: str, number: str, **more) -> SignerForm:
    return SignerForm(name, number, **more)


def test_one_request_two_registers_one_payment_two_lots_and_one_return(office):
    request = taken(office, row(office, "hb 24x2"), row(office, "ck syll 1"))
    state = office.state(request)
    assert (state.registers, state.paid, state.to_pay) == (("copy", "signature"), 62_000, 0)
    assert [tab.count for tab in _tabs(office)] == [1, 1, 0, 0, 0]

    copies = numbered(office, request, "copy")
    assert (copies.first, copies.last) == (1776, 1776)
    assert [tab.count for tab in _tabs(office)] == [0, 1, 0, 0, 0]
    signatures = numbered(office, request, "signature")
    assert (signatures.first, signatures.last) == (201, 201)
    assert office.state(copies.lot).register != office.state(signatures.lot).register

    office.areas.signing.confirm(copies.lot, None)
    assert office.state(request).stage == "numbered", "the signature is still at the signatory"
    office.areas.signing.confirm(signatures.lot, None)
    office.sign_in(CLERK)
    code = office.state(request).code
    found = office.areas.handover.find(code)
    office.areas.handover.hand_over(ReturnForm(request))
    assert [line.ready for line in found[0].lines] == [True, True]
    assert office.state(request).stage == "handed_over"
    assert [one.line is not None for one in office.state(request).originals] == [True, True]


def _tabs(counter: Counter):
    return counter.areas.signing.tabs()


def test_each_signed_document_has_its_own_number_and_a_transaction_one_for_all_originals(office):
    request = taken(office, row(office, "ck syll 3"), row(office, "gd hdmb 2"))
    state = office.state(request)
    assert [(one.taken.copies, one.taken.fee) for one in state.originals] == [(1, 10_000)] * 3 + [(2, 50_000)]
    done = numbered(office, request, "signature")
    assert (done.first, done.last, done.texts) == (201, 203, 3)
    deal = numbered(office, request, "transaction")
    assert (deal.first, deal.last, deal.texts) == (41, 41, 2)
    assert len(words_of(office, deal.jobs[0])) == 2


def test_a_transaction_is_promised_within_two_working_days_and_the_slip_says_why(office):
    request = taken(office, row(office, "gks 1x1"), row(office, "gd hdmb 2"))
    view = office.areas.copies.view(RequestForm(person(), (row(office, "gks 1x1"), row(office, "gd hdmb 2"))))
    assert view.due_text == "Hẹn 17:00 ngày 25/11/2026", "Friday; 24 November is a holiday from 2026"
    paper = next(office.folder.glob("papers/appointment-*.pdf"))
    text = squeezed(PdfDocument(paper)[0].get_textpage().get_text_range())
    assert squeezed("Thời hạn 2 ngày làm việc") in text
    assert squeezed("Chứng thực bản sao từ bản chính; Chứng thực giao dịch") in text
    assert office.state(request).due_at > office.clock.at + 86_400_000


def test_the_text_at_the_centre_names_the_receiving_officer_the_signers_and_the_book(office):
    request = taken(office, row(office, "ck syll 1"))
    done = numbered(office, request, "signature")
    text = words_of(office, done.jobs[0])[0]
    for words in (
        "LỜI CHỨNG CHỨNG THỰC CHỮ KÝ", "HOÀNG VĂN SƠN, giấy tờ tùy thân số 012086006812",
        "trước mặt ông/bà Lù Thị Mai (tập huấn), là người tiếp nhận hồ sơ",
        "Số chứng thực: 201 quyển số: 03/2026 -SCT/CK,ĐC", "Vàng Văn Thăng",
    ):  # fmt: skip
        assert squeezed(words) in text


def test_several_signers_a_fingerprint_a_witness_and_an_interpreter_stand_in_text_and_register(office):
    facts = {
        "signers": (
            signer("Lò Thị Tập Huấn", "012190000002", fingerprint=True),
            signer("Lò Văn Tập Huấn", "012190000003"),
        ),
        "witness": signer("Má A Tập Huấn", "012190000004"),
        "interpreter": signer("Chẻo Thị Tập Huấn", "012190000005"),
    }
    request = taken(office, row(office, "ck khac đơn 1", **facts))
    done = numbered(office, request, "signature")
    text = words_of(office, done.jobs[0])[0]
    for words in (
        "Các ông/bà có tên sau đây: LÒ THỊ TẬP HUẤN", "đã cùng ký, điểm chỉ vào",
        "Người làm chứng: MÁ A TẬP HUẤN", "Người phiên dịch: CHẺO THỊ TẬP HUẤN",
    ):  # fmt: skip
        assert squeezed(words) in text
    office.sign_in(REGISTRAR)
    line = office.areas.registers.month(2026, 11, "signature").rows[0]
    assert line.name == "LÒ THỊ TẬP HUẤN, số 012190000002 (điểm chỉ); LÒ VĂN TẬP HUẤN, số 012190000003"
    assert "Người làm chứng: MÁ A TẬP HUẤN" in line.note


def test_outside_the_office_hour_minute_place_and_reason_are_written(office):
    at = vn_instant(datetime.fromisoformat("2026-11-20T09:05"))
    facts = {"outside_at": at, "outside_place": "bản Nà Khan", "outside_ground": "frail"}
    request = taken(office, row(office, "ck syll 1", **facts))
    done = numbered(office, request, "signature")
    text = words_of(office, done.jobs[0])[0]
    assert squeezed("lúc 09 giờ 05 phút, tại bản Nà Khan (ngoài trụ sở)") in text
    office.sign_in(REGISTRAR)
    note = office.areas.registers.month(2026, 11, "signature").rows[0].note
    assert "lúc 09 giờ 05 phút ngày 20/11/2026 tại bản Nà Khan" in note
    assert "già yếu" in note


def test_a_translation_names_its_languages(office):
    form = RequestForm(person(), (row(office, "ckd gks 1"),))
    assert "translation.languages" in [notice.code for notice in office.areas.copies.view(form).notices]
    request = taken(office, row(office, "ckd gks 1", languages="từ tiếng Anh sang tiếng Việt"))
    done = numbered(office, request, "translator")
    text = words_of(office, done.jobs[0])[0]
    assert squeezed("từ tiếng Anh sang tiếng Việt") in text
    assert squeezed("SCT/CKND") in text


def test_copies_are_not_certified_outside_the_office(office):
    rows = (row(office, "gks 1x1", outside_at=office.clock.at, outside_place="bản Nà Khan"),)
    codes = [notice.code for notice in office.areas.copies.view(RequestForm(person(), rows)).notices]
    assert "outside.copy" in codes
    refused("outside.copy", office.areas.copies.commit, RequestForm(person(), rows, pay="return"))


def test_a_party_with_the_signatorys_name_is_looked_at_alone(office):
    named = SigningForm(signers=(signer("Vàng Văn Thăng", "012086009999"),))
    request = taken(office, RowForm("ck syll 1", "", office.clock.at, signing=named))
    at_the_desk(office, "signature")
    pile = {one.request: one for one in office.areas.signing.pile("signature")}
    assert pile[request].check == NEEDS_LOOK
    detail = office.areas.signing.detail(request, "signature")
    assert any("cùng họ tên" in check.words for check in detail.checks)


def test_a_scope_that_lacks_transactions_lets_nobody_number_one(counter):
    open_register(counter, "transaction", "SCT/GD", 40)
    counter.sign_in(CLERK)
    request = taken(counter, row(counter, "gd hdmb 2"))
    at_the_desk(counter, "transaction")
    assert counter.areas.signing.pile("transaction")[0].check == MISSING
    refused("lot.signatory", counter.areas.signing.number, (request,), PIN, kind="transaction")
    refused(
        "delegation.missing", counter.areas.signing.number, (request,), PIN,
        signatory=counter.officials[SIGNER], kind="transaction",
    )  # fmt: skip


def test_a_lot_of_one_kind_leaves_the_rows_of_another_where_they_are(office):
    request = taken(office, row(office, "gks 1x2"), row(office, "ck syll 1"))
    numbered(office, request, "signature")
    states = [one.state for one in office.state(request).originals]
    assert states == ["submitted", "numbered"]
    assert office.state(request).waits_in("copy")
    assert not office.state(request).waits_in("signature")


def test_returned_and_mended_rows_come_back_as_they_were_typed(office):
    facts = {"signers": (signer("Lò Thị Tập Huấn", "012190000002", fingerprint=True),)}
    request = taken(office, row(office, "gks 1x2"), row(office, "ck syll 1", **facts), pay="return")
    at_the_desk(office, "signature")
    office.areas.signing.return_to_clerk(request, "pages", "")
    office.sign_in(CLERK)
    form = office.areas.copies.reopen(request)
    assert [one.text for one in form.rows] == ["gks 1x2", "ck syll 1"]
    assert form.rows[1].signing.signers[0].fingerprint
    before = office.state(request).originals
    office.areas.copies.commit(form)
    assert [one.taken for one in office.state(request).originals] == [one.taken for one in before]


def test_earlier_rows_come_back_with_their_matter(office):
    taken(office, row(office, "gks 1x2"), row(office, "ck syll 1"), row(office, "gd hdmb 2"))
    rows = office.areas.copies.known(person().id_number).last_rows
    assert rows == ("gks 1x2", "ck syll 1", "gd hdmb 2")


def test_every_register_is_opened_read_and_closed_for_itself(counter):
    counter.sign_in(REGISTRAR)
    registers = counter.areas.registers
    assert [(tab.kind, tab.symbol, tab.open) for tab in registers.kinds() if tab.kind in MATTERS] == [
        ("copy", "SCT/BS", True), ("signature", "SCT/CK,ĐC", False), ("translator", "SCT/CKND", False),
        ("transaction", "SCT/GD", False),
    ]  # fmt: skip
    refused("register.none", registers.month, 2026, 11, "transaction")
    form = OpeningForm(
        2026, 2, 40, "Số cuối trên sổ giấy: 40", counter.officials[SIGNER], PASSWORD, "transaction"
    )
    assert "SCT/GD" in registers.open_register(form)
    page = registers.month(2026, 11, "transaction")
    assert (page.register, page.book, page.rows) == ("transaction", 2, ())
    assert page.heads[5] == "Số bản chính"


def test_the_page_of_signatures_prints_its_own_columns(office):
    request = taken(office, row(office, "ck syll 2"))
    numbered(office, request, "signature")
    office.sign_in(REGISTRAR)
    page = PdfDocument(office.areas.registers.export_pdf(2026, 11, "signature"))[0]
    text = squeezed(page.get_textpage().get_text_range())
    for words in ("SỔ CHỨNG THỰC CHỮ KÝ/CHỨNG THỰC ĐIỂM CHỈ", "số giấy tờ tùy thân", "2 giấy tờ"):
        assert squeezed(words) in text
    assert office.areas.registers.month(2026, 11).rows == ()
    assert "2 giấy tờ" in office.areas.registers.month(2026, 11, "signature").sum_line


def test_a_signature_is_refused_by_its_own_grounds(office):
    copies = {ground.code for ground in office.areas.copies.grounds()}
    signatures = office.areas.copies.grounds("signature")
    own = [ground for ground in signatures if ground.code not in copies]
    assert own, "art. 25 has grounds that art. 22 lacks"
    form = RefusalForm(person(), "Đơn xin việc", own[0].code, matter="signature")
    done = office.areas.copies.refuse(form)
    assert done.jobs
    refused("ground.unknown", office.areas.copies.refuse, replace(form, matter="copy"))


def test_the_preview_counts_texts_of_copies_alone(office):
    form = RequestForm(person(), (row(office, "gks 1x3"), row(office, "ck syll 2")))
    assert office.areas.copies.preview(form).count == 3
