"""Why the signatory's side sends a paper back, keys 1-9 of the signing desk (``ux.md`` 4.5).

The list is the unit's own; the law names grounds of *refusal* only (``grounds``).
"""

from __future__ import annotations

from typing import NamedTuple

from counter_app.domain.errors import DomainError

OTHER = "other"


class Reason(NamedTuple):
    """One reason: ``code`` is stored, its place in ``REASONS`` is its key."""

    code: str
    vi: str
    en: str


REASONS: tuple[Reason, ...] = (
    Reason("pages", "Sai số trang", "Wrong number of pages"),
    Reason("not_compared", "Không đối chiếu bản chính", "Not compared with the original"),
    Reason("fee", "Sai phí", "Wrong fee"),
    Reason("papers", "Thiếu giấy tờ", "Papers are missing"),
    Reason("competence", "Không thuộc thẩm quyền", "Not within competence"),
    Reason("differs", "Bản sao khác bản chính", "The copy differs from the original"),
    Reason("ground", "Bản chính không được dùng để chứng thực", "The original may not be used"),
    Reason("name", "Sai họ tên hoặc tên giấy tờ", "Wrong name of a person or paper"),
    Reason(OTHER, "Lý do khác", "Another reason"),
)


def reason_of(code: str) -> Reason:
    """The reason with a stored code; an unknown one (a newer program's) reads as OTHER."""
    return next((reason for reason in REASONS if reason.code == code), REASONS[-1])


def check_reason(code: str, words: str) -> Reason:
    """The reason that was chosen.

    Raises DomainError ``reason.unknown`` for a code that is not in the list, ``reason.words`` when OTHER
    comes without words.
    """
    if all(reason.code != code for reason in REASONS):
        raise DomainError(
            "Chưa chọn lý do.",
            remedy="Chọn lý do trong danh sách, phím 1 đến 9.",
            field="reason",
            code="reason.unknown",
            title_en="No reason is chosen.",
            remedy_en="Choose a reason from the list, keys 1 to 9.",
        )
    if code == OTHER and not words.strip():
        raise DomainError(
            "Ghi lý do.",
            "“Lý do khác” cần vài chữ để người nhận biết phải sửa gì.",
            field="words",
            code="reason.words",
            title_en="Write the reason.",
            meaning_en="“Another reason” needs a few words, so that the other side knows what to mend.",
        )
    return reason_of(code)


def worded(code: str, words: str) -> str:
    """What is stored and printed: the reason, and the words behind it if there are any."""
    reason = check_reason(code, words)
    own = words.strip()
    if reason.code == OTHER:
        return own
    return f"{reason.vi}: {own}" if own else reason.vi
