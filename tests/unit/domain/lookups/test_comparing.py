"""Same or different: the system's writing is forgiven, its facts are not."""

from __future__ import annotations

import unicodedata

import pytest

from counter_app.domain.catalogue import parse_catalogue
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups.comparing import compare, day_of_text, is_same
from counter_app.domain.lookups.entries import AskedField, FieldAnswer
from counter_app.domain.lookups.systems import parse_systems
from resources import load
from tests.unit.domain.lookups.asked import PARTY, POPULATION, SYSTEMS

ASKED = (
    AskedField("name", "HÒA THỊ MAI"),
    AskedField("birth", "02/09/1990"),
    AskedField("residence", "Bản A"),
)
FOUND = {"name": "Hoà Thị Mai", "birth": "19900902", "residence": "bản A."}


@pytest.mark.parametrize(
    ("field", "held", "found", "same"),
    [
        ("name", "HÒA THỊ MAI", "Hoà  thị mai", True),
        ("name", "HÒA THỊ MAI", unicodedata.normalize("NFD", "hòa thị mai"), True),
        ("name", "HÒA THỊ MAI", "HÒA THỊ MÃI", False),
        ("name", "HÒA THỊ MAI", "HOA THI MAI", False),
        ("birth", "02/09/1990", "1990-09-02", True),
        ("birth", "02/09/1990", "1990-09-02T00:00:00Z", True),
        ("birth", "02/09/1990", "2.9.1990", True),
        ("birth", "02/09/1990", "1990", True),
        ("birth", "1990", "19900902", True),
        ("birth", "02/09/1990", "09/02/1990", False),
        ("birth", "02/09/1990", "1991", False),
        ("birth", "02/09/1990", "không rõ", False),
        ("residence", "Bản Nà Hum, xã Tập Huấn", "ban na hum - Xa Tap huan", True),
        ("residence", "Bản Nà Hum, xã Tập Huấn", "Bản Nà Hum", False),
    ],
)
def test_writing_is_forgiven_and_facts_are_not(field, held, found, same) -> None:
    described = POPULATION.field(field)
    assert described is not None
    assert is_same(described, held, " ".join(unicodedata.normalize("NFC", found).split())) is same


def test_all_fields_the_same_is_same() -> None:
    outcome, answers = compare(POPULATION, ASKED, FOUND)
    assert outcome == "same"
    assert answers == tuple(FieldAnswer(one.field, "same") for one in ASKED)


def test_a_difference_names_the_field_and_the_value_where_it_may_be_shown() -> None:
    outcome, answers = compare(POPULATION, ASKED, {**FOUND, "birth": "1991-09-02"})
    assert (outcome, answers[1]) == ("different", FieldAnswer("birth", "different", "1991-09-02"))
    land = SYSTEMS.get("land")
    assert land is not None
    outcome, answers = compare(land, (AskedField("owner", "A"),), {"owner": "B"})
    assert (outcome, answers) == ("different", (FieldAnswer("owner", "different", ""),))


def test_a_missing_field_is_neither_and_the_paper_may_be_asked() -> None:
    outcome, answers = compare(POPULATION, ASKED, {"name": FOUND["name"], "birth": "  "})
    assert (outcome, [one.how for one in answers]) == ("different", ["same", "missing", "missing"])


def test_an_endless_value_is_cut_and_a_field_nobody_knows_is_missing() -> None:
    _, answers = compare(POPULATION, (AskedField("name", "A"), AskedField("secret", "x")),
                         {"name": "B" * 5000, "secret": "x"})  # fmt: skip
    assert (len(answers[0].found), answers[1].how) == (600, "missing")


def test_nothing_asked_is_not_the_same() -> None:
    assert compare(POPULATION, (), FOUND)[0] == "different"


@pytest.mark.parametrize("text", ["", "1/1/90", "19900902123", "9o", "１９９０"])
def test_what_is_no_day_is_none(text) -> None:
    assert day_of_text(text) is None


def test_the_table_is_whole_and_says_where_it_comes_from() -> None:
    keys = {paper.group.key for procedure in parse_catalogue(load.procedures()).procedures
            for paper in procedure.papers if paper.group.kind == "data_instead"}  # fmt: skip
    replaced = [key for system in SYSTEMS.systems for key in system.replaces]
    assert len(replaced) == len(set(replaced))
    assert set(replaced) <= keys, "a key of the table is in no procedure"
    for system in SYSTEMS.systems:
        assert system.status in ("unverified", "secondary")
        assert system.source
        assert min(system.days_kept, system.days_asked, system.slow_after) > 0
        assert all(hasattr(PARTY, field.from_party) for field in system.fields)
    assert SYSTEMS.replacing("giay_bao_tu_hoac_giay_to").code == "civil_status"
    assert SYSTEMS.replacing("don_de_nghi_thue_nha_o") is None


def test_a_damaged_table_has_words() -> None:
    with pytest.raises(DomainError) as refused:
        parse_systems(load.lookup_systems()[:-30])
    assert refused.value.code == "table.file"
