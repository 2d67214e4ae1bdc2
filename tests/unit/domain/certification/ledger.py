"""A small practice unit in memory: journals that append what decisions return, and folds over them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pytest

from counter_app.domain.calendar.working_days import parse_calendar
from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.lots import Desk, Pile, Signing, number_lot
from counter_app.domain.certification.state import LotState, RequestState
from counter_app.domain.certification.taking_in.checks import CheckRules
from counter_app.domain.certification.taking_in.fees import copy_fee
from counter_app.domain.certification.taking_in.intake import Intake, IntakeRules, take_request
from counter_app.domain.certification.taking_in.time_limit import parse_time_limits, rule_on
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.money.fee_table import parse_fee_table
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.registers.entries import RegisterOpened
from counter_app.domain.registers.state import RegisterState
from resources import load
from sync.protocol.journals.entry import Draft, resolve, write_entry
from sync.protocol.naming.ids import SELF, EntryId, journal_of
from sync.protocol.naming.keys import SigningKey

FEES = parse_fee_table(load.fee_table())


def local(text: str) -> int:
    """Moment in ms of a local time such as ``2026-11-20 14:59``."""
    return vn_instant(datetime.fromisoformat(text))


NOW = local("2026-11-20 09:00")  # a Friday
MINUTE = 60_000
SALT = b"\x01\x02\x03\x04"
DESK = journal_of(1, 1)
OTHER = journal_of(2, 1)
RULES = IntakeRules(
    FEES,
    rule_on(parse_time_limits(load.time_limits()), "copy", vn_date(NOW)),
    parse_calendar(load.working_calendar()),
)
REQUESTER = Requester("LÝ THỊ TẬP HUẤN", "personal_number", "012190000001", 19900000, "Bản tập huấn", "")


def refused_by(code: str) -> Any:
    """Expects a DomainError of that rule."""
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def key(number: int) -> SigningKey:
    """A practice key that is the same in each run."""
    return SigningKey(bytes([number]) * 32)


def official(number: int, *roles: str, name: str = "") -> OfficialState:
    """An official of the practice unit; his key is ``key(number)``."""
    public = key(number).public
    identity = EntryId(DESK, 100_000 + number)
    return OfficialState(
        identity,
        name or f"Cán bộ tập huấn {number}",
        "Phó Chủ tịch",
        roles,
        public,
        f"u{number}",
        keys=((identity, public),),
    )


SIGNATORY = official(1, "signatory")
REGISTRAR = official(2, "registrar")
CHAIRMAN = official(3, "chairman")
CASHIER = official(4, "cashier")
DELEGATION = DelegationState(
    EntryId(DESK, 200_000),
    SIGNATORY.id,
    "47/QĐ-UBND",
    20261103,
    "phan_cong",
    "KT.",
    ("copy",),
    20261103,
    20261231,
    "Phó Chủ tịch",
)
CHECKS = CheckRules(FEES, SIGNATORY.id)


def original(
    name: str = "Học bạ", pages: int = 24, copies: int = 2, *, compared_at: int = NOW, **more: Any
) -> OriginalTaken:
    """An original with the fee of the table."""
    fee = more.pop("fee", None)
    if fee is None:
        fee = copy_fee(FEES, pages, copies, vn_date(NOW)).amount
    return OriginalTaken("hb", name, more.pop("mark", ""), pages, copies, fee, compared_at, **more)


def intake(*originals: OriginalTaken, daily: int = 1, at: int = NOW, **more: Any) -> Intake:
    """A request as typed."""
    code = provisional_code("00000", 1, 1, vn_date(at), daily).digits
    rows = originals or (original(),)
    return Intake(
        code, daily, more.pop("requester", REQUESTER), rows, at, SALT, pay=more.pop("pay", "return"), **more
    )


class Ledger:
    """Journals of several counters that hold all of each other's entries, unless ``blind`` to some."""

    def __init__(self) -> None:
        """Open the copies register of 2026 from 1776 with the pen at DESK."""
        self.facts: list[Fact] = []
        self.seq: dict[int, int] = {}
        opened = RegisterOpened("copy", "SCT/BS", 2026, 1776, 3, "opening_balance", "sổ giấy", DESK)
        self.register = self.append(draft(opened, SELF))[0]

    def append(
        self,
        *drafts: Draft,
        journal: int = DESK,
        at: int = NOW,
        actor: EntryId | None = None,
        blind: Iterable[EntryId] = (),
    ) -> list[EntryId]:
        """Append a batch; ``blind`` are entries this counter has not received (concurrent acts)."""
        unseen = set(blind)
        first = EntryId(journal, self.seq.get(journal, 0) + 1)
        made = []
        for offset, item in enumerate(resolve(drafts, first)):
            identity = EntryId(journal, first.seq + offset)
            known = [fact for fact in self.facts if fact.id not in unseen]
            main = item.subjects[0]
            after = () if main == identity else fold_subject(main, _about(main, known)).heads
            facts = item.facts(at, actor, None)
            header = type(facts)(
                facts.at,
                facts.kind,
                facts.version,
                facts.flags,
                facts.actor,
                facts.post,
                facts.subjects,
                after,
            )
            self.facts.append(read_fact(write_entry(identity, header, item.body)))
            self.seq[journal] = identity.seq
            made.append(identity)
        return made

    def folded(self, subject: EntryId, shuffle: random.Random | None = None) -> Any:
        """The subject as its facts make it, in an arrival order of ``shuffle``."""
        facts = _about(subject, self.facts)
        if shuffle is not None:
            shuffle.shuffle(facts)
        return fold_subject(subject, facts)

    def request(self, subject: EntryId) -> RequestState:
        """State of a request."""
        state: RequestState = self.folded(subject).state
        return state

    def line(self, subject: EntryId) -> LineState:
        """State of a line."""
        state: LineState = self.folded(subject).state
        return state

    def lot(self, subject: EntryId) -> LotState:
        """State of a lot."""
        state: LotState = self.folded(subject).state
        return state

    def book(self) -> RegisterState:
        """State of the register-year."""
        state: RegisterState = self.folded(self.register).state
        return state

    def take(self, *originals: OriginalTaken, daily: int = 1, journal: int = DESK) -> EntryId:
        """A request taken in; returns its id."""
        return self.append(*take_request(intake(*originals, daily=daily), RULES), journal=journal)[0]

    def number(
        self, *requests: EntryId, at: int = NOW + MINUTE, blind: Iterable[EntryId] = ()
    ) -> list[EntryId]:
        """Number a pile; returns the lot and its lines."""
        pile = pile_of(*(self.request(request) for request in requests))
        drafts = number_lot(pile, SIGNING, self.book(), CHECKS, Desk(DESK, at, at))
        return self.append(*drafts, at=at, actor=SIGNATORY.id, blind=blind)


SIGNING = Signing(SIGNATORY, DELEGATION, SIGNATORY)


def pile_of(*requests: RequestState, looked_at: bool = True) -> Pile:
    """A pile with salts; a single request counts as looked at (unpaid requests need a look)."""
    size = sum(o.state == "submitted" for request in requests for o in request.originals)
    return Pile(requests, [bytes([0, 0, 0, index % 256]) for index in range(size)], looked_at)


def _about(subject: EntryId, facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if subject in fact.facts.subjects or fact.id == subject]
