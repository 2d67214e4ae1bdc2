"""The register-year for the fold."""

from __future__ import annotations

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.registers.evolve import evolve_register, start_register
from counter_app.domain.registers.overhearing import overhear
from counter_app.domain.registers.state import RegisterState

AGGREGATES = (Aggregate("register", RegisterState, start_register, evolve_register, overhear=overhear),)
