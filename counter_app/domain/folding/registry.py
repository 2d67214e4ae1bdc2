"""Every aggregate of the product, and the two doors that counter and hub use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from counter_app.domain.arrival import aggregates as arrival
from counter_app.domain.certification import aggregates as certification
from counter_app.domain.dossiers import aggregates as dossiers
from counter_app.domain.folding import fold as folds
from counter_app.domain.folding.aggregate import Aggregate, Folded
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.groups import aggregates as groups
from counter_app.domain.lookups import aggregates as lookups
from counter_app.domain.money import aggregates as money
from counter_app.domain.organisation import aggregates as organisation
from counter_app.domain.people import aggregates as people
from counter_app.domain.province import aggregates as province
from counter_app.domain.questions import aggregates as questions
from counter_app.domain.registers import aggregates as registers
from counter_app.domain.strays import aggregates as strays
from counter_app.domain.tickets import aggregates as tickets
from sync.protocol.naming.ids import EntryId

__all__ = ["AGGREGATES", "BY_NAME", "advance", "advance_all", "fold_subject", "read_fact"]

AGGREGATES: tuple[Aggregate[Any], ...] = (
    *organisation.AGGREGATES,
    *registers.AGGREGATES,
    *certification.AGGREGATES,
    *groups.AGGREGATES,
    *arrival.AGGREGATES,
    *dossiers.AGGREGATES,
    *lookups.AGGREGATES,
    *money.AGGREGATES,
    *people.AGGREGATES,
    *province.AGGREGATES,
    *questions.AGGREGATES,
    *strays.AGGREGATES,
    *tickets.AGGREGATES,
)

BY_NAME = MappingProxyType({aggregate.name: aggregate for aggregate in AGGREGATES})


def fold_subject(subject: EntryId, facts: Iterable[Fact]) -> Folded:
    """Everything known of ``subject`` from all facts that name it, in any order."""
    return folds.fold(subject, facts, BY_NAME)


def advance(folded: Folded, fact: Fact) -> Folded | None:
    """``folded`` with one new fact on top; None when it does not come last: then ``fold_subject`` again."""
    return folds.advance(folded, fact, BY_NAME)


def advance_all(folded: Folded | None, facts: Sequence[Fact], children: folds.Children) -> Folded | None:
    """``folded`` with new ``facts`` on top; None when one belongs further down, or nothing was kept."""
    return folds.advance_all(folded, facts, children, BY_NAME)
