"""Settings in memory; ``kept`` holds every saving."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.settings import (
    LATER,
    NOW,
    PaperWord,
    PcSettings,
    PhotocopyPriceRow,
    PhotocopyPrices,
    PriceForm,
    TokenSettings,
    UnitForm,
    UnitSetting,
)

SECRET = "246810"
HEAD = "Giàng A Chiến (tập huấn)"
UNIT = (
    UnitSetting("who_numbers", "signatory", False, choices=("signatory", "registrar")),
    UnitSetting(
        "receiver_signs", "warn", True, "03/02/2026 08:05", HEAD, "Quy chế 2026",
        ("warn", "allow", "forbid"),
    ),
    UnitSetting("medium_of_texts", "overlay", True, choices=("overlay", "stamp", "half_sheet", "label")),
    UnitSetting("contact_phone", "0213 3798 001", True, "02/01/2026 07:31", HEAD),
)  # fmt: skip
PRICES = (
    PhotocopyPriceRow("01/01/2027", 700, "Văn bản 90/QĐ-UBND ngày 12/11/2026", LATER, HEAD),
    PhotocopyPriceRow("01/02/2026", 500, "Văn bản 12/QĐ-UBND ngày 20/01/2026", NOW, HEAD),
)  # fmt: skip


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
    settings: tuple[UnitSetting, ...] = UNIT
    prices: PhotocopyPrices = field(default_factory=lambda: PhotocopyPrices(PRICES))
    unit_forms: list[UnitForm] = field(default_factory=list)
    price_forms: list[PriceForm] = field(default_factory=list)

    def pc(self) -> PcSettings:
        return self.now

    def keep(self, settings: PcSettings) -> None:
        self.kept.append(settings)
        self.now = settings

    def unit(self) -> tuple[UnitSetting, ...]:
        return self.settings

    def keep_unit(self, form: UnitForm) -> None:
        _check(form.secret)
        self.unit_forms.append(form)
        self.settings = tuple(
            replace(one, value=form.value, is_set=True, since="20/11/2026 08:05", by="Chiến (tập huấn)",
                    ground=form.ground) if one.code == form.code else one
            for one in self.settings
        )  # fmt: skip

    def photocopy_prices(self) -> PhotocopyPrices:
        return self.prices

    def keep_photocopy_price(self, form: PriceForm) -> None:
        if not form.decision:
            raise DomainError("Ghi số văn bản quy định giá.", field="decision", code="photocopy.decision")
        _check(form.secret)
        self.price_forms.append(form)
        row = PhotocopyPriceRow(form.since or "20/11/2026", int(form.dong), f"Văn bản {form.decision}", NOW)
        self.prices = PhotocopyPrices((row, *self.prices.rows))

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


def _check(secret: str) -> None:
    if secret != SECRET:
        raise DomainError("PIN chưa đúng.", remedy="Còn 4 lần.", field="pin", code="pin.wrong")
