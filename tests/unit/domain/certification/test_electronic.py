"""Electronic copies: numbered and signed one by one; a failed token keeps the number; the register's file."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

import msgspec
import pytest

from counter_app.domain.certification.electronic_entries import (
    ORGANISATION,
    STAMPED,
    FileExtended,
    FileSigned,
)
from counter_app.domain.certification.handover import Handover, hand_over
from counter_app.domain.certification.lines.annulment import AnnulmentAct, annul_line
from counter_app.domain.certification.piles.electronic import (
    SignedFileFacts,
    extend_file,
    is_electronic,
    is_file_of,
    number_file,
    sign_file,
    waiting_files,
)
from counter_app.domain.certification.piles.lots import Desk, Signing, number_lot
from counter_app.domain.certification.piles.signing import confirm_signed, settle_line, strike_line
from counter_app.domain.certification.taking_in.intake import take_request
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.registers.entries import RegisterOpened
from counter_app.domain.seconds import Second
from sync.protocol.journals.codec import encode_body
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.naming.keys import Purpose
from tests.unit.domain.certification.ledger import (
    CHAIRMAN,
    CHECKS,
    DELEGATION,
    DESK,
    MINUTE,
    NOW,
    OTHER,
    REGISTRAR,
    RULES,
    SALT,
    SIGNATORY,
    Ledger,
    intake,
    key,
    original,
    pile_of,
    refused_by,
)

SIGNING = Signing(SIGNATORY, DELEGATION, SIGNATORY)
FILE = b"%PDF of the copy" * 10
FACTS = SignedFileFacts(
    hashlib.sha256(FILE).digest(), len(FILE), b"\x02" * 32, "1f2e", "Cán bộ tập huấn 1"
)  # fmt: skip


_SECOND = Second(CHAIRMAN, lambda message: key(3).sign(Purpose.OFFICIAL, message))


class Files(Ledger):
    """A unit whose register of electronic copies is open."""

    def __init__(self) -> None:
        super().__init__()
        opened = RegisterOpened(ELECTRONIC, "SCTĐT/BS", 2026, 1, 1, "new_year", "", DESK)
        self.register = self.append(draft(opened, SELF))[0]

    def asked(self, count: int = 2, daily: int = 1) -> EntryId:
        """A request of electronic copies; returns its id."""
        rows = [original(f"Giấy {n}", 2, 1) for n in range(count)]
        wanted = intake(*rows, daily=daily, register=ELECTRONIC)
        return self.append(*take_request(wanted, RULES))[0]

    def number_one(self, request: EntryId, index: int, signing: Signing = SIGNING) -> EntryId:
        """The line of one original."""
        desk = Desk(DESK, NOW + MINUTE, NOW)
        drafts = number_file(self.request(request), index, signing, self.book(), CHECKS, desk, SALT)
        _, line = self.append(*drafts, at=NOW + MINUTE, actor=SIGNATORY.id)
        return line

    def sign(self, line: EntryId, facts: SignedFileFacts = FACTS) -> EntryId:
        """The line's file is signed."""
        state = self.line(line)
        drafts = sign_file(state, self.lot(state.lot), SIGNATORY, facts)
        return self.append(*drafts, actor=SIGNATORY.id, at=NOW + 2 * MINUTE)[0]


def test_one_file_is_numbered_and_signed_while_the_others_wait() -> None:
    files = Files()
    request = files.asked(3)
    line = files.number_one(request, 1)
    assert [one.state for one in files.request(request).originals] == ["submitted", "numbered", "submitted"]
    assert files.line(line).number == 1
    files.sign(line)
    state = files.line(line)
    assert state.state == "signed"
    assert state.signed_how == "digital"
    assert state.file is not None
    assert (state.file.digest, state.file.size, state.file.signer) == (FACTS.digest, len(FILE), FACTS.signer)
    assert FACTS.digest.hex()[:16] in state.remarks
    lot = files.lot(state.lot)
    assert (lot.count, lot.signed, lot.unconfirmed) == (1, 1, 0)
    assert [one.state for one in files.request(request).originals] == ["submitted", "signed", "submitted"]
    assert waiting_files(files.request(request)) == (0, 2)


def test_a_failed_token_keeps_the_number_for_the_same_file() -> None:
    files = Files()
    request = files.asked(2)
    kept = files.number_one(request, 0)
    assert waiting_files(files.request(request)) == (0, 1)
    with refused_by("lot.empty"):
        files.number_one(request, 0)
    other = files.number_one(request, 1)
    files.sign(other)
    files.sign(kept)
    assert [files.line(line).number for line in (kept, other)] == [1, 2]
    assert files.book().next_number == 3
    assert waiting_files(files.request(request)) == ()


def test_numbers_run_on_over_many_files_without_hole_or_double() -> None:
    files, chance, numbers = Files(), random.Random(4), []
    for daily in range(1, 9):
        request = files.asked(3, daily)
        for index in chance.sample(range(3), 3):
            line = files.number_one(request, index)
            numbers.append(files.line(line).number)
            if chance.random() < 0.6:
                files.sign(line)
    assert numbers == list(range(1, 25))


def test_a_signed_file_is_handed_over_like_paper() -> None:
    files = Files()
    request = files.asked(1)
    line = files.number_one(request, 0)
    with pytest.raises(DomainError):
        hand_over(files.request(request), Handover(SALT))
    files.sign(line)
    files.append(*hand_over(files.request(request), Handover(SALT, paid_now=files.request(request).to_pay)))
    assert files.request(request).originals[0].state == "handed_over"


def test_only_the_signatory_of_the_number_signs_its_file() -> None:
    files = Files()
    state = files.line(files.number_one(files.asked(1), 0))
    with refused_by("file.signatory"):
        sign_file(state, files.lot(state.lot), REGISTRAR, FACTS)


def test_the_registrar_numbers_no_file_though_the_unit_lets_him_number_paper() -> None:
    files = Files()
    request = files.asked(1)
    with refused_by("lot.own_key"):
        files.number_one(request, 0, Signing(SIGNATORY, DELEGATION, REGISTRAR, registrar_may_number=True))


def test_an_act_for_copies_covers_files_and_another_does_not() -> None:
    files = Files()
    request = files.asked(1)
    other = msgspec.structs.replace(DELEGATION, scope=("signature",))
    with refused_by("delegation.scope"):
        files.number_one(request, 0, replace(SIGNING, delegation=other))
    files.number_one(request, 0)


def test_paper_and_file_never_share_a_register() -> None:
    files = Files()
    paper = files.take(original("Bằng", 1, 1), daily=9)
    assert not is_electronic(files.request(paper), 0)
    desk = Desk(DESK, NOW + MINUTE, NOW)
    with refused_by("file.not_electronic"):
        number_file(files.request(paper), 0, SIGNING, files.book(), CHECKS, desk, SALT)
    with refused_by("lot.kinds"):
        number_lot(pile_of(files.request(paper)), SIGNING, files.book(), CHECKS, desk)


def test_a_file_is_signed_once() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    files.sign(line)
    with refused_by("line.signed"):
        files.sign(line)
    with refused_by("line.signed"):
        confirm_signed([files.line(line)])
    with refused_by("line.signed"):
        strike_line(files.line(line), "other", "tập huấn")


def test_a_file_given_up_is_struck_and_its_number_stays() -> None:
    files = Files()
    request = files.asked(1)
    line = files.number_one(request, 0)
    files.append(*strike_line(files.line(line), "other", "thẻ hỏng"))
    with refused_by("line.struck"):
        files.sign(line)
    assert files.line(line).file is None
    assert files.book().next_number == 2


def test_signed_here_and_struck_elsewhere_at_one_time_waits_for_a_person() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    before = files.line(line)
    struck = files.append(*strike_line(before, "other", "tập huấn"), journal=OTHER, at=NOW + 3 * MINUTE)
    drafts = sign_file(before, files.lot(before.lot), SIGNATORY, FACTS)
    files.append(*drafts, at=NOW + 2 * MINUTE, blind=struck)
    told = files.line(line)
    assert told.contested
    assert told.state == "signed"
    assert told.file is not None
    for seed in range(6):
        assert files.folded(line, random.Random(seed)).state == told


def test_a_person_settles_for_the_file_that_came_after_the_striking() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    before = files.line(line)
    struck = files.append(*strike_line(before, "other", "tập huấn"), journal=OTHER, at=NOW + MINUTE)
    drafts = sign_file(before, files.lot(before.lot), SIGNATORY, FACTS)
    files.append(*drafts, at=NOW + 2 * MINUTE, blind=struck)
    told = files.line(line)
    assert (told.state, bool(told.contested)) == ("struck", True)
    files.append(*settle_line(told, True, ""), at=NOW + 3 * MINUTE)
    settled = files.line(line)
    assert (settled.state, settled.contested) == ("signed", ())
    assert settled.file is not None
    assert settled.file.digest == FACTS.digest


def test_the_organisation_and_a_stamp_may_follow() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    files.sign(line)
    grown, more = FILE + b"organisation", FILE + b"organisation and stamp"
    for data, ground, certificate in ((grown, ORGANISATION, b"\x07" * 32), (more, STAMPED, b"")):
        digest = hashlib.sha256(data).digest()
        files.append(*extend_file(files.line(line), ground, digest, len(data), certificate))
    file = files.line(line).file
    assert file is not None
    assert (file.digest, file.organisation, file.stamped) == (
        hashlib.sha256(more).digest(),
        b"\x07" * 32,
        True,
    )
    assert is_file_of(files.line(line), more)
    with refused_by("file.organisation_signed"):
        extend_file(files.line(line), ORGANISATION, b"\x09" * 32, len(more) + 1, b"\x07" * 32)
    with refused_by("file.shrank"):
        extend_file(files.line(line), STAMPED, b"\x09" * 32, len(FILE))


def test_of_two_that_grew_from_one_file_the_first_counts() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    files.sign(line)
    before = files.line(line)
    first = files.append(*extend_file(before, STAMPED, b"\x05" * 32, 500), at=NOW + 4 * MINUTE)
    files.append(
        *extend_file(before, STAMPED, b"\x06" * 32, 600), journal=OTHER, at=NOW + 5 * MINUTE, blind=first
    )
    states = [files.folded(line, random.Random(seed)).state for seed in range(6)]
    assert all(state.file.digest == b"\x05" * 32 for state in states)


def test_a_line_without_a_file_does_not_grow_and_proves_nothing() -> None:
    files = Files()
    state = files.line(files.number_one(files.asked(1), 0))
    with refused_by("file.none"):
        extend_file(state, STAMPED, b"\x05" * 32, 500)
    assert not is_file_of(state, FILE)


def test_the_first_bytes_of_a_file_prove_it_and_others_do_not() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    files.sign(line)
    state = files.line(line)
    assert is_file_of(state, FILE)
    assert is_file_of(state, FILE + b"time-stamp")
    assert not is_file_of(state, FILE[:-1])
    assert not is_file_of(state, b"x" + FILE[1:])


def test_the_chairmans_decision_annuls_a_file_too() -> None:
    files = Files()
    line = files.number_one(files.asked(1), 0)
    files.sign(line)
    act = AnnulmentAct("12/QĐ-UBND", 20261121, "cấp sai")
    files.append(*annul_line(files.line(line), act, 20261121, REGISTRAR, _SECOND))
    assert files.line(line).state == "annulled"
    assert files.line(line).file is not None


def test_bytes_of_the_kinds_are_never_written_otherwise() -> None:
    """Golden: number, seal and bytes as docs/format.md tells them; arrays in the order of the fields."""
    signed = FileSigned("digital", b"\x01" * 32, 160, b"\x02" * 32, "1f2e", "A")
    assert BY_BODY[FileSigned].number == 236
    assert BY_BODY[FileSigned].sealed
    assert encode_body(signed).hex() == (
        "98a76469676974616cc420" + "01" * 32 + "cca0c420" + "02" * 32 + "a431663265a141c400c2"
    )  # fmt: skip
    grown = FileExtended(b"\x01" * 32, b"\x03" * 32, 500, "stamp")
    assert BY_BODY[FileExtended].number == 237
    assert not BY_BODY[FileExtended].sealed
    assert encode_body(grown).hex() == (
        "95c420" + "01" * 32 + "c420" + "03" * 32 + "cd01f4a57374616d70c400"
    )  # fmt: skip
