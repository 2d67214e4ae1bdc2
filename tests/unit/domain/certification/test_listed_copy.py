"""Words for every verdict of the province's list, in both languages."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from counter_app.domain.certification.lines.listed_copy import describe_listed
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.copy_code import CopyCode
from sync.protocol.journals.copy_verdict import ListVerdict

KINDS = sorted(value for name, value in vars(of).items() if name.isupper() and isinstance(value, str))
CODE = CopyCode("03390", 1793, 1, 2026, 7, date(2026, 11, 2), 3, bytes(8))
NOT_RIGHT = {of.ALTERED, of.STRUCK_COPY, of.UNKNOWN, of.UNREADABLE}
RIGHT_SIGNATURE = {of.VALID, of.UNCONFIRMED, of.NOT_SENT, of.RECOVERING, of.DOUBLED, of.REVOKED}


def words(kind: str, code: CopyCode | None = CODE):
    return describe_listed(ListVerdict(kind, code, "Xã Bình Lư", 20261121))


@pytest.mark.parametrize("kind", KINDS)
def test_every_verdict_has_whole_sentences_in_both_languages(kind: str) -> None:
    for code in (CODE, None):
        told = words(kind, code)
        assert told.kind == kind
        for text in told[1:]:
            assert text.endswith(".")
            assert unicodedata.is_normalized("NFC", text)
    assert (told.title, told.meaning) != (told.title_en, told.meaning_en)


def test_the_words_of_the_design_stand() -> None:
    assert words(of.NOT_SENT).title == "Chữ ký đúng; máy của xã chưa gửi về tỉnh."
    assert words(of.RECOVERING).title == "Chữ ký đúng; sổ đang khôi phục."
    assert words(of.ANNULLED_COPY).title == "Số 07/2026 đã huỷ ngày 21/11/2026."


def test_not_right_and_right_are_never_mixed() -> None:
    said = {kind: words(kind).title.casefold() for kind in KINDS}
    assert {kind for kind in KINDS if said[kind].startswith("không đúng")} == NOT_RIGHT
    assert {kind for kind in KINDS if said[kind].startswith("chữ ký đúng")} == RIGHT_SIGNATURE


def test_what_is_not_known_is_never_called_annulled() -> None:
    for kind in set(KINDS) - {of.ANNULLED_COPY}:
        assert not any("huỷ" in text or "hủy" in text or "annul" in text for text in words(kind)[1:]), kind


def test_a_valid_copy_names_number_unit_day_and_copies() -> None:
    told = words(of.VALID)
    assert (told.title, told.title_en) == (
        "Chữ ký đúng: số 07/2026, Xã Bình Lư.",
        "The signature is right: number 07/2026, Xã Bình Lư.",
    )
    assert "02/11/2026, 3 bản" in told.meaning
    assert "02/11/2026, copies: 3" in told.meaning_en
