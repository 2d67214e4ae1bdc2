"""The hub's desk: right and purpose asked again, outages waited for, answers once, log, standing, keeping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from counter_app.domain.drafting import draft
from counter_app.domain.lookups.asking import withdraw
from counter_app.domain.lookups.entries import LookupAnswered, LookupAsked, SystemStandingSaid
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import unit_subject
from sync.hub.clock import note_met
from sync.hub.lookups import desk as desk_module
from sync.hub.lookups import log, queue, standing
from sync.hub.lookups.desk import LookupDesk, Turned
from sync.hub.lookups.keeping import drop_expired
from sync.hub.lookups.standing import Standing
from sync.hub.lookups.tables import lookup_log, lookup_rows, lookup_tries
from sync.hub.reading.folded import facts_of
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import EntryId
from tests.support import national_systems as sim
from tests.support.national_systems import simulated
from tests.unit.domain.lookups.asked import PARTY, SYSTEMS
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.lookups.desk_world import DAY, MINUTE, TRUE, UNIT, Office

ALL_SAME = [("name", "same", ""), ("birth", "same", ""), ("residence", "same", "")]


@pytest.fixture
def office(hub: Any, clock: Clock, counter: Commune) -> Iterator[Office]:
    with simulated() as systems:
        systems.people = {"population": {PARTY.id_number: dict(TRUE)}}
        made = Office(hub, clock, counter, systems)
        made.give_right()
        yield made


def answers(office: Office, lookup: EntryId) -> list[LookupAnswered]:
    """Every answer the province wrote on a look-up."""
    with office.hub.database.read() as connection:
        facts = facts_of(connection, [lookup])[lookup]
    return [fact.body for fact in facts if isinstance(fact.body, LookupAnswered)]


def logged(office: Office) -> list[tuple[str, str, str]]:
    """System, purpose and outcome of each call."""
    with office.hub.database.read() as connection:
        found = connection.execute(select(lookup_log).order_by(lookup_log.c.number)).all()
    return [(row.system, row.purpose, row.outcome) for row in found]


def said(office: Office) -> list[tuple[str, str]]:
    """What the counter heard of systems, in order."""
    bodies = [decode_body(SystemStandingSaid, raw) for raw in bodies_here(office, 533)]
    return [(body.system, body.standing) for body in bodies]


def bodies_here(office: Office, kind: int) -> list[bytes]:
    """Bodies of a kind at the counter, in order."""
    with office.counter.store.read() as connection:
        found = connection.exec_driver_sql("SELECT body FROM entries WHERE kind = ? ORDER BY key", (kind,))
        return list(found.scalars())


def test_asked_without_a_line_answered_at_the_next_exchange(office: Office) -> None:
    lookup = office.ask()
    office.counter.sync()
    assert office.desk.turn() == Turned(1, 1, 0)
    assert office.here(lookup).status == "asked"
    office.counter.sync()
    state = office.here(lookup)
    assert (state.status, [tuple(vars_of(one)) for one in state.answers]) == ("same", ALL_SAME)
    assert (state.reference, state.expires) == ("TH-1", 20261220)
    assert office.desk.turn() == Turned()
    assert logged(office) == [("population", "9.000001", "same")]
    assert (
        office.systems.asked[0][1]["nguoiTraCuu"] == f"{office.official.id.journal}.{office.official.id.seq}"
    )


def vars_of(answer: object) -> list[object]:
    """Fields of a struct, in order."""
    return [getattr(answer, name) for name in answer.__struct_fields__]  # type: ignore[attr-defined]


def test_a_difference_and_nobody(office: Office) -> None:
    office.systems.people["population"][PARTY.id_number]["birth"] = "1991-09-02"
    one = office.ask()
    office.counter.sync()
    office.desk.turn()
    assert [(a.field, a.how, a.found) for a in office.state(one).answers if a.how != "same"] == [
        ("birth", "different", "1991-09-02")
    ]
    office.systems.people.clear()
    two = office.ask()
    office.counter.sync()
    office.desk.turn()
    assert (office.state(two).status, office.state(two).answers) == ("no_person", ())


def test_an_outage_is_told_once_and_waited_for(office: Office) -> None:
    office.systems.fault["population"] = sim.DOWN
    lookup = office.ask()
    office.counter.sync()
    began = office.clock.at
    assert office.desk.turn() == Turned(1, 0, 1)
    assert office.desk.turn() == Turned(), "put again before its time"
    assert answers(office, lookup) == []
    for _ in range(4):
        office.pass_time(60 * MINUTE)
        assert office.desk.turn() == Turned(1, 0, 1)
    (told,) = answers(office, lookup)
    assert (told.outcome, told.since, told.fields) == ("unreachable", began, ())
    office.counter.sync()
    assert office.here(lookup).is_open
    assert said(office) == [("population", "down")]
    office.systems.fault.clear()
    office.pass_time(60 * MINUTE)
    assert office.desk.turn() == Turned(1, 1, 0)
    office.counter.sync()
    assert office.here(lookup).status == "same"
    assert said(office) == [("population", "down"), ("population", "ok")]
    assert [outcome.partition(":")[0] for _, _, outcome in logged(office)] == ["unreachable"] * 5 + ["same"]


def test_what_another_person_has_is_written_nowhere(office: Office) -> None:
    office.systems.fault["population"] = sim.OTHER_PERSON
    office.systems.people["population"][PARTY.id_number]["name"] = "NGƯỜI KHÁC"
    office.ask()
    office.counter.sync()
    for _ in range(3):
        office.desk.turn()
        office.pass_time(60 * MINUTE)
    with office.hub.database.read() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM entries").scalars().all()
    assert not any("NGƯỜI KHÁC".encode() in (body or b"") for body in bodies)


def test_a_system_without_an_address_is_not_reachable(office: Office) -> None:
    office.desk = LookupDesk(office.hub, SYSTEMS, {}, lambda: 1.0, lambda: b"salt")
    lookup = office.ask()
    office.counter.sync()
    for _ in range(3):
        office.desk.turn()
        office.pass_time(60 * MINUTE)
    assert office.state(lookup).status == "unreachable"
    assert office.systems.asked == []


def end_the_right(office: Office) -> None:
    key = f"lookup.{office.official.id.journal}.{office.official.id.seq}"
    office.counter.act([draft(UnitPolicySet(key, "", "thôi"), unit_subject(UNIT))])


FORGED = [
    ({"system": "insurance"}, None, "lookup.system"),
    ({"system": "nothing"}, None, "lookup.system"),
    ({"procedure": ""}, None, "lookup.purpose"),
    ({"procedure": "1.001193"}, None, "lookup.purpose"),
    ({"id_number": "012190000077"}, None, "lookup.person"),
    ({}, end_the_right, "role.needs_act"),
    ({}, Office.withdraw_dossier, "lookup.no_purpose"),
]


def test_the_hub_refuses_without_right_or_purpose(office: Office) -> None:
    """A changed program at a counter asks what it may not: nothing of the citizen leaves the province."""
    for forged, before, code in FORGED:
        if before is not None:
            before(office)
        lookup = office.forge(**forged)
        office.counter.sync()
        assert office.desk.turn() == Turned(0, 1, 0)
        assert (office.state(lookup).status, office.state(lookup).code) == ("refused", code)
    assert office.systems.asked == []
    assert logged(office) == []


def test_a_planted_fault_lets_a_question_without_right_out(office: Office, monkeypatch) -> None:
    """The guard is what holds it: without it the system is asked."""
    monkeypatch.setattr(desk_module, "refusal_of", lambda *_: None)
    end_the_right(office)
    office.forge()
    office.counter.sync()
    office.desk.turn()
    assert len(office.systems.asked) == 1


def test_a_question_lapses(office: Office) -> None:
    lookup = office.ask()
    office.counter.sync()
    office.pass_time(11 * DAY)
    office.desk.turn()
    assert office.state(lookup).status == "expired"
    assert office.systems.asked == []


def test_called_back_while_the_system_thinks(office: Office) -> None:
    lookup = office.ask()
    office.counter.sync()
    with office.hub.database.write() as connection:
        (taken,) = queue.take(connection, office.clock.at)
    with office.counter.store.read() as connection:
        state = office.counter.store.readings.state(connection, lookup).state
    office.counter.act(withdraw(state, office.official, "đã nộp giấy"))
    office.counter.sync()
    office.desk._one(taken)
    assert office.state(lookup).status == "withdrawn"
    assert answers(office, lookup) == []


def test_two_workers_put_a_question_once(office: Office) -> None:
    office.ask()
    office.counter.sync()
    with office.hub.database.write() as connection:
        first = queue.take(connection, office.clock.at)
        second = queue.take(connection, office.clock.at)
        later = queue.take(connection, office.clock.at + queue.CLAIM_MS)
    assert (len(first), len(second), len(later)) == (1, 0, 1)


def test_waits_grow_are_spread_and_end(office: Office) -> None:
    lookup = office.ask()
    office.counter.sync()
    waits = []
    for tries in range(12):
        for chance in (0.0, 1.0):
            with office.hub.database.write() as connection:
                one = queue.Taken(lookup, UNIT, tries, 0, False)
                queue.postpone(connection, one, 1000, lambda chance=chance: chance, told=False)
                row = connection.exec_driver_sql("SELECT next_at FROM lookup_tries").scalar()
            waits.append(row - 1000)
    assert waits[:6] == [15_000, 30_000, 30_000, 60_000, 60_000, 120_000]
    assert max(waits) == queue.MOST_MS


def test_the_log_is_chained_and_has_a_digest_a_day(office: Office) -> None:
    for _ in range(2):
        office.ask()
        office.counter.sync()
        office.desk.turn()
        office.pass_time(DAY)
    with office.hub.database.read() as connection:
        days = log.days(connection)
        assert [(day.day, day.calls) for day in days] == [(20261121, 1), (20261120, 1)]
        assert log.broken_at(connection) is None
        (row,) = log.rows(connection, 20261120, UNIT)
        assert (row.official, row.purpose) == (office.official.id, "9.000001")
        assert log.rows(connection, 20261120, "03390") == ()
    with office.hub.database.write() as connection:
        connection.execute(update(lookup_log).where(lookup_log.c.number == 1).values(purpose="1.001193"))
    with office.hub.database.read() as connection:
        assert log.broken_at(connection) == 1
    with office.hub.database.write() as connection:
        connection.execute(lookup_log.delete().where(lookup_log.c.number == 1))
    with office.hub.database.read() as connection:
        assert log.broken_at(connection) == 1


def test_the_log_holds_no_name_and_no_number(office: Office) -> None:
    office.ask()
    office.counter.sync()
    office.desk.turn()
    with office.hub.database.read() as connection:
        (row,) = connection.execute(select(lookup_log)).all()
    assert not any(text in str(tuple(row)) for text in (PARTY.id_number, PARTY.name, "Nà Hum"))


def test_after_its_time_the_bodies_go_everywhere_and_the_chain_holds(office: Office) -> None:
    lookup = office.ask()
    office.counter.sync()
    office.desk.turn()
    office.counter.sync()
    office.pass_time(30 * DAY)
    assert drop_expired(office.hub) == 0
    office.pass_time(DAY)
    assert drop_expired(office.hub) == 0, "no PC agrees yet that a month has gone by"
    with office.hub.database.write() as connection:
        note_met(connection, [(office.hub.now(), office.hub.now())])
    assert drop_expired(office.hub) == 1
    office.counter.sync()
    with office.hub.database.read() as connection:
        assert connection.execute(select(lookup_rows)).all() == []
    with office.counter.store.read() as connection:
        kinds = connection.exec_driver_sql(
            "SELECT kind, body IS NULL FROM entries WHERE kind IN (530, 531) ORDER BY kind"
        ).all()
        assert [tuple(row) for row in kinds] == [(530, 1), (531, 1)]
        assert office.counter.store.readings.state(connection, lookup).state is None
    assert drop_expired(office.hub) == 0


def test_what_was_called_back_goes_when_it_would_have_lapsed_and_its_tries_at_once(office: Office) -> None:
    office.systems.fault["population"] = sim.DOWN
    lookup = office.ask()
    office.counter.sync()
    office.desk.turn()
    office.counter.act(withdraw(office.here(lookup), office.official, "giấy đã có"))
    office.counter.sync()
    with office.hub.database.read() as connection:
        assert len(connection.execute(select(lookup_tries)).all()) == 1
    assert drop_expired(office.hub) == 0
    with office.hub.database.read() as connection:
        assert connection.execute(select(lookup_tries)).all() == []
    office.pass_time(office.state(lookup).until - office.clock.at + DAY)
    assert drop_expired(office.hub) == 1


def test_rebuilt_readings_are_the_live_ones(office: Office) -> None:
    office.ask()
    office.counter.sync()
    office.desk.turn()

    def held() -> list[tuple[object, ...]]:
        with office.hub.database.read() as connection:
            return [tuple(row) for row in connection.execute(select(lookup_rows))]

    live = held()
    office.hub.rebuild(UNIT)
    assert held() == live != []


def test_the_standing_changes_after_two_bad_calls_and_mends_at_once() -> None:
    one = Standing("x").after(10, answered=False, slow=False)
    assert one.standing == "ok"
    two = one.after(20, answered=False, slow=False)
    assert (two.standing, two.since) == ("down", 10)
    assert two.after(30, answered=False, slow=False).since == 10
    mended = two.after(40, answered=True, slow=False)
    assert (mended.standing, mended.since) == ("ok", 40)
    slow = mended.after(50, answered=True, slow=True).after(60, answered=True, slow=True)
    assert (slow.standing, slow.since) == ("slow", 50)
    assert mended.after(70, answered=True, slow=False).since == 40


def test_only_units_that_ask_are_told_and_good_news_only_after_bad(office: Office) -> None:
    with office.hub.database.read() as connection:
        assert standing.units_to_tell(connection, Standing("population", "down", 7)) == []
    office.ask()
    office.counter.sync()
    with office.hub.database.write() as connection:
        down = Standing("population", "down", 7)
        assert standing.units_to_tell(connection, Standing("population")) == []
        assert standing.units_to_tell(connection, down) == [UNIT]
        standing.tell(connection, [UNIT], down, 8)
        assert standing.units_to_tell(connection, down) == []
        assert standing.units_to_tell(connection, Standing("population")) == [UNIT]
        assert standing.units_to_tell(connection, Standing("land", "down", 7)) == []


def test_the_question_names_the_paper_and_the_purpose(office: Office) -> None:
    lookup = office.ask()
    (raw,) = bodies_here(office, 530)
    body = decode_body(LookupAsked, raw)
    assert (body.row, body.procedure) == (3, "9.000001")
    assert office.here(lookup).dossier == office.dossier
