"""Settings of this PC, and those of the unit as they stand (``ux.md`` 4.12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SYSTEM_THEME = "system"
THEME_CODES = (SYSTEM_THEME, "light", "dark", "high_contrast")
SCALES = (100, 115, 130, 150)
LANGUAGES = ("vi", "en")
MOST_SUPPORT = 120
"""Characters of who helps."""
MOST_PATH = 400
"""Characters of a path or an address."""
IDLE_CHOICES = (0, 2, 5, 10, 15)
"""Minutes until the screen locks; 0 leaves it to the role (5 for signers and technicians, else 10)."""


@dataclass(frozen=True, slots=True)
class PcSettings:
    """How this PC looks and answers. ``scale`` in per cent; ``support`` says who helps, "" unknown.

    ``contact_phone`` is the unit's: the one-stop's number on form 02, changed by the head alone.
    ``on_the_move``: this PC is out of the seat, where copies are taken in and not numbered.
    """

    theme: str = SYSTEM_THEME
    scale: int = 100
    language: str = "vi"
    letter_keys: bool = True
    sounds: bool = True
    idle_minutes: int = 0
    support: str = ""
    contact_phone: str = ""
    on_the_move: bool = False


@dataclass(frozen=True, slots=True)
class UnitSetting:
    """A setting of the unit: its code, its value's code, and whether the unit ever set it itself."""

    code: str
    value: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class PaperWord:
    """A short word of the unit and the paper it stands for; ``own``: a name the program did not know."""

    word: str
    paper: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """How this PC signs files: path of the PKCS#11 module, address of a time-stamping service, trusted roots.

    Each "" while it was never set; ``roots`` are files, parted by semicolons. ``offered`` are modules of
    known names that lie on this PC (none was tried with a real token).
    """

    module: str = ""
    tsa: str = ""
    roots: str = ""
    offered: tuple[str, ...] = ()


class SettingsPort(Protocol):
    """Settings."""

    def pc(self) -> PcSettings:
        """Settings of this PC; what was never set, or is damaged, has its default."""
        ...

    def keep(self, settings: PcSettings) -> None:
        """Keeps them. Raises DomainError ``settings.value`` for a value that does not exist,
        ``settings.support`` for words that are too long; for a changed ``contact_phone`` ``role.*``,
        ``policy.phone``, ``session.*``: it is the unit's, sealed by the head at the counter."""
        ...

    def unit(self) -> tuple[UnitSetting, ...]:
        """Settings of the unit, to be read only: they change by a sealed act of its head."""
        ...

    def paper_words(self) -> tuple[PaperWord, ...]:
        """Short words of papers that the unit chose itself, by word."""
        ...

    def keep_paper_word(self, word: str, paper: str) -> None:
        """Sets a word for a paper (name or known word; empty takes it away) at every counter of the unit.

        Raises DomainError ``alias.*`` with field ``word`` or ``paper``, ``role.*``, ``session.*``.
        """
        ...

    def tokens(self) -> TokenSettings:
        """How this PC signs files."""
        ...

    def keep_tokens(self, settings: TokenSettings) -> None:
        """Keeps that. Raises DomainError ``role.*`` (the technician's), ``session.*``, ``token.path``,
        ``token.tsa``."""
        ...
