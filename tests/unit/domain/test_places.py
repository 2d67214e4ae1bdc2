"""Provinces and communes."""

import unicodedata

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.places import parse_places
from resources import load

PLACES = parse_places(load.places())


def test_the_map_of_2025() -> None:
    names = [name for province in PLACES.provinces for _, name in province.units]
    assert (len(PLACES.provinces), len(names)) == (34, 3321)
    counts = [sum(name.startswith(kind) for name in names) for kind in ("Xã ", "Phường ", "Đặc khu ")]
    assert counts == [2621, 687, 13]


def test_lai_chau_has_thirty_eight() -> None:
    province = next(p for p in PLACES.provinces if p.code == "12")
    assert (province.name, len(province.units)) == ("Tỉnh Lai Châu", 38)


def test_by_code() -> None:
    place = PLACES.unit("03390")
    assert place is not None
    assert (place.name, place.province) == ("Xã Bình Lư", "Tỉnh Lai Châu")
    assert PLACES.unit("99999") is None


@pytest.mark.parametrize("typed", ["ta leng", "TẢ LÈNG", "leng ta", "leng lai chau"])
def test_without_diacritics_in_any_order(typed: str) -> None:
    assert "03405" in [place.code for place in PLACES.search(typed)]


def test_the_phrase_comes_before_scattered_words() -> None:
    assert PLACES.search("binh lu")[0].code == "03390"


def test_nothing_typed_finds_nothing_and_the_list_is_short() -> None:
    assert PLACES.search("  ") == ()
    assert len(PLACES.search("xa", limit=4)) == 4
    assert PLACES.search("khong co xa nay") == ()


def test_names_are_composed() -> None:
    assert unicodedata.is_normalized("NFC", load.places().decode())


def test_a_damaged_file_has_words() -> None:
    with pytest.raises(DomainError):
        parse_places(b"{}")
