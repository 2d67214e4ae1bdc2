"""The catalogue as it ships: all of it, with what is not known left open."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from counter_app.domain.catalogue import Catalogue, Limit, checklist, parse_catalogue
from counter_app.domain.catalogue.checklist import BROUGHT, LOOKED_UP, QUEUED, wants_look_up
from counter_app.domain.catalogue.procedure import RESIDENCE
from counter_app.domain.errors import DomainError
from resources import load

CATALOGUE = parse_catalogue(load.procedures())
TODAY = date(2026, 11, 20)
BIRTH = CATALOGUE.require("1.001193", TODAY)


def test_every_procedure_of_the_mirror_is_there() -> None:
    """217 procedures, 199 read from the portal, 65 reviewed one by one, 1,085 rows of papers (law 3)."""
    procedures = CATALOGUE.procedures
    assert len(procedures) == 217
    assert sum(p.verified for p in procedures) == 199
    assert sum(p.reviewed for p in procedures) == 65
    assert sum(len(p.papers) for p in procedures) == 1_085


def test_what_is_not_known_stays_open() -> None:
    """28 rows without a limit and one whose bare 0 has no unit; 107 without a fee - none of them 0."""
    assert sum(not p.limit(TODAY).is_known for p in CATALOGUE.procedures) == 29
    assert sum(p.fee(TODAY).amount is None for p in CATALOGUE.procedures) == 107


def test_residence_has_forms_of_its_own() -> None:
    """CT04-06 of the police for 13 residence procedures, forms 01-07 for all others."""
    assert sum(p.form_set == RESIDENCE for p in CATALOGUE.procedures) == 13


def test_a_provincial_suffix_is_stripped() -> None:
    """``1.001193.000.00.00.H35`` and ``1.001193.H35`` are the national procedure (law 2.1)."""
    for code in ("1.001193.000.00.00.H35", "1.001193.H35", " 1.001193 "):
        assert CATALOGUE.get(code, TODAY) is BIRTH


def test_an_unknown_code_has_words() -> None:
    """Not found is said, with the way out."""
    with pytest.raises(DomainError) as refused:
        CATALOGUE.require("9.999999", TODAY)
    assert refused.value.code == "procedure.unknown"


def ended(code: str, day: date, instead: str) -> Catalogue:
    """The shipped catalogue with one procedure ended."""
    rows = tuple(
        msgspec.structs.replace(p, valid_to=day, replaced_by=instead) if p.code == code else p
        for p in CATALOGUE.procedures
    )
    return msgspec.structs.replace(CATALOGUE, procedures=rows)


def test_an_ended_procedure_names_the_one_instead() -> None:
    """On its last day it is in force, a day later it is not; the new code is said."""
    catalogue = ended("1.001193", TODAY, "1.115001")
    assert catalogue.get("1.001193", TODAY) is not None
    with pytest.raises(DomainError) as refused:
        catalogue.require("1.001193", date(2026, 11, 21))
    assert refused.value.code == "procedure.ended"
    assert "1.115001" in refused.value.words("vi").title


def test_the_limit_of_the_day_counts() -> None:
    """A new limit holds from its day on, not before."""
    newer = Limit(3, "working_day", valid_from=date(2027, 3, 1))
    procedure = msgspec.structs.replace(BIRTH, limits=(*BIRTH.limits, newer))
    assert procedure.limit(date(2027, 2, 28)).unit == "same_day"
    assert procedure.limit(date(2027, 3, 1)) == newer


def place_of(key: str) -> int:
    """Place of the first row of a group in the birth procedure."""
    return next(n for n, paper in enumerate(BIRTH.papers) if paper.group.key == key)


def test_a_birth_at_the_counter_misses_three_groups() -> None:
    """Declaration on paper, birth notice (or its substitutes), identity paper; residence data is looked up.

    A birth asks no marriage certificate (law 3).
    """
    missing = {row.paper.group.key for row in checklist(BIRTH, "counter").missing}
    assert missing == {"nop_giay", "giay_chung_sinh", "giay_to_tuy_than", "cu_tru_trong_truong_hop_co"}
    assert not any("kết hôn" in row.paper.name for row in checklist(BIRTH, "counter").missing)


def test_the_way_of_handing_in_changes_the_form() -> None:
    """Online asks the electronic form, paper and post the paper one."""
    for channel, key in (
        ("counter", "nop_giay"),
        ("post", "nop_giay"),
        ("online", "nop_truc_tuyen"),
        ("online_helped", "nop_truc_tuyen"),
    ):
        keys = {row.paper.group.key for row in checklist(BIRTH, channel).missing}
        assert key in keys
        assert len(keys & {"nop_giay", "nop_truc_tuyen"}) == 1


def test_a_case_adds_its_papers_only_when_it_applies() -> None:
    """An abandoned child needs the minutes; nobody else does."""
    key = "truong_hop_tre_em_bi_bo_roi"
    assert key not in {row.paper.group.key for row in checklist(BIRTH, "counter").missing}
    assert key in {row.paper.group.key for row in checklist(BIRTH, "counter", [key]).missing}
    assert key in dict(checklist(BIRTH, "counter").cases())


@pytest.mark.parametrize("state", [BROUGHT, LOOKED_UP, QUEUED])
def test_data_the_state_has_replaces_the_paper(state: str) -> None:
    """Residence: looked up, or queued for when the line returns, or the paper itself (NQ 66.7)."""
    place = place_of("cu_tru_trong_truong_hop_co")
    held = checklist(BIRTH, "counter", states={place: state})
    assert wants_look_up(held.rows[place])
    assert place not in {row.place for row in held.missing}


def test_a_look_up_that_differs_asks_the_paper() -> None:
    """The data differ from what is said: the paper may be asked (NQ 66.7 art. 2)."""
    place = place_of("cu_tru_trong_truong_hop_co")
    assert place in {row.place for row in checklist(BIRTH, "counter", states={place: "differs"}).missing}


def test_complete_when_every_group_is() -> None:
    """One row of each group that applies is enough."""
    keys = ("nop_giay", "giay_chung_sinh", "giay_to_tuy_than", "cu_tru_trong_truong_hop_co")
    held = checklist(BIRTH, "counter", states={place_of(key): BROUGHT for key in keys})
    assert held.is_complete


def with_alternatives() -> tuple[str, list[int]]:
    """A procedure with a group of two and more rows, and the places of those."""
    for procedure in CATALOGUE.procedures:
        places: dict[str, list[int]] = {}
        for place, paper in enumerate(procedure.papers):
            if paper.group.kind == "one_of":
                places.setdefault(paper.group.key, []).append(place)
        for found in places.values():
            if len(found) > 1:
                return procedure.code, found
    raise AssertionError


def test_one_of_a_group_is_enough_and_asked_once() -> None:
    """Whichever of the alternatives is brought; form 02 asks the group once."""
    code, places = with_alternatives()
    procedure = CATALOGUE.require(code, TODAY)
    asked = [row.place for row in checklist(procedure, "counter").missing if row.place in places]
    assert asked == places[:1]
    for place in places:
        held = checklist(procedure, "counter", states={place: BROUGHT})
        assert not any(row.place in places for row in held.missing)


def test_a_note_of_the_portal_is_never_asked() -> None:
    """A row that counts neither originals nor copies is no paper."""
    note = msgspec.structs.replace(BIRTH.papers[0], originals=0, copies=0, group=BIRTH.papers[-1].group)
    procedure = msgspec.structs.replace(BIRTH, papers=(note,))
    assert checklist(procedure, "online").is_complete
