"""Settings in memory; ``kept`` holds every saving."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.services.ports.settings import PcSettings, TokenSettings, UnitSetting

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
    signing: TokenSettings = field(default_factory=TokenSettings)
    trouble: Exception | None = None

    def pc(self) -> PcSettings:
        return self.now

    def keep(self, settings: PcSettings) -> None:
        self.kept.append(settings)
        self.now = settings

    def unit(self) -> tuple[UnitSetting, ...]:
        return UNIT

    def tokens(self) -> TokenSettings:
        return self.signing

    def keep_tokens(self, settings: TokenSettings) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.signing = settings
