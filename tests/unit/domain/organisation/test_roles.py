"""The table of ``law.md`` 7.2, cell by cell, as it stands there."""

from __future__ import annotations

import pytest

from counter_app.domain.organisation import roles as r
from tests.unit.domain.folding.writing import official

COLUMNS = (
    r.INTAKE, r.POSTAL, r.REGISTRAR, r.HANDLER, r.SIGNATORY, r.CASHIER, r.DEPUTY_DIRECTOR, r.DIRECTOR,
    r.CHAIRMAN, r.TECHNICIAN, r.INSPECTOR,
)  # fmt: skip

LAW = """
take_in            | ● | ● | ● | – | – | – | ● | ● | ● | – | –
compare            | ● | – | ● | – | ● | – | ○ | ○ | ○ | – | –
number             | ○ | – | ● | – | ● | – | ● | ● | ● | – | –
sign               | – | – | ○ | – | ● | – | ○ | ○ | ● | – | –
confirm_signed     | ● | – | ● | – | ● | – | ● | ● | ● | – | –
two_persons_first  | – | – | ● | – | – | – | ● | – | – | – | –
two_persons_second | – | – | – | – | – | – | ● | ● | ● | – | –
take_money         | ● | ○ | ● | – | – | ● | – | – | – | – | –
refund_first       | – | – | – | – | – | ● | – | – | – | – | –
refund_second      | – | – | – | – | – | – | ● | ● | ● | – | –
work_on_dossier    | – | – | ● | ● | – | – | ● | ● | ● | – | –
draft_extension    | – | – | – | ● | – | – | ○ | ● | ● | – | –
extend_or_stop     | – | – | – | – | – | – | ○ | ● | ● | – | –
read_registers     | ● | – | ● | ● | ● | ● | ● | ● | ● | – | ●
look_up_population | ○ | – | ○ | ○ | – | – | ○ | ○ | – | – | –
draft_delegations  | – | – | – | – | – | – | ● | ● | ● | – | –
manage_people      | – | – | – | – | – | – | – | ● | ● | – | –
read_people        | – | – | – | – | – | – | ● | ● | ● | – | ●
close_books        | – | – | ● | – | – | – | ● | ● | ● | – | –
sign_closing       | – | – | – | – | ● | – | ● | ● | ● | – | –
close_day          | – | – | – | – | – | ● | ● | ● | ● | – | –
read_reports       | – | – | ● | – | ● | – | ● | ● | ● | – | ●
manage_devices     | – | – | – | – | – | – | – | – | – | ● | –
review_clashes     | – | – | – | – | – | – | ● | ● | ● | – | –
approve_devices    | – | – | – | – | – | – | – | ● | – | – | –
read_devices       | – | – | – | – | – | – | – | ● | – | ● | ●
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in LAW.strip().splitlines()]
CELLS = [(row[0], role, cell) for row in ROWS for role, cell in zip(COLUMNS, row[1:], strict=True)]


@pytest.mark.parametrize(("act", "role", "cell"), CELLS)
def test_each_cell(act: str, role: str, cell: str) -> None:
    holder = official(1, role)
    plain, with_act = r.may(holder, act), r.may(holder, act, with_act=True)
    if cell == "●":
        assert plain is None
        assert with_act is None
    elif cell == "○":
        assert plain is not None
        assert plain.code == "role.needs_act"
        assert with_act is None
    else:
        assert plain is not None
        assert with_act is not None
        assert {plain.code, with_act.code} == {"role.not_allowed"}


def test_every_act_of_the_table_is_tested_and_has_words() -> None:
    assert {row[0] for row in ROWS} == set(r.TABLE) == set(r.ACT_NAMES)
    assert set(COLUMNS) == set(r.ROLES) == set(r.ROLE_NAMES)


def test_the_best_of_several_roles_counts() -> None:
    assert r.may(official(1, r.TECHNICIAN, r.INTAKE, r.SIGNATORY), r.NUMBER) is None
    assert r.grade((), r.NUMBER) == r.NO


def test_a_lapsed_right_stops_signing_but_never_intake() -> None:
    lapsed = official(1, r.REGISTRAR, r.SIGNATORY, active=False)
    assert r.may(lapsed, r.TAKE_IN) is None
    assert r.may(lapsed, r.CONFIRM_SIGNED) is None
    for act in (r.SIGN, r.NUMBER, r.CLOSE_BOOKS):
        refused = r.may(lapsed, act)
        assert refused is not None
        assert refused.code == "role.not_active"


def test_the_reach_of_a_yes() -> None:
    assert r.reach((r.INTAKE,), r.READ_REGISTERS) == {"own"}
    assert r.reach((r.INTAKE, r.REGISTRAR), r.READ_REGISTERS) == frozenset()
    assert r.reach((r.POSTAL,), r.TAKE_IN) == {"data_entry"}


def test_the_refusal_says_whose_right_it_is_in_both_languages() -> None:
    refused = r.may(official(1, r.INTAKE), r.CLOSE_BOOKS)
    assert refused is not None
    assert "tư pháp - hộ tịch" in refused.meaning
    assert "registrar" in refused.words("en").meaning
