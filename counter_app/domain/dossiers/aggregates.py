"""The aggregate of dossiers, as the fold's registry takes it."""

from __future__ import annotations

from typing import Any

from counter_app.domain.dossiers import fold
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.aggregate import Aggregate

AGGREGATES: tuple[Aggregate[Any], ...] = (Aggregate("dossier", DossierState, fold.start, fold.evolve),)
