"""A generated year of a commune's dossiers, through the services on a real store: every path, a seed a year.

Days go from the day of the tests' clock; each day the clerk takes in, the head works on what is open,
the clerk hands over. What an act asks for is read off its fields, so that a new field needs nothing here.
Nothing is printed: papers are queued as they are at a counter without a printer.
"""

from __future__ import annotations

import random
from collections import Counter as Tally
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.services import rules
from counter_app.services.dossiers import acts
from counter_app.services.ports.copies import LOOK, STOP
from counter_app.services.ports.dossiers import ActField, ActForm, GivingForm
from counter_app.services.ports.intake import (
    ACCEPT,
    ASK,
    REFUSE,
    CompanionForm,
    IntakeForm,
    PaperTick,
    PartyForm,
)
from counter_app.storage.store import WAL_BYTES_BEFORE_CHECKPOINT
from sync.hub.dossiers import OnlineDossier, OnlinePaper, arrival
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CLERK, PIN, SIGNER, Counter

FIRST_DAY = date(2026, 11, 20)
"""Where the clock of the tests' counters stands."""
OFTEN = ("1.001193", "2.000635", "1.004873", "1.000894", "1.000656", "2.000908")
"""Procedures of which a commune has the most; the others come by chance."""
FAMILY = ("Nguyễn", "Lò", "Vàng", "Giàng", "Đặng", "Hoàng", "Trần", "Lý", "Phàn", "Mùa", "Tẩn", "Chẻo")
GIVEN = ("Đào", "Páo", "Ẩm", "Dũng", "Hoa", "Vảng", "Lan", "Sơn", "Xuân", "Tả", "Lở", "Đông")
NEXT: dict[str, tuple[tuple[str, int], ...]] = {
    "online": (("accept", 7), ("ask", 2), ("refuse", 1)),
    "accepted": (("take", 30), ("withdraw", 1), ("stop", 1), ("contact", 1), ("correct", 1), ("extend", 2)),
    "processing": (("opinion", 4), ("forward", 3), ("draft", 10), ("vet", 2), ("duty", 1), ("extend", 2),
                   ("result", 6), ("look_up", 1), ("stop", 1), ("withdraw", 1)),
    "awaiting_decision": (("send_back", 1), ("result", 9)),
    "waiting_citizen": (("bring", 6), ("withdraw", 1), ("stop", 1), ("contact", 2), ("", 6)),
    "waiting_fee": (("duty_met", 5), ("withdraw", 1), ("", 2)),
    "done": (("give", 7), ("ready", 2), ("contact", 1), ("uncollected", 1), ("", 2)),
}  # fmt: skip
"""What may happen to a dossier on a day, with weights; "" is nothing. Taking and bringing are the clerk's."""
CLERKS = frozenset({"accept", "ask", "refuse", "bring", "withdraw", "duty_met", "give", "ready", "contact",
                    "uncollected", "correct"})  # fmt: skip


@dataclass
class DossierYear:
    """One year on one counter; ``refused`` counts acts that the rules turned down, by code."""

    counter: Counter
    seed: int = 1
    a_day: int = 48
    dice: random.Random = field(init=False)
    taken: list[EntryId] = field(default_factory=list)
    live: list[EntryId] = field(default_factory=list)
    done: Tally[str] = field(default_factory=Tally)
    refused: Tally[str] = field(default_factory=Tally)
    portal: int = 0

    def __post_init__(self) -> None:
        """The counter prints nothing; its clock stands at the first morning."""
        self.dice = random.Random(self.seed)
        areas = self.counter.areas
        areas.intake.queue = areas.dossiers.queue_of_prints = _NoPrinter(areas.intake.queue)  # type: ignore[assignment]
        self.calendar = self.counter.work.shipped.calendar
        codes = [one.code for one in rules.shipped_catalogue().procedures]
        self.codes = sorted(set(codes))
        self.day = FIRST_DAY

    def run(self, dossiers: int) -> None:
        """Days pass until ``dossiers`` were taken in, then what is open moves on for twenty more."""
        while len(self.taken) < dossiers:
            self.one_day(min(self.a_day, dossiers - len(self.taken)))
        for _ in range(20):
            self.one_day(0)

    def one_day(self, intakes: int) -> None:
        """Morning: intake, answers and results at the counter; afternoon: work on what is open."""
        while not self.calendar.is_working_day(self.day):
            self.day += timedelta(days=1)
        self._at(8)
        self.counter.sign_in(CLERK)
        for _ in range(intakes):
            self.take_in()
        chosen = [(one, act) for one in self.live if (act := self._choose(one))]
        self._do([pair for pair in chosen if pair[1] in CLERKS])
        self._at(14)
        self.counter.sign_in(SIGNER)
        self._do([pair for pair in chosen if pair[1] not in CLERKS])
        self.live = [one for one in self.live if str(self.state(one).stage) in NEXT]
        self.counter.store.settle_reads()
        if self.counter.store.wal_bytes() > WAL_BYTES_BEFORE_CHECKPOINT:
            self.counter.store.fold_wal()  # as the running program's upkeep does
        self.day += timedelta(days=1)

    def state(self, dossier: EntryId) -> DossierState:
        """A dossier as it stands."""
        found: DossierState = self.counter.state(dossier)
        return found

    # --- taking in ---

    def take_in(self) -> EntryId:
        """One dossier: filed online, or at the counter or by post with one of the three outcomes."""
        self.counter.clock.at += 3 * 60_000
        code = self.dice.choice(OFTEN) if self.dice.random() < 0.7 else self.dice.choice(self.codes)
        if self.dice.random() < 0.15:
            dossier = self._online(code)
        else:
            dossier = self._at_counter(code)
        self.taken.append(dossier)
        self.live.append(dossier)
        return dossier

    def party(self) -> PartyForm:
        """Somebody; some come again, some know only their year of birth, some are organisations."""
        place = self.dice.randrange(4_000)
        name = f"{FAMILY[place % 12]} {GIVEN[place // 12 % 12]} tập huấn"
        if place % 50 == 0:
            return PartyForm("organisation", "enterprise", f"0100{place:06d}", f"HTX {name}")
        year = 1950 + place % 50
        birth = str(year) if place % 9 == 0 else f"{1 + place % 28:02d}/{1 + place % 12:02d}/{year}"
        number = f"0120{year % 100:02d}{place:06d}"
        return PartyForm(
            id_number=number, name=name.upper(), birth=birth, sex="male", address="Bản Nà Khan", unit="03390"
        )

    def form(self, code: str) -> IntakeForm:
        """A page as it opens, with what the catalogue does not know typed, and sometimes people beside."""
        channel = "post" if self.dice.random() < 0.05 else "counter"
        form = IntakeForm(channel, self.party(), procedure=code, pay=self.dice.choice(("now", "return")))
        if channel == "post":
            form = replace(form, arrived=f"{vn_date(self.counter.clock.at):%d/%m/%Y}")
        if form.party.kind == "organisation":
            form = replace(form, companions=(CompanionForm("representative", "LÝ A TẬP HUẤN"),))
        elif self.dice.random() < 0.03:
            witness = CompanionForm("witness", "GIÀNG A TẬP HUẤN", id_number="012060000111")
            form = replace(form, cannot_sign="fingerprint", companions=(witness,))
        seen = self.counter.areas.intake.view(form)
        if not seen.limit_known:
            form = replace(form, limit_value="5", limit_unit="working_day", limit_ground="Quyết định công bố")
        if not seen.fee_known:
            form = replace(form, fee="10000", fee_ground="Nghị quyết HĐND tỉnh (tập huấn)")
        return form

    def _at_counter(self, code: str) -> EntryId:
        form, outcome = self.form(code), self.dice.choices((ACCEPT, ASK, REFUSE), (80, 15, 5))[0]
        intake = self.counter.areas.intake
        if outcome == ASK and not any(row.missing for row in intake.view(form).papers):
            outcome = ACCEPT
        if outcome != ASK:
            form = replace(form, ticks=self.ticks(form))
        if outcome == REFUSE:
            ground = self.dice.choice(intake.refusal_grounds())[0]
            form = replace(form, outcome=REFUSE, ground=ground, reason="Không thuộc thẩm quyền (tập huấn)")
        elif outcome == ASK:
            form = replace(form, outcome=ASK, reason="Thiếu giấy tờ")
        notices = intake.view(form).notices
        form = replace(form, seen=tuple(one.code for one in notices if one.level == LOOK))
        stops = [one.code for one in notices if one.level == STOP]
        if stops:
            raise AssertionError(f"{code}: {stops}")
        made = intake.commit(form)
        self.done[f"in:{made.outcome}"] += 1
        return made.dossier

    def ticks(self, form: IntakeForm) -> tuple[PaperTick, ...]:
        """Every missing row, one of each group of alternatives."""
        found, groups = [], set()
        for row in self.counter.areas.intake.view(form).papers:
            if row.missing and row.group not in groups:
                groups |= {row.group} if row.kind == "one_of" else set()
                found.append(PaperTick(row.row, "looked_up" if row.look_up else "brought"))
        return tuple(found)

    def _online(self, code: str) -> EntryId:
        self.portal += 1
        procedure = rules.shipped_catalogue().require(code, self.day)
        party = replace(self.party(), kind="citizen")
        online = OnlineDossier(
            f"000.00.00.H35-26-{self.portal:07d}", code, party.name, party.id_number,
            self.counter.clock.at - 600_000, address=party.address,
            papers=tuple(OnlinePaper(row) for row in range(len(procedure.papers))),
        )  # fmt: skip
        drafts = (arrival(online, b"\1\2\3\4"),)
        entries = self.counter.store.append(drafts, self.counter.areas.desk.act()).entries
        self.done["in:online"] += 1
        return entries[0].id

    # --- moving on ---

    def _choose(self, dossier: EntryId) -> str:
        state = self.state(dossier)
        offered = NEXT.get(str(state.stage), ())
        if not offered:
            return ""
        if not state.place.taken and str(state.stage) == "processing":
            return "take"
        return self.dice.choices([act for act, _ in offered], [weight for _, weight in offered])[0]

    def _do(self, pairs: list[tuple[EntryId, str]]) -> None:
        for dossier, act in pairs:
            self.counter.clock.at += 60_000
            try:
                self.act(dossier, act)
            except DomainError as error:
                self.refused[error.code] += 1
            else:
                self.done[act] += 1

    def act(self, dossier: EntryId, act: str) -> None:
        """One act with every field filled in. Raises DomainError when a rule forbids it."""
        dossiers = self.counter.areas.dossiers
        if act == "give":
            dossiers.give(GivingForm((dossier,), originals_shown=True))
            return
        kind = acts.BY_CODE[act]
        with self.counter.store.read() as connection:
            fields = kind.fields(connection, self.counter.work, self.state(dossier))
        values = {one.name: self._value(dossier, one) for one in fields}
        dossiers.act(ActForm(dossier, act, values, PIN if kind.sealed else ""))

    def _value(self, dossier: EntryId, asked: ActField) -> str:
        if asked.kind == "due":
            clock = self.state(dossier).clock
            later = (clock.due.date() if clock.due is not None else self.day) + timedelta(days=1)
            while not self.calendar.is_working_day(later):
                later += timedelta(days=1)
            return f"{later:%d/%m/%Y}"
        if asked.kind == "choice":
            return self.dice.choice(asked.choices)[0] if asked.choices else ""
        made = {"date": f"{self.day:%d/%m/%Y}", "money": "15000", "tick": "1"}
        return asked.value or made.get(asked.kind, f"{asked.label} (tập huấn)")

    def _at(self, hour: int) -> None:
        moment = vn_instant(datetime(self.day.year, self.day.month, self.day.day, hour))  # noqa: DTZ001
        self.counter.clock.at = max(self.counter.clock.at, moment)


class _NoPrinter:
    """The print queue of a counter without a printer: jobs are kept, none is rendered."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue

    def run(self, *_: object) -> tuple[()]:
        """Nothing is printed."""
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)
