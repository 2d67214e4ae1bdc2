"""What goes wrong outside the program - disk, key, printer, line - in words for people.

Rules that say no are ``domain.errors.DomainError``; everything else that is not a fault of the program is an
``OutsideError``. Both offer ``code``, ``title``, ``meaning``, ``remedy`` and ``words(language)``.
"""

from __future__ import annotations

from counter_app.domain.errors import Language, Words


class OutsideError(Exception):
    """An outside fault. ``code`` is stable, the words may change, ``detail`` is for the log only."""

    def __init__(self, code: str, vi: Words, en: Words, detail: str = "") -> None:
        super().__init__(f"{en.title} [{code}] {detail}".rstrip())
        self.code = code
        self.detail = detail
        self._vi = vi
        self._en = en

    @property
    def title(self) -> str:
        """What happened, in Vietnamese."""
        return self._vi.title

    @property
    def meaning(self) -> str:
        """What it means, in Vietnamese."""
        return self._vi.meaning

    @property
    def remedy(self) -> str:
        """What to do, in Vietnamese."""
        return self._vi.remedy

    def words(self, language: Language = "vi") -> Words:
        """Title, meaning and remedy in the language of the screen."""
        return self._en if language == "en" else self._vi
