"""The public check of a copy: its QR's words in, a verdict out. Nobody signs in, no name is shown.

What is shown is on the paper already (number, day, number of copies, the unit) and what the province's signed
list says of it; names of requester and original stay in the register.
"""

from __future__ import annotations

from litestar import Response, get

from counter_app.domain.certification.lines.copy_check import REGISTER_CODES, Verdict
from counter_app.domain.certification.lines.listed_copy import describe_listed
from sync.hub.pages.sign_in import address_of
from sync.hub.pages.site import Asked, Site, site_of
from sync.protocol.journals import copy_verdict
from sync.protocol.journals.copy_verdict import ListVerdict

MOST_LETTERS = 600
TONES = {
    copy_verdict.VALID: "ok",
    copy_verdict.UNCONFIRMED: "warn",
    copy_verdict.NOT_SENT: "warn",
    copy_verdict.RECOVERING: "warn",
    copy_verdict.DOUBLED: "warn",
    copy_verdict.REVOKED: "warn",
    copy_verdict.NO_KEY: "wait",
    copy_verdict.OTHER_PROVINCE: "wait",
    copy_verdict.NOT_A_COPY: "wait",
    copy_verdict.NEWER_CODE: "wait",
}
"""Everything else is a copy to keep and to ask about."""
PROVED = frozenset(
    {
        copy_verdict.VALID, copy_verdict.UNCONFIRMED, copy_verdict.NOT_SENT, copy_verdict.RECOVERING,
        copy_verdict.DOUBLED, copy_verdict.REVOKED, copy_verdict.ANNULLED_COPY, copy_verdict.STRUCK_COPY,
        copy_verdict.UNKNOWN,
    }
)  # fmt: skip
"""Verdicts on codes whose signature held: only of these is shown what the code says of itself."""
ICONS = {"ok": "shield-check", "warn": "alert-triangle", "wait": "help-circle", "bad": "shield-x"}
REGISTERS = {code: kind for kind, code in REGISTER_CODES.items()}


def verdict_of(site: Site, code: str) -> tuple[ListVerdict, Verdict, int]:
    """What the newest list says of a code, in words; and when that list was issued (ms)."""
    held, _ = site.published.current()
    told = copy_verdict.check(code, held)
    return told, describe_listed(told), held.issued


@get("/check", sync_to_thread=True, include_in_schema=False)
def check_page(request: Asked) -> Response[bytes]:
    """The form, and the verdict on ``?code=``."""
    site = site_of(request)
    viewer = site.viewer(request)
    code = request.query_params.get("code", "").strip()
    if not code:
        return site.page(request, "check.html", viewer, code="", verdict=None)
    if not site.checks.allows(address_of(request), site.hub.now()):
        shown = site.page(request, "message.html", viewer, status=429, kind="often")
        shown.headers["retry-after"] = str(site.checks.wait_seconds())
        return shown
    told, verdict, issued = verdict_of(site, code[:MOST_LETTERS])
    tone = TONES.get(told.kind, "bad")
    return site.page(
        request, "check.html", viewer, code=code[:MOST_LETTERS], verdict=verdict, told=told, tone=tone,
        verdict_icon=ICONS[tone], issued=issued, register=_register(told),
        proved=told.kind in PROVED,
    )  # fmt: skip


def _register(told: ListVerdict) -> str:
    """Kind of the register as the code names it, "" where none could be read."""
    return "" if told.code is None else REGISTERS.get(told.code.register, "")
