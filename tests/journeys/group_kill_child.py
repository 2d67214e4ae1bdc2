"""A group of 60 written in a process of its own, killed with signal 9 at a chosen line of the program.

``python -m tests.journeys.group_kill_child HOME OFFICIALS LINE``; ``LINE`` 0 kills nowhere and prints how
many lines there were. What is half written is gone on with, as the page does.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.composition import compose
from counter_app.paths import Paths
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE
from counter_app.settings import PRACTICE_COST, Settings
from sync.protocol.naming.ids import EntryId
from tests.journeys.kill_child import Executioner, say
from tests.support.practice import MORNING
from tests.unit.services.groups.school import a_group

SIZE = 60


def main(home: str, officials: str, line: int) -> None:
    """The clerk writes the group to its end."""
    settings = Settings(
        Paths(Path(home)), PASSPHRASE, practice=True, clock=FixedClock(MORNING + 3_600_000, step=1),
        password_cost=PRACTICE_COST, exchanging=False, follows_hub_clock=False,
    )  # fmt: skip
    program = compose(settings)
    who = {login: EntryId(*place) for login, place in json.loads(officials).items()}
    program.session.sign_in(who[people.CLERK], people.PASSWORD)
    half = next((row for row in program.groups.recent() if row.here), None)
    complete = any(row.complete for row in program.groups.recent())
    form = a_group(SIZE) if half is None else program.groups.resume(half.group)
    end = Executioner(line)
    sys.settrace(end)
    while not complete:
        piece = program.groups.write_piece(form)
        say("PIECE", piece.taken)
        complete, form = piece.done, replace(form, group=piece.group)
    sys.settrace(None)
    (row,) = program.groups.recent()
    members = program.groups.members(row.group)
    say("WRITTEN", row.taken, len({member.short_code for member in members}), len(members))
    say("LINES", end.count)
    program.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
