"""Fields of work of an official: whose unclaimed dossiers stand among his own, and who says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.catalogue.procedure import CIVIL_STATUS_FIELD
from counter_app.services.ports.officials import WORKING, ChangeForm
from tests.support.counter import CHAIRMAN, CLERK, REGISTRAR, SIGNER
from tests.unit.services.dossiers.pages import BIRTH, other, refused, take_in
from tests.unit.services.dossiers.test_dossiers import FIVE, do


def assign(counter, login: str, *fields: str, **more) -> None:
    """The Chairman gives somebody fields of work."""
    counter.sign_in(CHAIRMAN)
    official = counter.officials[login]
    now = next(one for one in counter.areas.officials.officials() if one.official == official)
    form = ChangeForm(official, now.title_line, now.roles, WORKING, "Phân công (tập huấn)", fields)
    counter.areas.officials.change(replace(form, **more))


def fields_of(counter, login: str) -> tuple[str, ...]:
    official = counter.officials[login]
    return next(one for one in counter.areas.officials.officials() if one.official == official).fields


def rows(counter, tab: str = "mine") -> list:
    return [row.dossier for row in counter.areas.dossiers.queue(tab).rows]


def tabs(counter) -> list[str]:
    return [code for code, _, _ in counter.areas.dossiers.queue().tabs]


@pytest.fixture
def both(counter):
    """An open dossier of civil status and one of another field, nobody took either."""
    birth = take_in(counter, BIRTH, party=other(7)).dossier
    return birth, take_in(counter, FIVE, pay="return").dossier


def test_without_fields_all_unclaimed_work_is_mine_and_there_is_no_tab_for_them(counter, both):
    counter.sign_in(SIGNER)
    assert set(rows(counter)) == set(both)
    assert "fields" not in tabs(counter)


def test_with_fields_only_theirs_is_mine_until_i_take_another(counter, both):
    birth, land = both
    assign(counter, SIGNER, CIVIL_STATUS_FIELD)
    counter.sign_in(SIGNER)
    assert rows(counter) == [birth]
    assert set(rows(counter, "unit")) == set(both)
    do(counter, land, "take")
    assert set(rows(counter)) == set(both)


def test_the_tab_of_fields_shows_also_what_a_colleague_took(counter, both):
    birth, _ = both
    counter.sign_in(REGISTRAR)
    do(counter, birth, "take")
    assign(counter, SIGNER, CIVIL_STATUS_FIELD)
    counter.sign_in(SIGNER)
    assert tabs(counter)[:3] == ["mine", "fields", "unit"]
    assert (rows(counter), rows(counter, "fields")) == ([], [birth])


def test_what_was_handed_on_to_a_person_by_name_is_his_alone_whatever_the_field(counter, both):
    _, land = both
    assign(counter, CHAIRMAN, CIVIL_STATUS_FIELD, roles=("chairman",))
    counter.sign_in(SIGNER)
    choices = next(o for o in counter.areas.dossiers.look(land).acts if o.code == "forward").fields[0].choices
    to_chairman = next(code for code, name in choices if "Chiến" in name)
    do(counter, land, "forward", to=to_chairman)
    assert land not in rows(counter)
    counter.sign_in(CHAIRMAN)
    assert land in rows(counter)


def test_fields_are_typed_without_diacritics_and_kept_as_the_catalogue_writes_them(counter):
    assign(counter, SIGNER, "ho tich", " Hộ tịch ")
    assert fields_of(counter, SIGNER) == (CIVIL_STATUS_FIELD,)
    assign(counter, SIGNER)
    assert fields_of(counter, SIGNER) == ()


def test_a_change_of_something_else_leaves_them(counter):
    assign(counter, SIGNER, CIVIL_STATUS_FIELD)
    assign(counter, SIGNER, fields=None, title_line="Phó Chủ tịch thường trực")
    assert fields_of(counter, SIGNER) == (CIVIL_STATUS_FIELD,)


def test_a_field_that_is_none_is_refused_with_the_nearest(counter):
    counter.sign_in(CHAIRMAN)
    error = refused("official.fields", assign, counter, SIGNER, "ho tic")
    assert error.words("vi").remedy == "Gần đúng: Hộ tịch."
    assert fields_of(counter, SIGNER) == ()
    assert "Hộ tịch" in counter.areas.officials.fields()


def test_a_clerk_gives_nobody_fields(counter):
    counter.sign_in(CLERK)
    official = counter.officials[SIGNER]
    form = ChangeForm(official, "x", ("director",), WORKING, "x", ("Hộ tịch",))
    refused("role.not_allowed", counter.areas.officials.change, form)
