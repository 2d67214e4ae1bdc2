"""Parts of a catalogue that a province puts, over the shipped one: counter and hub read them alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from counter_app.domain.catalogue.procedure import Catalogue, Procedure, parse_catalogue


def layered(catalogue: Catalogue, parts: Iterable[bytes]) -> Catalogue:
    """``catalogue`` with the province's ``parts`` (JSON) over it, the later ones last.

    A part is a catalogue of some procedures (an entry holds 60,000 bytes); all versions of a code that it
    names stand in place of those before, from the day on that its first version is in force: what is
    dated in the future does not end today's. Raises DomainError ``table.file``.
    """
    for content in parts:
        part = parse_catalogue(content)
        first: dict[str, date] = {}
        for one in part.procedures:
            begins = one.valid_from or date.min
            first[one.code] = min(begins, first.get(one.code, begins))
        until = (_until(one, first.get(one.code)) for one in catalogue.procedures)
        kept = tuple(one for one in until if one is not None)
        catalogue = Catalogue(part.version, part.as_of, part.source, (*kept, *part.procedures))
    return catalogue


def _until(before: Procedure, new: date | None) -> Procedure | None:
    """``before`` up to the day before ``new`` begins; None when nothing of it is left."""
    if new is None:
        return before
    if new == date.min or (before.valid_from is not None and before.valid_from >= new):
        return None
    last = new - timedelta(days=1)
    if before.valid_to is not None and before.valid_to <= last:
        return before
    return replace(before, valid_to=last)
