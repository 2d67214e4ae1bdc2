"""The clock of a dossier: when it is due and why, when it stands still, when it is late (``law.md`` 6)."""

from counter_app.domain.dossiers.clock.due import Due, due_of
from counter_app.domain.dossiers.clock.lateness import Timeliness, timeliness
from counter_app.domain.dossiers.clock.rule import LimitRule, Unit, read_settings
from counter_app.domain.dossiers.clock.running import Clock, Phase

__all__ = [
    "Clock",
    "Due",
    "LimitRule",
    "Phase",
    "Timeliness",
    "Unit",
    "due_of",
    "read_settings",
    "timeliness",
]
