"""A procedure is found by a few letters, as a clerk types them."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.catalogue import Finder, parse_catalogue
from counter_app.domain.fold_text import fold
from resources import load

TODAY = date(2026, 11, 20)
FINDER = Finder(parse_catalogue(load.procedures()), TODAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ks", "1.001193"),
        ("KS", "1.001193"),
        ("khai sinh", "1.001193"),
        ("khai tử", "1.000656"),
        ("dang ky ket hon", "1.000894"),
        ("kh", "1.000894"),
        ("tthn", "1.004873"),
        ("1.001193", "1.001193"),
        ("001193", "1.001193"),
        ("trich luc", "2.000635"),
    ],
)
def test_the_first_hit(typed: str, code: str) -> None:
    """Alias, name with and without diacritics, code or its end."""
    assert FINDER.find(typed)[0].code == code


def test_words_in_any_order() -> None:
    """All words must be there, begun is enough."""
    found = FINDER.find("hon tinh trang")
    assert "1.004873" in {p.code for p in found}


def test_last_used_first_among_equals() -> None:
    """What this PC used last stands before others that fit as well."""
    abroad = "dang ky khai sinh co yeu to nuoc ngoai"
    usual = [p.code for p in FINDER.find(abroad) if fold(p.title).startswith(abroad)]
    assert len(usual) == 3
    assert FINDER.find(abroad, last_used=[usual[-1]])[0].code == usual[-1]


def test_an_exact_alias_beats_what_was_used_last() -> None:
    """``ks`` is the birth, whatever was used before."""
    assert FINDER.find("ks", last_used=["1.004884"])[0].code == "1.001193"


def test_nothing_typed_offers_the_last_used() -> None:
    """The last five, newest first."""
    assert [p.code for p in FINDER.find("", ["1.000894", "1.001193"])] == ["1.000894", "1.001193"]
    assert FINDER.find("") == ()


def test_a_slip_of_the_finger_still_leads_there() -> None:
    """``dang ky khai sing``: nothing fits, the nearest names are offered."""
    assert FINDER.find("dang ky khai sing") == ()
    assert any("khai sinh" in p.name for p in FINDER.near("dang ky khai sing"))


def test_nonsense_finds_nothing() -> None:
    """No hit and no name offered at random."""
    assert FINDER.find("zzqq") == ()
    assert FINDER.near("zzqq") == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hộ ngèo", "hộ nghèo"),
        ("ho ngeo", "hộ nghèo"),
        ("khai sin h", "khai sinh"),
        ("ket hom", "kết hôn"),
        ("thường chú", "thường trú"),
        ("hoà dải tranh trấp", "Hòa giải tranh chấp"),
    ],
)
def test_words_written_as_they_sound_lead_to_the_name(typed: str, name: str) -> None:
    """``ng`` for ``ngh``, ``ch`` for ``tr``, a letter too few, a blank too many: the first name is meant."""
    assert fold(name) in fold(FINDER.near(typed)[0].title)


def test_no_more_names_are_offered_than_asked_and_none_twice() -> None:
    """A name that fits by sound and by letters stands once."""
    found = FINDER.near("khai sin h", most=5)
    assert len(found) == len({p.code for p in found}) <= 5
    assert FINDER.near("") == ()
