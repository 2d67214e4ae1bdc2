"""The QR of an identity card as text (law 5): the text comes from a stranger, so nothing is trusted.

``number|old number|name|ddmmyyyy|sex|address|ddmmyyyy[|…]`` on the CCCD of 2021; the Căn cước of
2024 has further fields (11 reported, unverified) that are ignored; some readers drop the old number.
Cards read as a keyboard may arrive decomposed or cut. The raw text is in no result, error or repr.
"""

import unicodedata
from dataclasses import dataclass, field

from counter_app.domain.dates import PartialDate
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.fold_text import fold, nfc
from counter_app.domain.identity import Sex
from counter_app.domain.names import clean_name

MAX_TEXT = 1000
"""Longest text looked at, in characters; a real card has under 300."""
MAX_FIELDS = 20
_MAX_ADDRESS = 300
_EDGES = " \t\r\n\ufeff"  # what readers put around a code
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


@dataclass(frozen=True, slots=True, repr=False)
class CardData:
    """What a card says; ``None`` or empty where the code did not say it. Shows nothing in a log."""

    number: str
    name: str
    birth: PartialDate | None = None
    sex: Sex | None = None
    address: str = ""
    issued: PartialDate | None = None
    old_number: str = ""

    def __repr__(self) -> str:
        """No personal data in logs and tracebacks."""
        return "CardData(…)"


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card and what to look at; ``complete`` is false when cells must be checked one by one."""

    card: CardData
    notes: tuple[Notice, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """True when every field of the 2021 card was there and readable."""
        return not any(note.code == "card.incomplete" for note in self.notes)


_INCOMPLETE = Notice(
    "card.incomplete",
    "Đọc được mã nhưng thiếu phần, kiểm tra lại từng ô.",
    "The code was read but parts are missing; check every cell.",
)
_COMPOSED = Notice(
    "card.composed",
    "Mã có dấu tách rời, đã ghép lại. Đối chiếu họ tên với thẻ.",
    "The code came with its marks apart; they were joined. Compare the name with the card.",
    "name",
)


def _incomplete() -> DomainError:
    return DomainError(
        _INCOMPLETE.vi,
        "Thứ tự hoặc số phần của mã không như trên thẻ căn cước.",
        "Quét lại; không được thì nhập tay từ thẻ.",
        "card",
        code="card.incomplete",
        title_en=_INCOMPLETE.en,
        meaning_en="The order or number of its parts is not that of an identity card.",
        remedy_en="Scan again, or type from the card.",
    )


def _damaged() -> DomainError:
    return DomainError(
        "Mã quét có ký tự lạ.",
        "Máy quét hoặc bộ gõ đã làm hỏng mã.",
        "Tắt bộ gõ tiếng Việt rồi quét lại, hoặc nhập tay từ thẻ.",
        "card",
        code="card.characters",
        title_en="The scanned code has strange characters.",
        meaning_en="The scanner or the input method damaged it.",
        remedy_en="Turn the Vietnamese input method off and scan again, or type from the card.",
    )


def _too_long(length: int) -> DomainError:
    return DomainError(
        f"Mã quét dài {length} ký tự, không phải mã thẻ căn cước.",
        "",
        "Quét mã QR ở mặt thẻ.",
        "card",
        code="card.length",
        title_en=f"The code has {length} characters; it is no identity card.",
        remedy_en="Scan the QR on the card.",
    )


def _is_digits(text: str, *lengths: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) in lengths


def _read_date(text: str) -> PartialDate | None:
    """``ddmmyyyy``, ``dd/mm/yyyy`` or a year alone (``yyyy``, ``0000yyyy``); else ``None``."""
    digits = text.replace("/", "") if len(text) == 10 and text[2:6:3] == "//" else text
    if _is_digits(digits, 4):
        digits = "0000" + digits
    if not _is_digits(digits, 8):
        return None
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    candidate = PartialDate(year, month, day)
    try:
        known = candidate.as_date() if (day, month) != (0, 0) else None
    except ValueError:
        return None
    return candidate if 1900 <= year <= 2199 and (known or candidate.year_only) else None


def _whole_date(text: str) -> PartialDate | None:
    """A date of issue: never a year alone, which would be a cut ``19052021``."""
    found = _read_date(text)
    return None if found is None or found.year_only else found


def _checked_text(text: str) -> tuple[str, bool]:
    """Composed text without edges, and whether composing changed it; refuses what no card holds."""
    if len(text) > MAX_TEXT:
        raise _too_long(len(text))
    bare = text.strip(_EDGES)
    if any(unicodedata.category(c)[0] == "C" for c in bare):
        raise _damaged()
    composed = nfc(bare)
    return composed, composed != bare


def _with_old_number(fields: list[str]) -> tuple[list[str], bool]:
    """Fields with the old number in second place, and whether the first seven all came."""
    if fields[1] == "" or _is_digits(fields[1], 9, 12):
        return fields, len(fields) >= 7
    return [fields[0], "", *fields[1:]], len(fields) >= 6  # the reader dropped the old number


def _card_of(fields: list[str]) -> CardData:
    """Card from fields in order (2-7 of them), each kept only if it is what its place holds."""
    number, old, name, birth, sex, address, issued, *_ = [*fields, "", "", "", "", ""]
    try:
        cleaned = clean_name(name)
    except DomainError:
        raise _incomplete() from None
    return CardData(
        number,
        cleaned,
        _read_date(birth),
        _SEXES.get(fold(sex)),
        " ".join(address[:_MAX_ADDRESS].split()),
        _whole_date(issued),
        old if _is_digits(old, 9) else "",
    )


def parse_card_qr(text: str) -> CardReading:
    """Card read from the text of its QR.

    A cut code gives what came whole, with the note ``card.incomplete``; the last part of a cut code
    is dropped, for it may be cut itself. Raises ``DomainError`` ``card.length``,
    ``card.characters`` or ``card.incomplete`` (order unknown, number or name missing); nothing else.
    """
    composed, was_apart = _checked_text(text)
    fields = [part.strip() for part in composed.split("|")]
    if not 4 <= len(fields) <= MAX_FIELDS or not _is_digits(fields[0], 12):
        raise _incomplete()
    ordered, whole = _with_old_number(fields)
    card = _card_of(ordered[:7] if whole else ordered[:-1])
    readable = card.birth and card.sex and card.address and card.issued
    notes = [] if whole and readable else [_INCOMPLETE]
    if was_apart:
        notes.append(_COMPOSED)
    return CardReading(card, tuple(notes))
