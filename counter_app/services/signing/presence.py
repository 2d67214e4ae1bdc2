"""Who is at work today and where: said by entries of the unit, so that every counter proposes alike."""

from __future__ import annotations

import re
from datetime import datetime, time

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text, vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import presence
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import signers
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def on_duty(connection: Connection, work: Workplace) -> frozenset[EntryId]:
    """Who is here today: signed in or acted anywhere, unless somebody said otherwise since."""
    day, now = work.day(), work.now()
    since = vn_instant(datetime.combine(work.today(), time()))
    here = set(signers.at_work_since(connection, since, day))
    for said in work.policies(connection).present:
        if said.day == day:
            (here.add if said.here or 0 < said.until <= now else here.discard)(said.official)
    return frozenset(here)


def presence_words(connection: Connection, work: Workplace, official: EntryId) -> str:
    """``Đang làm việc tại QUẦY-02 từ 07:58``, ``vắng đến 14:00``; "" when nobody said anything today."""
    said = presence.presence_of(work.policies(connection), official, work.day())
    if said is None:
        return ""
    if said.here:
        where = work.counter_name(connection, said.journal) or say("máy khác", "another PC")
        since = moment_text(said.since, "%H:%M")
        return say(f"Đang làm việc tại {where} từ {since}", f"At work at {where} since {since}")
    if not said.until:
        return say("vắng hôm nay", "away today")
    until = moment_text(said.until, "%H:%M")
    return say(f"vắng đến {until}", f"away until {until}") if work.now() < said.until else ""


_TIME = re.compile(r"(\d{1,2})(?:\s*(?:[:hg.])\s*(\d{2})?)?")


def until_typed(work: Workplace, typed: str) -> int:
    """When he comes back today, ms: ``14:00``, ``14h``, ``9h30``; 0 for nothing typed, the whole day.

    Raises DomainError ``presence.time`` for what is no time of today still to come.
    """
    if not typed.strip():
        return 0
    found = _TIME.fullmatch(typed.strip().lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour < 24 and minute < 60:
        back = vn_instant(datetime.combine(work.today(), time(hour, minute)))
        if back > work.now():
            return back
    raise DomainError(
        "Giờ về phải là giờ sau bây giờ của hôm nay.", remedy="Ghi như 14:00 hoặc 15h30.", field="until",
        code="presence.time", title_en="The time of return must be later today.",
        remedy_en="Write it as 14:00 or 15:30.",
    )  # fmt: skip


def mark(work: Workplace, act: Act, official: EntryId, present: bool, until: int = 0) -> None:
    """Somebody is here today, or is away until ``until`` (ms), whatever he did on a PC."""

    def decide(acting: Acting) -> tuple[Draft, ...]:
        unit = work.policies(acting.connection)
        return presence.say_whether(unit, official, present, work.day(), act.at, until)

    work.store.act(decide, act)


def sign_in_here(work: Workplace, official: EntryId) -> bool:
    """Who may sign today and signs in here is at work here: every counter of the unit hears it.

    Nothing is written for anybody else, twice a day for one counter, or while readings are made anew. True
    when something was.
    """
    with work.store.read() as connection:
        day = work.day()
        may_sign = any(one.official == official for one in held.delegations_on(connection, work, day))
        unit = work.policies(connection)
    known = presence.say_here(unit, official, work.journal, day, work.now())
    if not may_sign or not known or work.store.reading_anew:
        return False
    work.store.act(lambda _: known, Act(work.now(), official, None, None))
    return True
