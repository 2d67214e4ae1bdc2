"""The price of a photocopied page: by day, never without its decision, never taken as 0."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification.taking_in.fees import photocopy_cost
from counter_app.domain.errors import DomainError
from counter_app.domain.money.fee_table import FeeRule, FeeTable
from counter_app.domain.money.photocopy_price import (
    LEAST,
    MOST,
    PhotocopyPrice,
    TypedPrice,
    fee_rules,
    photocopy_prices,
    price_on,
    set_photocopy_price,
)
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import OfficialState, unit_subject
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import EntryId, Journal, Seq

TODAY = date(2026, 11, 20)
UNIT = unit_subject("00000")
HEAD = OfficialState(EntryId(Journal(1), Seq(1)), "Chiến (tập huấn)", "", (roles.CHAIRMAN,), b"", "chien")
CLERK = OfficialState(EntryId(Journal(1), Seq(2)), "Mai (tập huấn)", "", (roles.INTAKE,), b"", "mai")
NOT_SET = FeeTable((FeeRule("photocopy_page", "page", "", "unverified", is_fee=False),))


def typed(**change: str) -> TypedPrice:
    cells = {"dong": "500", "decision": "12/QĐ-UBND", "decided": "03/02/2026", "since": "01/12/2026"}
    return TypedPrice(**{**cells, **change})


def written(price: TypedPrice, prices: tuple[PhotocopyPrice, ...] = ()) -> UnitPolicySet:
    (draft,) = set_photocopy_price(HEAD, UNIT, price, prices, TODAY)
    assert (draft.subjects, draft.sealed) == ((UNIT,), True)
    return decode_body(UnitPolicySet, draft.body)


def test_what_is_written_is_read_again_with_its_ground():
    body = written(typed(dong="1.500 đ", decision="  12/QĐ-UBND "))
    assert body.ground == "Văn bản 12/QĐ-UBND ngày 03/02/2026"
    assert photocopy_prices({body.key: body.value}) == (
        PhotocopyPrice(20261201, 1_500, "12/QĐ-UBND", 20260203),
    )


@pytest.mark.parametrize(
    ("day", "dong"), [(20260131, None), (20260201, 500), (20261130, 500), (20261201, 700), (20300101, 700)]
)
def test_the_price_of_the_day_counts(day, dong):
    prices = photocopy_prices({
        "photocopy.20260201": "500;1/QĐ;20260115", "photocopy.20261201": "700;9/QĐ;20261110",
        "alias.tkb": "=Thời khóa biểu",
    })  # fmt: skip
    found = price_on(prices, day)
    assert (None if found is None else found.dong) == dong
    on = date(day // 10_000, day // 100 % 100, day % 100)
    cost = photocopy_cost(NOT_SET.with_rules(*fee_rules(prices)), 3, 2, on)
    assert (None if cost is None else cost.amount) == (None if dong is None else dong * 6)


def test_a_price_is_taken_away_and_the_one_before_it_counts_again():
    first, slip = (
        PhotocopyPrice(20260201, 500, "1/QĐ", 20260115),
        PhotocopyPrice(20261101, 5_000, "2", 20261030),
    )
    body = written(typed(dong=" ", since="01/11/2026"), (slip, first))
    assert (body.key, body.value) == ("photocopy.20261101", "")
    kept = {"photocopy.20260201": "500;1/QĐ;20260115", body.key: body.value}
    assert price_on(photocopy_prices(kept), 20261120) == first


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"dong": "0"}, "photocopy.dong", "dong"),
        ({"dong": "49"}, "photocopy.dong", "dong"),
        ({"dong": "100.001"}, "photocopy.dong", "dong"),
        ({"dong": "năm trăm"}, "photocopy.dong", "dong"),
        ({"dong": "-500"}, "photocopy.dong", "dong"),
        ({"dong": ""}, "photocopy.none", "dong"),
        ({"decision": ""}, "photocopy.decision", "decision"),
        ({"decision": "1;2"}, "photocopy.decision", "decision"),
        ({"decision": "x" * 61}, "photocopy.decision", "decision"),
        ({"decided": "21/11/2026"}, "photocopy.decided", "decided"),
        ({"decided": "2026"}, "photocopy.decided", "decided"),
        ({"since": "31/02/2026"}, "date.impossible", "since"),
        ({"since": ""}, "date.format", "since"),
    ],
)
def test_what_cannot_be_a_price_is_refused_at_its_cell(change, code, field):
    with pytest.raises(DomainError) as refused:
        written(typed(**change))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.words("en").title


def test_only_who_leads_the_unit_sets_it():
    with pytest.raises(DomainError) as refused:
        set_photocopy_price(CLERK, UNIT, typed(), (), TODAY)
    assert refused.value.code == "role.not_allowed"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("photocopy.20261301", "500;1/QĐ;20260115"),
        ("photocopy.2026", "500;1/QĐ;20260115"),
        ("photocopy.20260201", "500"),
        ("photocopy.20260201", "0;1/QĐ;20260115"),
        ("photocopy.20260201", "49;1/QĐ;20260115"),
        ("photocopy.20260201", "999999;1/QĐ;20260115"),
        ("photocopy.20260201", "500;1/QĐ;20260230"),
        ("photocopy.20260201", ""),
    ],
)
def test_a_damaged_setting_is_no_price(key, value):
    assert photocopy_prices({key: value}) == ()


@given(st.integers(LEAST, MOST), st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_every_price_that_may_be_typed_comes_back(dong, since):
    body = written(typed(dong=str(dong), since=f"{since:%d/%m/%Y}"))
    (price,) = photocopy_prices({body.key: body.value})
    assert (price.dong, price.since) == (dong, int(f"{since:%Y%m%d}"))


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=40)))
def test_no_settings_stop_the_counter(policies):
    assert photocopy_prices(policies) == ()
