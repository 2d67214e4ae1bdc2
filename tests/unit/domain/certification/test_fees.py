"""Fees: properties of the tariff and the province's prices; the cases by hand are in tests/law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification.taking_in.fees import (
    copy_fee,
    photocopy_cost,
    required_photocopy_cost,
    signature_fee,
)
from counter_app.domain.errors import DomainError
from counter_app.domain.money.fee_table import FeeRule, FeeTable, Tier, parse_fee_table
from resources import load

TABLE = parse_fee_table(load.fee_table())
DAY = date(2026, 11, 20)
PRICE = FeeRule("photocopy_page", "page", "nghị quyết tập huấn", "unverified", 500, is_fee=False,
                valid_from=date(2026, 6, 1), valid_to=date(2026, 12, 31))  # fmt: skip


@given(st.integers(1, 999), st.integers(1, 200))
def test_the_law_s_own_formula(pages: int, copies: int) -> None:
    formula = copies * min(200_000, 2_000 * min(pages, 2) + 1_000 * max(pages - 2, 0))
    assert copy_fee(TABLE, pages, copies, DAY).amount == formula


@given(st.integers(1, 998))
def test_one_page_more_never_costs_less(pages: int) -> None:
    assert copy_fee(TABLE, pages, 1, DAY).amount <= copy_fee(TABLE, pages + 1, 1, DAY).amount


def test_a_line_shows_price_quantity_and_ground() -> None:
    fee = copy_fee(TABLE, 24, 2, DAY)
    assert (fee.unit_price, fee.quantity, fee.amount) == (26_000, 2, 52_000)
    assert "226/2016" in fee.source


@pytest.mark.parametrize(
    ("pages", "copies", "field"), [(0, 1, "pages"), (1000, 1, "pages"), (1, 0, "copies"), (1, 201, "copies")]
)
def test_ranges(pages: int, copies: int, field: str) -> None:
    for charge in (copy_fee, photocopy_cost):
        with pytest.raises(DomainError) as refusal:
            charge(TABLE, pages, copies, DAY)
        assert refusal.value.field == field


def test_photocopies_are_asked_for_and_never_zero() -> None:
    with pytest.raises(DomainError) as refusal:
        required_photocopy_cost(TABLE, 24, 2, DAY)
    assert (refusal.value.code, refusal.value.title) == ("fee.not_set", "Chưa có mức giá sao chụp.")


def test_the_province_s_price_counts_while_it_holds() -> None:
    table = TABLE.with_rules(PRICE)
    cost = required_photocopy_cost(table, 24, 2, DAY)
    assert (cost.unit_price, cost.quantity, cost.amount) == (500, 48, 24_000)
    assert photocopy_cost(table, 1, 1, date(2026, 6, 1)) is not None
    assert photocopy_cost(table, 1, 1, date(2026, 12, 31)) is not None
    assert photocopy_cost(table, 1, 1, date(2026, 5, 31)) is None
    assert photocopy_cost(table, 1, 1, date(2027, 1, 1)) is None


def test_photocopies_are_marked_as_no_fee() -> None:
    assert [rule.kind for rule in TABLE.rules if not rule.is_fee] == ["photocopy_page"]


def test_a_new_tariff_begins_on_its_day() -> None:
    new = FeeRule(
        "certified_copy", "copy", "mới", "unverified", tiers=(Tier(3_000),), valid_from=date(2027, 7, 1)
    )
    table = TABLE.with_rules(new)
    assert copy_fee(table, 10, 1, date(2027, 6, 30)).amount == 12_000
    assert copy_fee(table, 10, 1, date(2027, 7, 1)).amount == 30_000
    assert copy_fee(table, 999, 1, date(2027, 7, 1)).amount == 2_997_000, "no cap is no cap"


def test_a_signature_without_a_price_is_asked_for() -> None:
    table = FeeTable((FeeRule("certified_signature", "document", "", "unverified"),))
    with pytest.raises(DomainError) as refusal:
        signature_fee(table, 1, DAY)
    assert refusal.value.code == "fee.not_set"


def test_every_shipped_price_names_its_ground() -> None:
    assert all(rule.source and rule.status for rule in TABLE.rules)


def test_a_damaged_file_has_words() -> None:
    with pytest.raises(DomainError) as refusal:
        parse_fee_table(b'{"rules":[{"kind":"x"}]}')
    assert refusal.value.code == "table.file"
