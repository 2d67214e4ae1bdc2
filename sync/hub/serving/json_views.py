"""JSON for integrators, with OpenAPI at ``/v1/schema/openapi.json``: registers, a day's figures, positions.

A register holds names, so every view but ``health`` asks for ``Authorization: Bearer <token>``; tokens are
made by ``commune-hub token`` and kept as digests.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import HTTPException, NotAuthorizedException, NotFoundException
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromPath, FromQuery

from sync.hub.checking.publishing import Published
from sync.hub.checking.view import check_list
from sync.hub.hub import Hub
from sync.hub.reading.dossiers import DossierRow, DossierView
from sync.hub.reading.views import DayFigures, JournalView, QuestionView, RegisterMonth

log = logging.getLogger(__name__)


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


def _hub(state: State) -> Hub:
    hub: Hub = state.hub
    return hub


def _served(state: State, unit: str) -> Hub:
    hub = _hub(state)
    if unit not in hub.units():
        raise NotFoundException("no such unit here")
    return hub


def needs_token(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Raises NotAuthorizedException without a known integrator's token."""
    given = connection.headers.get("authorization", "")
    kind, token = given[:7], given[7:].strip()
    if kind.lower() != "bearer " or not _hub(connection.app.state).knows_token(token):
        raise NotAuthorizedException("a token of this hub is needed")


@get("/v1/health", sync_to_thread=True)
def health(state: State) -> Health:
    """Is the hub alive, and how far is reading behind?"""
    hub = _hub(state)
    return Health("ok", hub.is_practice, hub.life, hub.unread())


@get(
    "/v1/units/{unit:str}/registers/{register:str}/{year:int}/{month:int}",
    guards=[needs_token],
    sync_to_thread=True,
)
def register_month(
    state: State, unit: FromPath[str], register: FromPath[str], year: FromPath[int], month: FromPath[int]
) -> RegisterMonth:
    """A register's month with its lines."""
    hub = _served(state, unit)
    if not (2000 <= year <= 2999 and 1 <= month <= 12):
        raise NotFoundException("no such month")
    found = hub.register_month(unit, register, year, month)
    if found is None:
        raise NotFoundException("no such register-year")
    return found


@get("/v1/units/{unit:str}/kpi/{day:int}", guards=[needs_token], sync_to_thread=True)
def kpi(state: State, unit: FromPath[str], day: FromPath[int]) -> DayFigures:
    """A day's figures; ``day`` is ``yyyymmdd`` in Viet Nam."""
    hub = _served(state, unit)
    if not 20_000_101 <= day <= 29_991_231:
        raise NotFoundException("a day is yyyymmdd")
    return hub.kpi(unit, day)


@get("/v1/units/{unit:str}/vector", guards=[needs_token], sync_to_thread=True)
def vector(state: State, unit: FromPath[str]) -> tuple[JournalView, ...]:
    """How far each journal of the unit is held, with its head: equal heads mean equal contents."""
    return _served(state, unit).journals_held(unit)


@get("/v1/units/{unit:str}/questions/{status:str}", guards=[needs_token], sync_to_thread=True)
def questions(state: State, unit: FromPath[str], status: FromPath[str]) -> tuple[QuestionView, ...]:
    """The province's questions: ``open``, ``answered`` or ``settled``."""
    hub = _served(state, unit)
    if status not in ("open", "answered", "settled"):
        raise NotFoundException("open, answered or settled")
    return hub.questions(unit, status)


@get("/v1/units/{unit:str}/dossiers", guards=[needs_token], sync_to_thread=True)
def dossiers(state: State, unit: FromPath[str], day: FromQuery[int] = 0) -> tuple[DossierRow, ...]:
    """Dossiers handed in on ``day`` (``yyyymmdd``), or the open ones; no name of a citizen."""
    return _served(state, unit).dossiers(unit, day)


@get("/v1/units/{unit:str}/dossiers/{code:str}", guards=[needs_token], sync_to_thread=True)
def dossier(state: State, unit: FromPath[str], code: FromPath[str]) -> DossierView:
    """A dossier by the counter's, official or portal code, with its steps and the portal's states."""
    found = _served(state, unit).dossier(unit, code)
    if found is None:
        raise NotFoundException("no such dossier")
    return found


def _failure(_: Request[Any, Any, Any], error: HTTPException) -> Response[Failure]:
    codes = {400: "malformed", 401: "token", 404: "not-found", 405: "method", 413: "too-large"}
    return Response(
        Failure(codes.get(error.status_code, "failed"), error.detail),
        status_code=error.status_code,
        media_type="application/json",
    )


def _broken(_: Request[Any, Any, Any], error: Exception) -> Response[Failure]:
    log.error("a view failed: %s", type(error).__name__)
    return Response(Failure("failed", "the hub failed"), status_code=500, media_type="application/json")


def make_views(hub: Hub) -> Litestar:
    """The Litestar application over ``hub``."""
    return Litestar(
        [health, register_month, kpi, vector, questions, dossiers, dossier, check_list],
        state=State({"hub": hub, "published": Published(hub)}),
        exception_handlers={HTTPException: _failure, Exception: _broken},
        openapi_config=OpenAPIConfig(
            "Commune counter hub", "1", path="/v1/schema", render_plugins=[JsonRenderPlugin()]
        ),
        logging_config=None,
    )
