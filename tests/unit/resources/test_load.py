"""Every shipped table is there, is composed UTF-8 JSON and is read by its typed reader."""

import json
import unicodedata
from collections.abc import Callable

import pytest

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.certification.taking_in.grounds import parse_grounds
from counter_app.domain.certification.taking_in.kinds_of_papers import parse_paper_kinds
from counter_app.domain.certification.taking_in.time_limit import parse_time_limits
from counter_app.domain.errors import DomainError
from counter_app.domain.money.e_receipt import parse_receipt_rules
from counter_app.domain.money.fee_table import parse_fee_table
from counter_app.domain.places import parse_places
from resources import load

TABLES: list[tuple[Callable[[], bytes], Callable[[bytes], object]]] = [
    (load.working_calendar, parse_calendar),
    (load.fee_table, parse_fee_table),
    (load.time_limits, parse_time_limits),
    (load.refusal_grounds, parse_grounds),
    (load.paper_kinds, parse_paper_kinds),
    (load.receipt_rules, parse_receipt_rules),
    (load.places, parse_places),
]


@pytest.mark.parametrize(("read", "parse"), TABLES, ids=[read.__name__ for read, _ in TABLES])
def test_every_table_is_read(read: Callable[[], bytes], parse: Callable[[bytes], object]) -> None:
    raw = read()
    assert unicodedata.is_normalized("NFC", raw.decode("utf-8"))
    json.loads(raw)
    parse(raw)


@pytest.mark.parametrize(("read", "parse"), TABLES, ids=[read.__name__ for read, _ in TABLES])
def test_a_cut_table_has_words(read: Callable[[], bytes], parse: Callable[[bytes], object]) -> None:
    with pytest.raises(DomainError) as refusal:
        parse(read()[:-20])
    assert refusal.value.code == "table.file"
