"""Tickets on the province's pages: the list, one with its answers, and the form that answers."""

from __future__ import annotations

import asyncio

from litestar import Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath

from counter_app.domain.errors import DomainError
from counter_app.domain.tickets.state import TicketState
from sync.hub.accounts import PROVINCE, Account
from sync.hub.pages.sign_in import fields, is_own_form
from sync.hub.pages.site import HEADERS, SESSION, Asked, language_of, site_of, to
from sync.hub.pages.words import ENGLISH
from sync.hub.tickets import acting, views
from sync.protocol.refusals import Refusal

MOST_BYTES = 16_384


@get("/tickets", sync_to_thread=True, include_in_schema=False)
def tickets_page(request: Asked) -> Response[bytes]:
    """Tickets of every unit the viewer may see, and what PCs were asked."""
    site = site_of(request)
    viewer = site.require(request)
    units = site.units_of(viewer)
    with site.hub.database.read() as connection:
        found = views.tickets(connection, units)
        asked = views.requests(connection, units)
    return site.page(request, "tickets.html", viewer, tickets=found, asked=asked)


@get("/tickets/{number:str}", include_in_schema=False)
async def ticket_page(request: Asked, number: FromPath[str]) -> Response[bytes]:
    """One ticket; that somebody read it is kept."""
    # Not ``sync_to_thread``: the path has two methods (see ``sign_in``).
    return await asyncio.to_thread(_ticket, request, number)


def _ticket(
    request: Asked, number: str, trouble: str = "", typed: str = "", status: int = 200
) -> Response[bytes]:
    site = site_of(request)
    viewer = site.require(request)
    unit, state = _found(request, viewer, number)
    site.note_read(viewer, f"ticket/{state.number}", unit, 1)
    with site.hub.database.read() as connection:
        name = views.unit_name(connection, unit)
    return site.page(
        request, "ticket.html", viewer, status=status, ticket=state, unit=unit, unit_name=name,
        trouble=trouble, typed=typed, may_answer=viewer.role == PROVINCE,
    )  # fmt: skip


def _found(request: Asked, viewer: Account, number: str) -> tuple[str, TicketState]:
    site = site_of(request)
    try:
        with site.hub.database.read() as connection:
            unit, state = acting.found(connection, number)
    except KeyError as error:
        raise NotFoundException("no such ticket") from error
    if not viewer.may_see(unit):
        raise PermissionDeniedException("another unit")
    return unit, state


@get("/tickets/{number:str}/bundle", sync_to_thread=True, include_in_schema=False)
def bundle_file(request: Asked, number: FromPath[str]) -> Response[bytes]:
    """The diagnostics bundle of a ticket as a zip; 404 while it has not come, or came damaged."""
    site = site_of(request)
    viewer = site.require(request)
    unit, state = _found(request, viewer, number)
    if viewer.role != PROVINCE:
        raise PermissionDeniedException("not from here")
    site.note_read(viewer, f"ticket/{state.number}/bundle", unit, 1)
    try:
        data = acting.bundle(site.hub, unit, state.bundle.digest)
    except Refusal:
        data = None
    if data is None:
        raise NotFoundException("not here yet")
    named = {"content-disposition": f'attachment; filename="{state.number}.zip"'}
    return Response(data, media_type="application/zip", headers={**HEADERS, **named})


@post("/tickets/{number:str}", include_in_schema=False, request_max_body_size=MOST_BYTES)
async def answer_ticket(request: Asked, number: FromPath[str]) -> Response[bytes]:
    """The province's words go to the counter; a form that is sent twice answers once."""
    given = fields(await request.body())
    return await asyncio.to_thread(_answer, request, number, given)


def _answer(request: Asked, number: str, given: dict[str, str]) -> Response[bytes]:
    site = site_of(request)
    viewer = site.require(request)
    _, state = _found(request, viewer, number)
    if viewer.role != PROVINCE or not is_own_form(request, given, request.cookies.get(SESSION, "")):
        raise PermissionDeniedException("not from here")
    seen = given.get("seen", "")
    words, closes = given.get("words", ""), given.get("close") == "1"
    try:
        acting.answer(
            site.hub, state.number, words, closes=closes,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 4 else None,
        )  # fmt: skip
    except DomainError as error:
        told = error.words("en" if language_of(request) == ENGLISH else "vi")
        return _ticket(request, number, told.sentence, words, 400)
    return to(f"/tickets/{state.number}")
