"""Written acts that let an official sign: valid when, for what, under which prefix.

Sources: NĐ 280/2025 (competence of the Chairman personally, who may authorise or assign others), NĐ 30/2020
art. 13 (KT., TUQ., TL.; no re-delegation, 13(3)). Which prefix a *civil servant* by phân công uses is
unverified [U]: the prefix is a field of the act and the default only a proposal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from types import MappingProxyType

from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import ASSIGNED, AUTHORISED, CHAIRMAN
from counter_app.domain.organisation.state import DelegationState, OfficialState

WARN_DAYS = 7
NO_PREFIX = ""
FOR = "KT."
BY_AUTHORITY = "TUQ."
BY_ORDER = "TL."
PREFIXES = (NO_PREFIX, FOR, BY_AUTHORITY, BY_ORDER)
HEAD_LINE = "CHỦ TỊCH"

VICE_CHAIRMAN = "vice_chairman"
OTHER_OFFICIAL = "other"

DEFAULT_PREFIX: MappingProxyType[tuple[str, str], str] = MappingProxyType(
    {
        (CHAIRMAN, VICE_CHAIRMAN): FOR,
        (CHAIRMAN, OTHER_OFFICIAL): NO_PREFIX,
        (ASSIGNED, VICE_CHAIRMAN): FOR,
        (AUTHORISED, VICE_CHAIRMAN): FOR,
        (AUTHORISED, OTHER_OFFICIAL): BY_AUTHORITY,
        (ASSIGNED, OTHER_OFFICIAL): BY_AUTHORITY,  # [U]: not settled for civil servants by phân công
    }
)
"""Proposed prefix by basis and standing (``law.md`` 4.1); the act's own words count."""

DOSSIER = "dossier"
"""Letters about dossiers that the head signs: forms 04 and 05 (``law.md`` 1.3, 7.2 [U])."""
LETTER_HEAD_LINE = "GIÁM ĐỐC"
"""Head of the Centre, for whom his deputy signs a letter KT. (NĐ 30/2020 art. 13(1)); TUQ. and TL. stay the
Chairman's. Who signs form 04 since TT 03/2025 was not read [U]."""
SCOPE_NAMES = MappingProxyType(
    {
        "copy": ("bản sao", "copies"),
        "signature": ("chữ ký", "signatures"),
        "translator": ("chữ ký người dịch", "translators' signatures"),
        "transaction": ("giao dịch", "transactions"),
        "electronic": ("bản sao điện tử", "electronic copies"),
        "other": ("việc khác, không ký chứng thực", "other matters, no certification"),
        DOSSIER: ("gia hạn, dừng hồ sơ", "extending and stopping dossiers"),
    }
)


COVERED_BY = MappingProxyType({"electronic": "copy"})
"""An act for copies covers electronic ones too; that no act of its own is needed was not read [U]."""


def valid_on(delegation: DelegationState, day: int) -> bool:
    """True when the act is in force on ``day`` (yyyymmdd, local): first and last day both included.

    The day on which it was ended early no longer counts.
    """
    if day < delegation.valid_from or (delegation.ended_on and day >= delegation.ended_on):
        return False
    return delegation.valid_to == 0 or day <= delegation.valid_to


def check_delegation(
    delegation: DelegationState | None, official: OfficialState, scope: str, day: int
) -> DomainError | None:
    """Why ``official`` may not sign ``scope`` papers on ``day`` under ``delegation``; None when he may.

    Codes ``delegation.missing``, ``.other_official``, ``.not_yet``, ``.ended``, ``.scope``, ``.redelegated``;
    ``role.not_active`` when the official himself has lapsed. No act crosses kinds of papers.
    """
    if delegation is None:
        return _refusal(
            "missing",
            f"{official.name} chưa có văn bản phân công, ủy quyền ký.",
            f"No act lets {official.name} sign.",
        )
    if not official.active:
        return roles.may(official, _ACT_OF_SCOPE.get(scope, roles.SIGN), with_act=True)
    if delegation.official != official.id:
        return _refusal(
            "other_official",
            f"Văn bản số {delegation.act_number} giao cho người khác, không phải {official.name}.",
            f"Act {delegation.act_number} names someone else, not {official.name}.",
        )
    if delegation.delegated_under is not None:
        return redelegation_refused()
    return _check_term(delegation, day) or _check_scope(delegation, scope)


def require_delegation(
    delegation: DelegationState | None, official: OfficialState, scope: str, day: int
) -> DelegationState:
    """The delegation itself; raises what ``check_delegation`` finds."""
    refused = check_delegation(delegation, official, scope, day)
    if refused is not None or delegation is None:
        raise refused or ValueError("no delegation")
    return delegation


def choose_delegation(
    delegations: Iterable[DelegationState], official: OfficialState, scope: str, day: int
) -> DelegationState | None:
    """The act under which ``official`` signs ``scope`` on ``day``; of several in force the latest begun."""
    fitting = [held for held in delegations if check_delegation(held, official, scope, day) is None]
    return max(fitting, key=lambda held: (held.valid_from, held.id), default=None)


def redelegation_refused() -> DomainError:
    """Who was authorised may not authorise another (NĐ 30/2020 art. 13(3))."""
    return DomainError(
        "Người được ủy quyền không được ủy quyền lại.",
        "Nghị định 30/2020/NĐ-CP Điều 13 khoản 3.",
        "Chủ tịch ký văn bản giao trực tiếp cho người này.",
        "delegated_under",
        code="delegation.redelegated",
        title_en="Who was authorised may not authorise another.",
        meaning_en="Decree 30/2020, article 13(3).",
        remedy_en="The Chairman signs an act that names this person directly.",
    )


def default_prefix(basis: str, official: OfficialState) -> str:
    """Prefix proposed for a new act; a field of the act, so it may be changed.

    A Vice-Chairman (also as Director of the Centre) signs KT.; others by ủy quyền TUQ. The Chairman none.
    """
    if roles.CHAIRMAN in official.roles:
        return NO_PREFIX
    standing = VICE_CHAIRMAN if roles.DIRECTOR in official.roles else OTHER_OFFICIAL
    return DEFAULT_PREFIX.get((basis, standing), NO_PREFIX)


def signatory_line(delegation: DelegationState, official: OfficialState) -> tuple[str, ...]:
    """Lines above the signature: ``("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")``, ``("CHỦ TỊCH",)`` without a prefix.

    The second line is what the act says he signs as, else the official's title.
    """
    title = (delegation.signs_as or official.title_line).upper()
    if delegation.prefix == NO_PREFIX:
        return (title,)
    return (f"{delegation.prefix} {HEAD_LINE}", title)


def letter_line(delegation: DelegationState | None, official: OfficialState) -> str:
    """What stands above the signature of form 04 or 05, the prefix's line before the title's.

    ``None``: he signs in his own right, under his title. A deputy's KT. is for the head of the Centre.
    """
    if delegation is None:
        return official.title_line
    title = (delegation.signs_as or official.title_line).upper()
    if delegation.prefix == NO_PREFIX:
        return title
    head = LETTER_HEAD_LINE if delegation.prefix == FOR else HEAD_LINE
    return f"{delegation.prefix} {head}\n{title}"


def delegation_notices(delegation: DelegationState, official: OfficialState, day: int) -> tuple[Notice, ...]:
    """Amber words: the act ends within ``WARN_DAYS`` days of ``day``."""
    last = last_day(delegation)
    if last is None or not valid_on(delegation, day):
        return ()
    left = (last - as_date(day)).days
    if left > WARN_DAYS:
        return ()
    about = f"Văn bản số {delegation.act_number}"
    return (
        Notice(
            "delegation.ends_soon",
            f"{about} của {official.name} hết hiệu lực sau {left} ngày ({short_date(last)}).",
            f"Act {delegation.act_number} of {official.name} ends in {left} days ({short_date(last)}).",
        ),
    )


def ending_with_year(delegations: Iterable[DelegationState], today: int) -> tuple[DelegationState, ...]:
    """From 1 December on: all acts in force that end on 31 December of this year, by number of the act."""
    if today // 100 % 100 != 12:
        return ()
    end = today // 10_000 * 10_000 + 1231
    found = (held for held in delegations if held.valid_to == end and valid_on(held, today))
    return tuple(sorted(found, key=lambda held: (held.act_number, held.id)))


def last_day(delegation: DelegationState) -> date | None:
    """Last day on which the act is in force; None when it has no end."""
    ends = []
    if delegation.valid_to:
        ends.append(as_date(delegation.valid_to))
    if delegation.ended_on:
        ends.append(as_date(delegation.ended_on) - timedelta(days=1))
    return min(ends, default=None)


_ACT_OF_SCOPE = {DOSSIER: roles.EXTEND_OR_STOP}
"""Right whose lapse stops a scope; every other scope is signing."""


def _check_term(delegation: DelegationState, day: int) -> DomainError | None:
    if valid_on(delegation, day):
        return None
    if day < delegation.valid_from:
        begins = short_date(as_date(delegation.valid_from))
        return _refusal(
            "not_yet",
            f"Văn bản số {delegation.act_number} chỉ có hiệu lực từ {begins}.",
            f"Act {delegation.act_number} is in force only from {begins}.",
        )
    last = last_day(delegation)
    until = short_date(last) if last else ""
    return _refusal(
        "ended",
        f"Văn bản số {delegation.act_number} đã hết hiệu lực từ sau ngày {until}.",
        f"Act {delegation.act_number} ended on {until}.",
    )


def _check_scope(delegation: DelegationState, scope: str) -> DomainError | None:
    if scope in delegation.scope or COVERED_BY.get(scope) in delegation.scope:
        return None
    vi, en = SCOPE_NAMES.get(scope, (scope, scope))
    if scope == DOSSIER:
        return _refusal(
            "scope",
            f"Văn bản số {delegation.act_number} không giao ký văn bản {vi}.",
            f"Act {delegation.act_number} does not cover {en}.",
        )
    return _refusal(
        "scope",
        f"Văn bản số {delegation.act_number} không giao ký chứng thực {vi}.",
        f"Act {delegation.act_number} does not cover {en}.",
    )


def _refusal(code: str, title: str, title_en: str) -> DomainError:
    return DomainError(
        title,
        "Không được cấp số khi người ký không có thẩm quyền vào lúc này.",
        "Chọn người ký khác, hoặc ghi văn bản phân công, ủy quyền mới.",
        "signatory",
        code=f"delegation.{code}",
        title_en=title_en,
        meaning_en="Without authority at this moment no numbers may be given.",
        remedy_en="Choose another signatory, or record a new act.",
    )


def as_date(day: int) -> date:
    """``yyyymmdd`` as a date; a day that no calendar has becomes the last one there is."""
    try:
        return date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return date.max
