"""The province seals a year: only closed, only what lies in a verified backup; the counter hears the mark."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.dates import vn_instant
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.province.entries import DataPut
from counter_app.domain.registers.entries import YearClosed
from counter_app.domain.registers.sealing import DATA_SET, may_leave
from counter_app.storage.queries.exchange import in_backup
from counter_app.storage.queries.unit import data_sets
from sync.client.files import import_files
from sync.hub.backup import back_up, restore
from sync.hub.cli import main
from sync.hub.hub import Hub
from sync.hub.sealing import kept_seals, seal_closed_years, seal_year
from sync.hub.serving.turns import BackgroundReader
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.year_seal import YearSeal, read_year_seal, write_year_seal
from sync.protocol.meeting.parcel import ParcelKeys
from sync.protocol.meeting.provision import read_unit_provision
from sync.protocol.naming.ids import SELF
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.conftest import NewCommune

UNIT = "00000"


def code_of(hub: Hub, unit: str = UNIT, year: int = 2026) -> str:
    with pytest.raises(DomainError) as refused:
        seal_year(hub, unit, year)
    return refused.value.code


def sealed(hub: Hub) -> YearSeal:
    return read_year_seal(seal_year(hub, UNIT, 2026), {hub.keys.signing.key_id: hub.public_key})


def new_year(clock: Clock, counter: Commune) -> None:
    clock.at = counter.at = vn_instant(datetime.fromisoformat("2027-01-10 08:00"))


def closed_year(counter: Commune, clock: Clock) -> None:
    register = counter.register()
    new_year(clock, counter)
    body = YearClosed(0, 0, 0, 0, counter.at, counter.official, bytes(64))
    counter.act([draft(body, register)])
    counter.sync()


def test_a_year_is_sealed_when_closed_and_backed_up(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path
) -> None:
    register = counter.register()
    counter.sync()
    assert code_of(hub) == "seal.year_runs"
    new_year(clock, counter)
    assert code_of(hub) == "seal.open_register"
    assert code_of(hub, year=2025) == "seal.no_register"
    counter.act([draft(YearClosed(0, 0, 0, 0, counter.at, counter.official, bytes(64)), register)])
    counter.sync()
    assert code_of(hub) == "seal.not_safe", "closed and received is not yet in a backup"
    back_up(hub, tmp_path / "hub.bak")
    held = hub.word(UNIT).received.positions
    seal = sealed(hub)
    assert {journal: seal.upto(journal) for journal in held} == held
    with pytest.raises(KeyError):
        seal_year(hub, "99999", 2026)


def test_what_came_after_the_backup_lies_above_the_seal_and_never_leaves(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path
) -> None:
    closed_year(counter, clock)
    back_up(hub, tmp_path / "hub.bak")
    safe_upto = hub.word(UNIT).backed_up.positions[counter.journal]
    counter.request()
    counter.sync()
    seal = sealed(hub)
    assert seal.upto(counter.journal) == safe_upto < hub.word(UNIT).received.positions[counter.journal]
    with counter.store.read() as connection:
        marks = in_backup(connection)
    assert marks[counter.journal] == safe_upto
    assert may_leave(seal, 2028, counter.journal, marks) == safe_upto
    assert may_leave(seal, 2028, counter.journal, {**marks, counter.journal: 3}) == 3
    assert may_leave(seal, 2027, counter.journal, marks) == 0


def test_the_command_writes_the_file_or_says_why_not(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counter.register()
    counter.sync()
    assert main(["--folder", str(tmp_path / "hub"), "seal", UNIT, "2099"]) == 3
    assert "2099" in capsys.readouterr().err


def kept(hub: Hub, unit: str = UNIT) -> dict[int, bytes]:
    with hub.database.read() as connection:
        return kept_seals(connection, unit, {hub.keys.signing.key_id: hub.public_key})


def at_counter(counter: Commune) -> list[bytes]:
    with counter.store.read() as connection:
        return [row.content for row in data_sets(connection, DATA_SET)]


def test_a_seal_is_made_once_kept_and_reaches_the_counters(
    hub: Hub, counter: Commune, counters: NewCommune, clock: Clock, tmp_path: Path
) -> None:
    closed_year(counter, clock)
    back_up(hub, tmp_path / "hub.bak")
    made = seal_year(hub, UNIT, 2026)
    counter.request()
    counter.sync()
    back_up(hub, tmp_path / "later.bak")
    clock.at += 1_000
    assert seal_year(hub, UNIT, 2026) == made, "what lies further now is sealed with the next year"
    assert kept(hub) == {2026: made}
    assert at_counter(counter) == [made]
    second = counters()
    second.sync()
    assert at_counter(second) == [made]


def test_a_hub_from_an_older_backup_gets_its_seal_back_from_a_counter(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path
) -> None:
    closed_year(counter, clock)
    made_before = tmp_path / "hub.bak"
    back_up(hub, made_before)
    made = seal_year(hub, UNIT, 2026)
    counter.sync()
    clock.at += 1_000
    place = tmp_path / "again"
    with restore(made_before, place, keys=hub.keys, now=clock, durable=False) as again:
        assert kept(again) == {}
        counter.line.hub = again
        counter.sync()
        assert kept(again) == {2026: made}


def test_closed_years_are_sealed_by_themselves_as_soon_as_that_is_safe(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path
) -> None:
    register = counter.register()
    counter.sync()
    assert seal_closed_years(hub) == [], "the year runs"
    new_year(clock, counter)
    assert seal_closed_years(hub) == [], "a register is open"
    counter.act([draft(YearClosed(0, 0, 0, 0, counter.at, counter.official, bytes(64)), register)])
    counter.sync()
    assert seal_closed_years(hub) == [], "in no backup yet"
    back_up(hub, tmp_path / "hub.bak")
    turns = BackgroundReader(hub)
    turns._prepare_years()
    assert list(kept(hub)) == [2026], "the first turn of a day does it"
    assert seal_closed_years(hub) == []


def test_only_what_the_province_wrote_is_a_seal_of_its_own(
    hub: Hub, counter: Commune, clock: Clock, tmp_path: Path
) -> None:
    closed_year(counter, clock)
    back_up(hub, tmp_path / "hub.bak")
    made = seal_year(hub, UNIT, 2026)
    bent = bytes([*made[:-1], made[-1] ^ 1])
    elsewhere = write_year_seal(sealed(hub)._replace(unit="03390", year=2025), hub.keys.signing)
    for content in (bent, elsewhere, b""):
        hub.append(UNIT, draft(DataPut(DATA_SET, 20270110, content, ""), SELF))
    older = write_year_seal(sealed(hub)._replace(year=2025), hub.keys.signing)
    counter.act([draft(DataPut(DATA_SET, 20270110, older, ""), SELF)])
    counter.sync()
    assert kept(hub) == {2026: made}, "a PC says nothing in the province's name"


def test_a_units_folder_carries_its_seals_as_files_and_in_its_bundle(
    hub: Hub, counter: Commune, counters: NewCommune, clock: Clock, tmp_path: Path
) -> None:
    closed_year(counter, clock)
    back_up(hub, tmp_path / "hub.bak")
    made = seal_year(hub, UNIT, 2026)
    code = main(
        ["--folder", str(tmp_path / "hub"), "--json", "provision", "--unit", UNIT, "--counters", "2",
         "--url", "https://hub.tinh.example:8443", "-o", str(tmp_path / "usb")]
    )  # fmt: skip
    place = tmp_path / "usb" / f"cap-phat-{UNIT}"
    whole = read_unit_provision((place / f"{UNIT}.mcp").read_bytes(), hub.public_key)
    bundle, beside = whole.files
    assert (code, Path(bundle.name).suffix, beside.name) == (0, ".mcx", f"niem-nam/{UNIT}-2026.mcy")
    data = (place / beside.name).read_bytes()
    assert (data, len(data), hashlib.sha256(data).digest()) == (made, beside.size, beside.digest)
    assert f"  {beside.name}\n" in (place / "SHA256SUMS").read_text("utf-8")
    new = counters()
    keys = ParcelKeys({whole.unit_key_version: hub.unit_key(UNIT)}, new.province.hub_keys, load_dictionary)
    import_files(new.port(), keys, [place / bundle.name])
    assert at_counter(new) == [made], "a PC that never had a line has the seal"
