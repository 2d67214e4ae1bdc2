"""The data checks of an intake as the page shows them: what is known around it is gathered here.

The checks themselves are the domain's (``domain.dossiers.checks``): level, sentence and the reason beside it.
Notices that the page makes in its own words (twin, unreviewed, unknown limit and fee) are not said twice.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from counter_app.domain.dossiers.checks import LOOK, STOP, Finding, Surroundings, findings
from counter_app.domain.organisation.state import OfficialState
from counter_app.services import rules
from counter_app.services.dossiers.showing.reading import IntakeRead, is_remote
from counter_app.services.people.card_validity import serves_until
from counter_app.services.ports.intake import REFUSE
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries

OWN = frozenset({"procedure.unreviewed", "limit.unknown", "fee.unknown", "dossier.twin"})
"""Said by the page itself, with more than a check knows."""

Shown = tuple[str, str, str, str, str]
"""Level, code, title, detail, field."""


def around(
    connection: Connection, work: Workplace, read: IntakeRead, clerk: OfficialState | None
) -> Surroundings:
    """What is known besides the page: the day, who sits here, both provinces, the card's last day."""
    return Surroundings(
        today=read.day,
        clerk="" if clerk is None else clerk.name,
        clerk_number="" if clerk is None else clerk.id_number,
        own_province=_province(work.place.unit),
        party_province=_province(read.form.party.unit),
        card_until=_card_until(connection, read),
        remote=is_remote(connection, work),
    )


def checked(
    connection: Connection, work: Workplace, read: IntakeRead, outcome: str, clerk: OfficialState | None
) -> tuple[Shown, ...]:
    """What the checks found, in the order of the page; a refusal is kept up by nothing but a stop.

    A field that already has a fault is not looked at again.
    """
    if read.intake is None:
        return ()
    faulty = {fault.field for fault in read.faults if fault.field}
    found = findings(read.intake, around(connection, work, read, clerk))
    return tuple(
        _shown(one)
        for one in found
        if one.code not in OWN and one.field not in faulty and (outcome != REFUSE or one.level == STOP)
    )


def _shown(one: Finding) -> Shown:
    return one.level, one.code, say(one.vi, one.en), say(one.reason, one.reason_en or one.reason), one.field


def _province(unit: str) -> str:
    """Name of the province of a commune, "" while none is picked or it is not on the list."""
    found = rules.places().unit(unit) if unit else None
    return "" if found is None else found.province


def _card_until(connection: Connection, read: IntakeRead) -> date | None:
    """By the card scanned now, else by the newest card of this number that was ever scanned here."""
    if read.person is None or read.form.party.id_kind != "cccd":
        return None
    p = read.person.particulars
    issued = p.card_issued
    if not issued and p.id_number:
        rows = unit_queries.people_with_number(connection, p.id_number)
        issued = max((row.card_issued for row in rows if row.id_number == p.id_number), default=0)
    return serves_until(p.birth, issued) if issued else None


__all__ = ["LOOK", "OWN", "STOP", "around", "checked"]
