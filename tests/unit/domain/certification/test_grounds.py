"""The list of grounds as data; what the law says of each is in tests/law."""

import unicodedata
from datetime import date

import pytest

from counter_app.domain.certification.taking_in.grounds import SIGNATURE, parse_grounds
from counter_app.domain.certification.taking_in.kinds_of_papers import parse_paper_kinds
from counter_app.domain.errors import DomainError
from resources import load

TABLE = parse_grounds(load.refusal_grounds())
DAY = date(2026, 11, 20)


def test_the_sentence_on_screen() -> None:
    assert TABLE.get("altered", DAY).refusal == "Không được chứng thực: bản chính bị tẩy xóa."
    assert TABLE.get("altered", DAY).refusal_en.startswith("Cannot be certified: ")


def test_every_ground_reads_as_a_sentence() -> None:
    for ground in TABLE.grounds:
        assert not ground.short.endswith(".")
        assert ground.text.endswith(".")
        assert "Điều" in ground.source
        assert unicodedata.is_normalized("NFC", ground.text + ground.short)


def test_keys_are_one_a_day() -> None:
    for matter in ("copy", SIGNATURE):
        keys = [ground.key for ground in TABLE.on(DAY, matter)]
        assert len(keys) == len(set(keys))


def test_exempt_kinds_exist() -> None:
    kinds = parse_paper_kinds(load.paper_kinds())
    assert all(kinds.get(key) for ground in TABLE.grounds for key in ground.exempt_kinds)


@pytest.mark.parametrize(("key", "day"), [("gone", DAY), ("altered", date(2015, 4, 9)), ("not_lucid", DAY)])
def test_a_ground_that_is_not_in_force(key: str, day: date) -> None:
    with pytest.raises(DomainError) as refusal:
        TABLE.get(key, day)
    assert (refusal.value.code, refusal.value.field) == ("ground.unknown", "ground")


def test_a_damaged_file_has_words() -> None:
    with pytest.raises(DomainError):
        parse_grounds(b"\x80")
