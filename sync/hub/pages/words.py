"""Words, days and ages of a page in the language its reader chose."""

from __future__ import annotations

from counter_app.domain.dates import moment_text

VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)
_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


class Words:
    """Called with both languages' words, gives the reader's: ``t("Quá hạn", "Overdue")``."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else VIETNAMESE

    def __call__(self, vi: str, en: str) -> str:
        """The words in the reader's language."""
        return en if self.language == ENGLISH else vi

    def day(self, day: int) -> str:
        """``20/11/2026`` of ``yyyymmdd``; a dash for none."""
        return f"{day % 100:02d}/{day // 100 % 100:02d}/{day // 10_000}" if day else "–"

    def moment(self, at: int) -> str:
        """``16:32 20/11/2026`` of a moment (ms) in Viet Nam; a dash for none."""
        return moment_text(max(at, 0), "%H:%M %d/%m/%Y", "–")

    def ago(self, at: int, now: int) -> str:
        """How long ago a moment was (ms): ``5 phút trước``, ``2 ngày trước``; a dash for none."""
        if at <= 0:
            return "–"
        age = max(0, now - at)
        if age < _MINUTE:
            return self("vừa xong", "just now")
        return self(f"{self.span(age)} trước", f"{self.span(age)} ago")

    def span(self, length: int) -> str:
        """A length of time (ms) in its largest unit, never rounded up."""
        if length < _MINUTE:
            return self(f"{length // 1000} giây", f"{length // 1000} s")
        if length < _HOUR:
            return self(f"{length // _MINUTE} phút", f"{length // _MINUTE} min")
        if length < _DAY:
            return self(f"{length // _HOUR} giờ", f"{length // _HOUR} h")
        days = length // _DAY
        return self(f"{days} ngày", f"{days} day" if days == 1 else f"{days} days")

    def number(self, value: int) -> str:
        """``12.345`` or ``12,345``."""
        return f"{value:,}".replace(",", self(".", ","))

    def share(self, part: int, whole: int) -> str:
        """``97,5%``; a dash of nothing."""
        return f"{part * 100 / whole:.1f}%".replace(".", self(",", ".")) if whole else "–"
