"""Dossiers and procedures in the search from anywhere, and what a dossier's code means when scanned."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.catalogue.procedure import bare_title
from counter_app.services.dossiers.giving import one_of
from counter_app.services.dossiers.showing import tables, words
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries.dossiers import DossierRow
from counter_app.storage.search import Hit

DOSSIER, PROCEDURE = "dossier", "procedure"
MOST_PROCEDURES = 5


def hit_of(connection: Connection, hit: Hit) -> SearchHit:
    """A hit of the index that is a dossier."""
    row = queries.dossier(connection, hit.subject)
    return SearchHit(DOSSIER, hit.title, hit.second, DOSSIER, hit.subject) if row is None else _hit(row)


def by_code(connection: Connection, work: Workplace, text: str) -> SearchHit | None:
    """The dossier with this code, of any of its kinds."""
    row = one_of(connection, work, text)
    return None if row is None else _hit(row)


def procedures(connection: Connection, work: Workplace, text: str) -> list[SearchHit]:
    """Procedures for a few letters; they open on the intake page."""
    if len("".join(text.split())) < 2:
        return []
    found = tables.finder(connection, work.today()).find(text, ())[:MOST_PROCEDURES]
    return [SearchHit(PROCEDURE, one.title, one.code, "intake") for one in found]


def scanned(connection: Connection, work: Workplace, text: str) -> ScanResult | None:
    """The dossier of a scanned slip or receipt, None when the code is of none here."""
    row = one_of(connection, work, text)
    if row is None:
        return None
    short = words.short_code(row.code, row.portal_code)
    return ScanResult(DOSSIER, text, say(f"Hồ sơ {short}.", f"Dossier {short}."), row.id)


def _hit(row: DossierRow) -> SearchHit:
    second = f"{words.short_code(row.code, row.portal_code)} · {bare_title(row.procedure_name)}"
    return SearchHit(DOSSIER, row.name, second, DOSSIER, row.id)
