"""With what a program starts: its folder, its clock, how hard passwords are worked. Facts learnt later
(hub, printers, prices) live in the store.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.clock import Clock, SystemClock
from counter_app.paths import Paths, default_home

PASSPHRASE_VARIABLE = "COMMUNE_COUNTER_PASSPHRASE"
PRACTICE_COST = (1, 1_024, 1)
"""Passes, KiB and lanes of argon2id for passwords that stand on the sign-in page anyway."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to start one program.

    ``passphrase`` opens the sealed key file where the system keeps no secrets. ``password_cost`` is
    argon2id's (passes, KiB, lanes), None for the full one. ``exchanging`` False leaves the line alone until
    somebody asks ("send now"). ``follows_hub_clock`` False keeps a scripted day's date when the province's
    clock shows another. ``lan`` lets siblings of the unit be met on the office LAN, as far as the PC's own
    settings do not switch it off.
    """

    paths: Paths
    passphrase: str | None = None
    practice: bool = False
    clock: Clock = field(default_factory=SystemClock)
    password_cost: tuple[int, int, int] | None = None
    exchanging: bool = True
    follows_hub_clock: bool = True
    lan: bool = False


def from_environment(home: Path | None = None) -> Settings:
    """What a start on a counter PC goes by; ``home`` None takes the PC's own folder."""
    return Settings(Paths(home or default_home()), os.environ.get(PASSPHRASE_VARIABLE), lan=True)
