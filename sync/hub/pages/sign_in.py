"""Signing in and out: a form with a token, one answer to a wrong name or password, a lock told in words."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from urllib.parse import parse_qs

from litestar import Response, get, post
from litestar.exceptions import ClientException

from sync.hub import accounts
from sync.hub.accounts import Account
from sync.hub.pages.site import FORM, SESSION, Asked, cookie, site_of, to

HOME = "/kpi"
MOST_BYTES = 4_096


@get("/login", include_in_schema=False)
async def sign_in_page(request: Asked) -> Response[bytes]:
    """The form; whoever is signed in goes on."""
    # Not ``sync_to_thread``: a path with two methods would get a coroutine for an answer (litestar 2.25).
    return await asyncio.to_thread(_sign_in_page, request)


def _sign_in_page(request: Asked) -> Response[bytes]:
    site = site_of(request)
    onwards = safe_path(request.query_params.get("next", ""))
    if site.viewer(request) is not None:
        return to(onwards)
    return _form(request, onwards)


def _form(
    request: Asked, onwards: str, trouble: str = "", locked: int = 0, status: int = 200
) -> Response[bytes]:
    site = site_of(request)
    with site.hub.database.read() as connection:
        anybody = accounts.has_any(connection)
    secret = secrets.token_hex(32)
    return site.page(
        request, "sign_in.html", status=status, cookies=[cookie(FORM, secret)], onwards=onwards,
        token=accounts.form_token(secret), trouble=trouble, locked=locked, anybody=anybody,
    )  # fmt: skip


@post("/login", include_in_schema=False, request_max_body_size=MOST_BYTES)
async def sign_in(request: Asked) -> Response[bytes]:
    """Name and password; the session's cookie when both are right."""
    given = fields(await request.body())
    return await asyncio.to_thread(_sign_in, request, given)


def _sign_in(request: Asked, given: dict[str, str]) -> Response[bytes]:
    site = site_of(request)
    now = site.hub.now()
    onwards = safe_path(given.get("next", ""))
    if not is_own_form(request, given, request.cookies.get(FORM, "")):
        return _form(request, onwards, "stale", 0, 403)
    if not site.sign_ins.allows(address_of(request), now):
        return _form(request, onwards, "often", 0, 429)
    name, password = given.get("name", ""), given.get("password", "")
    found, locked = accounts.check(site.hub.database, name, password, now)
    if found is None:
        return _form(request, onwards, "locked" if locked else "wrong", locked, 403)
    return _begin(request, found, onwards)


def _begin(request: Asked, account: Account, onwards: str) -> Response[bytes]:
    site = site_of(request)
    with site.hub.database.write() as connection:
        # A new secret for each sign-in: one that was slipped in before is worth nothing.
        secret = accounts.begin(connection, account, site.hub.now(), secrets.token_bytes)
    return to(onwards, cookie(SESSION, secret), cookie(FORM, ""))


@post("/logout", include_in_schema=False, request_max_body_size=MOST_BYTES)
async def sign_out(request: Asked) -> Response[bytes]:
    """The session ends here and at the hub."""
    given = fields(await request.body())
    secret = request.cookies.get(SESSION, "")
    if secret and is_own_form(request, given, secret):
        await asyncio.to_thread(_end, request, secret)
    return to("/check", cookie(SESSION, ""))


def _end(request: Asked, secret: str) -> None:
    with site_of(request).hub.database.write() as connection:
        accounts.end(connection, secret)


def fields(data: bytes) -> dict[str, str]:
    """Fields of a posted form, the first of each name. Raises ClientException (400)."""
    try:
        read = parse_qs(data.decode("utf-8"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise ClientException("not a form") from error
    return {name: values[0] for name, values in read.items()}


def is_own_form(request: Asked, given: dict[str, str], secret: str) -> bool:
    """The form came from a page of ours that this browser was shown; another site cannot make one."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"https://{request.headers.get('host', '')}":
        return False
    token = given.get("token", "").encode("utf-8", "replace")
    return bool(secret) and hmac.compare_digest(token, accounts.form_token(secret).encode())


def address_of(request: Asked) -> str:
    """Who asks, as far as a limit can tell: the address that the connection comes from."""
    return request.client.host if request.client is not None else ""


def safe_path(path: str) -> str:
    """``path`` when it is one of this site, else the board: no link leads a signed-in official elsewhere."""
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else HOME
