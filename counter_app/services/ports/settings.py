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
    """A setting of the unit: its code, its value's code, and whether the unit ever set it itself.

    ``since`` (``20/11/2026 08:05``), ``by`` (a name) and ``ground`` tell of its last change, "" unknown.
    ``choices`` are the codes it may have, the default first; empty: it is written freely elsewhere.
    """

    code: str
    value: str
    is_set: bool
    since: str = ""
    by: str = ""
    ground: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A setting of the unit to be changed by the head: ``secret`` is his PIN or password."""

    code: str
    value: str
    ground: str
    secret: str


NOW, LATER, BEFORE = "now", "later", "before"


@dataclass(frozen=True, slots=True)
class PhotocopyPriceRow:
    """Dong a photocopied page costs from ``since`` (a day as shown) on, by ``decision`` (words).

    ``state``: NOW the price of today, LATER from a day to come, BEFORE no more. ``by``: who wrote it down.
    """

    since: str
    dong: int
    decision: str
    state: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class PhotocopyPrices:
    """The unit's prices, the latest first; ``this_pc``: what was once typed at this PC, 0 nothing.

    That one holds only for days before the unit's first price.
    """

    rows: tuple[PhotocopyPriceRow, ...] = ()
    this_pc: int = 0


@dataclass(frozen=True, slots=True)
class PriceForm:
    """A price as typed; an empty ``dong`` takes away that of the day ``since``. ``secret``: the head's."""

    dong: str
    decision: str
    decided: str
    since: str
    secret: str


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
        """Settings of the unit with their last change: by a sealed act of its head alone."""
        ...

    def keep_unit(self, form: UnitForm) -> None:
        """A setting of the unit, at once in force here and, when it arrives, at every counter.

        Raises DomainError ``role.*``, ``session.*``, ``pin.*``, ``password.*``, ``policy.*``.
        """
        ...

    def photocopy_prices(self) -> PhotocopyPrices:
        """What a photocopied page costs, by day."""
        ...

    def keep_photocopy_price(self, form: PriceForm) -> None:
        """A price from a day on. Raises as ``keep_unit``, and ``photocopy.*``, ``date.*``."""
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
