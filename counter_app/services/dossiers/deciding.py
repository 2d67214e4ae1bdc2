"""From an act as filled in to the domain's decision: values read, numbers drawn, drafts returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dates import parse_date, vn_date, vn_instant
from counter_app.domain.dossiers.acts import desk, ending, handling
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.entries import FeeUsed, PaperAsked
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import read_given
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.people.records import day_number
from counter_app.services.dossiers import bringing, letters
from counter_app.services.dossiers.act_fields import PAPER, POST, UNIT
from counter_app.services.dossiers.commit import next_code_on, next_number
from counter_app.services.lookups import asking
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import dossiers as dossier_queries
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """An act being decided inside the transaction: state, values, who, when (ms)."""

    connection: Connection
    work: Workplace
    state: DossierState
    values: dict[str, str]
    person: OfficialState
    at: int
    clashes: tuple[EntryId, ...] = ()
    """Acts that could not stand and are not settled, the first of them first."""

    def get(self, name: str) -> str:
        """A field's text, "" when it was left out."""
        return self.values.get(name, "").strip()

    def ticked(self, name: str) -> bool:
        """Whether a tick was set."""
        return self.get(name) in ("1", "true", "yes")

    @property
    def calendar(self) -> WorkingCalendar:
        """The unit's working days."""
        return self.work.rules(self.connection).calendar

    def number(self, form: str) -> FormNumber:
        """The next number of a form in this counter's book."""
        return next_number(self.connection, self.work, form, vn_date(self.at).year)

    @property
    def letter_act(self) -> DelegationState | None:
        """The written act under which this person signs forms 04 and 05, None in his own right."""
        return letters.act_for(self.connection, self.work, self.person, day_of(self.at))

    def code(self) -> desk.CounterCode:
        """The next code of this counter's day, for an online dossier."""
        given = next_code_on(self.connection, self.work, vn_date(self.at))
        return desk.CounterCode(given.digits, given.seq)

    def day(self, name: str) -> int:
        """A date as ``yyyymmdd``, 0 when empty. Raises DomainError ``date.*``."""
        text = self.get(name)
        return day_number(parse_date(text, vn_date(self.at), name)) if text else 0


def decide(act: str, given: Deciding) -> Drafts:
    """The drafts of an act. Raises DomainError of the act, ``act.unknown``."""
    decision = _DECISIONS.get(act)
    if decision is None:
        raise DomainError("Không có việc này.", code="act.unknown", title_en="There is no such act.")
    return decision(given)


def _accept(d: Deciding) -> Drafts:
    """Form 01; a rate that was not known may be typed with it, and stands on the slip."""
    accepted = desk.accept_online(d.state, d.state.papers, d.number("01"), d.code(), d.at, d.calendar)
    return (*accepted, *_set_fee(d)) if d.get("fee") and d.state.fee is None else accepted


def _ask(d: Deciding) -> Drafts:
    places = {paper.name.casefold(): paper.row for paper in d.state.papers}
    lines = [line.strip() for line in d.get("papers").splitlines() if line.strip()]
    asked = [
        PaperAsked(places.get(line.casefold(), bringing.FREE_ROW + place), line[:600], "original", "")
        for place, line in enumerate(lines[:99])
    ]
    return desk.ask(d.state, d.number("02"), asked, d.get("reason"), d.person.name, d.at, d.calendar)


def _refuse(d: Deciding) -> Drafts:
    return desk.refuse(d.state, d.number("03"), d.get("ground"), d.get("reason"), d.at)


def _bring(d: Deciding) -> Drafts:
    """Single papers, or all of them; form 01 with the last one before acceptance."""
    asked = dict(bringing.choices(d.connection, d.state))
    ticked = {row for row in asked if d.ticked(f"{PAPER}{row}")}
    if d.ticked("all"):
        ticked |= {one.row for one in bringing.wanted(d.connection, d.state)}
    elif not ticked:
        raise bringing.nothing_ticked()
    papers, complete = bringing.after(d.connection, d.state, ticked)
    first = complete and d.state.form("01") is None
    code = d.code() if first and not d.state.code else None
    number = d.number("01") if first else None
    return desk.bring(d.state, papers, complete, d.at, d.calendar, number, code)


def _forward(d: Deciding) -> Drafts:
    to, words = d.get("to"), d.get("words")
    if to.startswith(POST) and to.removeprefix(POST).isdigit():
        post = EntryId.from_key(int(to.removeprefix(POST)))
        name = dict(dossier_queries.posts(d.connection)).get(post, "")
        return handling.forward(d.state, to_post=post, to_name=name, note=words)
    name = to.removeprefix(UNIT)
    return handling.forward(d.state, to_unit=d.work.place.unit if name else "", to_name=name, note=words)


def _result(d: Deciding) -> Drafts:
    given = ResultGiven(
        d.get("kind") or "other", d.get("title"), d.get("number"), d.day("date"), d.get("signer"),
        d.get("medium") or "paper", d.get("kind") != "refusal",
    )  # fmt: skip
    return handling.record_result(d.state, given)


def _fee(d: Deciding, kind: str, label: str) -> tuple[FeeUsed, ...]:
    text = d.get("fee")
    if not text:
        return ()
    return (FeeUsed(kind, label[:120], read_given(text, 0), True, "", d.get("reason")),)


def _duty(d: Deciding) -> Drafts:
    return handling.ask_duty(d.state, _fee(d, "duty", d.get("label")), d.get("reason"))


def _set_fee(d: Deciding) -> Drafts:
    """The line without a rate is set, else the first one."""
    held = d.state.fees
    place = next((index for index, line in enumerate(held) if not line.known), 0)
    old = held[place] if held else None
    lines = _fee(d, "le_phi" if old is None else old.kind, "Lệ phí" if old is None else old.label)
    if not lines:
        raise DomainError("Nhập mức thu.", field="fee", code="fee.amount", title_en="Type the amount.")
    return handling.set_fees(d.state, (*held[:place], *lines, *held[place + 1 :]), d.get("reason"))


def _extend(d: Deciding) -> Drafts:
    day = d.day("due")
    due = 0
    if day:
        new = datetime.strptime(str(day), "%Y%m%d").date()  # noqa: DTZ007 - local days are naive here
        calendar = d.calendar
        works = calendar.is_working_day(new)
        due = vn_instant(calendar.closing(new) if works else datetime.combine(new, datetime.max.time()))
    return ending.extend(
        d.state, d.person, d.number("04"), due, d.get("reason"), d.at, d.calendar, act=d.letter_act
    )


def _stop(d: Deciding) -> Drafts:
    number, returned = d.number("05"), d.get("papers_returned")
    return ending.stop(d.state, d.person, number, d.get("reason"), returned, d.at, act=d.letter_act)


def _look_up(d: Deciding) -> Drafts:
    return handling.look_up(d.state, _row(d), d.get("outcome"), d.get("source"), d.get("words"))


def _ask_data(d: Deciding) -> Drafts:
    return asking.ask_for(d.connection, d.work, d.state, d.person, _row(d), d.at)


def _unask(d: Deciding) -> Drafts:
    return asking.call_back(d.connection, d.work, d.state, d.person, _row(d), d.get("words"))


def _row(d: Deciding) -> int:
    """The paper's place, -1 when none was chosen."""
    return int(d.get("row")) if d.get("row").isdigit() else -1


def _correct(d: Deciding) -> Drafts:
    party = d.state.party
    names = ("name", "id_number", "address", "phone")
    new = msgspec.structs.replace(party, **{n: d.get(n) for n in names if n in d.values})
    return ending.correct(d.state, new, d.state.companions, d.get("reason"), salt())


_DECISIONS: dict[str, Callable[[Deciding], Drafts]] = {
    "accept": _accept,
    "ask": _ask,
    "vet": _ask,
    "refuse": _refuse,
    "bring": _bring,
    "take": lambda d: handling.take(d.state, d.state.place.post, d.get("words")),
    "forward": _forward,
    "opinion": lambda d: handling.give_opinion(d.state, d.get("opinion")),
    "look_up": _look_up,
    "ask_data": _ask_data,
    "unask": _unask,
    "draft": lambda d: handling.prepare(d.state, d.get("draft"), d.get("words")),
    "send_back": lambda d: handling.send_back(d.state, d.get("reason")),
    "result": _result,
    "duty": _duty,
    "duty_met": lambda d: handling.meet_duty(d.state, d.get("proof"), d.at, d.calendar),
    "fee": _set_fee,
    "extend": _extend,
    "stop": _stop,
    "withdraw": lambda d: ending.withdraw(d.state, d.get("reason"), d.get("papers_returned"), d.at),
    "ready": lambda d: ending.make_ready(d.state, d.get("drawer")),
    "contact": lambda d: ending.contact(d.state, d.get("how"), d.get("outcome"), d.get("words")),
    "uncollected": lambda d: ending.note_uncollected(d.state, d.get("reason"), d.at),
    "correct": _correct,
    "settle": lambda d: ending.settle_clash(d.state, d.clashes[:1], d.get("how"), d.get("reason")),
}
