"""A person found by identity number: the newest record, how often this year, what was brought last."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKinds
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.domain.dates import PartialDate
from counter_app.services.ports.copies import KnownPerson, PersonForm
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import requests
from counter_app.storage.queries import unit as unit_queries

from .reading import CARD


def find(connection: Connection, id_number: str, day: int, kinds: PaperKinds) -> KnownPerson | None:
    """The person of a number, None when nobody here has it; ``day`` is today (``yyyymmdd``)."""
    rows = [row for row in unit_queries.people_with_number(connection, id_number) if row.joined_to is None]
    if not rows:
        return None
    form = _form(rows[0])
    return KnownPerson(
        form, times_this_year(connection, id_number, day), last_rows(connection, id_number, kinds)
    )


def times_this_year(connection: Connection, id_number: str, day: int) -> int:
    """Visits of the person since 1 January of the year of ``day``, this one not counted."""
    return desk_queries.visits_since(connection, id_number, day // 10_000 * 10_000) if id_number else 0


def last_rows(connection: Connection, id_number: str, kinds: PaperKinds) -> tuple[str, ...]:
    """The rows of the last request as they would be typed again (Ctrl+R)."""
    earlier = requests.requests_of_number(connection, id_number, 1)
    if not earlier:
        return ()
    return tuple(_typed(row, kinds) for row in desk_queries.last_taken(connection, earlier[0].id))


def last_titles(connection: Connection, id_number: str) -> str:
    """``học bạ, giấy khai sinh``: the papers of the last request, "" without one."""
    earlier = requests.requests_of_number(connection, id_number, 1)
    if not earlier:
        return ""
    names = dict.fromkeys(name.strip() for name in earlier[0].titles.split(";"))
    return ", ".join(f"{name[0].lower()}{name[1:]}" for name in names if name)


def _typed(row: desk_queries.LastTaken, kinds: PaperKinds) -> str:
    kind = kinds.get(row.kind)
    alias = kind.aliases[0] if kind is not None else "khac"
    if kind is None or kind.key == OTHER:
        alias = f"khac {row.name}"
    word = next((word for word, asks in MATTER_WORDS.items() if asks == (row.register, "")), "")
    if word:
        return f"{word} {alias} {row.copies}"
    photo = "p" if row.photocopy_pages else ""
    return f"{alias} {row.pages}x{row.copies}{photo}"


def _form(row: unit_queries.PersonRow) -> PersonForm:
    birth = PartialDate.from_int(row.birth)
    return PersonForm(
        id_number=row.id_number, name=row.name, birth="" if birth is None else birth.text,
        address=row.address, phone=row.phone, id_kind=row.id_kind or CARD, sex=row.sex,
        old_id_number=row.old_id_number, card_issued=str(row.card_issued) if row.card_issued else "",
        person=row.id,
    )  # fmt: skip
