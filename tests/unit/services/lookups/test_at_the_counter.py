"""Questions in a counter's store: who may ask, what F9 would ask, rows that wait, called back, rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import structs

from counter_app.domain.catalogue.checklist import checklist
from counter_app.domain.dossiers.acts import intake
from counter_app.domain.dossiers.acts.intake import Held
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.lookups import asking
from counter_app.services.lookups.answers import lookup_answers
from counter_app.services.lookups.port import RightForm
from counter_app.services.lookups.rights import record_right
from counter_app.services.lookups.words import on_rows, standings
from counter_app.services.ports.saying import speaking
from counter_app.storage.queries import lookups as queries
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CHAIRMAN, CLERK, PIN, TECHNICIAN, Counter, make_counter
from tests.unit.domain.dossiers.docket import ALLOWANCE, CALENDAR, handed_in, number
from tests.unit.domain.dossiers.docket import paper as listed
from tests.unit.domain.lookups.asked import PARTY

RESIDENCE = listed("Giấy tờ cư trú", "data_instead", "cu_tru", "tra cứu")
PROCEDURE = structs.replace(ALLOWANCE, papers=(*ALLOWANCE.papers, RESIDENCE))
ROW = len(ALLOWANCE.papers)
HELD = {0: Held("brought"), 1: Held("brought"), ROW: Held("queued")}
STATES = {0: "brought", 1: "brought", ROW: "queued"}


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with speaking("vi"):
        made = make_counter(tmp_path_factory.mktemp("lookups"), register=False)
        yield made
        made.close()


def gives(counter: Counter, *codes: str, until: str = "31/12/2027") -> None:
    """The head gives the clerk a right, or takes it away."""
    counter.sign_in(CHAIRMAN)
    counter.areas.lookups.give_right(
        RightForm(counter.officials[CLERK], codes, "32/QĐ-UBND (tập huấn)", until, PIN)
    )
    counter.sign_in(CLERK)


def clerk(counter: Counter) -> OfficialState:
    state: OfficialState = counter.state(counter.officials[CLERK])
    return state


def taken_in(counter: Counter) -> DossierState:
    """A dossier whose residence waits for a look-up that nobody asked yet."""
    given = handed_in(procedure=PROCEDURE, party=PARTY, held=HELD, received_at=counter.clock.now())
    drafts = intake.accept(given, number(1), CALENDAR)
    entries = counter.store.append(drafts, counter.areas.desk.act()).entries
    state: DossierState = counter.state(next(e.id for e in entries if e.facts.kind == 500))
    return state


def page_asks(counter: Counter) -> tuple[dict[int, str], tuple[Draft, ...]]:
    """What the page says that F9 asks, and what it would write."""
    rows, at = checklist(PROCEDURE, "counter", (), STATES), counter.clock.now()
    with counter.store.read() as connection:
        said = asking.will_ask(connection, counter.work, clerk(counter), rows, at)
        drafts = asking.with_intake(
            connection, counter.work, clerk(counter), rows, PARTY, PROCEDURE.code, EntryId(7, 7), at
        )
    return said, drafts


def asked_by(counter: Counter, state: DossierState, row: int = ROW) -> None:
    """The act of the dossier's page."""
    counter.work.store.act(
        lambda acting: asking.ask_for(
            acting.connection, counter.work, state, clerk(counter), row, counter.clock.now()
        ),
        counter.areas.desk.act(),
    )


def refused(counter: Counter, state: DossierState, row: int = ROW) -> str:
    """Code of the refusal."""
    with pytest.raises(DomainError) as error:
        asked_by(counter, state, row)
    return error.value.code


def test_without_a_right_intake_goes_on_and_the_page_says_why(counter: Counter) -> None:
    gives(counter)
    assert page_asks(counter) == ({}, ())
    state = taken_in(counter)
    assert refused(counter, state) == "role.needs_act"
    with counter.store.read() as connection:
        why = asking.why_not(connection, counter.work, clerk(counter), counter.clock.now())
        assert on_rows(connection, counter.work, state.id, counter.clock.now()) == {}
    assert why is not None
    assert why.code == "role.needs_act"


def test_with_the_right_f9_asks_and_the_page_says_whom(counter: Counter) -> None:
    gives(counter, "population")
    said, drafts = page_asks(counter)
    assert said == {ROW: "Dân cư"}
    assert [one.kind for one in drafts] == [530]
    gives(counter, "land")
    assert page_asks(counter) == ({}, ())
    gives(counter, "population", until="19/11/2026")
    assert page_asks(counter) == ({}, ())


def test_a_row_waits_is_asked_once_and_called_back(counter: Counter) -> None:
    gives(counter, "population")
    state = taken_in(counter)
    with counter.store.read() as connection:
        assert asking.askable(connection, state) == ((ROW, "Giấy tờ cư trú"),)
    asked_by(counter, state)
    assert refused(counter, state) == "lookup.twice"
    assert refused(counter, state, 0) == "lookup.no_system"
    assert refused(counter, state, 99) == "lookup.no_system"
    with counter.store.read() as connection:
        assert asking.askable(connection, state) == ()
        assert on_rows(connection, counter.work, state.id, counter.clock.now()) == {
            ROW: "Dân cư: đã hỏi, chờ trả lời"
        }
        (row,) = queries.of_dossier(connection, state.id)
        assert (row.row, row.system, row.is_open, row.answered_at) == (ROW, "population", 1, 0)
        assert asking.suggested(connection, state) == ("", "", "")
        assert lookup_answers(connection, counter.work, counter.clock.now()) == []
    counter.work.store.act(
        lambda acting: asking.call_back(
            acting.connection, counter.work, state, clerk(counter), ROW, "đã nộp giấy"
        ),
        counter.areas.desk.act(),
    )
    with counter.store.read() as connection:
        assert on_rows(connection, counter.work, state.id, counter.clock.now())[ROW].endswith(
            "đã rút câu hỏi"
        )
        with pytest.raises(DomainError) as error:
            asking.call_back(connection, counter.work, state, clerk(counter), ROW, "")
    assert error.value.code == "lookup.none"


def test_live_readings_are_the_rebuilt_ones(counter: Counter) -> None:
    gives(counter, "population")
    asked_by(counter, taken_in(counter))
    query = "SELECT * FROM lookups ORDER BY id"
    with counter.store.read() as connection:
        live = [tuple(row) for row in connection.exec_driver_sql(query)]
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    with counter.store.read() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql(query)] == live != []


def test_rights_are_listed_given_by_the_head_alone_and_end(counter: Counter) -> None:
    gives(counter, "population", "land")
    (row,) = (row for row in counter.areas.lookups.rights() if row.login == CLERK)
    assert (row.systems, row.act, row.until) == (
        ("Dân cư", "Đất đai"), "32/QĐ-UBND (tập huấn)", "31/12/2027",
    )  # fmt: skip
    assert not any(row.login == TECHNICIAN for row in counter.areas.lookups.rights())
    with pytest.raises(DomainError) as error:
        record_right(counter.work, counter.areas.desk, counter.officials[CLERK], "1/QĐ", 0, ("land",))
    assert error.value.code == "role.not_allowed"
    gives(counter)
    (row,) = (row for row in counter.areas.lookups.rights() if row.login == CLERK)
    assert (row.systems, row.act, row.until) == ((), "", "")


def test_a_wrong_pin_gives_nothing(counter: Counter) -> None:
    gives(counter)
    counter.sign_in(CHAIRMAN)
    form = RightForm(counter.officials[CLERK], ("land",), "1/QĐ", "31/12/2027", "000000")
    with pytest.raises(DomainError) as error:
        counter.areas.lookups.give_right(form)
    assert error.value.code.startswith("pin.")
    counter.sign_in(CLERK)
    assert page_asks(counter) == ({}, ())


def test_systems_have_names_and_nothing_is_said_while_they_stand_well(counter: Counter) -> None:
    codes = [code for code, _ in counter.areas.lookups.systems()]
    assert codes == ["population", "civil_status", "insurance", "land", "business"]
    assert counter.areas.lookups.standings() == ()
    with counter.store.read() as connection:
        assert standings(connection) == ()
