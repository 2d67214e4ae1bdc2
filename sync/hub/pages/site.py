"""What every page needs: the hub, who asks, in which language, and how an answer leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from markupsafe import Markup

from sync.hub import accounts
from sync.hub.accounts import Account
from sync.hub.checking.publishing import Published
from sync.hub.hub import Hub
from sync.hub.pages import style
from sync.hub.pages.figure_words import AGE_WORDS, FIGURE_WORDS, stage_words
from sync.hub.pages.limits import Limiter
from sync.hub.pages.words import ENGLISH, LANGUAGES, VIETNAMESE, Words

Asked = Request[Any, Any, Any]
SESSION = "__Host-session"
FORM = "__Host-form"
LANGUAGE = "lang"
HTML = "text/html"
_YEAR_SECONDS = 366 * 86_400
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""With every page: nothing from elsewhere, no script, no frame, nothing kept by proxies."""


class Site:
    """The pages over one hub."""

    def __init__(self, hub: Hub, published: Published) -> None:
        self.hub = hub
        self.published = published
        self.checks = Limiter(30, 60_000)
        self.sign_ins = Limiter(10, 60_000)
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            icon=lambda name: Markup(style.icon(name)),  # of our own package, never a stranger's text
            style_tag=style.style_tag,
            figures=FIGURE_WORDS,
            ages=AGE_WORDS,
            stage_words=stage_words,
        )

    def viewer(self, request: Asked) -> Account | None:
        """Who is signed in, None for nobody."""
        secret = request.cookies.get(SESSION, "")
        if not secret:
            return None
        now = self.hub.now()
        with self.hub.database.read() as connection:
            found = accounts.signed_in(connection, secret, now)
        if found is not None:
            with self.hub.database.write() as connection:
                accounts.touch(connection, secret, now)
        return found

    def require(self, request: Asked, unit: str = "") -> Account:
        """Who is signed in and may see ``unit``. Raises NotAuthorized-, PermissionDeniedException."""
        found = self.viewer(request)
        if found is None:
            raise NotAuthorizedException("sign in")
        if unit and not found.may_see(unit):
            raise PermissionDeniedException("another unit")
        return found

    def units_of(self, account: Account) -> list[str]:
        """Units whose figures the account may open."""
        return [unit for unit in self.hub.units() if account.may_see(unit)]

    def note_read(self, account: Account, what: str, unit: str, shown: int) -> None:
        """Rows were shown to somebody."""
        with self.hub.database.write() as connection:
            accounts.note_read(connection, accounts.Read(self.hub.now(), account.name, what, unit, shown))

    def page(
        self,
        request: Asked,
        template: str,
        viewer: Account | None = None,
        *,
        status: int = 200,
        cookies: Sequence[Cookie] = (),
        **values: Any,
    ) -> Response[bytes]:
        """A page of ``template``, with everything a browser is told to keep to."""
        words = Words(language_of(request))
        secret = request.cookies.get(SESSION, "")
        text = self._environment.get_template(template).render(
            t=words,
            now=self.hub.now(),
            practice=self.hub.is_practice,
            viewer=viewer,
            form_token=accounts.form_token(secret) if viewer is not None else "",
            path=request.url.path,
            other_language=_other_language(request, words),
            **values,
        )
        return Response(
            text.encode(),
            media_type=HTML,
            status_code=status,
            headers=dict(HEADERS),
            cookies=[*_chosen(request), *cookies],
        )


def site_of(request: Asked) -> Site:
    """The site that serves ``request``."""
    found: Site = request.app.state.site
    return found


def language_of(request: Asked) -> str:
    """``?lang=``, else what was chosen before, else Vietnamese."""
    asked = request.query_params.get(LANGUAGE) or request.cookies.get(LANGUAGE, "")
    return asked if asked in LANGUAGES else VIETNAMESE


def _chosen(request: Asked) -> list[Cookie]:
    asked = request.query_params.get(LANGUAGE)
    if asked not in LANGUAGES:
        return []
    return [Cookie(LANGUAGE, path="/", value=asked, max_age=_YEAR_SECONDS, secure=True, samesite="lax")]


def _other_language(request: Asked, words: Words) -> Mapping[str, str]:
    """Where the same page stands in the other language."""
    code, name = (VIETNAMESE, "Tiếng Việt") if words.language == ENGLISH else (ENGLISH, "English")
    kept = [(k, v) for k, v in parse_qsl(request.scope["query_string"].decode("latin-1")) if k != LANGUAGE]
    # An answer to a form has no address of its own to come back to.
    path = request.url.path if request.method == "GET" else "/"
    return {"code": code, "name": name, "url": f"{path}?{urlencode([*kept, (LANGUAGE, code)])}"}


def cookie(name: str, value: str) -> Cookie:
    """A cookie that only this site gets back, over TLS, out of reach of any script; "" takes it away."""
    return Cookie(
        name, path="/", value=value, max_age=None if value else 0, secure=True, httponly=True,
        samesite="strict",
    )  # fmt: skip


def to(path: str, *cookies: Cookie) -> Response[bytes]:
    """Go on at ``path`` with a GET."""
    return Response(
        b"", media_type=HTML, status_code=303, headers={**HEADERS, "location": path}, cookies=list(cookies)
    )
