"""Intake pages for tests: complete by ticking what the check-list asks, amber notices seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import LOOK
from counter_app.services.ports.intake import IntakeForm, PaperTick, PartyForm

BIRTH = "1.001193"
PARTY = PartyForm(
    id_number="012086006812", name="HOÀNG VĂN SƠN", birth="14/03/1986", sex="male", address="Bản Nà Khan",
    unit="03390",
)  # fmt: skip


def page(procedure: str = BIRTH, **more) -> IntakeForm:
    """A page as it opens for a procedure."""
    return replace(IntakeForm(party=PARTY, procedure=procedure), **more)


def ticked(counter, form: IntakeForm) -> IntakeForm:
    """Every missing row ticked, one of each group."""
    seen = counter.areas.intake.view(form)
    groups, ticks = set(), [tick for tick in form.ticks if tick.state != "missing"]
    for row in seen.papers:
        if not row.missing or row.group in groups:
            continue
        if row.kind == "one_of":
            groups.add(row.group)
        ticks.append(PaperTick(row.row, "looked_up" if row.look_up else "brought"))
    return replace(form, ticks=tuple(ticks))


def looked_at(counter, form: IntakeForm) -> IntakeForm:
    """Alt+Enter on every amber notice."""
    notices = counter.areas.intake.view(form).notices
    return replace(form, seen=tuple(notice.code for notice in notices if notice.level == LOOK))


def complete(counter, procedure: str = BIRTH, **more) -> IntakeForm:
    """A page ready for F9."""
    return looked_at(counter, ticked(counter, page(procedure, **more)))


def take_in(counter, procedure: str = BIRTH, **more):
    """F9 on a complete page."""
    return counter.areas.intake.commit(complete(counter, procedure, **more))


def refused(code: str, act, *values, **more) -> DomainError:
    """The refusal of an act by its rule."""
    with pytest.raises(DomainError) as caught:
        act(*values, **more)
    assert caught.value.code == code
    return caught.value


def other(place: int) -> PartyForm:
    """Practice person number ``place``."""
    return replace(PARTY, id_number=f"0120860{place:05d}", name="LÝ A TẬP HUẤN", birth="1986")
