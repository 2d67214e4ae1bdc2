"""Lawful reasons to certify outside the office, and what a signature on an authorisation may be about.

The codes are stored in entries. Both lists stood so before NĐ 280/2025 [V]; whether it changed them was not
read, so they count as second-hand from 2025-11-01.
"""

from __future__ import annotations

from types import MappingProxyType

from counter_app.domain.certification.entries import Circumstances, OriginalTaken, Signer
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.taking_in.matters import OF_COPIES
from counter_app.domain.dates import vn_datetime

OUTSIDE_GROUNDS = MappingProxyType(
    {
        "frail": ("người yêu cầu già yếu, không đi lại được", "the person is too old or ill to come"),
        "detained": ("người yêu cầu đang bị giữ, giam hoặc thi hành án phạt tù", "the person is detained"),
        "other": ("có lý do chính đáng khác", "another good reason"),
    }
)
"""Reasons of NĐ 23/2015 art. 10; never for copies, which are taken in outside and numbered at the seat."""

AUTHORISATION_CASES = MappingProxyType(
    {
        "papers": ("nộp hộ, nhận hộ hồ sơ, giấy tờ", "handing in or fetching papers"),
        "benefits": ("nhận hộ lương hưu, bưu phẩm, trợ cấp, phụ cấp", "fetching a pension, post or benefits"),
        "house": ("nhờ trông nom nhà cửa", "looking after a house"),
        "policy_bank": (
            "thành viên hộ gia đình vay vốn Ngân hàng chính sách xã hội",
            "a family's loan of the bank for social policies",
        ),
    }
)
"""The four cases of TT 01/2020 art. 14; any other authorisation is certified as a transaction."""

ACTS = MappingProxyType(
    {codes.AMENDMENT: "sửa đổi, bổ sung, hủy bỏ", codes.ERROR_CORRECTION: "sửa lỗi sai sót"}
)
"""What an act does to an earlier transaction, as column 4 says it. That the correction of an error takes a
number of its own is unverified [U]."""
AUTHORISATION_PAPER = "giay_uy_quyen"
CV_PAPER = "so_yeu_ly_lich"


TOP_LEAST, TOP_MOST = 20, 230
"""Millimetres from the upper edge of an A4 sheet between which a text under a signature may begin (own)."""
MARGIN_MM, LINE_MM = 20, 7
"""A sheet counted in lines instead: its upper margin, and one line of common handwriting or type (own)."""


def text_under(facts: Circumstances | None) -> int:
    """Millimetres from the upper edge where the text stands on the paper itself; 0: on a page of its own."""
    if facts is None or facts.text_on != codes.TEXT_UNDER:
        return 0
    return facts.text_top


def signer_words(signer: Signer) -> str:
    """``Nguyễn Văn A, số 012…``, with ``(điểm chỉ)`` when it is a fingerprint."""
    words = f"{signer.name}, số {signer.id_number}"
    return f"{words} (điểm chỉ)" if signer.how == codes.FINGERPRINT else words


def parties_words(original: OriginalTaken, matter: str) -> str:
    """Column 3 of the registers of signatures and transactions: names with their identity papers."""
    facts = original.circumstances
    if matter in OF_COPIES or facts is None:
        return ""
    return "; ".join(signer_words(signer) for signer in facts.signers)[:600]


def paper_words(original: OriginalTaken) -> str:
    """Column 4: the paper, with the languages of a translation and what an act does to an earlier one."""
    facts = original.circumstances
    if facts is None:
        return original.name
    return ", ".join(filter(None, (original.name, ACTS.get(facts.act, ""), facts.languages)))[:120]


def remarks_words(original: OriginalTaken) -> str:
    """Column 8 from birth: where and when outside the office, why, witness, interpreter."""
    facts = original.circumstances
    if facts is None:
        return ""
    parts = [outside_words(facts)] if facts.outside_at else []
    if facts.witness is not None:
        parts.append(f"Người làm chứng: {signer_words(facts.witness)}")
    if facts.interpreter is not None:
        parts.append(f"Người phiên dịch: {signer_words(facts.interpreter)}")
    return "; ".join(parts)[:600]


def outside_words(facts: Circumstances) -> str:
    """Hour, minute, place and reason of a certification outside the office (art. 10)."""
    moment = vn_datetime(facts.outside_at)
    reason = OUTSIDE_GROUNDS.get(facts.outside_ground, (facts.outside_ground, ""))[0]
    return (
        f"Ngoài trụ sở, lúc {moment:%H} giờ {moment:%M} phút ngày {moment:%d/%m/%Y}"
        f" tại {facts.outside_place}: {reason}"
    )
