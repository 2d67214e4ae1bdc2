"""The catalogue of procedures: versions by date, papers in groups, limits and fees (``law.md`` 3)."""

from counter_app.domain.catalogue.checklist import Checklist, Row, checklist
from counter_app.domain.catalogue.difference import Difference, differences
from counter_app.domain.catalogue.finding import Finder
from counter_app.domain.catalogue.layers import layered
from counter_app.domain.catalogue.procedure import (
    Catalogue,
    Fee,
    Limit,
    Paper,
    Procedure,
    parse_catalogue,
)

__all__ = [
    "Catalogue",
    "Checklist",
    "Difference",
    "Fee",
    "Finder",
    "Limit",
    "Paper",
    "Procedure",
    "Row",
    "checklist",
    "differences",
    "layered",
    "parse_catalogue",
]
