"""The portal of a real hub: journals to the portal and back, by command and by thread; kept secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.domain.dossiers.acts import desk, handling
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import FormNumber
from counter_app.domain.dossiers.entries import OfficialCodeGiven, PortalStateReported
from counter_app.domain.drafting import draft
from sync.hub import cli
from sync.hub.hub import Hub
from sync.hub.portal import queue
from sync.hub.portal.background import PortalTurns
from sync.hub.portal.config import FILE_NAME, config_in, keep_config, read_config
from sync.hub.portal.matter import read_matter
from sync.hub.portal.service import Ran, WrongKind, configured, status, visit
from sync.hub.tables.portal import parked
from sync.protocol.naming.ids import EntryId
from tests.support.portal.bench import MORNING
from tests.support.portal.simulator import SECRET, USER, Portal
from tests.unit.hub.commune import Clock
from tests.unit.hub.test_dossiers import CALENDAR, SUBMITTED, UNIT, online, state_at


@pytest.fixture
def raw(portal: Portal) -> bytes:
    return json.dumps(
        {
            "generation": "legacy",
            "address": portal.address,
            "user": USER,
            "secret": SECRET,
            "offices": {UNIT: "H35.20"},
            "practice": True,
        }
    ).encode()


@pytest.fixture
def set_up(hub: Hub, raw: bytes) -> Hub:
    """A hub whose technician has set the portal."""
    assert hub.folder is not None
    keep_config(hub.folder, raw)
    with hub.database.write() as connection:
        queue.mark_all(connection, 20260101)
    return hub


def visited(hub: Hub) -> Ran:
    found = configured(hub)
    assert found is not None
    ran = visit(hub, found, spread=lambda n: 0)
    hub.read(UNIT)
    return ran


def worked(hub: Hub, dossier: EntryId) -> None:
    """Papers asked for, brought, taken, decided: 5, 2, 4, 9."""
    at = SUBMITTED + 3_600_000
    asked = (desk.PaperAsked(3, "Giấy chứng sinh", "original", "mờ"),)
    for act in (
        lambda s: desk.ask(s, FormNumber("02", 1), asked, "thiếu", "", at, CALENDAR),
        lambda s: desk.bring(
            s, s.papers, True, at, CALENDAR, FormNumber("02", 1), desk.CounterCode("0" * 20, 1)
        ),
        lambda s: handling.take(s, None),
        lambda s: handling.record_result(
            s, ResultGiven("birth", "Giấy khai sinh", "12/2026", 20261123, "CT")
        ),
    ):
        hub.append(UNIT, *act(state_at(hub, dossier)))
    hub.read(UNIT)


def test_filed_on_the_portal_worked_on_and_told(set_up: Hub, portal: Portal) -> None:
    """Fetched once, its steps told without the first, which the portal has; supplements and result inside."""
    portal.file_online("G15.99-1", MaTTHC="1.001193")
    visited(set_up)
    found = set_up.dossier(UNIT, "G15.99-1")
    assert found is not None
    worked(set_up, found.dossier)
    assert visited(set_up).done == 1
    assert portal.told["G15.99-1"] in ([5, 2, 4, 9], [5, 1, 2, 4, 9])
    sent = portal.records["G15.99-1"]
    (supplement,) = sent["DanhSachHoSoBoSung"]
    assert (supplement["NoiDungBoSung"], supplement["TrangThaiBoSung"]) == (
        "Giấy chứng sinh - mờ. thiếu",
        "1",
    )
    (result,) = sent["DanhSachGiayToKetQua"]
    assert (result["TenGiayTo"], result["MaGiayToKetQua"]) == ("Giấy khai sinh", "12/2026")
    assert sent["DonViXuLy"] == "Xã Bình Lư (tập huấn)"
    again = visited(set_up)
    assert (again.worked, again.parked) == (0, 0)
    assert len(set_up.dossiers(UNIT, 20261120)) == 1


def test_readers_mark_only_when_a_portal_is_set(hub: Hub) -> None:
    hub.online_arrived(UNIT, online())
    hub.read(UNIT)
    with hub.database.read() as connection:
        assert queue.counts(connection)["marked"] == 0


def test_setting_it_later_sends_what_is_open(hub: Hub, portal: Portal, raw: bytes) -> None:
    hub.online_arrived(UNIT, online(portal_code="G15.99-7"))
    hub.read(UNIT)
    portal.file_online("G15.99-7")
    portal.online.clear()
    assert hub.folder is not None
    keep_config(hub.folder, raw)
    with hub.database.write() as connection:
        assert queue.mark_all(connection, 20991231) == 1
    assert visited(hub).done == 1


def test_the_state_that_the_portal_took_is_an_entry_of_the_unit(set_up: Hub, portal: Portal) -> None:
    """And changes nothing of the dossier: what is done about it is an act of the unit."""
    portal.file_online("G15.99-2", MaTTHC="1.001193")
    visited(set_up)
    visited(set_up)
    portal.jump("G15.99-2", 7)
    with set_up.database.write() as connection:
        connection.exec_driver_sql("UPDATE portal_orders SET polled_at = 0")
    assert visited(set_up).moved == 1
    found = set_up.dossier(UNIT, "G15.99-2")
    assert found is not None
    assert [step.act for step in found.steps][-1] == "PortalStateReported"
    assert found.portal == 1
    visited(set_up)
    with set_up.database.read() as connection:
        shown = status(connection)
    assert [letter.fault for letter in shown.letters] == ["apart"]
    assert shown.needs("vi") != shown.needs("en") != []


def test_the_bytes_of_the_report() -> None:
    """Kind 526, version 1: [state, at]."""
    made = draft(PortalStateReported(7, MORNING), EntryId(256, 1))
    assert (made.kind, made.body.hex()) == (526, "9207cf000001a1f65c3340")


def test_a_dossier_or_nothing(hub: Hub) -> None:
    with hub.database.read() as connection:
        assert read_matter(connection, EntryId(256, 99)) is None
    dossier = hub.online_arrived(UNIT, online())
    hub.append(UNIT, draft(OfficialCodeGiven("H35-1"), dossier))
    with hub.database.read() as connection:
        found = read_matter(connection, dossier)
    assert found is not None
    assert (found.best_code, [step.state for step in found.steps]) == ("H35-1", [1])


def test_a_practice_hub_never_speaks_to_a_real_portal(hub: Hub, raw: bytes) -> None:
    assert hub.folder is not None
    keep_config(hub.folder, json.dumps({**json.loads(raw), "practice": False}).encode())
    with pytest.raises(WrongKind):
        configured(hub)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"generation": "1999"}, "generation"),
        ({"secret": ""}, "secret"),
        ({"address": "http://cong.example"}, "https"),
        ({"mapping": "khong-co.json"}, "khong-co"),
        ({"seconds": 0}, "seconds"),
        ({"other": 1}, "other"),
    ],
)
def test_a_bad_configuration_is_refused_and_nothing_kept(
    tmp_path: Path, raw: bytes, change: dict[str, Any], words: str
) -> None:
    with pytest.raises((ValueError, OSError), match=words):
        keep_config(tmp_path, json.dumps({**json.loads(raw), **change}).encode())
    assert config_in(tmp_path) is None


def test_the_secret_is_for_the_owners_eyes(tmp_path: Path, raw: bytes) -> None:
    made = keep_config(tmp_path, raw)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert SECRET not in repr(made)
    assert repr(read_config(raw)) == repr(config_in(tmp_path))
    (tmp_path / FILE_NAME).chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        config_in(tmp_path)


def test_the_thread_survives_everything(hub: Hub, raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """No configuration, a bad one, a good one; a log without contents."""
    turns = PortalTurns(hub, pause=3600)
    assert turns.once() == Ran()
    assert hub.folder is not None
    (hub.folder / FILE_NAME).write_bytes(b'{"secret": "chim vang"}')
    (hub.folder / FILE_NAME).chmod(0o600)
    assert turns.once().fault == "broken"
    assert "chim vang" not in caplog.text
    keep_config(hub.folder, raw)
    assert turns.once().fault == ""
    turns.start()
    turns.stop()


def test_two_hubs_of_one_province_take_turns(set_up: Hub) -> None:
    with set_up.database.write() as connection:
        queue.take_lease(connection, "another", set_up.now())
    assert visited(set_up).busy


def test_the_commands(tmp_path: Path, portal: Portal, raw: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """set, run, status, retry, map-check as a technician calls them."""
    base = ["--folder", str(tmp_path / "hub"), "--json"]
    file = tmp_path / "cong.json"
    file.write_bytes(raw)

    def does(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert cli.main([*base, "portal", *words]) == code
        return json.loads(capsys.readouterr().out)

    assert cli.main([*base, "unit", "add", UNIT, "tập huấn", "--practice"]) == 0
    does("run", code=cli.IMPOSSIBLE)
    assert does("set", str(file)) == {"offices": 1, "marked": 0, "not_served_here": []}
    portal.file_online("G15.99-3", ChuHoSo="")
    portal.file_online("G15.99-4")
    assert does("run")["parked"] == 1
    assert does("run")["done"] == 1
    shown = does("status")
    assert (shown["configured"], shown["done"], shown["parked"], shown["dead"]) == (True, 1, 1, 0)
    assert SECRET not in json.dumps(shown)
    assert does("retry") == {"retried": 0}
    assert does("parked", "--days", "7") == {"days": 7, "dropped": 0, "parked": 1}
    assert does("parked") == {"days": 7, "dropped": 0, "parked": 1}
    does("parked", "--days", "366", code=cli.REFUSED)
    assert [one["status"] for one in does("map-check")] == ["secondary", "unverified"]
    file.write_text('{"version": 1}', "utf-8")
    does("map-check", str(file), code=cli.REFUSED)
    portal.faults.extend(["500"] * 9)
    assert does("run", code=1)["fault"] == "away"


def test_what_the_citizen_changes_later_is_parked_for_a_person_and_rewrites_nothing(
    set_up: Hub, portal: Portal
) -> None:
    portal.file_online("G15.99-8")
    assert visited(set_up).parked == 0
    before = set_up.dossiers(UNIT, 20261120)
    portal.online[-1]["ChuHoSo"] = "TÊN ĐÃ SỬA TẬP HUẤN"
    assert visited(set_up).parked == 1
    assert visited(set_up).parked == 1, "looked at again, kept once"
    assert set_up.dossiers(UNIT, 20261120) == before
    with set_up.database.read() as connection:
        ((fault, detail),) = connection.execute(select(parked.c.fault, parked.c.detail)).all()
    assert (fault, detail) == ("changed", "party")
    assert "SỬA" not in detail, "which fields, not what stands in them"


def test_the_thread_drops_what_is_old_once_a_day(set_up: Hub, portal: Portal, clock: Clock) -> None:
    portal.file_online("G15.99-3", ChuHoSo="")
    visited(set_up)
    turns = PortalTurns(set_up)
    assert turns.drop_parked() == 0
    clock.at += 31 * 86_400_000
    assert turns.drop_parked() == 1
    assert turns.drop_parked() == 0


def test_an_online_dossier_is_never_asked_for_a_code(set_up: Hub, portal: Portal) -> None:
    portal.file_online("G15.99-5")
    visited(set_up)
    visited(set_up)
    assert not portal.given
