"""The end of the day: every dossier has the same history and portal state, here and there."""

from __future__ import annotations

from counter_app.domain.dossiers.history import history
from counter_app.domain.dossiers.portal import portal_state
from counter_app.practice.day.dossiers.taking_in import EXTENDED, LOST, ONLINE, REFUSED, WITNESSED
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.storage.queries import dossiers as queries
from sync.protocol.naming.ids import PRACTICE_UNIT, EntryId

PORTAL = {WITNESSED: 10, EXTENDED: 2, LOST: 10, REFUSED: 3, ONLINE: 2}
"""What the portal shows at the end (``law.md`` 2.2)."""

Steps = list[tuple[int, EntryId, str, tuple[int, ...]]]


def same_everywhere(stage: Stage) -> None:
    """At the province and at both counters."""
    same_at_the_province(stage)
    for name in PORTAL:
        dossier, _ = stage.dossiers[name]
        here, desk = _steps(stage, FIRST, dossier), _steps(stage, DESK, dossier)
        equal(desk, here, f"quá trình của hồ sơ {name} ở BÀN KÝ và ở QUẦY-01")
    stage.say(f"{len(PORTAL)} hồ sơ: BÀN KÝ cũng có cùng quá trình.")


def same_at_the_province(stage: Stage) -> None:
    """Step by step: moment, entry, stage after it, what the portal was told."""
    with stage.hub() as hub:
        hub.read(PRACTICE_UNIT)
        for name, portal in PORTAL.items():
            dossier, code = stage.dossiers[name]
            there = hub.dossier(PRACTICE_UNIT, code)
            check(there is not None, f"tỉnh không có hồ sơ {name}")
            assert there is not None
            steps: Steps = [
                (one.at, EntryId(one.journal, one.seq), one.stage, one.told) for one in there.steps
            ]
            equal(there.portal, portal, f"trạng thái Cổng của hồ sơ {name}")
            equal(steps, _steps(stage, FIRST, dossier), f"quá trình của hồ sơ {name} ở tỉnh và ở QUẦY-01")
            equal(_portal(stage, FIRST, dossier), portal, f"trạng thái Cổng ở QUẦY-01 của hồ sơ {name}")
    stage.say(f"{len(PORTAL)} hồ sơ: quá trình và trạng thái Cổng ở tỉnh và ở QUẦY-01 như nhau.")


def _steps(stage: Stage, counter: int, dossier: EntryId) -> Steps:
    with stage.program(counter).opened.store.read() as connection:
        found = history(dossier, queries.history(connection, dossier))
    return [(step.fact.at, step.fact.id, str(step.after.stage), step.told) for step in found]


def _portal(stage: Stage, counter: int, dossier: EntryId) -> int:
    program = stage.program(counter)
    with program.opened.store.read() as connection:
        return portal_state(program.areas.work.state(connection, dossier))
