"""The province's data sets: each entry begins one version, which nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.folding.fact import Fact
from counter_app.domain.province.entries import DataPut
from counter_app.domain.province.state import DataState


def start(fact: Fact) -> DataState:
    """One version of a data set."""
    body: DataPut = fact.body
    return DataState(fact.id, body.name, body.valid_from, body.content, body.source, fact.at)


def evolve(state: DataState, fact: Fact) -> DataState:
    """A version is never changed; a later one replaces it."""
    return state


def in_force(versions: Iterable[DataState], name: str, day: int) -> DataState | None:
    """The version of ``name`` valid on ``day`` (``yyyymmdd``): the latest start, then the latest put."""
    valid = [version for version in versions if version.name == name and version.valid_from <= day]
    return max(valid, key=lambda version: (version.valid_from, version.put_at, version.id), default=None)


AGGREGATES: tuple[Aggregate[Any], ...] = (Aggregate("data", DataState, start, evolve),)
