"""Settings: the port of the screens (``ux.md`` 4.12)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.decisions import contact_phone, set_contact_phone
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.settings import (
    IDLE_CHOICES,
    LANGUAGES,
    MOST_SUPPORT,
    SCALES,
    THEME_CODES,
    PaperWord,
    PcSettings,
    PhotocopyPrices,
    PriceForm,
    TokenSettings,
    UnitForm,
    UnitSetting,
)
from counter_app.services.registers.place import ON_THE_MOVE, is_on_the_move
from counter_app.services.session.desk import Desk
from counter_app.services.session.port import IDLE_MINUTES
from counter_app.services.settings import own_words, tokens, unit_settings
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

THEME, SCALE, LANGUAGE = "screen.theme", "screen.scale", "screen.language"
LETTER_KEYS, SOUNDS = "keys.letters", "sounds"
SUPPORT = "support.words"
"""Name and phone of who helps: brought by provisioning, or written on the page."""
_ON, _OFF = "1", "0"


@dataclass
class SettingsArea:
    """Implements ``SettingsPort``."""

    work: Workplace
    desk: Desk | None = None
    """Who sits at the counter; without one the unit's number cannot be changed."""

    def pc(self) -> PcSettings:
        """Settings of this PC, and the unit's number."""
        with self.work.store.read() as connection:
            kept = device.settings_of(connection)
            phone = contact_phone(self.work.policies(connection))
        default = PcSettings()
        return PcSettings(
            theme=_one_of(kept.get(THEME), THEME_CODES, default.theme),
            scale=_number(kept.get(SCALE), SCALES, default.scale),
            language=_one_of(kept.get(LANGUAGE), LANGUAGES, default.language),
            letter_keys=kept.get(LETTER_KEYS, _ON) != _OFF,
            sounds=kept.get(SOUNDS, _ON) != _OFF,
            idle_minutes=_number(kept.get(IDLE_MINUTES), IDLE_CHOICES, default.idle_minutes),
            support=kept.get(SUPPORT, ""),
            contact_phone=phone,
            on_the_move=kept.get(ON_THE_MOVE) == _ON,
        )

    def keep(self, settings: PcSettings) -> None:
        """Keep them. Raises DomainError ``settings.value``, ``settings.support``; for a changed number of the
        unit ``role.*``, ``policy.phone``, ``session.*``.
        """
        if not _exists(settings):
            raise DomainError(
                "Không có lựa chọn này.", code="settings.value", title_en="There is no such choice."
            )
        support = normal(settings.support)
        if len(support) > MOST_SUPPORT:
            raise _too_long(len(support))
        self._keep_phone(settings.contact_phone)
        values = {
            THEME: settings.theme,
            SCALE: str(settings.scale),
            LANGUAGE: settings.language,
            LETTER_KEYS: _ON if settings.letter_keys else _OFF,
            SOUNDS: _ON if settings.sounds else _OFF,
            IDLE_MINUTES: str(settings.idle_minutes) if settings.idle_minutes else "",
            SUPPORT: support,
            ON_THE_MOVE: _ON if settings.on_the_move else _OFF,
        }
        with self.work.store.write() as connection:
            moved = is_on_the_move(connection) != settings.on_the_move
            for name, value in values.items():
                device.put_setting(connection, name, value)
        self.work.changed("settings", *(("signing",) if moved else ()))

    def _keep_phone(self, typed: str) -> None:
        """The unit's number, when it is another one than before."""
        with self.work.store.read() as connection:
            now = contact_phone(self.work.policies(connection))
        if self.desk is None or " ".join(typed.split()) == now:
            return
        drafts = set_contact_phone(self.desk.require(), unit_subject(self.work.place.unit), typed)
        self.work.store.append(drafts, self.desk.act(sealed=True))

    def unit(self) -> tuple[UnitSetting, ...]:
        """Settings of the unit, the default where it never set one."""
        return unit_settings.settings_of(self.work)

    def keep_unit(self, form: UnitForm) -> None:
        """A setting of the unit. Raises DomainError ``role.*``, ``session.*``, ``pin.*``, ``policy.*``."""
        if self.desk is not None:
            unit_settings.keep(self.work, self.desk, form)

    def photocopy_prices(self) -> PhotocopyPrices:
        """What a photocopied page costs, by day."""
        return unit_settings.prices_of(self.work)

    def keep_photocopy_price(self, form: PriceForm) -> None:
        """A price from a day on. Raises as ``keep_unit``, and DomainError ``photocopy.*``, ``date.*``."""
        if self.desk is not None:
            unit_settings.keep_price(self.work, self.desk, form)

    def paper_words(self) -> tuple[PaperWord, ...]:
        """Short words of papers that the unit chose itself."""
        return own_words.words_of(self.work)

    def keep_paper_word(self, word: str, paper: str) -> None:
        """One word. Raises DomainError ``alias.*``, ``role.*``, ``session.*``."""
        if self.desk is not None:
            own_words.keep(self.work, self.desk, word, paper)

    def tokens(self) -> TokenSettings:
        """How this PC signs files."""
        with self.work.store.read() as connection:
            return tokens.read(connection)

    def keep_tokens(self, settings: TokenSettings) -> None:
        """See ``tokens.keep``. Raises DomainError ``role.*``, ``session.*``, ``token.*``."""
        if self.desk is None:
            raise ValueError("nobody sits at a desk")
        tokens.keep(self.work, self.desk, settings)


def normal(support: str) -> str:
    """One line, NFC, without control characters and double blanks."""
    plain = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in support)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _too_long(length: int) -> DomainError:
    return DomainError(
        f"Người hỗ trợ ghi tối đa {MOST_SUPPORT} ký tự, hiện có {length}.",
        remedy="Ghi tên và số điện thoại.", field="support", code="settings.support",
        title_en=f"Who helps takes at most {MOST_SUPPORT} characters, now {length}.",
        remedy_en="Write a name and a phone number.",
    )  # fmt: skip


def _exists(settings: PcSettings) -> bool:
    return (
        settings.theme in THEME_CODES
        and settings.scale in SCALES
        and settings.language in LANGUAGES
        and settings.idle_minutes in IDLE_CHOICES
    )


def _one_of(kept: str | None, known: tuple[str, ...], default: str) -> str:
    return kept if kept in known and kept is not None else default


def _number(kept: str | None, known: tuple[int, ...], default: int) -> int:
    number = int(kept) if kept is not None and kept.isascii() and kept.isdigit() else default
    return number if number in known else default
