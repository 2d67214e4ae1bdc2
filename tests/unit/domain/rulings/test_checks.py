"""What the province asks: signatures, delegations, fees, numbers - and nothing about a good day's work."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.certification.entries import CopiesRequested, LotNumbered, OriginalTaken, Requester
from counter_app.domain.dossiers.entries import DossierStopped
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import decisions as d
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import AUTHORISED, DelegationRecorded
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.decisions import open_register, recover_pen
from counter_app.domain.rulings.checks import Surroundings, questions_about
from sync.protocol.journals.system_kinds import EntryQuestioned
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.dossiers.docket import arrived
from tests.unit.domain.folding.writing import MINUTE, Counter, key_of, second

HEAD, STAFF = 1, 2


class Unit:
    """A unit with a chairman, a registrar, an act and a register, all written by one PC."""

    def __init__(self, valid_to: int = 20261231, scope: tuple[str, ...] = ("copy",)) -> None:
        self.pc = Counter(1)
        self.head = self._official(HEAD, roles.CHAIRMAN)
        self.staff = self._official(STAFF, roles.REGISTRAR, roles.SIGNATORY)
        act = DelegationRecorded(
            "12/QĐ", 20260105, AUTHORISED, "TUQ.", scope, 20260110, valid_to, "Công chức"
        )
        self.act = self.pc.append(d.record_delegation(self.head, self.staff, act), self.head, key_of(HEAD))[0]
        self.register = self.pc.append(
            open_register(self.staff, "copy", "SCT/BS", self.pc.journal, self.pc.clock, ()),
            self.staff,
            key_of(STAFF),
        )[0]

    def _official(self, number: int, *held: str) -> OfficialState:
        drafts = d.record_official(None, f"Tập huấn {number}", "x", held, key_of(number).public, "login")
        state: OfficialState = self.pc.state(self.pc.append(drafts)[0])
        return state

    def lot(
        self, pc: Counter | None = None, first: int = 1, day: int = 20261121, key: int = STAFF
    ) -> EntryId:
        writer = pc or self.pc
        body = LotNumbered(
            self.staff.id, self.act, "Công chức", "Tập huấn", "TUQ.", writer.state(self.register).term, 1,
            first, 2,
            day, bytes(32), True,
        )  # fmt: skip
        drafts = [draft(body, self.register, SELF, self.act)]
        return writer.append(drafts, self.staff, key_of(key) if key else None)[0]

    def asked(self, entry: EntryId, pc: Counter | None = None) -> list[str]:
        """Codes of the questions about one entry; each fits the entry that carries it."""
        hub = pc or self.pc
        found = questions_about(hub.facts[entry], Surroundings(hub.folds, _fee))
        for question in found:
            body = EntryQuestioned(entry, question.code, question.field, question.words, question.theirs)
            assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=EntryQuestioned) == body
        return [question.code for question in found]


def _fee(register: str, pages: int, copies: int, day: int) -> int | None:
    if register == "signature":
        return 10_000 * copies
    return None if day < 20200101 else copies * (2_000 * min(pages, 2) + 1_000 * max(pages - 2, 0))


def test_a_good_days_work_raises_no_question() -> None:
    unit = Unit()
    unit.lot()
    assert [unit.asked(entry) for entry in unit.pc.facts if unit.asked(entry)] == []


@pytest.mark.parametrize(("key", "codes"), [(0, ["seal.missing"]), (HEAD, ["seal.bad"]), (STAFF, [])])
def test_the_officials_signature_is_asked_for(key: int, codes: list[str]) -> None:
    unit = Unit()
    assert unit.asked(unit.lot(key=key)) == codes


def test_an_unknown_author_is_asked_about() -> None:
    unit = Unit()
    lot = unit.lot()
    del unit.pc.folds[unit.staff.id]
    assert unit.asked(lot) == ["seal.unknown", "signatory.unknown"]


def test_delegation_not_valid_at_the_time_or_for_the_scope() -> None:
    over = Unit(valid_to=20261120)
    assert over.asked(over.lot()) == ["delegation.ended"]
    wrong = Unit(scope=("signature",))
    assert wrong.asked(wrong.lot()) == ["delegation.scope"]
    unknown = Unit()
    lot = unknown.lot()
    del unknown.pc.folds[unknown.act]
    assert unknown.asked(lot) == ["delegation.missing"]


def test_a_lot_dated_otherwise_than_its_clock_is_asked_about() -> None:
    unit = Unit()
    assert unit.asked(unit.lot(day=20261120)) == ["lot.day"]


def test_numbers_double_and_terms_gone_by() -> None:
    unit = Unit()
    copy = Counter(1, life=2)
    copy.take(unit.pc.facts.values())
    unit.lot()
    copy.clock += MINUTE
    twice = unit.lot(copy)
    unit.pc.exchange(copy)
    assert unit.asked(twice) == ["pen.not-holder"]
    late = Unit()
    taker = Counter(2)
    taker.exchange(late.pc)
    recovery = taker.append(
        recover_pen(
            taker.state(late.register), taker.journal, late.staff, second(late.head, HEAD),
            highest_on_paper=0,
            waiting_there=0, ground="máy hỏng",
        ),
        late.staff, key_of(STAFF),
    )[0]  # fmt: skip
    late.pc.clock += MINUTE
    beyond = late.lot(first=1)
    taker.exchange(late.pc)
    assert late.asked(beyond, taker) == ["pen.late-term"]
    assert late.asked(recovery, taker) == []


def test_a_second_person_without_the_right_is_asked_about() -> None:
    unit = Unit()
    taker = Counter(2)
    taker.exchange(unit.pc)
    recovery = taker.append(
        recover_pen(
            taker.state(unit.register), taker.journal, unit.staff, second(unit.head, HEAD),
            highest_on_paper=0,
            waiting_there=0, ground="máy hỏng",
        ),
        unit.staff, key_of(STAFF),
    )[0]  # fmt: skip
    folded = taker.folds[unit.head.id]
    demoted = msgspec.structs.replace(folded.state, roles=(roles.INTAKE,))
    taker.folds[unit.head.id] = msgspec.structs.replace(folded, state=demoted)
    assert unit.asked(recovery, taker) == ["role.not-allowed"]


@pytest.mark.parametrize(
    ("fee", "day", "codes"),
    [(5_000, 20261121, []), (4_000, 20261121, ["fee.differs"]), (4_000, 20191121, [])],
)
def test_fees_are_compared_with_the_table_of_the_day(fee: int, day: int, codes: list[str]) -> None:
    unit = Unit()
    original = OriginalTaken("gks", "Giấy khai sinh", "", 3, 1, fee, 1)
    body = CopiesRequested(
        "1",
        1,
        day,
        Requester("Tập huấn", "", "", 0, "", ""),
        (original, original),
        0,
        "now",
        "desk",
        None,
        b"salt",
    )
    assert unit.asked(unit.pc.append([draft(body, SELF)])[0]) == codes


@pytest.mark.parametrize(("fee", "codes"), [(20_000, []), (4_000, ["fee.differs"])])
def test_a_signature_costs_by_the_document_not_by_the_page(fee: int, codes: list[str]) -> None:
    unit = Unit()
    original = OriginalTaken("syll", "Sơ yếu lý lịch", "", 1, 2, fee, 1)
    body = CopiesRequested(
        "1", 1, 20261121, Requester("Tập huấn", "", "", 0, "", ""), (original,), 0, "now", "desk", None,
        b"salt", "signature",
    )  # fmt: skip
    assert unit.asked(unit.pc.append([draft(body, SELF)])[0]) == codes


@pytest.mark.parametrize(
    ("scope", "held", "named", "codes"),
    [
        (("dossier",), roles.DEPUTY_DIRECTOR, True, []),
        (("copy",), roles.DEPUTY_DIRECTOR, True, ["delegation.scope"]),
        (("dossier",), roles.DEPUTY_DIRECTOR, False, ["role.needs-act"]),
        (("dossier",), roles.INTAKE, True, ["role.not-allowed"]),
        (("dossier",), roles.DIRECTOR, False, []),
    ],
)
def test_a_letter_of_a_deputy_is_asked_about_without_a_fitting_act(
    scope: tuple[str, ...], held: str, named: bool, codes: list[str]
) -> None:
    unit = Unit(scope=scope)
    changed = d.change_official(unit.head, unit.staff, "x", (held,), True, "đổi vai trò")
    unit.pc.append(changed, unit.head, key_of(HEAD))
    dossier = unit.pc.append(arrived())[0]
    body = DossierStopped("01", 1, "Theo đề nghị", "", 20261121, unit.act if named else None)
    stopped = unit.pc.append([draft(body, dossier)], unit.staff, key_of(STAFF))[0]
    found = unit.asked(stopped)
    assert [code for code in found if code.startswith(("role", "delegation"))] == codes
