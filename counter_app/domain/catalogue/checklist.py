"""Which papers a dossier needs, and what is missing (``law.md`` 3: papers are groups).

``required``: every row. ``one_of``: one row of the group is enough; a single row lists its alternatives.
``if``: only when its case applies. ``by_channel``: only for that way of handing in. ``data_instead``: the
State's own data first; the paper only when the look-up gave nothing (NQ 66.7/2025/NQ-CP).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counter_app.domain.catalogue.procedure import (
    BY_CHANNEL,
    DATA_INSTEAD,
    IF,
    ONE_OF,
    Paper,
    Procedure,
)

BROUGHT = "brought"
MISSING = "missing"
LOOKED_UP = "looked_up"
QUEUED = "queued"
DIFFERS = "differs"
AT_RETURN = "at_return"

ENOUGH = frozenset({BROUGHT, LOOKED_UP, QUEUED, AT_RETURN})
"""States with which a row is in order; a queued look-up is made when the line returns."""

ONLINE_KEY = "nop_truc_tuyen"
PAPER_KEY = "nop_giay"
POST_KEY = "nop_buu_chinh"
_KEYS_OF_CHANNEL: Mapping[str, frozenset[str]] = {
    "counter": frozenset({PAPER_KEY}),
    "post": frozenset({PAPER_KEY, POST_KEY}),
    "online": frozenset({ONLINE_KEY}),
    "online_helped": frozenset({ONLINE_KEY}),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: ``place`` in the procedure's list, whether it applies, its state, ``missing``.

    ``group_of``: for one_of the number of the group's rows, so that a screen can bracket them.
    """

    place: int
    paper: Paper
    applies: bool
    state: str
    missing: bool
    group_of: int = 1


@dataclass(frozen=True, slots=True)
class Checklist:
    """The rows of a procedure for one way of handing in and the cases that apply."""

    rows: tuple[Row, ...]

    @property
    def missing(self) -> tuple[Row, ...]:
        """What form 02 would ask: one row a missing group, the first of its alternatives."""
        seen: set[str] = set()
        found = []
        for row in self.rows:
            if row.missing and not (row.paper.group.kind == ONE_OF and row.paper.group.key in seen):
                found.append(row)
                seen.add(row.paper.group.key)
        return tuple(found)

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return not any(row.missing for row in self.rows)

    def cases(self) -> tuple[tuple[str, str], ...]:
        """The conditions a clerk may say apply: (key, words), each once, in the order of the list."""
        found: dict[str, str] = {}
        for row in self.rows:
            if row.paper.group.kind == IF:
                found.setdefault(row.paper.group.key, row.paper.group.condition or row.paper.name)
        return tuple(found.items())


def checklist(
    procedure: Procedure, channel: str, cases: Iterable[str] = (), states: Mapping[int, str] | None = None
) -> Checklist:
    """The check-list; ``states`` gives the state of rows by place, all others are missing."""
    held = states or {}
    chosen = frozenset(cases)
    sizes, satisfied = _groups(procedure, held)
    rows = []
    for place, paper in enumerate(procedure.papers):
        applies = _applies(paper, channel, chosen)
        state = held.get(place, MISSING)
        group = paper.group
        enough = group.key in satisfied if group.kind == ONE_OF else state in ENOUGH
        size = sizes.get(group.key, 1) if group.kind == ONE_OF else 1
        rows.append(Row(place, paper, applies, state, applies and not enough, size))
    return Checklist(tuple(rows))


def wants_look_up(row: Row) -> bool:
    """True for a row whose data the State already has: looked up before the paper is asked."""
    return row.applies and row.paper.group.kind == DATA_INSTEAD


def _applies(paper: Paper, channel: str, cases: frozenset[str]) -> bool:
    if not paper.originals and not paper.copies:
        return False  # a note among the papers of the portal (count 0), never asked of anybody
    match paper.group.kind:
        case "if":
            return paper.group.key in cases
        case "by_channel":
            return paper.group.key in _KEYS_OF_CHANNEL.get(channel, frozenset())
        case _:
            return True


def _groups(procedure: Procedure, held: Mapping[int, str]) -> tuple[dict[str, int], frozenset[str]]:
    """Rows in each one_of group, and the groups of which one row is in order."""
    sizes: dict[str, int] = {}
    satisfied = set()
    for place, paper in enumerate(procedure.papers):
        if paper.group.kind == ONE_OF:
            sizes[paper.group.key] = sizes.get(paper.group.key, 0) + 1
            if held.get(place) in ENOUGH:
                satisfied.add(paper.group.key)
    return sizes, frozenset(satisfied)


__all__ = [
    "AT_RETURN",
    "BROUGHT",
    "BY_CHANNEL",
    "DIFFERS",
    "ENOUGH",
    "LOOKED_UP",
    "MISSING",
    "QUEUED",
    "Checklist",
    "Row",
    "checklist",
    "wants_look_up",
]
