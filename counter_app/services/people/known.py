"""A person found by identity number: the newest record, how often this year, what was brought last."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKinds
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import PartialDate, short_date, vn_date
from counter_app.services.copies.notices import TakenToday
from counter_app.services.ports.copies import EarlierRequest, KnownPerson, PersonForm
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import requests
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId

from .reading import CARD

MOST_EARLIER = 20
"""Earlier requests of a person that are looked through."""


def find(connection: Connection, id_number: str, day: int, kinds: PaperKinds) -> KnownPerson | None:
    """The person of a number, None when nobody here has it; ``day`` is today (``yyyymmdd``)."""
    rows = [row for row in unit_queries.people_with_number(connection, id_number) if row.joined_to is None]
    if not rows:
        return None
    form = _form(rows[0])
    earlier = earlier_requests(connection, id_number, kinds)
    return KnownPerson(
        form, times_this_year(connection, id_number, day), earlier[0].rows if earlier else (),
        earlier=earlier,
    )  # fmt: skip


def times_this_year(connection: Connection, id_number: str, day: int) -> int:
    """Visits of the person since 1 January of the year of ``day``, this one not counted."""
    return desk_queries.visits_since(connection, id_number, day // 10_000 * 10_000) if id_number else 0


def earlier_requests(connection: Connection, id_number: str, kinds: PaperKinds) -> tuple[EarlierRequest, ...]:
    """Earlier requests with their rows as they would be typed again (Ctrl+R), newest first, none twice."""
    found: dict[tuple[str, ...], EarlierRequest] = {}
    for request in requests.requests_of_number(connection, id_number, MOST_EARLIER):
        rows = tuple(_typed(row, kinds) for row in desk_queries.last_taken(connection, request.id))
        if rows and rows not in found:
            found[rows] = EarlierRequest(_slip(request), short_date(vn_date(request.taken_at)), rows)
    return tuple(found.values())


def taken_today(
    connection: Connection, id_number: str, day: int, besides: EntryId | None
) -> tuple[TakenToday, ...]:
    """Originals the person brought on ``day`` (``yyyymmdd``); the request ``besides`` is not counted."""
    found = []
    for request in requests.requests_of_number(connection, id_number, MOST_EARLIER):
        if request.day != day:
            break  # newest first: what follows is older
        if request.id != besides:
            rows = desk_queries.last_taken(connection, request.id)
            found += [TakenToday(_slip(request), r.kind, r.name, r.mark, r.register) for r in rows]
    return tuple(found)


def _slip(request: requests.RequestRow) -> str:
    return parse_provisional(request.code).short


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
