"""The aggregates of the certified-copy counter, as the fold's registry takes them."""

from __future__ import annotations

from typing import Any

from counter_app.domain.certification import request_fold
from counter_app.domain.certification.lines import line_fold
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles import lot_fold
from counter_app.domain.certification.state import LotState, RefusalState, RequestState
from counter_app.domain.folding.aggregate import Aggregate

AGGREGATES: tuple[Aggregate[Any], ...] = (
    Aggregate("request", RequestState, request_fold.start, request_fold.evolve),
    Aggregate("line", LineState, line_fold.start, line_fold.evolve),
    Aggregate("lot", LotState, lot_fold.start_lot, lot_fold.evolve_lot),
    Aggregate("refusal", RefusalState, lot_fold.start_refusal, lot_fold.evolve_refusal),
)
