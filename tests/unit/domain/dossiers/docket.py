"""Dossiers played in memory: counters that append what decisions return, and two made-up procedures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from msgspec import structs

from counter_app.domain.calendar.working_days import parse_calendar
from counter_app.domain.catalogue import Fee, Limit, Paper, Procedure
from counter_app.domain.catalogue.procedure import Group
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.dossiers.acts import desk, intake
from counter_app.domain.dossiers.acts.intake import FormNumber, Held, Intake
from counter_app.domain.dossiers.entries import (
    CITIZEN,
    FeeUsed,
    LimitUsed,
    OnlineDossierArrived,
    PaperTaken,
    Party,
)
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.aggregate import Folded
from resources import load
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.folding.writing import Counter

CALENDAR = parse_calendar(load.working_calendar())
SALT = b"\x01\x02\x03\x04"
MINUTE = 60_000


def local(text: str) -> int:
    """Moment in ms of a local time such as ``2026-11-20 14:59``."""
    return vn_instant(datetime.fromisoformat(text))


NOW = local("2026-11-18 09:00")  # a Wednesday; 24 November is a holiday
FIVE_DAYS = local("2026-11-26 17:00")  # 19, 20, 23, 25, 26: the weekend and the 24th do not count


def paper(name: str, kind: str = "required", key: str = "", condition: str = "") -> Paper:
    """A row of a list."""
    return Paper(name, 1, 0, "hand_in", Group(kind, key or name, condition))


ALLOWANCE = Procedure(
    code="9.000001", name="Thủ tục xét trợ cấp (tập huấn)", field="Bảo trợ xã hội (tập huấn)",
    limits=(Limit(5, "working_day"),), fees=(Fee("le_phi", 8_000),),
    papers=(paper("Tờ khai"), paper("Giấy chứng sinh", "one_of", "birth"),
            paper("Văn bản của người làm chứng", "one_of", "birth"),
            paper("Giấy ủy quyền", "if", "by_other", "người khác nộp thay")),
    channels=("counter", "post", "online"), source="tập huấn", verified=True, reviewed=True,
)  # fmt: skip
UNKNOWN = Procedure(
    code="9.000002", name="Thủ tục chưa có mức (tập huấn)", field="Khác", limits=(), fees=(),
    papers=(paper("Đơn"),), channels=("counter",), source="tập huấn", verified=False, reviewed=False,
)  # fmt: skip
CITIZEN_OF_TRAINING = Party(
    CITIZEN, "LÝ THỊ TẬP HUẤN", "cccd", "012190000001", 19900000, "female", "Bản tập huấn", "03390", "", ""
)
RATE = FeeUsed("le_phi", "Lệ phí", 8_000, True)
LIMIT = LimitUsed(5, "working_day", "")
ALL_HELD = {0: Held("brought"), 1: Held("brought")}


def handed_in(**more: Any) -> Intake:
    """A complete dossier at counter 1; ``more`` replaces fields."""
    at = more.get("received_at", NOW)
    code = provisional_code("03390", 1, 1, vn_date(at), more.get("daily", 1))
    given = Intake(
        code=code.digits, daily=1, channel="counter", procedure=ALLOWANCE, version="1",
        party=CITIZEN_OF_TRAINING, limit=LIMIT, received_at=at, salt=SALT, fees=(RATE,), held=ALL_HELD,
    )  # fmt: skip
    return replace(given, **more)


def number(form: int, book: str = "01") -> FormNumber:
    """The number of a paper in counter 1's book."""
    return FormNumber(book, form)


def refused_by(code: str) -> Any:
    """Expects a DomainError of that rule."""
    return pytest.raises(DomainError, check=lambda error: error.code == code)


class Docket:
    """One dossier at one counter, or at several that exchange later."""

    def __init__(self, given: Intake | None = None, *, accepted: bool = True) -> None:
        """Handed in (and accepted) at counter 1."""
        self.one = Counter(1, clock=NOW)
        drafts: Sequence[Draft] = ()
        if accepted:
            drafts = intake.accept(given or handed_in(), number(1), CALENDAR)
        elif given is not None:
            rows = intake.asked_of(given.checklist)
            drafts = intake.ask(given, number(1), rows, "Thiếu giấy tờ", "Quầy 1, 0213")
        else:
            drafts = arrived()
        self.id: EntryId = self.one.append(drafts)[0]

    @property
    def state(self) -> DossierState:
        """As counter 1 sees it."""
        return self.one.state(self.id)

    @property
    def folded(self) -> Folded:
        """With its conflicts."""
        return self.one.folds[self.id]

    def act(self, drafts: Sequence[Draft], at: int = 0) -> list[EntryId]:
        """Write what a decision returned."""
        self.one.clock = at or self.one.clock + MINUTE
        return self.one.append(drafts)

    def elsewhere(self, device: int = 2) -> Counter:
        """Another counter that holds all of this and then loses the line."""
        other = Counter(device, clock=self.one.clock + MINUTE)
        self.one.exchange(other)
        return other

    def complaints(self) -> list[str]:
        """Codes of the acts that do not count."""
        return [found.code for found in self.folded.conflicts]


def arrived(**more: Any) -> tuple[Draft, ...]:
    """A dossier filed online this morning; ``more`` replaces fields."""
    body = OnlineDossierArrived(
        portal_code="G09.20-20261118-0000001", submitted_at=NOW, accept_by=NOW + 8 * 60 * MINUTE,
        procedure=intake.procedure_used(ALLOWANCE, "1"), party=CITIZEN_OF_TRAINING, companions=(), cases=(),
        papers=papers("brought", "brought"), fees=(RATE,), limit=LIMIT, deliver="online", paid=8_000,
        salt=SALT,
    )  # fmt: skip
    return (draft(structs.replace(body, **more), SELF),)


def papers(*states: str) -> tuple[PaperTaken, ...]:
    """The first rows of the list, each in its state."""
    return tuple(
        PaperTaken(place, one.group.key, one.name, state, "original", int(state != "missing"))
        for place, (one, state) in enumerate(zip(ALLOWANCE.papers, states, strict=False))
    )


def take_online(state: DossierState, at: int = NOW, code: str = "") -> tuple[Draft, ...]:
    """Counter 1 takes an online dossier in."""
    digits = code or provisional_code("03390", 1, 1, vn_date(at), 7).digits
    return desk.accept_online(state, state.papers, number(1), desk.CounterCode(digits, 7), at, CALENDAR)
