"""Faults planted in the dossier counter: each must turn the simulator red."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from counter_app.domain.dossiers import entries, fold
from counter_app.domain.dossiers import history as histories
from counter_app.domain.dossiers.clock.rule import Unit, read_settings
from counter_app.domain.dossiers.state import Stage
from counter_app.domain.folding import fold as folding
from counter_app.domain.folding.aggregate import Conflict
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries.select import number, one
from sync.hub.reading import rulings
from tests.sync.simulator.plants import Plant, trust_at


def second_acceptance_counts(patch: pytest.MonkeyPatch) -> None:
    """Whoever accepts last is believed: the first slip's number and code are overwritten."""
    real = fold._HANDLERS[entries.DossierAccepted]

    def accepted(state: Any, fact: Any) -> Any:
        found = real(state, fact)
        if not isinstance(found, Conflict):
            return found
        return real(replace(state, stage=Stage.ONLINE, code=""), fact)

    patch.setitem(fold._HANDLERS, entries.DossierAccepted, accepted)


def late_act_is_swallowed(patch: pytest.MonkeyPatch) -> None:
    """What cannot stand beside the first act is dropped without a word."""
    for kind, real in list(fold._HANDLERS.items()):

        def quiet(state: Any, fact: Any, real: Any = real) -> Any:
            found = real(state, fact)
            return state if isinstance(found, Conflict) else found

        patch.setitem(fold._HANDLERS, kind, quiet)


def desk_stops_the_clock(patch: pytest.MonkeyPatch) -> None:
    """Form 02 of a desk that did not know of the acceptance counts, and its papers bring no date."""
    patch.setattr(entries, "DESK", "")
    patch.setattr(fold, "rule_of", lambda state: read_settings(0, Unit.NONE, ""))


def numbers_are_counted(patch: pytest.MonkeyPatch) -> None:
    """The next number of a form is how many open dossiers bear one, not what the book says."""

    def counted(connection: Any, book: str, form: str, year: int) -> int:
        sql = "SELECT count(*) FROM form_numbers f JOIN dossiers d ON d.id = f.dossier"
        return number(connection, f"{sql} WHERE d.is_open = 1 AND book = ? AND form = ?", (book, form)) + 1

    patch.setattr(queries, "next_form_number", counted)


def lost_slip_finds_nothing(patch: pytest.MonkeyPatch) -> None:
    """Only the code of the acceptance that counts is looked up."""

    def counted(connection: Any, code: str) -> Any:
        return one(connection, queries.DossierRow, "FROM dossiers WHERE code = ?", (code,))

    patch.setattr(queries, "by_code", counted)


def nobody_is_asked(patch: pytest.MonkeyPatch) -> None:
    """The province sees two acts that cannot both stand and says nothing."""
    patch.setattr(rulings, "questions_about", lambda *_: ())


def clocks_order_dossiers(patch: pytest.MonkeyPatch) -> None:
    """The clock of 2009 or 2099 decides which act came first, not what its author knew."""
    trust_at(patch)
    patch.setattr(histories, "causal_order", vars(folding)["causal_order"])


PLANTS: tuple[Plant, ...] = (
    second_acceptance_counts, late_act_is_swallowed, desk_stops_the_clock, numbers_are_counted,
    lost_slip_finds_nothing, nobody_is_asked, clocks_order_dossiers,
)  # fmt: skip
