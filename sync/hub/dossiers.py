"""Dossiers as the province meets them: filed online, given their official code, told to the portal.

What the portal sends is written into the province's journal of the unit and reaches the counters by the usual
exchange, so that it can be accepted without a line (``law.md`` 1.2). The portal's own interfaces are adapters
beside this; their field names are a mapping, not part of it (``law.md`` 2.3).
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
from sqlalchemy import Connection

from counter_app.domain.calendar.working_days import WorkingCalendar, parse_calendar
from counter_app.domain.catalogue import Catalogue, Procedure, layered, parse_catalogue
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers.acts.intake import procedure_used
from counter_app.domain.dossiers.clock.due import due_of
from counter_app.domain.dossiers.clock.rule import Unit, read_settings
from counter_app.domain.dossiers.entries import (
    FeeUsed,
    LimitUsed,
    OfficialCodeGiven,
    OnlineDossierArrived,
    PaperTaken,
    Party,
)
from counter_app.domain.drafting import draft
from counter_app.domain.province.entries import DataPut
from resources import load
from sync.hub.tables import journals
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.refusals import Malformed

ACCEPT_HOURS = 8
"""Opening hours in which a counter answers an online dossier: a setting, not the solving clock [U]."""
MOST_BYTES = 1 << 20
PROCEDURES = "procedures"
"""Name of the province's data sets with procedures."""
_DATA_PUT = 450


class OnlinePaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper of an online dossier: its row in the procedure's list and how it was made."""

    row: int
    made_as: str = "electronic"
    count: int = 1
    at_return: bool = False


class OnlineDossier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An online dossier as it is handed to the hub (JSON); ``submitted_at`` in ms, ``birth`` ``yyyymmdd``.

    ``paid`` is what was paid on the portal, in dong.
    """

    portal_code: str
    procedure: str
    name: str
    id_number: str
    submitted_at: int
    id_kind: str = "cccd"
    kind: str = "citizen"
    birth: int = 0
    sex: str = ""
    address: str = ""
    unit: str = ""
    phone: str = ""
    email: str = ""
    deliver: str = "counter"
    cases: tuple[str, ...] = ()
    papers: tuple[OnlinePaper, ...] = ()
    paid: int = 0


@lru_cache(maxsize=4)
def _catalogue(parts: tuple[bytes, ...] = ()) -> Catalogue:
    return layered(parse_catalogue(load.procedures()), parts)


def catalogue_on(connection: Connection, day: int) -> Catalogue:
    """The catalogue as counters read it on ``day`` (``yyyymmdd``): the province's parts over the shipped one.

    Raises DomainError ``table.file`` for a part that is no catalogue.
    """
    parts: list[tuple[int, EntryId, bytes]] = []
    for entry in journals.entries_of_kinds(connection, journals.COMMON, [_DATA_PUT]):
        try:
            body = decode_body(DataPut, entry.body or b"")
        except Malformed:
            continue
        if body.name == PROCEDURES and body.valid_from <= day:
            parts.append((body.valid_from, entry.id, body.content))
    return _catalogue(tuple(content for _, _, content in sorted(parts)))


@cache
def _calendar() -> WorkingCalendar:
    return parse_calendar(load.working_calendar())


def read_online(raw: bytes) -> OnlineDossier:
    """An online dossier from its JSON. Raises ValueError with the field that is wrong."""
    if len(raw) > MOST_BYTES:
        raise ValueError("too large")
    return msgspec.json.decode(raw, type=OnlineDossier)


def arrival(online: OnlineDossier, salt: bytes, catalogue: Catalogue | None = None) -> Draft:
    """The entry of an online dossier by ``catalogue`` (None: the shipped one).

    Raises DomainError ``procedure.*``, ValueError for a bad row.
    """
    submitted = vn_datetime(online.submitted_at)
    catalogue = _catalogue() if catalogue is None else catalogue
    procedure = catalogue.require(online.procedure, submitted.date())
    limit = procedure.limit(submitted.date())
    body = OnlineDossierArrived(
        portal_code=online.portal_code,
        submitted_at=online.submitted_at,
        accept_by=_accept_by(online),
        procedure=procedure_used(procedure, catalogue.version),
        party=_party(online),
        companions=(),
        cases=online.cases,
        papers=tuple(_paper(procedure, paper) for paper in online.papers),
        fees=_fees(procedure, online),
        limit=LimitUsed(limit.value, limit.unit, "", limit.settings),
        deliver=online.deliver,
        paid=online.paid,
        salt=salt,
    )
    return draft(body, SELF)


def official_code(dossier: EntryId, code: str) -> Draft:
    """The official code of a dossier: opaque, at most 50 characters. Raises ValueError otherwise."""
    bare = code.strip()
    if not 1 <= len(bare) <= 50:
        raise ValueError("an official code has 1 to 50 characters")
    return draft(OfficialCodeGiven(bare), dossier)


def _accept_by(online: OnlineDossier) -> int:
    rule = read_settings(ACCEPT_HOURS, Unit.HOUR, "")
    due = due_of(rule, vn_datetime(online.submitted_at), _calendar()).due
    return online.submitted_at if due is None else vn_instant(due)


def _party(online: OnlineDossier) -> Party:
    return Party(
        online.kind, online.name, online.id_kind, online.id_number, online.birth, online.sex, online.address,
        online.unit, online.phone, online.email,
    )  # fmt: skip


def _paper(procedure: Procedure, paper: OnlinePaper) -> PaperTaken:
    if not 0 <= paper.row < len(procedure.papers):
        raise ValueError(f"{procedure.code} has no row {paper.row}")
    row = procedure.papers[paper.row]
    state = "at_return" if paper.at_return else "brought"
    return PaperTaken(paper.row, row.group.key, row.name[:600], state, paper.made_as, paper.count)


def _fees(procedure: Procedure, online: OnlineDossier) -> tuple[FeeUsed, ...]:
    fee = procedure.fee(vn_datetime(online.submitted_at).date())
    if fee.amount == 0:
        return ()
    return (FeeUsed(fee.kind, procedure.title[:120], fee.amount or 0, fee.amount is not None),)
