"""Signatures, translators' signatures, transactions: fees, numbers, what stops them, what old bytes say."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from counter_app.domain.certification.entries import (
    Circumstances,
    CopiesRequested,
    LineNumbered,
    OriginalTaken,
    Signer,
)
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.piles.lots import Desk, Signing, number_lot
from counter_app.domain.certification.taking_in.checks import MISSING, NEEDS_LOOK, CheckRules, check_request
from counter_app.domain.certification.taking_in.circumstances import (
    AUTHORISATION_CASES,
    AUTHORISATION_PAPER,
    OUTSIDE_GROUNDS,
    parties_words,
    remarks_words,
)
from counter_app.domain.certification.taking_in.intake import intake_faults, take_request
from counter_app.domain.certification.taking_in.matters import (
    MATTERS,
    REGISTERS,
    matter_fee,
    one_number_each,
    parse_register_kinds,
)
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS, parse_row
from counter_app.domain.certification.taking_in.signing_faults import Certifier, conflict_notices
from counter_app.domain.certification.taking_in.time_limit import (
    certification_due,
    parse_time_limits,
    rule_on,
)
from counter_app.domain.drafting import draft
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.money.receipts import receipt_lines
from counter_app.domain.organisation.delegations import SCOPE_NAMES
from counter_app.domain.registers.entries import RegisterOpened
from counter_app.domain.registers.state import RegisterState
from resources import load
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.certification.ledger import (
    DELEGATION,
    DESK,
    FEES,
    MINUTE,
    NOW,
    RULES,
    SIGNATORY,
    Ledger,
    Pile,
    intake,
    local,
    original,
    refused_by,
)
from tests.unit.domain.certification.test_row_grammar import KINDS

DAY = date(2026, 11, 20)
HAND = Signer("LÒ THỊ TẬP HUẤN", "cccd", "012190000002", address="Bản Tập Huấn")
FINGER = msgspec.structs.replace(HAND, how=codes.FINGERPRINT)
OTHER = Signer("LÒ VĂN TẬP HUẤN", "cccd", "012190000003")
SIGNED = Circumstances(signers=(HAND,))
BOOKS = parse_register_kinds(load.register_kinds())


def signature(matter: str = "signature", **more) -> OriginalTaken:
    """One row of signatures, signed before the clerk, with the fee of the table."""
    facts = more.pop("circumstances", SIGNED)
    fee = 50_000 if matter == "transaction" else 10_000
    return original("Đơn", 1, 1, fee=fee, matter=matter, circumstances=facts, **more)


def faults(*rows: OriginalTaken) -> list[str]:
    return [fault.code for fault in intake_faults(intake(*rows), RULES)]


# --- rows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "matter", "act", "count"),
    [
        ("ck syll 1", "signature", "", 1),
        ("CKD gks 2", "translator", "", 2),
        ("nd gks 2", "translator", "", 2),
        ("gd hdmb 3", "transaction", "", 3),
        ("gds hdmb 1", "transaction", codes.AMENDMENT, 1),
        ("gdl hdmb 1", "transaction", codes.ERROR_CORRECTION, 1),
        ("gd khac văn bản thỏa thuận 2", "transaction", "", 2),
    ],
)
def test_a_first_word_names_the_matter(typed: str, matter: str, act: str, count: int) -> None:
    row = parse_row(typed, KINDS)
    assert (row.matter, row.act, row.copies, row.pages) == (matter, act, count, 0)


@pytest.mark.parametrize("typed", ["gd hdmb 3x1", "ckd gks", "gds", "nd 1"])
def test_a_row_of_another_matter_that_is_not_whole_is_explained(typed: str) -> None:
    with refused_by("row.pattern"):
        parse_row(typed, KINDS)


def test_no_kind_of_paper_is_called_by_a_word_of_a_matter() -> None:
    aliases = {alias for kind in KINDS.kinds for alias in kind.aliases}
    assert not aliases & set(MATTER_WORDS)
    assert {matter for matter, _ in MATTER_WORDS.values()} | {"copy"} == set(REGISTERS)


# --- fees, numbers, limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matter", "copies", "act", "dong"),
    [
        ("copy", 2, "", 4_000),
        ("signature", 3, "", 30_000),
        ("translator", 1, "", 10_000),
        ("transaction", 1, "", 50_000),
        ("transaction", 3, "", 50_000),
        ("transaction", 2, codes.AMENDMENT, 30_000),
        ("transaction", 2, codes.ERROR_CORRECTION, 25_000),
    ],
)
def test_fees_by_matter(matter: str, copies: int, act: str, dong: int) -> None:
    row = original("Đơn", 1, copies, fee=0, circumstances=Circumstances(act=act))
    assert matter_fee(row, matter, FEES, DAY) == dong


def test_each_signed_document_is_one_number_and_the_fee_is_shared_out() -> None:
    row = original("Đơn", 1, 3, fee=30_000)
    assert [(one.copies, one.fee) for one in one_number_each(row, "signature")] == [(1, 10_000)] * 3
    assert one_number_each(row, "transaction") == (row,)
    assert one_number_each(row, "copy") == (row,)


def test_a_transaction_has_two_working_days_and_signatures_the_same_day() -> None:
    limits = parse_time_limits(load.time_limits())
    due = {m: certification_due(NOW, rule_on(limits, m, DAY), RULES.calendar).due.date() for m in MATTERS}
    assert due["copy"] == due["signature"] == due["translator"] == DAY
    assert due["transaction"] == date(2026, 11, 25), "Friday, then Monday, then 24/11 is a holiday"


def test_one_receipt_over_several_matters_has_a_line_of_each_kind() -> None:
    rows = (original(), signature(), signature("translator"), signature("transaction"))
    kinds = [line.kind for line in receipt_lines(rows)]
    assert kinds == ["copy_fee", "signature_fee", "signature_fee", "transaction_fee"]


# --- registers -------------------------------------------------------------------------------------------


def test_the_book_of_transactions_changes_its_symbol_on_the_first_of_november_2025() -> None:
    assert BOOKS.on("transaction", date(2025, 10, 31)).symbol == "SCT/HĐ,GD"
    assert BOOKS.on("transaction", date(2025, 11, 1)).symbol == "SCT/GD"
    with refused_by("register.kind"):
        BOOKS.on("transaction", date(2015, 4, 9))


def test_every_book_has_eight_columns_and_says_how_well_they_are_known() -> None:
    assert set(MATTERS) <= {book.kind for book in BOOKS.in_use(DAY)}
    for book in BOOKS.kinds:
        assert len(book.heads) == 8, book.symbol
        assert book.columns_status in ("verified", "secondary", "unverified"), book.symbol
    assert BOOKS.on("transaction", DAY).columns_status == "unverified"


def test_an_act_may_name_every_matter() -> None:
    assert set(MATTERS) <= set(SCOPE_NAMES)


# --- what stops a row ------------------------------------------------------------------------------------


def test_a_signature_of_somebody_named_and_seen_passes() -> None:
    assert faults(signature()) == []
    assert faults(signature("transaction"), original()) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (None, "signer.none"),
        (Circumstances(signers=(msgspec.structs.replace(HAND, id_number=""),)), "signer.identity"),
        (Circumstances(signers=(msgspec.structs.replace(HAND, valid_until=20261119),)), "signer.expired"),
        (Circumstances(signers=(HAND, HAND)), "signer.twice"),
        (Circumstances(signers=tuple(Signer("A", "cccd", str(n)) for n in range(21))), "signer.many"),
        (Circumstances(signers=(msgspec.structs.replace(HAND, how="stamp"),)), "signer.how"),
        (Circumstances(signers=(HAND,), witness=HAND), "beside.signs"),
        (Circumstances(signers=(HAND,), interpreter=Signer("", "cccd", "")), "signer.identity"),
        (Circumstances(signers=(HAND,), outside_at=NOW, outside_ground="frail"), "outside.place"),
        (Circumstances(signers=(HAND,), outside_at=NOW, outside_place="bản"), "outside.ground"),
        (Circumstances(signers=(HAND,), outside_place="bản", outside_ground="frail"), "outside.place"),
    ],
)
def test_what_stops_a_signature(facts: Circumstances | None, code: str) -> None:
    assert faults(signature(circumstances=facts)) == [code]


def test_the_last_day_of_a_card_still_serves() -> None:
    card = msgspec.structs.replace(HAND, valid_until=20261120)
    assert faults(signature(circumstances=Circumstances(signers=(card,)))) == []


def test_not_signed_before_the_clerk_stops_in_its_own_words() -> None:
    (fault,) = intake_faults(intake(signature(compared_at=0)), RULES)
    assert fault.title == "Dòng 1: chưa đánh dấu đã ký trước mặt."


def test_copies_are_not_certified_outside_whatever_the_reason() -> None:
    facts = Circumstances(outside_at=NOW, outside_place="bản", outside_ground="frail")
    assert faults(original(circumstances=facts)) == ["outside.copy"]


@pytest.mark.parametrize("ground", OUTSIDE_GROUNDS)
def test_every_lawful_reason_lets_a_signature_be_certified_outside(ground: str) -> None:
    facts = Circumstances(signers=(HAND,), outside_at=NOW, outside_place="bản", outside_ground=ground)
    assert faults(signature(circumstances=facts)) == []


def test_a_signature_on_an_authorisation_needs_one_of_the_four_cases() -> None:
    row = msgspec.structs.replace(signature(), kind=AUTHORISATION_PAPER)
    assert faults(row) == ["authorisation.case"]
    assert len(AUTHORISATION_CASES) == 4
    for case in AUTHORISATION_CASES:
        facts = msgspec.structs.replace(SIGNED, authorisation=case)
        assert faults(msgspec.structs.replace(row, circumstances=facts)) == []
    deal = msgspec.structs.replace(signature("transaction"), kind=AUTHORISATION_PAPER)
    assert faults(deal) == [], "as a transaction it needs no case"


def test_a_translation_without_languages_stops() -> None:
    assert faults(signature("translator")) == ["translation.languages"]


# --- conflict of interest (art. 9(3)) --------------------------------------------------------------------


def _checked(*office: Certifier, row: OriginalTaken | None = None):
    ledger = Ledger()
    request = ledger.request(ledger.take(row or signature()))
    rules = CheckRules(FEES, SIGNATORY.id, register="signature", office=office)
    return check_request(request, rules)


def test_the_same_identity_is_a_hard_stop() -> None:
    check = _checked(Certifier("Người khác tập huấn", HAND.id_number))
    assert check.verdict == MISSING
    assert [point.code for point in check.reasons] == ["conflict.self"]


@pytest.mark.parametrize(
    ("office", "code"),
    [
        (Certifier("Lò Thị Tập Huấn"), "conflict.name"),
        (Certifier("Lò Văn Khác", "", "bản  tập huấn"), "conflict.kin"),
    ],
)
def test_the_same_name_or_family_and_address_is_looked_at(office: Certifier, code: str) -> None:
    check = _checked(office)
    assert check.verdict == NEEDS_LOOK
    assert [point.code for point in check.reasons] == [code]


def test_another_family_or_another_place_is_no_conflict() -> None:
    others = (Certifier("Má A Khác", "", "Bản Tập Huấn"), Certifier("Lò Văn Khác", "", "Bản Khác"))
    assert conflict_notices(signature(), "signature", others) == ()
    assert conflict_notices(original(circumstances=SIGNED), "copy", (Certifier(HAND.name),)) == ()


# --- the line --------------------------------------------------------------------------------------------


def _with_signatures(ledger: Ledger):
    """A register of signatures from 201 on; its id."""
    opened = RegisterOpened("signature", "SCT/CK,ĐC", 2026, 201, 3, "opening_balance", "sổ giấy", DESK)
    return ledger.append(draft(opened, SELF))[0]


def _state(ledger: Ledger, subject: EntryId) -> RegisterState:
    """The register as its journal says."""
    state = fold_subject(subject, [f for f in ledger.facts if subject in f.facts.subjects]).state
    assert isinstance(state, RegisterState)
    return state


def test_a_lot_takes_of_a_mixed_request_the_rows_of_its_register_alone() -> None:
    ledger = Ledger()
    register = _state(ledger, _with_signatures(ledger))
    request = ledger.request(ledger.take(original(), signature(), signature()))
    act = msgspec.structs.replace(DELEGATION, scope=("copy", "signature"))
    pile = Pile((request,), [b"salt", b"sale"])
    drafts = number_lot(
        pile, Signing(SIGNATORY, act, SIGNATORY), register, CheckRules(FEES, SIGNATORY.id),
        Desk(DESK, NOW + MINUTE, NOW),
    )  # fmt: skip
    lines = [decode_body(LineNumbered, one.body) for one in drafts[1:]]
    assert [(line.number, line.original, line.copies) for line in lines] == [(201, 1, 1), (202, 2, 1)]
    assert lines[0].parties == "LÒ THỊ TẬP HUẤN, số 012190000002"


def test_a_request_without_a_row_of_the_register_is_no_part_of_its_lot() -> None:
    ledger = Ledger()
    register = _state(ledger, _with_signatures(ledger))
    request = ledger.request(ledger.take(original()))
    with refused_by("lot.kinds"):
        number_lot(
            Pile((request,), [b"salt"]), Signing(SIGNATORY, DELEGATION, SIGNATORY), register,
            CheckRules(FEES, SIGNATORY.id), Desk(DESK, NOW + MINUTE, NOW),
        )  # fmt: skip


def test_an_act_for_copies_alone_numbers_no_signature() -> None:
    ledger = Ledger()
    register = _state(ledger, _with_signatures(ledger))
    request = ledger.request(ledger.take(original(), signature()))
    with refused_by("delegation.scope"):
        number_lot(
            Pile((request,), [b"salt"]), Signing(SIGNATORY, DELEGATION, SIGNATORY), register,
            CheckRules(FEES, SIGNATORY.id), Desk(DESK, NOW + MINUTE, NOW),
        )  # fmt: skip


def test_columns_three_and_eight_name_fingerprints_and_who_stood_beside() -> None:
    at = local("2026-11-20 09:05")
    facts = Circumstances(
        signers=(FINGER, OTHER),
        outside_at=at,
        outside_place="bản Nà Khan",
        outside_ground="frail",
        witness=OTHER,
    )
    row = signature(circumstances=facts)
    assert parties_words(row, "signature") == (
        "LÒ THỊ TẬP HUẤN, số 012190000002 (điểm chỉ); LÒ VĂN TẬP HUẤN, số 012190000003"
    )
    words = remarks_words(row)
    assert words.startswith("Ngoài trụ sở, lúc 09 giờ 05 phút ngày 20/11/2026 tại bản Nà Khan")
    assert words.endswith("Người làm chứng: LÒ VĂN TẬP HUẤN, số 012190000003")
    assert parties_words(row, "copy") == ""


# --- bytes -----------------------------------------------------------------------------------------------


def test_bytes_without_matter_or_circumstances_are_still_read_as_before() -> None:
    row = original()
    slices = msgspec.msgpack.decode(encode_body(row))
    assert len(slices) == 13
    old = decode_body(OriginalTaken, msgspec.msgpack.encode(slices[:11]))
    assert (old.matter, old.circumstances) == ("", None)
    assert old == row
    line = LineNumbered(1, 1, 2026, 1, 0, 20261120, "A", "B", "C", 1, 0, b"salt")
    shorter = msgspec.msgpack.encode(msgspec.msgpack.decode(encode_body(line))[:12])
    assert decode_body(LineNumbered, shorter) == line


def test_the_bytes_of_circumstances_are_these_for_ever() -> None:
    facts = Circumstances(
        signers=(Signer("A", "cccd", "1", 20261231, codes.FINGERPRINT, "B"),), act="amendment",
        languages="L", authorisation="papers", outside_at=1, outside_place="P", outside_ground="frail",
        interpreter=Signer("I", "cccd", "2"),
    )  # fmt: skip
    before = (
        "999196a141a463636364a131ce0135296fab66696e6765727072696e74a142a9616d656e646d656e74a14ca67061706572"
        "7301a150a5667261696cc096a149a463636364a13200a97369676e6174757265a0"
    )
    assert decode_body(Circumstances, bytes.fromhex(before)) == facts
    placed = msgspec.structs.replace(facts, text_on=codes.TEXT_UNDER, text_top=150)
    now = "9b" + before[2:] + "a5756e646572cc96"
    assert encode_body(placed).hex() == now
    assert decode_body(Circumstances, bytes.fromhex(now)) == placed


def test_a_program_that_knows_no_matters_does_not_misread_a_mixed_request() -> None:
    """Rows of other registers came with version 2: an older reader shows the request read-only."""
    assert BY_BODY[CopiesRequested].version == 2
    (taken,) = take_request(intake(original(), signature()), RULES)
    assert taken.version == 2
