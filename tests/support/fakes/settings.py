"""Settings in memory; ``kept`` holds every saving."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.services.ports.settings import PcSettings, UnitSetting

UNIT = (
    UnitSetting("who_numbers", "signatory", False),
    UnitSetting("receiver_signs", "warn", True),
    UnitSetting("medium_of_texts", "overlay", True),
)


@dataclass
class FakeSettings:
    """Answers at once."""

    now: PcSettings = field(
        default_factory=lambda: PcSettings("light", support="Tổ công nghệ số (tập huấn) · 0213 000 000")
    )
    kept: list[PcSettings] = field(default_factory=list)

    def pc(self) -> PcSettings:
        return self.now

    def keep(self, settings: PcSettings) -> None:
        self.kept.append(settings)
        self.now = settings

    def unit(self) -> tuple[UnitSetting, ...]:
        return UNIT
