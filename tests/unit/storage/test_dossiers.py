"""Readings and questions about dossiers: live as rebuilt, found by every code, numbers never twice."""

from __future__ import annotations

import pytest

from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.entries import FeeUsed, LimitUsed, OfficialCodeGiven
from counter_app.domain.drafting import draft
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries import money
from counter_app.storage.queries.requests import last_daily
from counter_app.storage.search import search
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.vector import lacking
from tests.unit.domain.dossiers.docket import CALENDAR, SALT, handed_in, papers
from tests.unit.domain.dossiers.test_paths import HEAD, POST
from tests.unit.storage.dossier_world import Dossiers
from tests.unit.storage.test_readings import rebuilt_differs
from tests.unit.storage.world import DAY, UNIT

MINUTE = 60_000


@pytest.fixture
def world(counter) -> Dossiers:
    return Dossiers(counter)


def ask_store(world, question, *values):
    """A question on a reading transaction."""
    with world.counter.store.read() as connection:
        return question(connection, *values)


def give(giver, taker) -> None:
    """One direction of an exchange between two counters."""
    source, target = giver.port(), taker.port()
    source.hand_over()
    pieces = source.pieces_from(lacking(source.vector(), target.vector()), 2**24)
    target.ingest(Bundle(UNIT, giver.journal, tuple(pieces)))


def busy(world: Dossiers) -> None:
    """Dossiers in every stage."""
    for _ in range(2):
        world.take_in(form=world.daily + 1)
    asked, came = world.ask(), world.arrive()
    world.bring(asked, 9)
    world.accept(came, 10)
    world.take(came)
    world.decide(came)
    state = world.state(came)
    world.counter.act(ending.make_ready(state, "Ngăn 2"))
    world.counter.receipt(came, 8_000)
    world.counter.act(ending.give(world.state(came), ending.Giving(SALT), world.counter.at))
    stopped = world.take_in(form=11)
    world.counter.act(
        ending.stop(world.state(stopped), HEAD, FormNumber("01", 1), "Đề nghị dừng", "", world.counter.at)
    )
    world.ask(form=2)
    world.arrive()


def test_a_busy_day_of_dossiers_reads_live_as_it_rebuilds(world):
    busy(world)
    assert rebuilt_differs(world.counter.store) == ()
    with world.counter.store.read() as connection:
        stages = connection.exec_driver_sql("SELECT stage, count(*) FROM dossiers GROUP BY 1 ORDER BY 1")
        assert [tuple(row) for row in stages] == [
            ("accepted", 3), ("online", 1), ("returned", 1), ("stopped", 1), ("waiting_citizen", 1),
        ]  # fmt: skip


def test_a_row_changed_behind_its_back_is_noticed(world):
    busy(world)
    with world.counter.store.write() as connection:
        connection.exec_driver_sql("UPDATE dossiers SET due_at = due_at + 1 WHERE due_at > 0")
        connection.exec_driver_sql("DELETE FROM form_numbers")
    assert set(rebuilt_differs(world.counter.store)) == {"dossiers", "form_numbers"}


def test_it_is_found_by_each_of_its_codes(world):
    dossier = world.arrive()
    portal = world.state(dossier).portal_code
    assert ask_store(world, queries.by_code, portal).id == dossier
    world.accept(dossier, 1)
    code = world.state(dossier).code
    world.counter.act((draft(OfficialCodeGiven("G09.20-20261120-0092637"), dossier),))
    for found in (code, portal, "G09.20-20261120-0092637"):
        assert ask_store(world, queries.by_code, found).id == dossier
    assert ask_store(world, queries.of_day, "03390001", 1, DAY).id == dossier
    assert ask_store(world, queries.by_code, "") is None


@pytest.mark.parametrize(
    "typed",
    ["ly thi tap", "012190000001", "01-0001", "G09.20-20261120-0092637", "tro cap tap huan", "20/11/2026"],
)
def test_the_search_box_finds_it_without_diacritics_and_by_codes(world, typed):
    dossier = world.take_in()
    world.counter.act((draft(OfficialCodeGiven("G09.20-20261120-0092637"), dossier),))
    hits = ask_store(world, search, typed)
    assert [(hit.subject, hit.kind) for hit in hits] == [(dossier, "dossier")]


def test_due_work_stands_first_and_who_waits_for_citizens_last(world):
    waiting = world.ask()
    none = world.take_in(limit=LimitUsed(0, "", ""))
    later = world.take_in(form=2)
    sooner = world.take_in(form=3, limit=LimitUsed(2, "working_day", "Đề án (tập huấn)"))
    assert [row.id for row in ask_store(world, queries.due_list)] == [sooner, later, none, waiting]
    assert [row.id for row in ask_store(world, queries.waiting)] == [waiting]


def test_waiting_dossiers_are_never_overdue_whatever_the_day(world):
    waiting, late = world.ask(), world.take_in()
    year = world.counter.at + 365 * 24 * 60 * MINUTE
    assert [row.id for row in ask_store(world, queries.overdue, year)] == [late]
    assert ask_store(world, queries.dossier, waiting).due_at == 0
    assert ask_store(world, queries.overdue, world.counter.at) == []


def test_the_queue_of_a_post_and_what_nobody_took(world):
    mine, free = world.take_in(), world.take_in(form=2)
    world.counter.act(handling.forward(world.state(mine), to_post=POST, to_name="Văn hóa"))
    assert [row.id for row in ask_store(world, queries.of_post, POST)] == [mine]
    assert [row.id for row in ask_store(world, queries.unclaimed)] == [free]
    assert ask_store(world, queries.dossier, mine).place_taken is False
    world.counter.act(handling.prepare(world.state(mine), "Dự thảo"))
    assert [row.id for row in ask_store(world, queries.deciding)] == [mine]


def test_the_next_number_of_a_form_is_of_its_own_book_form_and_year(world):
    assert ask_store(world, queries.next_form_number, "01", "01", 2026) == 1
    world.take_in(form=1)
    world.take_in(form=2)
    world.ask(form=1)
    assert ask_store(world, queries.next_form_number, "01", "01", 2026) == 3
    assert ask_store(world, queries.next_form_number, "01", "02", 2026) == 2
    assert ask_store(world, queries.next_form_number, "02", "01", 2026) == 1
    assert ask_store(world, queries.next_form_number, "01", "01", 2027) == 1


def test_two_supplements_of_one_dossier_both_keep_their_numbers(world):
    """The state keeps the newest paper of a form only; the numbers come from the entries."""
    limit = LimitUsed(5, "working_day", "", "supplements=0")
    dossier = world.take_in(limit=limit)
    rows = intake.asked_of(handed_in(held={}).checklist)
    for number in (FormNumber("02", 40), FormNumber("01", 3)):
        state = world.state(dossier)
        world.counter.act(desk.ask(state, number, rows, "Mờ", "0213", world.counter.at, CALENDAR))
        world.counter.act(
            desk.bring(world.state(dossier), papers("brought", "brought"), True, world.counter.at, CALENDAR)
        )
    assert ask_store(world, queries.next_form_number, "02", "02", 2026) == 41
    assert ask_store(world, queries.next_form_number, "01", "02", 2026) == 4


def test_slips_of_requests_and_dossiers_share_the_days_numbers(world):
    world.counter.request()
    world.counter.request()
    assert ask_store(world, last_daily, DAY, world.counter.journal) == 2
    world.daily = 2
    world.take_in()
    assert ask_store(world, last_daily, DAY, world.counter.journal) == 3


def test_a_code_given_by_an_acceptance_that_lost_is_not_given_again(counters):
    """Two counters take the same online dossier in; the loser's slip was printed with its number."""
    one, two = Dossiers(counters(1)), Dossiers(counters(2), 2)
    dossier = one.arrive()
    give(one.counter, two.counter)
    one.accept(dossier, 1)
    two.daily = 7
    two.counter.at += 10 * MINUTE
    two.accept(dossier, 1)
    give(one.counter, two.counter)
    with two.counter.store.read() as connection:
        assert queries.dossier(connection, dossier).conflicts == 1
        assert queries.dossier(connection, dossier).journal == one.counter.journal
        assert last_daily(connection, DAY, two.counter.journal) == 8
        assert queries.next_form_number(connection, "02", "01", 2026) == 2
    assert rebuilt_differs(two.counter.store) == ()


def test_a_dossier_asked_at_one_counter_and_completed_at_another_stays_the_firsts(counters):
    one, two = Dossiers(counters(1)), Dossiers(counters(2), 2)
    dossier = one.ask()
    give(one.counter, two.counter)
    two.bring(dossier, 5)
    with two.counter.store.read() as connection:
        assert queries.dossier(connection, dossier).journal == one.counter.journal
        assert last_daily(connection, DAY, two.counter.journal) == 0


def test_what_was_known_of_a_person(world):
    person = world.counter.person()
    first, second = world.take_in(person=person), world.take_in(form=2, person=person)
    assert [row.id for row in ask_store(world, queries.of_person, person)] == [second, first]
    assert [row.id for row in ask_store(world, queries.of_number, "012190000001")] == [second, first]
    assert ask_store(world, queries.of_number, "") == []
    assert ask_store(world, queries.twin, "012190000001", "9.000001").id == second
    assert ask_store(world, queries.twin, "012190000001", "9.000002") is None


def test_a_finished_dossier_is_nobodys_twin(world):
    dossier = world.take_in()
    world.decide(dossier)
    assert ask_store(world, queries.twin, "012190000001", "9.000001") is None


def test_figures_of_home(world):
    busy(world)
    at = world.counter.at
    day_end = at + 10 * 60 * MINUTE
    figures = ask_store(world, queries.counts, at, DAY, day_end, at - 30 * 86_400_000, world.counter.journal)
    assert (figures.overdue, figures.due_today, figures.waiting, figures.online) == (0, 0, 1, 1)
    assert (figures.ready, figures.taken_today, figures.done, figures.on_time) == (0, 6, 1, 1)
    later = at + 60 * 86_400_000
    assert ask_store(world, queries.counts, later, DAY, later, later, 0).overdue == 3


def test_rows_of_the_check_list_say_what_is_asked(world):
    dossier = world.ask()
    rows = ask_store(world, queries.papers, dossier)
    assert [(row.place, row.state, row.asked) for row in rows] == [
        (0, "brought", False), (1, "missing", True), (2, "missing", False),
    ]  # fmt: skip


def test_an_unknown_fee_reads_as_unknown_never_as_nothing(world):
    dossier = world.take_in(fees=(FeeUsed("le_phi", "Lệ phí", 0, False),))
    assert ask_store(world, queries.dossier, dossier).fee == -1


def test_a_receipt_of_a_dossier_counts_for_it(world):
    dossier = world.take_in()
    world.counter.receipt(dossier, 8_000)
    row = ask_store(world, queries.dossier, dossier)
    assert (row.paid, row.to_pay) == (8_000, 0)
    assert [r.amount for r in ask_store(world, money.receipts_of_request, dossier)] == [8_000]


def test_the_history_has_every_entry_once_in_order(world):
    dossier = world.take_in()
    world.take(dossier)
    world.decide(dossier)
    names = [type(fact.body).__name__ for fact in ask_store(world, queries.history, dossier)]
    assert names == ["DossierSubmitted", "DossierAccepted", "DossierTaken", "ResultRecorded"]


def test_an_empty_history_of_what_is_not_here(world):
    from sync.protocol.naming.ids import EntryId

    assert ask_store(world, queries.history, EntryId(999 << 8, 1)) == []


def test_done_on_time_is_told_by_the_acts_own_time(world):
    dossier = world.take_in()
    promised = world.state(dossier).clock.due
    assert promised is not None
    world.counter.at = vn_instant(promised) + MINUTE
    world.decide(dossier)
    figures = ask_store(world, queries.counts, world.counter.at, DAY, 0, 0, world.counter.journal)
    assert (figures.done, figures.on_time) == (1, 0)
