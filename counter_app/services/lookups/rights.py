"""The right to look up, recorded by the head with the written act that gives it; it stands among the acts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups.rights import LookupRight, end_right, give_right, right_key, right_of
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import ground_missing
from counter_app.domain.organisation.state import OfficialState, unit_subject
from counter_app.services import rules as tables_of_rules
from counter_app.services.lookups.words import short_name
from counter_app.services.ports.officials import IN_FORCE, LOOK_UP, OVER, ActView, EndActForm
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

__all__ = ["ENDLESS", "LOOK_UP", "end_if_right", "record_right", "rights_as_acts", "systems_in"]
ENDLESS = 99_991_231


def systems_in(scope: Iterable[str]) -> tuple[str, ...]:
    """Systems that an act is for, by code: ``look_up.land``; ``look_up`` alone stands for all of them."""
    named = tuple(code.removeprefix(f"{LOOK_UP}.") for code in scope if code.startswith(f"{LOOK_UP}."))
    if named or LOOK_UP not in scope:
        return named
    return tuple(system.code for system in tables_of_rules.lookup_systems().systems)


def rights_as_acts(connection: Connection, work: Workplace, today: int) -> list[ActView]:
    """Rights that officials have, as written acts; each is named by its official (``end_if_right``)."""
    unit = work.policies(connection)
    officials = unit_queries.officials(connection, active_only=False)
    return [
        _act_view(right, row.id, row.name, day_of(change.at), today)
        for row in officials
        if (right := right_of(unit, row.id)) is not None and (change := unit.change(right.key)) is not None
    ]


def _act_view(right: LookupRight, official: EntryId, name: str, since: int, today: int) -> ActView:
    names = ", ".join(map(short_name, right.systems))
    return ActView(
        official, name, right.act, tuple(f"{LOOK_UP}.{code}" for code in right.systems), since,
        0 if right.until >= ENDLESS else right.until, IN_FORCE if today <= right.until else OVER,
        official=official, renew_from=today, words=say(f"tra cứu {names}", f"look-ups: {names}"),
    )  # fmt: skip


def end_if_right(work: Workplace, desk: Desk, form: EndActForm) -> bool:
    """End the right to look up that the form names; False where it names a written act that lets sign.

    A right ends at once: questions put under it before stay, none is put any more.
    Raises DomainError ``role.*``, ``ground.missing``, ``lookup.end_day``.
    """
    with work.store.read() as connection:
        named = isinstance(work.state(connection, form.delegation, required=False), OfficialState)
        held = named and bool(work.policies(connection).policy(right_key(form.delegation)))
    if not held:
        return False
    head = desk.require()
    if not form.ground.strip():
        raise ground_missing()
    if form.on > work.day():
        raise DomainError(
            "Quyền tra cứu kết thúc ngay.", "Không hẹn trước được ngày kết thúc.", "Ghi ngày hôm nay.", "on",
            code="lookup.end_day", title_en="The right to look up ends at once.",
            meaning_en="No day ahead can be set.", remedy_en="Write today's day.",
        )  # fmt: skip
    drafts = end_right(head, unit_subject(work.place.unit), form.delegation, form.ground)
    work.store.append(drafts, desk.act(sealed=True))
    work.changed("people", "unit", "dossiers")
    return True


def record_right(
    work: Workplace, desk: Desk, official: EntryId, act: str, until: int, codes: tuple[str, ...]
) -> None:
    """``official`` may look up in ``codes`` by the written ``act`` up to ``until`` (yyyymmdd, 0: no end).

    Sealed by the head at the counter. Raises DomainError ``role.*``, ``session.*``, ``lookup.*``.
    """
    head = desk.require()
    roles.require(head, roles.MANAGE_PEOPLE)
    table, unit = tables_of_rules.lookup_systems(), unit_subject(work.place.unit)

    def decide(acting: Acting) -> tuple[Draft, ...]:
        state: OfficialState = work.state(acting.connection, official)
        return give_right(head, unit, state, codes, act, until or ENDLESS, table)

    work.store.act(decide, desk.act(sealed=True))
    work.changed("people", "unit", "dossiers")
