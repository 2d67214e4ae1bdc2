"""Settings in memory; ``kept`` holds every saving."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.errors import DomainError
from counter_app.services.ports.settings import PaperWord, PcSettings, TokenSettings, UnitSetting

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
    words: list[PaperWord] = field(default_factory=lambda: [PaperWord("tkb", "Thời khóa biểu", True)])
    signing: TokenSettings = field(default_factory=TokenSettings)
    trouble: Exception | None = None

    def pc(self) -> PcSettings:
        return self.now

    def keep(self, settings: PcSettings) -> None:
        self.kept.append(settings)
        self.now = settings

    def unit(self) -> tuple[UnitSetting, ...]:
        return UNIT

    def paper_words(self) -> tuple[PaperWord, ...]:
        return tuple(self.words)

    def keep_paper_word(self, word: str, paper: str) -> None:
        if word == "hb":
            raise DomainError("“hb” đang là Học bạ.", field="word", code="alias.taken")
        self.words = [one for one in self.words if one.word != word]
        self.words += [PaperWord(word, paper, True)] if paper else []

    def tokens(self) -> TokenSettings:
        return self.signing

    def keep_tokens(self, settings: TokenSettings) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.signing = settings
