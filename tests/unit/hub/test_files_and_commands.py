"""Files for a stick, and the command line: results, words and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.client.files import APPLIED, export_files, import_files
from sync.hub import cli, enrol, files
from sync.hub.hub import Hub
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from sync.protocol.naming.grants import read_grant
from sync.protocol.refusals import CutShort, Damaged, NotOurs, OtherUnit, Refusal
from tests.unit.storage.test_readings import rows as counter_rows

UNIT = "00000"


def unit_keys(hub: Hub) -> dict:
    with hub.database.read() as connection:
        return enrol.unit_keys(connection, hub.keys, UNIT)


def export(counter, folder: Path, **options):
    keys = unit_keys(counter.hub)
    giver = Giver(counter.device_key, keys[max(keys)])
    return list(export_files(counter.port(), giver, folder, "quay", counter.at, **options).paths)


def test_a_stick_goes_to_town_and_comes_back(hub, counters, tmp_path):
    one, two = counters(), counters()
    one.busy_day()
    taken = files.take(hub, export(one, tmp_path / "stick"))
    assert (taken.unit, taken.sender, taken.parked) == (UNIT, one.journal, ())
    hub.read()
    two.sync()
    back = files.give(hub, UNIT, tmp_path / "back", hub.now(), taken.vector)
    keys = ParcelKeys(unit_keys(hub), one.province.hub_keys)
    read = import_files(one.port(), keys, list(back))
    assert (read.code, read.acknowledged) == (APPLIED, True)
    assert counter_rows(one.store, f"SELECT count(*) FROM entries WHERE journal = {two.journal}")[0][0] > 0
    assert one.port().last_word().received.positions[one.journal] == taken.applied
    assert files.take(hub, export(one, tmp_path / "again")).applied == 0


def test_a_parcel_in_parts_is_taken_whole_or_not(hub, counter, tmp_path):
    counter.busy_day(80)
    counter.sync()
    other = tmp_path / "other"
    with Hub.open(other, keys=hub.keys, now=hub.now, durable=False) as fresh:
        fresh.add_unit(UNIT, "x")
        paths = export(counter, tmp_path / "stick", part_bytes=17_500)
        assert len(paths) > 1
        with pytest.raises(Refusal, match="part"):
            files.take(fresh, paths[1:])
        assert counter.journal not in fresh.word(UNIT).received.positions
    taken = files.take(hub, list(reversed(paths)))
    assert (taken.applied, taken.parked) == (0, ())


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda data: data[:-10], CutShort),
        (lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:], Damaged),
        (lambda data: b"<html>" + data, NotOurs),
        (lambda data: data[:4] + b"03390" + data[9:], OtherUnit),
    ],
)
def test_a_bad_file_changes_nothing(hub, counter, tmp_path, change, refusal):
    counter.sync()
    counter.request("Trên thẻ nhớ")
    (path,) = export(counter, tmp_path)
    path.write_bytes(change(path.read_bytes()))
    before = hub.word(UNIT).received
    with pytest.raises(refusal):
        files.take(hub, [path])
    assert hub.word(UNIT).received == before


@pytest.fixture
def run(tmp_path, capsys):
    """Runs one command against a folder of its own; gives exit code and the JSON it printed."""

    def command(*words: str, folder: str = "hub") -> tuple[int, object]:
        code = cli.main(["--folder", str(tmp_path / folder), "--json", *words])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed.strip() else None

    return command


def test_a_province_is_made_and_a_counter_granted(run, tmp_path):
    code, made = run("unit", "add", "03390", "Xã Bình Lư")
    assert (code, made["practice"]) == (0, False)
    code, granted = run("grant", "03390", "QUẦY-01", "--out", str(tmp_path / "stick"))
    assert (code, granted["counter"], len(granted["files"])) == (0, 1, 3)
    public = bytes.fromhex(made["public_key"])
    from sync.protocol.naming.keys import key_id

    spares = [
        read_grant(Path(path).read_bytes(), {key_id(public): public}).spare for path in granted["files"]
    ]
    assert spares == [0, 1, 2]
    assert run("unit", "list") == (0, [{"unit": "03390", "devices": 1}])
    assert run("device", "list", "03390")[1][0]["name"] == "QUẦY-01"


def test_status_verify_backup_restore_and_token(run, tmp_path):
    run("unit", "add", "00000", "tập huấn", "--practice")
    assert run("verify") == (0, {"problems": []})
    assert run("backup", str(tmp_path / "b.db"))[1]["journals"] == 2
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "province.keys").write_bytes((tmp_path / "hub" / "province.keys").read_bytes())
    code, told = run("restore", str(tmp_path / "b.db"), folder="again")
    assert (code, told["units"], told["life"] > 1) == (0, ["00000"], True)
    code, status = run("status", "00000", folder="again")
    assert (code, status["life"], status["questions"]) == (0, told["life"], [])
    assert len(run("token", "bảng KPI")[1]["token"]) == 64


def test_bundles_and_data_by_command(run, tmp_path):
    run("unit", "add", "00000", "tập huấn", "--practice")
    (tmp_path / "fees.json").write_text("{}")
    code, put = run("catalogue", "put", "fees", str(tmp_path / "fees.json"), "--valid-from", "20260101")
    assert (code, put["seq"]) == (0, 2)
    code, out = run("bundle", "out", "00000", "--to", str(tmp_path / "stick"))
    assert (code, [Path(path).suffix for path in out["files"]]) == (0, [".mcx"])
    assert run("bundle", "in", out["files"][0])[1]["applied"] == 0


def test_verify_ends_with_one_when_something_is_wrong(run, tmp_path):
    run("unit", "add", "00000", "tập huấn", "--practice")
    with Hub.open(tmp_path / "hub") as hub, hub.database.write() as connection:
        connection.exec_driver_sql("UPDATE journal_heads SET seq = seq + 1")
    code, shown = run("verify")
    assert code == 1
    assert any("ends at" in line for line in shown["problems"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("grant", "99999", "QUẦY-01"), 3),
        (("unit", "add", "00000", "tập huấn"), 3),
        (("unit", "add", "339", "x"), 3),
        (("status", "99999"), 3),
        (("device", "revoke", "257"), 3),
        (("bundle", "in", "no-such-file.mcx"), 4),
        (("backup", "/proc/nothing/here"), 4),
    ],
)
def test_what_cannot_be_done_is_said_in_words_with_a_code(run, words, code):
    run("unit", "add", "03390", "Xã Bình Lư")
    got, shown = run(*words)
    assert (got, bool(shown["detail"])) == (code, True)


def test_what_is_refused_is_said_without_quotes_of_a_programmer(run):
    run("unit", "add", "03390", "Xã Bình Lư")
    assert run("status", "99999")[1]["detail"] == "unit 99999 is not served here"


def test_a_missing_hub_and_a_missing_folder_are_said(run, capsys, monkeypatch):
    assert run("verify", folder="nowhere")[0] == 4
    monkeypatch.delenv(cli.FOLDER_VARIABLE, raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.main(["verify"])
    assert ended.value.code == 2
    assert cli.FOLDER_VARIABLE in capsys.readouterr().err


def test_every_command_shows_an_example(capsys):
    for name in (
        "serve", "unit", "device", "grant", "catalogue", "bundle",
        "verify", "backup", "restore", "token", "status",
    ):  # fmt: skip
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        assert "Example: commune-hub" in capsys.readouterr().out


def test_plain_words_for_people(tmp_path, capsys):
    assert cli.main(["--folder", str(tmp_path / "h"), "unit", "add", "03390", "Xã Bình Lư"]) == 0
    assert "unit=03390" in capsys.readouterr().out
    assert cli.main(["--folder", str(tmp_path / "h"), "grant", "99999", "x"]) == 3
    assert "99999" in capsys.readouterr().err


def test_files_of_several_counters_are_taken_together_and_answered_with_one(hub, counters, tmp_path):
    one, two = counters(), counters()
    one.busy_day()
    two.request("Trên cùng thẻ nhớ")
    stick = [*export(one, tmp_path / "one"), *export(two, tmp_path / "two")]
    assert files.parcels_of(stick) == [[path] for path in stick]
    came = [files.take(hub, paths) for paths in files.parcels_of(stick)]
    assert [taken.sender for taken in came] == [one.journal, two.journal]
    hub.read()
    least = files.least([taken.vector for taken in came])
    assert all(taken.vector.covers(*place) for taken in came for place in least.positions.items())
    back = list(files.give(hub, UNIT, tmp_path / "back", hub.now(), least))
    for counter in (one, two):
        read = import_files(counter.port(), ParcelKeys(unit_keys(hub), counter.province.hub_keys), back)
        assert (read.code, read.acknowledged) == (APPLIED, True)
        assert counter.port().vector().covers(one.journal, came[0].applied)
        assert counter.port().vector().covers(two.journal, came[1].applied)


def test_parts_of_one_parcel_stay_together_among_others(counters, tmp_path):
    one, two = counters(), counters()
    one.busy_day(80)
    parts = export(one, tmp_path / "one", part_bytes=17_500)
    assert len(parts) > 1
    (alone,) = export(two, tmp_path / "two")
    assert files.parcels_of([parts[0], alone, *parts[1:]]) == [parts, [alone]]


def test_one_bad_file_of_several_keeps_no_other_out(run, tmp_path):
    run("unit", "add", "00000", "tập huấn", "--practice")
    good = run("bundle", "out", "00000", "--to", str(tmp_path / "stick"))[1]["files"][0]
    (tmp_path / "bad.mcx").write_bytes(b"<html>")
    code, rows = run("bundle", "in", str(tmp_path / "bad.mcx"), good, "--answer", str(tmp_path / "back"))
    assert (code, rows[0]["files"], rows[0]["refused"]) == (3, ["bad.mcx"], "not-ours")
    assert (rows[1]["unit"], rows[1]["parked"]) == ("00000", [])
    assert Path(rows[2]["answer"][0]).is_file()


def test_a_password_that_nobody_types_is_said(run, monkeypatch):
    run("unit", "add", "00000", "tập huấn", "--practice")

    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    code, told = run("account", "add", "so-noi-vu", "--role", "province")
    assert (code, told["code"]) == (cli.IMPOSSIBLE, "secret.nobody")
