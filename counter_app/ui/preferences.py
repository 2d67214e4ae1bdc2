"""What the settings of a PC mean for the window."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.errors import Language
from counter_app.services.ports.settings import SYSTEM_THEME, PcSettings


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of the PC that the shell needs. ``theme`` of ``tokens.THEMES``, ``scale`` 1.0-1.5."""

    theme: str = "light"
    scale: float = 1.0
    language: Language = "vi"
    letter_keys: bool = True
    sounds: bool = True
    support: str = ""


def preferences_of(kept: PcSettings, *, dark_system: bool) -> Preferences:
    """What settings mean here; ``dark_system`` decides the theme "as the system"."""
    system = "dark" if dark_system else "light"
    language: Language = "en" if kept.language == "en" else "vi"
    return Preferences(
        theme=system if kept.theme == SYSTEM_THEME else kept.theme,
        scale=kept.scale / 100,
        language=language,
        letter_keys=kept.letter_keys,
        sounds=kept.sounds,
        support=kept.support,
    )
