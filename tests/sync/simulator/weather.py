"""How often each trouble comes: in a storm, in a long ordinary year, where piles of 200 are numbered."""

from __future__ import annotations

from tests.sync.simulator import dossiers, lan, piles
from tests.sync.simulator import losses as lost
from tests.sync.simulator import troubles as day
from tests.sync.simulator.world import Trouble, Weather

_WEIGHED: tuple[tuple[Trouble, int, int, int], ...] = (
    (day.take_in, 200, 1200, 40), (day.number, 140, 1700, 100), (piles.pile_of_200, 0, 0, 1500),
    (day.exchange, 400, 1500, 800), (day.line, 40, 1500, 60), (day.clock, 20, 600, 60),
    (day.read, 60, 200, 60), (day.stick, 100, 50, 40), (day.stick_out, 30, 150, 20),
    (day.stick_in, 60, 400, 40), (lan.meet, 120, 500, 20),
    (day.lying_relay, 40, 60, 10), (day.send_pen, 40, 120, 20),
    (day.returned, 60, 350, 40), (day.newer, 20, 60, 6), (day.other_unit, 10, 20, 4),
    (day.wild_clock, 30, 40, 4), (day.clock_right, 30, 150, 40),
    (lost.kill, 30, 50, 10), (lost.die, 20, 30, 10), (lost.revive, 20, 60, 40), (lost.back_up, 20, 12, 3),
    (lost.restore, 20, 12, 3), (lost.back_hub_up, 10, 6, 2), (lost.restore_hub, 10, 6, 2),
    (lost.clone, 10, 4, 2),
)  # fmt: skip
STORM: Weather = [(act, weight) for act, weight, *_ in _WEIGHED if weight]
"""Everything goes wrong all the time: short worlds in which a planted fault shows soon."""
PLAIN: Weather = [(act, weight) for act, _, weight, _ in _WEIGHED if weight]
"""Long worlds: mostly work, a line that is down much of the time, every trouble now and then."""
WRONG_PROVINCE: Weather = [*STORM, (day.provinces_clock, 30), (day.provinces_clock_right, 60)]
"""A storm in which the province's own clock runs wild and is set right again."""
PILES: Weather = [(act, weight) for act, *_, weight in _WEIGHED]
"""Many numbers: piles of 200 under the same troubles (R6)."""
DOSSIERS: Weather = [
    (dossiers.hand_in, 300), (dossiers.act, 1400), (dossiers.two_at_once, 500), (dossiers.online, 100),
    (dossiers.official_code, 40), (dossiers.cut_off, 30), (dossiers.flat_battery, 60),
    (day.exchange, 700), (day.line, 300), (day.clock, 100), (day.read, 100), (day.stick, 60),
    (day.stick_out, 60), (day.stick_in, 120), (day.lying_relay, 20), (day.newer, 10),
    (day.wild_clock, 20), (day.clock_right, 60), (day.take_in, 20), (day.number, 20),
    (lost.kill, 30), (lost.die, 15), (lost.revive, 40), (lost.back_up, 12), (lost.restore, 12),
    (lost.back_hub_up, 6), (lost.restore_hub, 6), (lost.clone, 4),
]  # fmt: skip
"""Dossiers on every counter: offline most of the time, often two acts on one dossier at once."""
QUARRELS: Weather = [
    (dossiers.hand_in, 150), (dossiers.online, 250), (dossiers.act, 900), (dossiers.two_at_once, 900),
    (dossiers.flat_battery, 150), (day.exchange, 700), (day.stick, 40), (day.read, 60), (lost.kill, 20),
]  # fmt: skip
"""Hardly anything but two counters at one dossier: short worlds in which a planted fault shows soon."""
