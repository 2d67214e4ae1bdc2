"""The longest lists and names of the real catalogue fit on form 01, by the form set of their procedure."""

from __future__ import annotations

import pytest

from counter_app.domain.catalogue.procedure import Procedure, parse_catalogue
from counter_app.printing.forms.one_stop import content as c
from counter_app.printing.preview import page_count
from resources import load
from tests.unit.printing.one_stop.practice_papers import form_01, missing, pdf_of
from tests.unit.printing.seeing import text_of, white_margins_mm

PROCEDURES = tuple(parse_catalogue(load.procedures()).procedures)
LONGEST = sorted(PROCEDURES, key=lambda p: len(p.name) + sum(len(row.whole_text) for row in p.papers))[-12:]
POLICE = [procedure for procedure in PROCEDURES if procedure.form_set == "residence"][:4]


def slip(procedure: Procedure) -> bytes:
    """Form 01 with the whole list of a procedure, in the portal's own sentences."""
    papers = tuple(c.PaperLine(name=" ".join(row.whole_text.split())) for row in procedure.papers)
    content = form_01(
        procedure=procedure.name,
        papers=papers,
        reviewed=procedure.reviewed,
        fees=tuple(c.FeeLine(label=f"Khoản {i}", amount=fee.amount) for i, fee in enumerate(procedure.fees)),
    )
    return pdf_of("01", content, form_set=procedure.form_set)


@pytest.mark.parametrize("procedure", [*LONGEST, *POLICE], ids=lambda p: p.code)
def test_a_real_list_is_whole_on_its_slip(procedure: Procedure) -> None:
    pdf = slip(procedure)
    assert missing(pdf, procedure.name, *(" ".join(row.whole_text.split()) for row in procedure.papers)) == []
    assert ("chưa rà soát" in text_of(pdf)) is not procedure.reviewed
    assert len(pdf) <= 65_000
    for page in range(page_count(pdf)):
        assert min(white_margins_mm(pdf, page)) > 2.5


def test_an_unknown_rate_of_the_catalogue_is_never_nought() -> None:
    unknown = next(p for p in PROCEDURES if any(fee.amount is None for fee in p.fees))
    assert "chưa có mức" in text_of(slip(unknown))
