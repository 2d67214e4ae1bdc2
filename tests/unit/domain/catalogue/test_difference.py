"""What a new version of the catalogue changes is said before it is used."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.catalogue import Fee, Limit, Procedure, differences, parse_catalogue
from counter_app.domain.catalogue.difference import ENDED, FEE, LIMIT, NAME, NEW, PAPERS, REPLACED, REVIEW
from resources import load

OLD = parse_catalogue(load.procedures())
CODE = "1.001193"


def changed(**fields: object) -> list[str]:
    """What is said to differ when the birth procedure has other ``fields``."""
    rows = tuple(msgspec.structs.replace(p, **fields) if p.code == CODE else p for p in OLD.procedures)
    found = differences(OLD, msgspec.structs.replace(OLD, procedures=rows))
    assert {difference.code for difference in found} <= {CODE}
    return [difference.what for difference in found]


def test_nothing_changed() -> None:
    """The same catalogue differs in nothing."""
    assert differences(OLD, OLD) == ()


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"name": "Đăng ký khai sinh (mới)"}, NAME),
        ({"limits": (Limit(3, "working_day"),)}, LIMIT),
        ({"fees": (Fee("le_phi", 5_000),)}, FEE),
        ({"papers": ()}, PAPERS),
        ({"reviewed": False}, REVIEW),
        ({"replaced_by": "1.115001"}, REPLACED),
    ],
)
def test_each_change_is_named(fields: dict[str, object], what: str) -> None:
    """One change, one line."""
    assert changed(**fields) == [what]


def test_unknown_is_never_written_as_nothing_or_zero() -> None:
    """From a fee of 0 to no known fee: ``0 đ`` and ``chưa có mức``."""
    rows = tuple(
        msgspec.structs.replace(p, fees=(Fee("le_phi", None),)) if p.code == CODE else p
        for p in OLD.procedures
    )
    (found,) = differences(OLD, msgspec.structs.replace(OLD, procedures=rows))
    assert (found.before, found.after) == ("0 đ", "chưa có mức")


def test_new_and_ended_procedures() -> None:
    """One more and one less."""
    first: Procedure = OLD.procedures[0]
    renamed = msgspec.structs.replace(first, code="1.115001")
    found = differences(OLD, msgspec.structs.replace(OLD, procedures=(*OLD.procedures[1:], renamed)))
    assert {(d.code, d.what) for d in found} == {(first.code, ENDED), ("1.115001", NEW)}
