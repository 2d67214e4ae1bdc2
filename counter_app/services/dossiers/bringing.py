"""Papers brought after form 02, one by one: what is still wanted, and what the dossier holds afterwards.

A request asks rows of the procedure's list and papers that stand on no list (typed on form 02). Of a group of
alternatives one is enough. What is not brought stays asked; form 01 comes only when nothing is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import BROUGHT, ENOUGH, MISSING
from counter_app.domain.catalogue.procedure import ONE_OF
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.entries import PaperTaken, SupplementRequested
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.services.dossiers.showing import tables
from counter_app.storage.queries import dossiers as queries

FREE_ROW = 900
"""Places of asked papers that stand on no list."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of form 02 that is not there: its row, name, what form 02 said, rows that serve instead."""

    row: int
    name: str
    words: str = ""
    instead: tuple[int, ...] = ()


def wanted(connection: Connection, state: DossierState) -> tuple[Wanted, ...]:
    """What was asked and is still missing, in the order of form 02; empty while nothing is asked."""
    if not state.asked:
        return ()
    groups = _groups(connection, state)
    held = {paper.row: paper for paper in state.papers}
    enough = {paper.row for paper in state.papers if paper.state in ENOUGH and paper.row not in state.asked}
    asked = _asked(connection, state)
    found = []
    for row in state.asked:
        instead = groups.get(row, ())
        if enough.intersection(instead):
            continue
        name, words = asked.get(row, ("", ""))
        paper = held.get(row)
        found.append(Wanted(row, paper.name if paper is not None else name, words, instead))
    return tuple(found)


def choices(connection: Connection, state: DossierState) -> tuple[tuple[int, str], ...]:
    """Rows that may be ticked as brought, with their names: each wanted paper, then what serves instead."""
    names = {paper.row: paper.name for paper in state.papers}
    found: dict[int, str] = {}
    for one in wanted(connection, state):
        found.setdefault(one.row, one.name)
        for row in one.instead:
            if row in names:
                found.setdefault(row, names[row])
    return tuple(found.items())


def after(
    connection: Connection, state: DossierState, brought: Collection[int]
) -> tuple[tuple[PaperTaken, ...], bool]:
    """The papers of the dossier once the rows ``brought`` are there, and whether nothing is wanted any more.

    Papers on no list join it, so that what is missing stays visible.
    """
    open_now = wanted(connection, state)
    left = [one for one in open_now if not set(brought).intersection((one.row, *one.instead))]
    missing = {one.row for one in left}
    papers = [_changed(paper, brought, missing) for paper in state.papers]
    listed = {paper.row for paper in papers}
    papers += [
        PaperTaken(one.row, "", one.name, MISSING if one.row in missing else BROUGHT, "original",
                   int(one.row not in missing))
        for one in open_now if one.row not in listed
    ]  # fmt: skip
    return tuple(papers), not left


def free_papers(connection: Connection, state: DossierState) -> tuple[PaperTaken, ...]:
    """Papers on no list as the dossier holds them now, the asked ones missing."""
    papers, _ = after(connection, state, ())
    return tuple(paper for paper in papers if paper.row >= FREE_ROW)


def nothing_ticked() -> DomainError:
    """Act N without a tick."""
    return DomainError(
        "Chưa đánh dấu giấy nào.", remedy="Đánh dấu từng giấy đã mang đến, hoặc đánh dấu đã đủ giấy tờ.",
        field="all", code="bring.all", title_en="No paper is ticked.",
        remedy_en="Tick each paper that was brought, or that everything is there.",
    )  # fmt: skip


def _changed(paper: PaperTaken, brought: Collection[int], missing: Collection[int]) -> PaperTaken:
    if paper.row in brought:
        return msgspec.structs.replace(paper, state=BROUGHT, count=max(1, paper.count))
    if paper.row in missing:
        return msgspec.structs.replace(paper, state=MISSING, count=0)
    return paper


def _asked(connection: Connection, state: DossierState) -> dict[int, tuple[str, str]]:
    """Names and words of the newest form 02 by row."""
    form = state.form("02")
    if form is None:
        return {}
    facts = queries.history(connection, state.id)
    body = next((fact.body for fact in facts if fact.id == form.entry), None)
    if not isinstance(body, SupplementRequested):
        return {}
    return {row.row: (row.name, row.words) for row in body.asked}


def _groups(connection: Connection, state: DossierState) -> dict[int, tuple[int, ...]]:
    """Other rows of a row's alternatives, by the list in force when the dossier was handed in."""
    day = vn_date(state.submitted_at)
    try:
        papers = tables.catalogue(connection, day).require(state.procedure.code, day).papers
    except DomainError:
        return {}
    rows: dict[str, list[int]] = {}
    for place, paper in enumerate(papers):
        if paper.group.kind == ONE_OF:
            rows.setdefault(paper.group.key, []).append(place)
    return {row: tuple(other for other in same if other != row) for same in rows.values() for row in same}
