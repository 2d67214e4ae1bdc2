"""What a look-up came to, in both languages; values found only while they may be shown."""

from __future__ import annotations

import unicodedata

import pytest
from msgspec import structs

from counter_app.domain.lookups.entries import AskedField, FieldAnswer
from counter_app.domain.lookups.state import LookupState
from counter_app.services.lookups.words import short_name, words_of
from counter_app.services.ports.saying import speaking
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.lookups.asked import PARTY

TODAY = 20261120
AT = 1_795_140_600_000
"""2026-11-20 09:10 in Viet Nam, ms."""
ASKED = LookupState(
    EntryId(1281, 7), "population", 3, "1.000094", "NQ", PARTY.id_number,
    (AskedField("name", "LÝ A"), AskedField("birth", "02/09/1990")), "lookup.1.1", AT, None, AT,
)  # fmt: skip
BIRTH = FieldAnswer("birth", "different", "03/09/1990")


def answered(status: str, *answers: FieldAnswer, **more: object) -> LookupState:
    return structs.replace(ASKED, status=status, answers=answers, **more)


CASES = [
    (ASKED, "Dân cư: đã hỏi, chờ trả lời", "Population: asked, waits for the answer"),
    (answered("unreachable", since=AT), "Dân cư: không kết nối được từ 09:10 20/11, sẽ hỏi lại",
     "Population: not reachable since 09:10 20/11, asked again"),
    (answered("same"), "Dân cư: giống", "Population: the same"),
    (answered("different", BIRTH), "Dân cư: khác ngày sinh (hồ sơ 02/09/1990, CSDL 03/09/1990)",
     "Population: day of birth differs (dossier 02/09/1990, database 03/09/1990)"),
    (answered("different", FieldAnswer("name", "different"), FieldAnswer("birth", "missing")),
     "Dân cư: khác họ tên; ngày sinh (CSDL không có)",
     "Population: name differs; day of birth (not in the database)"),
    (answered("no_person"), "Dân cư: không có người này", "Population: no such person"),
    (answered("refused", code="lookup.lapsed"), "Dân cư: tỉnh không cho hỏi",
     "Population: refused by the province"),
    (answered("expired"), "Dân cư: quá hạn, chưa có trả lời", "Population: lapsed without an answer"),
    (answered("withdrawn"), "Dân cư: đã rút câu hỏi", "Population: called back"),
    (answered("same", contradicted=True), "Dân cư: hai lần trả lời khác nhau, xem giấy",
     "Population: two answers differ, look at the paper"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "vi", "en"), CASES)
def test_every_outcome_has_words_in_both_languages(state: LookupState, vi: str, en: str) -> None:
    with speaking("vi"):
        assert words_of(state, TODAY) == vi
        assert unicodedata.is_normalized("NFC", vi)
    with speaking("en"):
        assert words_of(state, TODAY) == en


def test_after_its_day_the_value_found_is_not_shown() -> None:
    state = answered("different", BIRTH, expires=TODAY)
    assert "03/09/1990" in words_of(state, TODAY)
    assert words_of(state, TODAY + 1) == "Dân cư: khác ngày sinh"


def test_a_system_of_a_newer_table_is_named_by_its_code() -> None:
    assert short_name("tax") == "tax"
    assert words_of(structs.replace(ASKED, system="tax"), TODAY).startswith("tax: ")
    odd = structs.replace(answered("different", FieldAnswer("shoe", "different", "42")), system="tax")
    assert words_of(odd, TODAY) == "tax: khác shoe"
