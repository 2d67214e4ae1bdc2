"""Dossiers at the hub: filed online, accepted at a counter without a line, coded, told to the portal."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.acts import desk, ending, handling
from counter_app.domain.dossiers.acts.ending import Giving
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.entries import OnlineDossierArrived
from counter_app.domain.dossiers.portal import is_legal
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.province.entries import DataPut
from resources import load
from sync.hub import cli
from sync.hub.dossiers import OnlineDossier, arrival, official_code, read_online
from sync.hub.hub import Hub
from sync.hub.reading import dossiers
from sync.hub.reading.folded import fold_whole
from sync.hub.tables import versions
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId
from tests.law.test_dossier_clock_cases import local
from tests.unit.hub.commune import Commune

UNIT = "00000"
CALENDAR = parse_calendar(load.working_calendar())
PORTAL_CODE = "G15.99-20261120-0000001"
SUBMITTED = vn_instant(local("20/11/2026 10:00"))


def online(**changes: object) -> OnlineDossier:
    """A practice birth registration filed online on Friday morning."""
    given: dict[str, object] = {
        "portal_code": PORTAL_CODE, "procedure": "1.001193", "name": "LÒ TẬP HUẤN ẨM",
        "id_number": "012190000001", "submitted_at": SUBMITTED,
    }  # fmt: skip
    return OnlineDossier(**{**given, **changes})  # type: ignore[arg-type]


def state_at(hub: Hub, dossier: EntryId) -> DossierState:
    with hub.database.read() as connection:
        state: DossierState = fold_whole(connection, [dossier])[dossier].state
    return state


def told(hub: Hub) -> list[int]:
    """What the portal hears, in order."""
    hub.read(UNIT)
    found = hub.dossier(UNIT, PORTAL_CODE)
    assert found is not None
    return [code for step in found.steps for code in step.told]


def test_an_online_dossier_has_eight_opening_hours_to_be_answered(hub: Hub) -> None:
    """Filed Friday 10:00: 1.5 + 3.5 hours that day, 3 on Monday from 07:30 - due 10:30 (law 1.2 [U])."""
    dossier = hub.online_arrived(UNIT, online())
    hub.read(UNIT)
    state = state_at(hub, dossier)
    assert state.accept_by == vn_instant(local("23/11/2026 10:30"))
    assert state.procedure.code == "1.001193"
    assert told(hub) == [1]


def test_the_same_one_twice_is_one(hub: Hub) -> None:
    """The portal sends again after a broken answer: nothing is written twice."""
    first = hub.online_arrived(UNIT, online())
    assert hub.online_arrived(UNIT, online()) == first
    assert hub.online_arrived(UNIT, online(portal_code="G15.99-20261120-0000002")) != first


def test_a_fee_that_is_not_known_is_never_zero() -> None:
    """1.000656 has no known fee: the entry says so."""
    draft: Draft = arrival(online(procedure="1.000656"), b"salt")
    body = decode_body(OnlineDossierArrived, draft.body)
    assert [(fee.known, fee.amount) for fee in body.fees] == [(False, 0)]


@pytest.mark.parametrize(("procedure", "code"), [("9.999999", "procedure.unknown")])
def test_an_unknown_procedure_is_refused_in_words(hub: Hub, procedure: str, code: str) -> None:
    """Nothing is written."""
    with pytest.raises(DomainError) as refused:
        hub.online_arrived(UNIT, online(procedure=procedure))
    assert refused.value.code == code
    assert hub.dossiers(UNIT) == ()


def test_the_whole_way_is_told_to_the_portal(hub: Hub) -> None:
    """1, 5 (papers asked), 2 (accepted), 4, 9, 10: each step legal, with the code the province gave."""
    dossier = hub.online_arrived(UNIT, online())
    at = SUBMITTED + 3_600_000
    asked = (desk.PaperAsked(3, "Giấy chứng sinh", "original", ""),)
    acts = (
        lambda s: desk.ask(s, FormNumber("02", 1), asked, "thiếu", "", at, CALENDAR),
        lambda s: desk.bring(
            s, s.papers, True, at, CALENDAR, FormNumber("02", 1), desk.CounterCode("0" * 20, 1)
        ),
        lambda s: handling.take(s, None),
        lambda s: handling.record_result(
            s, ResultGiven("birth", "Giấy khai sinh", "12/2026", 20261123, "CT")
        ),
        lambda s: ending.give(s, Giving(b"salt"), at),
    )
    for act in acts:
        hub.append(UNIT, *act(state_at(hub, dossier)))
    path = told(hub)
    assert path == [1, 5, 1, 2, 4, 9, 10] or path == [1, 5, 2, 4, 9, 10]
    assert all(is_legal(a, b) or (a, b) == (5, 1) for a, b in pairwise(path))
    found = hub.dossier(UNIT, PORTAL_CODE)
    assert found is not None
    assert (found.portal, found.delivery, {form[0] for form in found.forms}) == (10, "given", {"01", "02"})


def test_the_official_code_finds_it_beside_the_counters(hub: Hub) -> None:
    """Both stay searchable; a code that is none is refused."""
    hub.online_arrived(UNIT, online())
    hub.read(UNIT)
    hub.give_official_code(UNIT, PORTAL_CODE, "G09.20-20261120-0092637")
    hub.read(UNIT)
    found = hub.dossier(UNIT, "G09.20-20261120-0092637")
    assert found is not None
    assert found.portal_code == PORTAL_CODE
    with pytest.raises(KeyError):
        hub.give_official_code(UNIT, "khong-co", "X-1")
    with pytest.raises(ValueError, match="50"):
        official_code(found.dossier, "x" * 51)


def test_the_slip_of_an_acceptance_that_came_second_leads_to_the_dossier(
    hub: Hub, counters: Callable[..., Commune]
) -> None:
    """Two counters without a line accepted it: both slips are with somebody."""
    dossier = hub.online_arrived(UNIT, online())
    pair = [counters(), counters()]
    for counter in pair:
        counter.sync()
    codes = []
    for place, counter in enumerate(pair, 1):
        counter.at = SUBMITTED + place * 60_000
        with counter.store.read() as connection:
            state: DossierState = counter.store.readings.state(connection, dossier).state
        codes.append(f"{place}" * 20)
        given = desk.CounterCode(codes[-1], place)
        number = FormNumber(f"0{place}", 1)
        counter.act(desk.accept_online(state, state.papers, number, given, counter.at, CALENDAR))
    for counter in (*pair, *pair):
        counter.sync()
    found = [hub.dossier(UNIT, code) for code in codes]
    assert [one.dossier for one in found if one is not None] == [dossier, dossier]
    assert hub.dossier(UNIT, "9" * 20) is None
    assert hub.dossier(UNIT, "") is None


def test_a_rebuild_tells_the_same(hub: Hub) -> None:
    """Readings dropped and made again are those of before."""
    hub.online_arrived(UNIT, online())
    hub.read(UNIT)
    before = (hub.dossiers(UNIT), hub.dossier(UNIT, PORTAL_CODE))
    hub.rebuild(UNIT)
    assert (hub.dossiers(UNIT), hub.dossier(UNIT, PORTAL_CODE)) == before


def plan_of(hub: Hub, ask: Callable[[Connection], object]) -> str:
    """How SQLite goes about the first question that ``ask`` puts."""
    asked: list[tuple[str, Any]] = []
    with hub.database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        ask(connection)
        sql, values = asked[0]
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        return " ".join(str(step[3]) for step in steps.fetchall())


@pytest.mark.hub_file
def test_a_code_is_found_without_passing_over_all_a_unit_ever_took_in(hub: Hub) -> None:
    """Fifty million entries showed it: 27,500 dossiers of a unit were read for one."""
    with hub.database.write(alone=True) as connection:
        connection.exec_driver_sql("DROP INDEX ix_dossier_rows_portal_code")
        connection.exec_driver_sql("UPDATE settings SET value = '2' WHERE name = 'schema'")
    assert "MULTI-INDEX" not in plan_of(hub, lambda connection: dossiers.find(connection, UNIT, "H1.26"))
    with hub.database.write(alone=True) as connection:
        versions.bring_forward(connection, 0)
    plan = plan_of(hub, lambda connection: dossiers.find(connection, UNIT, "H1.26"))
    assert all(f"ix_dossier_rows_{name} " in plan for name in ("code", "official", "portal_code")), plan


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"portal_code": 5}', b'{"unknown": 1}', b"\xff", b"[" * 2_000, b" " * (1 << 21)],
)
def test_bad_files_are_refused(raw: bytes) -> None:
    """No crash whatever a file holds."""
    with pytest.raises(ValueError):
        read_online(raw)


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """arrive, code, show, list by the command line, as an adapter would call them."""
    folder, file = tmp_path / "hub", tmp_path / "one.json"
    assert cli.main(["--folder", str(folder), "unit", "add", UNIT, "tập huấn", "--practice"]) == 0
    given = {"portal_code": PORTAL_CODE, "procedure": "1.001193", "name": "LÒ TẬP HUẤN ẨM",
             "id_number": "012190000001", "submitted_at": SUBMITTED}  # fmt: skip
    file.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    base = ["--folder", str(folder), "--json", "dossier"]
    assert cli.main([*base, "arrive", UNIT, str(file)]) == 0
    capsys.readouterr()
    assert cli.main([*base, "code", UNIT, PORTAL_CODE, "G09.20-20261120-0000007"]) == 0
    assert json.loads(capsys.readouterr().out)["official_code"] == "G09.20-20261120-0000007"
    assert cli.main([*base, "show", UNIT, "khong-co"]) == 1
    capsys.readouterr()
    assert cli.main([*base, "list", UNIT]) == 0
    assert [row["portal"] for row in json.loads(capsys.readouterr().out)] == [1]
    file.write_text(json.dumps({**given, "portal_code": "X-2", "procedure": "9.999999"}), "utf-8")
    assert cli.main([*base, "arrive", UNIT, str(file)]) == cli.REFUSED
    assert json.loads(capsys.readouterr().out)["code"] == "procedure.unknown"


def put_catalogue(hub: Hub, since: int, version: str, **changes: object) -> None:
    """A part of the catalogue with the procedure of the online dossiers, put by the province."""
    shipped = json.loads(load.procedures())
    one = next(p for p in shipped["procedures"] if p["code"] == online().procedure)
    part = {**shipped, "version": version, "procedures": [{**one, "name": version, **changes}]}
    hub.append("", draft(DataPut("procedures", since, json.dumps(part).encode(), "tập huấn"), SELF))


def test_an_online_dossier_goes_by_the_provinces_catalogue_of_its_day(hub: Hub) -> None:
    put_catalogue(hub, 20260101, "Tên của tỉnh")
    put_catalogue(hub, 20991231, "Tên sau này")
    dossier = state_at(hub, hub.online_arrived(UNIT, online()))
    assert (dossier.procedure.name, dossier.procedure.version) == ("Tên của tỉnh", "Tên của tỉnh")


def test_what_is_no_part_of_a_catalogue_leaves_the_shipped_one(hub: Hub) -> None:
    hub.append("", draft(DataPut("fees", 20260101, b"{}", "tập huấn"), SELF))
    dossier = state_at(hub, hub.online_arrived(UNIT, online()))
    assert dossier.procedure.version == json.loads(load.procedures())["version"]
