"""Errors and notices of the domain carry words for people (architecture, "errors carry words").

Each holds the Vietnamese text, which is the source, and the English one beside it: the domain
may not call Qt's ``tr()``, and a sentence with figures in it is built where the figures are known.
``code`` is stable and may be tested, counted and mapped; the words may change at any time.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
"""Languages every sentence of the domain is written in."""


@dataclass(frozen=True, slots=True)
class Words:
    """What happened (title), what it means, what to do; each may be empty but the title."""

    title: str
    meaning: str = ""
    remedy: str = ""

    @property
    def sentence(self) -> str:
        """All parts as one line, for a log or a narrow place."""
        return " ".join(part for part in (self.title, self.meaning, self.remedy) if part)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at that does not block: ``field`` names the cell, if one is meant."""

    code: str
    vi: str
    en: str
    field: str | None = None

    def text(self, language: Language = "vi") -> str:
        """The notice in the language of the screen."""
        return self.en if language == "en" else self.vi


class DomainError(Exception):
    """A rule says no, in words for the person at the counter.

    ``code`` names the rule, ``field`` the cell to go to (``None``: the whole act). Not a frozen
    dataclass, because Python itself writes ``__traceback__`` on exceptions; the words are read-only.
    """

    def __init__(
        self,
        title: str,
        meaning: str = "",
        remedy: str = "",
        field: str | None = None,
        *,
        code: str = "domain",
        title_en: str = "",
        meaning_en: str = "",
        remedy_en: str = "",
    ) -> None:
        """Keep the words of both languages; English falls back to the Vietnamese title."""
        super().__init__(title)
        self._vi = Words(title, meaning, remedy)
        self._en = Words(title_en or title, meaning_en, remedy_en)
        self._code = code
        self._field = field

    @property
    def code(self) -> str:
        """Stable name of the rule, such as ``identity.length``."""
        return self._code

    @property
    def field(self) -> str | None:
        """Name of the cell that is wrong, or ``None``."""
        return self._field

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
        """All three parts in the language of the screen."""
        return self._en if language == "en" else self._vi
