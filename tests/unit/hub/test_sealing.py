"""The province seals a year: only closed, only what lies in a verified backup; the counter hears the mark."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.dates import vn_instant
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.registers.entries import YearClosed
from counter_app.domain.registers.sealing import may_leave
from counter_app.storage.queries.exchange import in_backup
from sync.hub.backup import back_up
from sync.hub.cli import main
from sync.hub.hub import Hub
from sync.hub.sealing import seal_year
from sync.protocol.carrying.year_seal import YearSeal, read_year_seal
from tests.unit.hub.commune import Clock, Commune

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
    seal = sealed(hub)
    held = hub.word(UNIT).received.positions
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
