"""An online dossier without a known rate: typed with its ground at acceptance, or left unknown, never 0."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from counter_app.domain.dossiers.acts.intake import procedure_used
from counter_app.domain.dossiers.entries import FeeUsed
from counter_app.domain.dossiers.state import Stage
from counter_app.printing.forms.one_stop.content import Form01Content
from counter_app.services.rules import shipped_catalogue
from tests.unit.domain.dossiers.docket import arrived
from tests.unit.services.dossiers.pages import looked_at, refused, ticked
from tests.unit.services.dossiers.test_dossiers import do, online

UNKNOWN = FeeUsed("le_phi", "Lệ phí", 0, False)
NO_RATE = next(
    p for p in shipped_catalogue().procedures
    if p.fees[0].amount is None and p.limits[0].unit == "working_day" and p.papers and p.reviewed
)  # fmt: skip


@pytest.fixture
def dossier(counter):
    """From the portal, of a procedure without a rate."""
    return filed(counter, fees=(UNKNOWN,), procedure=procedure_used(NO_RATE, "1"), papers=())


def filed(counter, **more):
    """An online dossier that owes everything."""
    return counter.store.append(arrived(paid=0, **more), counter.areas.desk.act()).entries[0].id


def slips(counter) -> list[Form01Content]:
    """Printed forms 01."""
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM print_jobs WHERE form = 'one_stop_01'")
        return [msgspec.msgpack.decode(row[0], type=Form01Content) for row in rows]


def fields(counter, dossier) -> list[tuple[str, bool]]:
    """What acceptance asks for."""
    offers = counter.areas.dossiers.look(dossier).acts
    return [(f.name, f.required) for offer in offers if offer.code == "accept" for f in offer.fields]


def test_the_amount_is_asked_only_where_no_rate_is_known(counter, dossier):
    assert fields(counter, dossier) == [("fee", False), ("reason", False)]
    assert fields(counter, online(counter)) == []


def test_what_was_typed_is_owed_and_stands_on_the_slip(counter, dossier):
    do(counter, dossier, "accept", fee="30.000", reason="Nghị quyết HĐND (tập huấn)")
    state = counter.state(dossier)
    assert (state.stage, state.fee, state.to_pay) == (Stage.ACCEPTED, 30_000, 30_000)
    assert state.fees[0].ground == "Nghị quyết HĐND (tập huấn)"
    assert [(fee.label, fee.amount) for fee in slips(counter)[0].fees] == [("Lệ phí", 30_000)]


def test_left_empty_it_stays_unknown_and_is_never_nothing(counter, dossier):
    do(counter, dossier, "accept")
    assert counter.state(dossier).fee is None
    assert [fee.amount for fee in slips(counter)[0].fees] == [None]


def test_an_amount_without_its_ground_accepts_nothing(counter, dossier):
    refused("fee.ground", do, counter, dossier, "accept", fee="30.000")
    assert (counter.state(dossier).stage, slips(counter)) == (Stage.ONLINE, [])


def test_the_second_line_without_a_rate_is_the_one_that_is_set(counter):
    dossier = filed(counter, fees=(FeeUsed("phi", "Phí", 5_000, True), UNKNOWN))
    do(counter, dossier, "accept", fee="8000", reason="Biểu phí của tỉnh")
    assert [(line.label, line.amount) for line in counter.state(dossier).fees] == [
        ("Phí", 5_000), ("Lệ phí", 8_000),
    ]  # fmt: skip


def test_the_intake_page_takes_it_too(counter, dossier):
    form = ticked(counter, counter.areas.intake.open(dossier))
    typed = replace(form, fee="30000", fee_ground="Nghị quyết HĐND (tập huấn)")
    counter.areas.intake.commit(looked_at(counter, typed))
    state = counter.state(dossier)
    assert (state.stage, state.fee, state.fees[0].ground) == (
        Stage.ACCEPTED, 30_000, "Nghị quyết HĐND (tập huấn)",
    )  # fmt: skip
    assert [fee.amount for fee in slips(counter)[0].fees] == [30_000]
