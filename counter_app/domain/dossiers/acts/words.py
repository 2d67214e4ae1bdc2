"""Words of what the acts on dossiers refuse."""

from __future__ import annotations

from counter_app.domain.dossiers.portal import PORTAL_WORDS, portal_state
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError


def needed(title: str, title_en: str, field: str, code: str) -> DomainError:
    """A field that must be filled in."""
    return DomainError(title, field=field, code=code, title_en=title_en)


def not_now(state: DossierState, act_vi: str, act_en: str) -> DomainError:
    """An act that the state of the dossier does not allow (``law.md`` 2.2)."""
    vi, en = PORTAL_WORDS[portal_state(state)]
    return DomainError(
        f"Chưa {act_vi} được: hồ sơ {vi.lower()}.", remedy="Xem lịch sử hồ sơ.", code="dossier.not_now",
        title_en=f"Cannot {act_en} now: the dossier is {en}.", remedy_en="See the history of the dossier.",
    )  # fmt: skip


def incomplete(missing: int) -> DomainError:
    """Papers are missing of a procedure that was reviewed."""
    return DomainError(
        f"Còn thiếu {missing} giấy tờ.", "Hồ sơ chưa đủ thì chưa nhận được.",
        "Đánh dấu giấy đã có, hoặc in phiếu bổ sung.", "papers", code="dossier.incomplete",
        title_en=f"{missing} papers are missing.", meaning_en="An incomplete dossier cannot be accepted.",
        remedy_en="Tick what is there, or print the request for papers.",
    )  # fmt: skip


def nothing_asked() -> DomainError:
    """Form 02 without a line."""
    return DomainError(
        "Chưa chọn giấy tờ cần bổ sung.", field="papers", code="dossier.nothing_asked",
        title_en="No paper is chosen that must be completed.",
    )  # fmt: skip


def unpaid(words: str) -> DomainError:
    """Money is still owed before the result is given."""
    return DomainError(
        f"Còn thu {words} trước khi trả.", field="given", code="dossier.unpaid",
        title_en=f"{words} to be paid before the result is given.",
    )  # fmt: skip
