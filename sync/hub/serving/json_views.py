"""JSON for integrators, with OpenAPI at ``/v1/openapi.json``: figures, fleet, dossiers, registers, check.

A register holds names, so every view but ``health`` and ``check`` asks for ``Authorization: Bearer <token>``;
tokens are made by ``commune-hub token`` and kept as digests. Who read rows of citizens is kept.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    NotFoundException,
    TooManyRequestsException,
)
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import FromPath, FromQuery

from sync.hub import accounts
from sync.hub.checking.publishing import Published
from sync.hub.checking.view import check_list
from sync.hub.hub import Hub, name_of_token
from sync.hub.pages.check_pages import MOST_LETTERS, PROVED, verdict_of
from sync.hub.pages.router import PAGES, broken, is_page, refused
from sync.hub.pages.sign_in import address_of
from sync.hub.pages.site import Site
from sync.hub.reading import board as boards
from sync.hub.reading.board import Rows, UnitBoard
from sync.hub.reading.dossiers import DossierRow, DossierView
from sync.hub.reading.figures import FIGURES, Moment
from sync.hub.reading.fleet import DeviceView, fleet
from sync.hub.reading.views import DayFigures, JournalView, QuestionView, RegisterMonth
from sync.hub.tables.engine import GONE

log = logging.getLogger(__name__)
_FIRST_DAY, _LAST_DAY = 20_000_101, 29_991_231


class Health(msgspec.Struct, frozen=True):
    """The hub lives; ``unread`` entries wait for a reader, ``practice`` says that nothing here is real."""

    status: str
    practice: bool
    life: int
    unread: int


class Failure(msgspec.Struct, frozen=True):
    """What went wrong: a stable ``code`` and a sentence."""

    code: str
    detail: str


class CopyAnswer(msgspec.Struct, frozen=True):
    """What the province's list of moment ``issued`` (ms) says of a copy's code; no name of a citizen.

    ``kind`` is stable, title and meaning are words in both languages; ``number`` 0 where no code was read
    or no PC of the province signed it, ``day`` is ``yyyymmdd``.
    """

    kind: str
    title: str
    title_en: str
    meaning: str
    meaning_en: str
    issued: int
    unit: str = ""
    unit_name: str = ""
    number: int = 0
    year: int = 0
    day: int = 0
    copies: int = 0


def _refusals(*codes: int) -> dict[int, ResponseSpec]:
    words = {
        400: "Not understood", 401: "A token of this hub is needed", 404: "Nothing of that name",
        429: "Asked too often", 500: "The hub failed; nothing was changed",
        503: "The database does not answer; the same may be asked again",
    }  # fmt: skip
    return {
        code: ResponseSpec(Failure, description=words[code], generate_examples=False)
        for code in (400, *codes, 500, 503)
    }


_OPEN: dict[str, Any] = {"sync_to_thread": True, "raises": [], "responses": _refusals(429)}
_SECURED: dict[str, Any] = {
    "sync_to_thread": True,
    "security": [{"token": []}],
    "responses": _refusals(401, 404),
}


def _hub(state: State) -> Hub:
    hub: Hub = state.hub
    return hub


def _served(state: State, unit: str) -> Hub:
    hub = _hub(state)
    if unit not in hub.units():
        raise NotFoundException("no such unit here")
    return hub


def _moment(state: State, day: int) -> Moment:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise NotFoundException("a day is yyyymmdd")
    return Moment(_hub(state).now(), day)


def _token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    given = connection.headers.get("authorization", "")
    return given[7:].strip() if given[:7].lower() == "bearer " else ""


def needs_token(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Raises NotAuthorizedException without a known integrator's token."""
    token = _token(connection)
    if not token or not _hub(connection.app.state).knows_token(token):
        raise NotAuthorizedException("a token of this hub is needed")


def _note_read(request: Request[Any, Any, Any], what: str, unit: str, shown: int) -> None:
    """An integrator read rows; he is known by the name his token was given."""
    hub = _hub(request.app.state)
    reader = f"token:{name_of_token(hub, _token(request))}"
    with hub.database.write() as connection:
        accounts.note_read(connection, accounts.Read(hub.now(), reader, what, unit, shown))


@get("/v1/health", **_OPEN)
def health(state: State) -> Health:
    """Is the hub alive, and how far is reading behind?"""
    hub = _hub(state)
    return Health("ok", hub.is_practice, hub.life, hub.unread())


@get("/v1/check", **_OPEN)
def check(request: Request[Any, Any, Any], state: State, code: FromQuery[str]) -> CopyAnswer:
    """What a certified copy's code is worth; nobody signs in, asked at most 30 times a minute."""
    site: Site = state.site
    if not site.checks.allows(address_of(request), site.hub.now()):
        raise TooManyRequestsException(
            "asked too often", headers={"retry-after": str(site.checks.wait_seconds())}
        )
    told, verdict, issued = verdict_of(site, code[:MOST_LETTERS])
    words = (told.kind, verdict.title, verdict.title_en, verdict.meaning, verdict.meaning_en, issued)
    if told.code is None or told.kind not in PROVED:
        return CopyAnswer(*words)
    found = told.code
    day = found.day.year * 10_000 + found.day.month * 100 + found.day.day
    return CopyAnswer(*words, found.unit, told.unit_name, found.number, found.year, day, found.copies)


@get("/v1/units/{unit:str}/registers/{register:str}/{year:int}/{month:int}", guards=[needs_token], **_SECURED)
def register_month(
    request: Request[Any, Any, Any], state: State, unit: FromPath[str], register: FromPath[str],
    year: FromPath[int], month: FromPath[int],
) -> RegisterMonth:  # fmt: skip
    """A register's month with its lines: the columns of the paper book, names among them."""
    hub = _served(state, unit)
    if not (2000 <= year <= 2999 and 1 <= month <= 12):
        raise NotFoundException("no such month")
    found = hub.register_month(unit, register, year, month)
    if found is None:
        raise NotFoundException("no such register-year")
    _note_read(request, f"register/{register}/{year}/{month}"[:80], unit, len(found.lines))
    return found


@get("/v1/kpi/{day:int}", guards=[needs_token], **_SECURED)
def board(state: State, day: FromPath[int]) -> tuple[UnitBoard, ...]:
    """The board of every unit; ``day`` is ``yyyymmdd`` in Viet Nam."""
    hub, moment = _hub(state), _moment(state, day)
    hub.contacts.write()
    with hub.database.read() as connection:
        return boards.board(connection, hub.units(), moment)


@get("/v1/units/{unit:str}/kpi/{day:int}", guards=[needs_token], **_SECURED)
def kpi(state: State, unit: FromPath[str], day: FromPath[int]) -> DayFigures:
    """A unit's certified copies of a day; ``day`` is ``yyyymmdd`` in Viet Nam."""
    hub = _served(state, unit)
    return hub.kpi(unit, _moment(state, day).day)


@get("/v1/units/{unit:str}/kpi/{day:int}/{figure:str}", guards=[needs_token], **_SECURED)
def kpi_rows(
    request: Request[Any, Any, Any], state: State, unit: FromPath[str], day: FromPath[int],
    figure: FromPath[str], page: FromQuery[int] = 0,
) -> Rows:  # fmt: skip
    """The rows behind a figure of the board, 200 a page; no name of a citizen."""
    hub, moment = _served(state, unit), _moment(state, day)
    if figure not in FIGURES or not 0 <= page <= 10_000:
        raise NotFoundException("no such figure")
    with hub.database.read() as connection:
        found = boards.rows(connection, unit, figure, moment, page=page)
    _note_read(request, f"kpi/{figure}", unit, len(found.rows))
    return found


@get("/v1/fleet", guards=[needs_token], **_SECURED)
def fleet_view(state: State) -> tuple[DeviceView, ...]:
    """Every PC: its life, when it was met, its clock, what it kept back, open questions."""
    hub = _hub(state)
    hub.contacts.write()
    with hub.database.read() as connection:
        return fleet(connection, hub.units(), hub.now())


@get("/v1/units/{unit:str}/vector", guards=[needs_token], **_SECURED)
def vector(state: State, unit: FromPath[str]) -> tuple[JournalView, ...]:
    """How far each journal of the unit is held, with its head: equal heads mean equal contents."""
    return _served(state, unit).journals_held(unit)


@get("/v1/units/{unit:str}/questions/{status:str}", guards=[needs_token], **_SECURED)
def questions(state: State, unit: FromPath[str], status: FromPath[str]) -> tuple[QuestionView, ...]:
    """The province's questions: ``open``, ``answered`` or ``settled``."""
    hub = _served(state, unit)
    if status not in ("open", "answered", "settled"):
        raise NotFoundException("open, answered or settled")
    return hub.questions(unit, status)


@get("/v1/units/{unit:str}/dossiers", guards=[needs_token], **_SECURED)
def dossiers(state: State, unit: FromPath[str], day: FromQuery[int] = 0) -> tuple[DossierRow, ...]:
    """Dossiers handed in on ``day`` (``yyyymmdd``), or the open ones; no name of a citizen."""
    if day and not _FIRST_DAY <= day <= _LAST_DAY:
        raise NotFoundException("a day is yyyymmdd")
    return _served(state, unit).dossiers(unit, day)


@get("/v1/units/{unit:str}/dossiers/{code:str}", guards=[needs_token], **_SECURED)
def dossier(
    request: Request[Any, Any, Any], state: State, unit: FromPath[str], code: FromPath[str]
) -> DossierView:
    """A dossier by the counter's, official or portal code, with its steps and the portal's states."""
    found = _served(state, unit).dossier(unit, code)
    if found is None:
        raise NotFoundException("no such dossier")
    _note_read(request, f"dossier/{code}"[:80], unit, 1)
    return found


@get("/v1/openapi.json", include_in_schema=False, sync_to_thread=False)
def described(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The description of these views; the own route of Litestar would answer HTML to all else below it."""
    data = msgspec.json.encode(request.app.openapi_schema.to_schema())
    return Response(data, media_type="application/vnd.oai.openapi+json")


VIEWS = [
    described, health, check, board, kpi, kpi_rows, fleet_view, register_month, vector, questions, dossiers,
    dossier,
]  # fmt: skip


def _failure(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    if is_page(request):
        return refused(request, error)
    codes = {
        400: "malformed", 401: "token", 404: "not-found", 405: "method", 413: "too-large", 429: "too-often",
    }  # fmt: skip
    return Response(
        Failure(codes.get(error.status_code, "failed"), error.detail),
        status_code=error.status_code,
        media_type="application/json",
        headers=dict(error.headers or {}),
    )


_FAILED = Failure("failed", "the hub failed")


def _broken(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    log.error("a view failed: %s", type(error).__name__)
    away = isinstance(error, GONE)
    status = 503 if away else 500
    if is_page(request):
        return broken(request, status)
    told = Failure("hub-failed", "the database does not answer; ask again") if away else _FAILED
    return Response(told, status_code=status, media_type="application/json")


def make_views(hub: Hub) -> Litestar:
    """The Litestar application over ``hub``: JSON under ``/v1``, pages beside it."""
    published = Published(hub)
    return Litestar(
        [*VIEWS, check_list, *PAGES],
        state=State({"hub": hub, "published": published, "site": Site(hub, published)}),
        exception_handlers={HTTPException: _failure, Exception: _broken},
        openapi_config=OpenAPIConfig(
            "Commune counter hub",
            "1",
            path="/v1/described",
            render_plugins=[JsonRenderPlugin()],
            components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
            description="Figures, fleet, dossiers and registers of a province; the check of a copy.",
        ),
        logging_config=None,
    )
