"""The practice commune is made by services, for speed: it must be the one that the screens make."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from counter_app.clock import FixedClock
from counter_app.composition.running import RunningProgram
from counter_app.practice import people
from counter_app.practice.day import script
from counter_app.practice.day.stage import MORNING
from counter_app.practice.day.steps import founding, opening
from counter_app.practice.world import PracticeWorld
from counter_app.services.session import secrets
from counter_app.storage.queries import registers
from counter_app.storage.queries import unit as unit_queries

BY_SCREENS = (founding.first_counter, founding.its_people, founding.second_counter, opening.opening_balance)


def what_is_there(program: RunningProgram) -> dict[str, Any]:
    """Officials, accounts, acts, the register: everything but ids and moments."""
    work = program.areas.work
    with program.opened.store.read() as connection:
        rows = unit_queries.officials(connection, active_only=False)
        logins = {row.id: row.login for row in rows}
        register = registers.register_of(connection, "copy", work.today().year)
        assert register is not None
        return {
            "officials": {
                row.login: (row.name, row.title_line, row.roles, row.active) for row in rows
            },
            "accounts": {
                row.login: (secrets.has_key(connection, row.id), secrets.has_pin(connection, row.id))
                for row in rows
            },
            "acts": [
                (logins.get(act.official), act.act_number, act.act_date, act.basis, act.prefix,
                 sorted(act.scope.split()), act.valid_from, act.valid_to, act.signs_as, act.ended_on)
                for act in unit_queries.delegations(connection)
            ],
            "register": (
                register.register, register.year, register.first_number, register.next_number, register.book,
            ),
            "policies": unit_queries.policies(connection),
            "pen": (program.signing.pen().here, program.signing.pen().last_number),
            "printers": program.settings.pc(),
        }  # fmt: skip


def test_services_make_what_the_screens_make(tmp_path: Path) -> None:
    stage = script.open_stage(tmp_path / "out", tmp_path / "by-screens")
    try:
        for step in BY_SCREENS:
            step(stage)
        by_screens = [what_is_there(stage.program(place)) for place in (0, 1)]
    finally:
        stage.close()
    with PracticeWorld.create(tmp_path / "by-services", 2, clock=FixedClock(MORNING, step=1)) as world:
        by_services = [what_is_there(program) for program in world.programs]
    for made, wanted in zip(by_services, by_screens, strict=True):
        for what, screens in wanted.items():
            assert made[what] == screens, what
    assert by_services[0]["pen"][0]
    assert not by_services[1]["pen"][0]
    assert set(by_services[1]["accounts"]) == {new.login for new in people.STAFF}
