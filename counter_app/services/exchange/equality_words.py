"""What a comparison with the province is called on the screen, and what to do about a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.errors import DomainError, Words
from counter_app.services.exchange.titles import kind_of
from counter_app.services.ports.exchange import DAMAGED, ENTRY_APART, READ_APART
from counter_app.services.ports.saying import counted, say
from sync.protocol.journals.entry import Entry
from sync.protocol.meeting.reading_digest import DOSSIERS, LINES, REQUESTS
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Refusal

if TYPE_CHECKING:
    from counter_app.services.exchange.equality import KeptProof

_READINGS = {
    LINES: ("dòng sổ chứng thực", "lines of the registers"),
    REQUESTS: ("phiếu chứng thực", "requests for certification"),
    DOSSIERS: ("hồ sơ", "dossiers"),
}
_APART = (
    "Không xóa gì, vẫn làm việc được. Kỹ thuật viên chạy commune-counter verify; tỉnh chạy"
    " commune-hub verify --unit: bên sai khôi phục từ bản sao lưu. Có bản sao của máy thì mở nhật ký mới."
)
_APART_EN = (
    "Delete nothing; work goes on. The technician runs commune-counter verify, the province"
    " commune-hub verify --unit: the side that is wrong restores a backup. A copied PC opens a new journal."
)
_REMEDY = {
    ENTRY_APART: (_APART, _APART_EN),
    READ_APART: (
        "Các mục giống nhau, chỉ cách đọc khác: chạy commune-counter rebuild rồi đối chiếu lại.",
        "The items are the same, only read otherwise: run commune-counter rebuild, then compare again.",
    ),
    DAMAGED: (
        "Không tắt máy. Kỹ thuật viên khôi phục từ bản sao lưu; phần đã gửi tỉnh sẽ tự về đủ.",
        "Leave the PC on. The technician restores a backup; what the province holds comes back by itself.",
    ),
}


def never() -> tuple[str, str]:
    """Before the first comparison."""
    return say("Chưa đối chiếu từng mục với tỉnh.", "Not compared with the province item by item yet."), say(
        "Trang Đồng bộ, Ctrl D; máy cũng tự làm mỗi đêm.",
        "Sync page, Ctrl D; the PC also does it each night.",
    )


def told(kept: KeptProof, now: int, entry: Entry | None, owner: str) -> tuple[str, str]:
    """Sentence and way out of a comparison; ``entry`` is the first that differs, ``owner`` its counter."""
    if kept.verdict == ENTRY_APART:
        where = _place(kept.first, entry, owner)
        title = say(f"Không khớp với tỉnh từ {where}.", f"Differs from the province from {where} on.")
    elif kept.verdict == DAMAGED:
        where = _place(kept.first, entry, owner)
        title = say(f"Nội dung trên máy này đã bị đổi: {where}.", f"Changed on this PC: {where}.")
    elif kept.verdict == READ_APART:
        vi, en = _READINGS.get(kept.reading, (kept.reading, kept.reading))
        title = say(f"Đọc khác tỉnh: {vi}.", f"Read otherwise than by the province: {en}.")
    else:
        return _equal(kept, now), ""
    return title, say(*_REMEDY[kept.verdict])


def _equal(kept: KeptProof, now: int) -> str:
    moment = vn_datetime(kept.at)
    when = f"{moment:%H:%M}"
    if moment.date() != vn_datetime(now).date():
        when = f"{when} {short_date(moment.date())}"
    items = f"{kept.compared:,}"
    words = say(
        f"Khớp với tỉnh lúc {when} · {items.replace(',', '.')} mục",
        f"Same as the province at {when} · {counted(kept.compared, 'item', 'items')}",
    )
    return words + say(" (theo tệp)", " (by file)") if kept.by_file else words


def _place(first: EntryId | None, entry: Entry | None, owner: str) -> str:
    """``mục 45 của QUẦY-02, 20/11/2026 (Cấp số một xấp)``."""
    assert first is not None
    theirs = say("tỉnh", "the province") if is_province(first.journal) else ""
    whose = owner or theirs or say(f"nhật ký {first.journal}", f"journal {first.journal}")
    when = "" if entry is None else f", {short_date(vn_datetime(entry.facts.at).date())} ({kind_of(entry)})"
    return say(f"mục {first.seq} của {whose}{when}", f"item {first.seq} of {whose}{when}")


def not_compared(told: tuple[Words, Words] | None) -> DomainError:
    """The province gave no answer that could be compared with."""
    vi, en = told if told is not None else (Words("", "", ""), Words("", "", ""))
    return DomainError(
        "Chưa đối chiếu được với tỉnh.",
        f"{vi.title} Kết quả đối chiếu lần trước vẫn giữ.",
        f"{vi.remedy} Mất mạng lâu thì xin tỉnh tệp đối chiếu.",
        code="equality.line",
        title_en="Not compared with the province.",
        meaning_en=f"{en.title} The last comparison is kept.",
        remedy_en=f"{en.remedy} Without a line for long, ask the province for its file of heads.",
    )


def bad_file(error: Exception) -> DomainError:
    """No file of this province about this unit."""
    why = error.code if isinstance(error, Refusal) else type(error).__name__
    return DomainError(
        "Không đọc được tệp đối chiếu.",
        f"Tệp hỏng, hoặc không phải của tỉnh này viết cho đơn vị này ({why}). Không có gì thay đổi.",
        "Chép lại tệp, hoặc xin tỉnh tệp mới.", code="equality.file",
        title_en="The file of heads cannot be used.",
        meaning_en=f"It is damaged, or not of this province for this unit ({why}). Nothing was changed.",
        remedy_en="Copy it again, or ask the province for a new one.",
    )  # fmt: skip
