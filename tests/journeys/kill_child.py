"""One slip from intake to ink in a process of its own, killed with signal 9 at a chosen line of the program.

``python -m tests.journeys.kill_child HOME OFFICIALS LINE``: prints what was acknowledged, one word a line.
``LINE`` 0 kills nowhere and prints how many lines there were.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from counter_app.clock import FixedClock
from counter_app.composition import compose
from counter_app.paths import Paths
from counter_app.practice import people
from counter_app.practice.day.citizens import citizen
from counter_app.practice.world import PASSPHRASE
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.settings import PRACTICE_COST, Settings
from sync.protocol.naming.ids import EntryId
from tests.support.practice import MORNING

OURS = ("counter_app/services", "counter_app/storage", "counter_app/domain", "counter_app/printing")


class Executioner:
    """Counts lines of the program and ends it at one of them."""

    def __init__(self, line: int) -> None:
        self.line, self.count = line, 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "call" and not any(part in frame.f_code.co_filename for part in OURS):
            return None
        if event == "line":
            self.count += 1
            if self.count == self.line:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def say(*words: object) -> None:
    """What a person was told; it is on its way before the next line runs."""
    print(*words, flush=True)


def main(home: str, officials: str, line: int) -> None:
    """Clerk: one slip. Deputy: number, confirm."""
    clock = FixedClock(MORNING + 3_600_000, step=1)
    settings = Settings(
        Paths(Path(home)), PASSPHRASE, practice=True, clock=clock, password_cost=PRACTICE_COST,
        exchanging=False, follows_hub_clock=False,
    )  # fmt: skip
    program = compose(settings)
    who = {login: EntryId(*place) for login, place in json.loads(officials).items()}
    end = Executioner(line)
    program.session.sign_in(who[people.CLERK], people.PASSWORD)
    one = citizen(7)
    person = PersonForm(one.number, one.name, one.birth, one.home, sex="male")
    sys.settrace(end)
    done = program.copies.commit(
        RequestForm(
            person, (RowForm("gks 1x1", compared_at=program.now(), seen=("original.today",)),), given="2000"
        )
    )
    say("SAVED", done.short_code)
    program.session.sign_out()
    program.session.sign_in(who[people.SIGNER], people.PASSWORD)
    if program.signing.pen().paper_witness_needed:
        program.signing.confirm_witness(program.signing.pen().last_number, people.PIN)
    numbered = program.signing.number((done.request,), people.PIN)
    say("NUMBERED", numbered.first)
    program.signing.confirm(numbered.lot, None)
    say("SIGNED", numbered.first)
    sys.settrace(None)
    program.close()
    say("LINES", end.count)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
