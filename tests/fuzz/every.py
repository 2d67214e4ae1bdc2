"""All targets by name."""

from __future__ import annotations

from tests.fuzz import binaries, sealed, strangers_files, texts, tus
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    one.name: one for module in (texts, binaries, sealed, tus, strangers_files) for one in module.TARGETS
}
