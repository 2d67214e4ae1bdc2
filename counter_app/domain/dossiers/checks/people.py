"""Checks of the party and of who is beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from counter_app.domain.dates import short_date
from counter_app.domain.dossiers.acts.intake import Intake
from counter_app.domain.dossiers.acts.particulars import CCCD, HELPER, INTERPRETER, REPRESENTATIVE, WITNESS
from counter_app.domain.dossiers.checks.finding import INFO, LOOK, STOP, Check, Finding, Surroundings
from counter_app.domain.dossiers.entries import CITIZEN, Companion
from counter_app.domain.errors import Notice
from counter_app.domain.identity import Sex, passport_notices, personal_number_notices
from counter_app.domain.names import same_name

OLDEST = 120
ADULT = 18
_PHONE = re.compile(r"0\d{9,10}")


def card_digits(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Birthplace, birth year and sex inside a 12-digit number against what was typed (law 5)."""
    party = intake.party
    if party.kind != CITIZEN or party.id_kind != CCCD or not re.fullmatch(r"\d{12}", party.id_number):
        return
    sex = Sex(party.sex) if party.sex in Sex._value2member_map_ else None
    year = party.birth // 10_000 or None
    for notice in personal_number_notices(party.id_number, year, sex, "id_number"):
        yield _looked(notice, "Số định danh có mã nơi sinh, thế kỷ, giới tính và năm sinh.",
                      "The number holds birthplace, century, sex and year of birth.")  # fmt: skip


def passport(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A passport number of another pattern."""
    if intake.party.id_kind == "passport" and intake.party.id_number:
        for notice in passport_notices(intake.party.id_number, "id_number"):
            yield _looked(notice, "Hộ chiếu nước ngoài có mẫu số khác.", "Foreign passports differ.", "5 [U]")


def old_card(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A CMND of 9 digits no longer serves (from 2025-01-01, unverified)."""
    if intake.party.id_kind == "cmnd" and around.today >= date(2025, 1, 1):
        yield Finding(
            LOOK, "party.old_card", "id_number", "CMND 9 số đã hết giá trị. Hỏi thẻ căn cước.",
            "An old card of 9 digits no longer serves. Ask for the identity card.",
            "Hết giá trị sử dụng từ 01/01/2025.", "No longer valid from 01/01/2025.", "5 [U]",
        )  # fmt: skip


def card_expired(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The card has run out by its age rule."""
    until = around.card_until
    if until is not None and until < around.today:
        yield Finding(
            LOOK, "party.card_expired", "id_number", f"Thẻ căn cước hết hạn ngày {short_date(until)}.",
            f"The identity card ran out on {short_date(until)}.", "Thẻ đổi ở tuổi 25, 40, 60.",
            "Cards are changed at 25, 40 and 60.", "Luật Căn cước 26/2023 [U]",
        )  # fmt: skip


def birth_in_future(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Nobody is born tomorrow."""
    if intake.party.birth > _number(around.today):
        yield Finding(STOP, "party.birth_future", "birth", "Ngày sinh ở sau hôm nay.",
                      "The date of birth lies after today.")  # fmt: skip


def very_old(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A year of birth more than 120 years ago is a slip of the finger more often than a person."""
    year = intake.party.birth // 10_000
    if year and around.today.year - year > OLDEST:
        yield Finding(LOOK, "party.very_old", "birth", f"Sinh năm {year}: hơn {OLDEST} tuổi. Xem lại.",
                      f"Born {year}: over {OLDEST} years. Look again.")  # fmt: skip


def year_only(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Only the year is known: usual, and printed so."""
    birth = intake.party.birth
    if birth and birth % 10_000 == 0:
        yield Finding(INFO, "party.year_only", "birth", f"In: sinh năm {birth // 10_000}.",
                      f"Printed: born in {birth // 10_000}.")  # fmt: skip


def one_word_name(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A single-word name is a name."""
    name = intake.party.name.split()
    if intake.party.kind == CITIZEN and len(name) == 1:
        yield Finding(INFO, "party.one_word", "name", f"Tên một chữ: {name[0]}. Vẫn nhận.",
                      f"A one-word name: {name[0]}. It is taken.")  # fmt: skip


def minor_alone(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A minor hands in alone: who represents him?"""
    birth = intake.party.birth
    roles = {companion.role for companion in intake.companions}
    minor = intake.party.kind == CITIZEN and birth % 100 and _age(birth, around.today) < ADULT
    if minor and REPRESENTATIVE not in roles:
        yield Finding(
            LOOK, "party.minor", "representative", "Người nộp chưa đủ 18 tuổi. Ai đại diện?",
            "The requester is under 18. Who represents him?",
            "Người chưa thành niên có người đại diện theo pháp luật.",
            "Minors have a legal representative.", "BLDS 2015 art. 21 [U]",
        )  # fmt: skip


def phone(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A phone number that is none; no phone at all is a normal answer."""
    number = re.sub(r"[ .-]", "", intake.party.phone)
    if number and not _PHONE.fullmatch(number):
        yield Finding(LOOK, "party.phone", "phone", "Số điện thoại thường có 10 số, bắt đầu bằng 0.",
                      "A phone number has 10 digits and begins with 0.")  # fmt: skip


def commune(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """No commune picked: the address is text only."""
    party = intake.party
    if party.address.strip() and not party.unit:
        yield Finding(
            INFO, "party.commune", "unit_text", "Chưa chọn xã: địa chỉ chỉ là chữ trên thẻ.",
            "No commune is picked: the address is the card's text only.",
            "Mã xã dùng cho báo cáo và chuyển hồ sơ.", "The code serves reports and routing.",
        )  # fmt: skip


def other_province(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """From another province: taken in without regard to boundaries inside the province only [S]."""
    if around.own_province and around.party_province and around.own_province != around.party_province:
        yield Finding(
            LOOK, "party.other_province", "unit_text", "Nơi cư trú ở tỉnh khác. Thủ tục này có nhận không?",
            "The residence is in another province. Is this procedure taken here?",
            "Tiếp nhận phi địa giới trong phạm vi tỉnh.", "Boundaries do not matter inside the province.",
            "1.2 [S]",
        )  # fmt: skip


def post_needs_address(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """A result by post needs somewhere to go."""
    if intake.deliver == "post" and not intake.party.address.strip():
        yield Finding(STOP, "party.post_address", "address", "Nhận kết quả qua bưu chính nên cần địa chỉ.",
                      "A result by post needs an address.")  # fmt: skip


def not_oneself(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """Nobody represents himself, is his own witness or interpreter."""
    for companion in intake.companions:
        if companion.role in _OTHERS and _same(companion, intake.party.name, intake.party.id_number):
            yield Finding(
                STOP, f"{companion.role}.oneself", companion.role,
                f"{_OTHERS[companion.role][0]} phải là người khác, không phải chính người nộp.",
                f"The {_OTHERS[companion.role][1]} must be somebody else.",
            )  # fmt: skip


def clerk_as_witness(intake: Intake, around: Surroundings) -> Iterator[Finding]:
    """The clerk as witness of what he takes in."""
    for companion in intake.companions:
        if companion.role == WITNESS and _same(companion, around.clerk, around.clerk_number):
            yield Finding(
                LOOK, "witness.clerk", WITNESS, "Người làm chứng là người tiếp nhận. Nên mời người khác.",
                "The witness is who takes it in. Better ask somebody else.",
                "Người làm chứng không có lợi ích liên quan.", "A witness has no interest in it.",
                "NĐ 23/2015 art. 36(3) [U]",
            )  # fmt: skip


_OTHERS = {
    REPRESENTATIVE: ("Người đại diện", "representative"),
    WITNESS: ("Người làm chứng", "witness"),
    INTERPRETER: ("Người phiên dịch", "interpreter"),
    HELPER: ("Người nộp hộ", "helper"),
}


def _same(companion: Companion, name: str, number: str) -> bool:
    if companion.id_number and number:
        return companion.id_number == number
    return bool(name) and same_name(companion.name, name)


def _looked(notice: Notice, reason: str, reason_en: str, source: str = "5") -> Finding:
    return Finding(LOOK, notice.code, notice.field or "", notice.vi, notice.en, reason, reason_en, source)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _age(birth: int, today: date) -> int:
    return (_number(today) - birth) // 10_000


CHECKS: tuple[Check, ...] = (
    card_digits, passport, old_card, card_expired, birth_in_future, very_old, year_only, one_word_name,
    minor_alone, phone, commune, other_province, post_needs_address, not_oneself, clerk_as_witness,
)  # fmt: skip
