"""Identity papers (law 5).

Only the number of digits blocks. What the digits of a personal number say about birth and sex is
compared and *shown*: codes of people born abroad, old mistakes and changed sex are all lawful.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.errors import DomainError, Notice


class PaperKind(StrEnum):
    """Kinds of identity papers; values are stored."""

    PERSONAL = "personal_number"
    OLD_NUMBER = "cmnd"
    PASSPORT = "passport"
    ORGANISATION = "organisation"
    OTHER = "other"


class Sex(StrEnum):
    """Sex as printed on the card; values are stored."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity paper: its kind and its number, separators removed."""

    kind: PaperKind
    number: str

    @property
    def shown(self) -> str:
        """Number as shown: personal numbers in groups of three."""
        return grouped(self.number) if self.kind is PaperKind.PERSONAL else self.number


# The 63 province codes used until 2025-06-30, NĐ 137/2015 [code table seen, decree unverified].
_DOMESTIC = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 "
    "037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 "
    "077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
BIRTHPLACE_CODES = frozenset(_DOMESTIC.split())
_SEPARATORS = re.compile(r"[\s.\-]+")
_LONGEST_OTHER = 30


def grouped(number: str) -> str:
    """``035 098 001 234``: for the eye only, never stored."""
    return " ".join(number[i : i + 3] for i in range(0, len(number), 3))


def masked(number: str) -> str:
    """Number with all but its last three characters hidden, for logs and lists of others."""
    return "•" * max(len(number) - 3, 0) + number[-3:]


def _digits(text: str) -> str:
    """The text without separators and invisible edges."""
    return _SEPARATORS.sub("", text)


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def personal_number(text: str, field: str = "identity") -> str:
    """The 12 digits of a personal identification number; there is no check digit.

    Raises ``DomainError`` ``identity.characters`` or ``identity.length``.
    """
    number = _digits(text)
    if number and not _ascii_digits(number):
        raise DomainError(
            "Số căn cước chỉ gồm chữ số.",
            remedy="Giấy tờ khác thì chọn loại giấy tờ trước.",
            field=field,
            code="identity.characters",
            title_en="A personal number has digits only.",
            remedy_en="For another paper choose its kind first.",
        )
    if len(number) != 12:
        raise DomainError(
            f"Số căn cước phải có 12 chữ số, hiện có {len(number)}.",
            field=field,
            code="identity.length",
            title_en=f"A personal number has 12 digits; there are {len(number)}.",
        )
    return number


def birth_year_of(number: str) -> int:
    """Year of birth in a 12-digit number: century digit 0-1 1900s, 2-3 2000s, … and two digits."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def sex_of(number: str) -> Sex:
    """Sex in a 12-digit number: an even century digit is male."""
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


def personal_number_notices(
    number: str, birth_year: int | None = None, sex: Sex | None = None, field: str = "identity"
) -> tuple[Notice, ...]:
    """What does not agree between the digits and what was typed: warnings, never blocks (law 5)."""
    found = []
    if number[:3] not in BIRTHPLACE_CODES:
        found.append(
            Notice(
                "identity.birthplace",
                f"Ba số đầu {number[:3]} không phải mã tỉnh trong nước. Đối chiếu với thẻ.",
                f"The first three digits {number[:3]} are no domestic province. Compare with the card.",
                field,
            )
        )
    said = birth_year_of(number)
    if birth_year is not None and said != birth_year:
        found.append(
            Notice(
                "identity.birth_year",
                f"Số căn cước ghi năm sinh {said}, ô ngày sinh ghi {birth_year}. Đối chiếu với thẻ.",
                f"The number says born {said}, the cell says {birth_year}. Compare with the card.",
                field,
            )
        )
    if sex is not None and sex_of(number) is not sex:
        found.append(
            Notice(
                "identity.sex",
                "Số căn cước và giới tính không khớp. Đối chiếu với thẻ.",
                "The number and the sex do not agree. Compare with the card.",
                field,
            )
        )
    return tuple(found)


def old_number(text: str, field: str = "identity") -> str:
    """The 9 digits of a CMND: history only, the card is no longer valid (from 2025-01-01, unverified)."""
    number = _digits(text)
    if len(number) != 9 or not _ascii_digits(number):
        raise DomainError(
            f"Số CMND cũ phải có 9 chữ số, hiện có {len(number)}.",
            field=field,
            code="identity.cmnd",
            title_en=f"An old card number has 9 digits; there are {len(number)}.",
        )
    return number


def passport_number(text: str, field: str = "identity") -> str:
    """A passport number: one letter and 7 or 8 digits if Vietnamese (pattern unverified).

    Foreign passports differ, so any 5-15 letters and digits pass; see ``passport_notices``.
    """
    number = _digits(text).upper()
    if not re.fullmatch(r"[A-Z0-9]{5,15}", number):
        raise DomainError(
            "Số hộ chiếu gồm 5 đến 15 chữ cái và chữ số.",
            field=field,
            code="identity.passport",
            title_en="A passport number has 5 to 15 letters and digits.",
        )
    return number


def passport_notices(number: str, field: str = "identity") -> tuple[Notice, ...]:
    """A warning when the number is not of the Vietnamese pattern."""
    if re.fullmatch(r"[A-Z][0-9]{7,8}", number):
        return ()
    return (
        Notice(
            "identity.passport_foreign",
            "Số hộ chiếu không theo mẫu Việt Nam (1 chữ, 7 hoặc 8 số). Đối chiếu.",
            "The passport number is not of the Vietnamese pattern (1 letter, 7 or 8 digits). Compare.",
            field,
        ),
    )


def organisation_number(text: str, field: str = "identity") -> str:
    """Code of an organisation: 10 or 13 digits (unverified)."""
    number = _digits(text)
    if len(number) not in (10, 13) or not _ascii_digits(number):
        raise DomainError(
            f"Mã số tổ chức phải có 10 hoặc 13 chữ số, hiện có {len(number)}.",
            field=field,
            code="identity.organisation",
            title_en=f"The code of an organisation has 10 or 13 digits; there are {len(number)}.",
        )
    return number


def other_number(text: str, field: str = "identity") -> str:
    """Number of any other paper (residence card, certificate of identity …): 1-30 characters."""
    number = " ".join(text.split())
    if not number or len(number) > _LONGEST_OTHER or not number.isprintable():
        raise DomainError(
            f"Nhập số giấy tờ, nhiều nhất {_LONGEST_OTHER} ký tự.",
            field=field,
            code="identity.other",
            title_en=f"Type the number of the paper, at most {_LONGEST_OTHER} characters.",
        )
    return number


_READERS = {
    PaperKind.PERSONAL: personal_number,
    PaperKind.OLD_NUMBER: old_number,
    PaperKind.PASSPORT: passport_number,
    PaperKind.ORGANISATION: organisation_number,
    PaperKind.OTHER: other_number,
}


def read_identity(kind: PaperKind, text: str, field: str = "identity") -> Identity:
    """Identity of the kind the clerk chose; raises the ``DomainError`` of that kind."""
    return Identity(kind, _READERS[kind](text, field))
