"""Each of the catalogue's procedures is taken in through the services on a real store, with its paper."""

from __future__ import annotations

import pytest

from counter_app.domain.dossiers.state import Stage
from counter_app.services.ports.intake import ASK, IntakeForm
from counter_app.services.rules import shipped_catalogue
from counter_app.storage.queries import dossiers as queries
from tests.support.counter import make_counter
from tests.unit.services.dossiers.pages import complete, looked_at, other, page

CODES = sorted(procedure.code for procedure in shipped_catalogue().procedures)


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    made = make_counter(tmp_path_factory.mktemp("every"))
    with made.store.write() as connection:  # papers are drawn by other tests; the queue keeps these
        connection.exec_driver_sql("DELETE FROM settings WHERE name LIKE 'printer%'")
    yield made
    made.close()


def test_there_are_217():
    assert len(CODES) == 217


@pytest.mark.parametrize("place", range(len(CODES)), ids=CODES)
def test_the_procedure_is_taken_in(counter, place):
    procedure = next(p for p in shipped_catalogue().procedures if p.code == CODES[place])
    form = complete(counter, procedure.code, party=other(place))
    seen = counter.areas.intake.view(form)
    assert seen.can_commit, seen.notices
    limit, fee = procedure.limit(counter.work.today()), procedure.fee(counter.work.today())
    assert (seen.limit_known, seen.fee_known) == (limit.is_known, fee.amount is not None)
    assert bool(seen.due) == limit.is_known
    done = counter.areas.intake.commit(form)
    state = counter.state(done.dossier)
    assert (state.stage, state.procedure.code) == (Stage.ACCEPTED, procedure.code)
    assert (state.clock.due is None) == (not limit.is_known)
    assert state.fee == fee.amount
    assert state.paid == (fee.amount or 0)
    jobs = 1 + bool(fee.amount)
    assert len(done.jobs) == jobs


@pytest.mark.parametrize("place", range(0, len(CODES), 6))
def test_without_any_paper_a_reviewed_one_gets_form_02_and_an_unreviewed_one_asks_the_clerk(counter, place):
    procedure = next(p for p in shipped_catalogue().procedures if p.code == CODES[place])
    form: IntakeForm = page(procedure.code, party=other(10_000 + place))
    seen = counter.areas.intake.view(form)
    missing = any(row.missing for row in seen.papers)
    assert (seen.outcome == ASK) == (procedure.reviewed and missing)
    codes = {notice.code for notice in seen.notices}
    assert ("procedure.unreviewed" in codes) == (not procedure.reviewed and missing)
    if missing:
        done = counter.areas.intake.commit(looked_at(counter, page(
            procedure.code, party=other(10_000 + place), outcome=ASK)))  # fmt: skip
        assert counter.state(done.dossier).stage is Stage.WAITING_CITIZEN


def test_every_code_and_number_was_given_once_and_without_a_hole(counter):
    """Over whatever was taken in above by now."""
    for place in range(3):
        counter.areas.intake.commit(complete(counter, party=other(20_000 + place)))
    with counter.store.read() as connection:
        codes = [row[0] for row in connection.exec_driver_sql("SELECT code FROM dossiers")]
        assert len(codes) == len(set(codes)) >= 3
        for form in ("01", "02"):
            sql = "SELECT number FROM form_numbers WHERE form = ? ORDER BY number"
            numbers = [row[0] for row in connection.exec_driver_sql(sql, (form,))]
            assert numbers == list(range(1, len(numbers) + 1))
            assert queries.next_form_number(connection, "01", form, 2026) == len(numbers) + 1
