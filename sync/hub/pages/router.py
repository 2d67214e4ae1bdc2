"""All pages, their style sheet and letters, and what a browser sees when something is refused."""

from __future__ import annotations

from urllib.parse import quote

from litestar import Response, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from sync.hub.pages import style
from sync.hub.pages.board_pages import board_page, dossier_page, home, rows_page
from sync.hub.pages.check_pages import check_page
from sync.hub.pages.fleet_pages import fleet_page
from sync.hub.pages.sign_in import sign_in, sign_in_page, sign_out
from sync.hub.pages.site import HEADERS, Asked, site_of, to
from sync.hub.pages.ticket_pages import answer_ticket, bundle_file, ticket_page, tickets_page

_KEPT = {**HEADERS, "cache-control": "public, max-age=31536000, immutable"}


@get("/pages/style.css", include_in_schema=False, sync_to_thread=False)
def style_sheet() -> Response[bytes]:
    """The one style sheet."""
    return Response(style.style_sheet(), media_type="text/css", headers=_KEPT)


@get("/pages/fonts/{name:str}", include_in_schema=False, sync_to_thread=True)
def font(name: FromPath[str]) -> Response[bytes]:
    """A font of the package."""
    found = style.font(name)
    if found is None:
        raise NotFoundException("no such font")
    return Response(found, media_type="font/ttf", headers=_KEPT)


@get("/pages/icon.svg", include_in_schema=False, sync_to_thread=False)
def site_icon() -> Response[bytes]:
    """What a browser shows on the page's tab."""
    return Response(style.site_icon(), media_type="image/svg+xml", headers=_KEPT)


PAGES: list[HTTPRouteHandler] = [
    home, board_page, rows_page, dossier_page, fleet_page, check_page, sign_in_page, sign_in, sign_out,
    tickets_page, ticket_page, answer_ticket, bundle_file, style_sheet, font, site_icon,
]  # fmt: skip

_KINDS = {403: "forbidden", 404: "missing", 405: "missing", 413: "large", 429: "often"}


def is_page(request: Asked) -> bool:
    """True for what a browser asks, false for JSON and exchanges."""
    return not request.scope["path"].startswith("/v1/")


def refused(request: Asked, error: HTTPException) -> Response[bytes]:
    """A page in words; whoever is not signed in is asked to, and then goes on where he wanted to."""
    if error.status_code == 401:
        query = request.scope["query_string"].decode("latin-1")
        wanted = request.scope["path"] + (f"?{query}" if query else "")
        return to(f"/login?next={quote(wanted, safe='')}")
    kind = _KINDS.get(error.status_code, "malformed")
    site = site_of(request)
    return site.page(request, "message.html", site.viewer(request), status=error.status_code, kind=kind)


def broken(request: Asked, status: int = 500) -> Response[bytes]:
    """The hub failed (503: its database is away): no session is looked up, as that may be what failed."""
    return site_of(request).page(request, "message.html", status=status, kind="failed")
