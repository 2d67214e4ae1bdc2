"""What a comparison with the seals of years found, and what to do about it, in words."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.services.ports.saying import counted, say
from counter_app.services.seals import comparing as seals
from sync.protocol.naming.ids import is_province

_VERIFY = (
    "Không xóa gì, vẫn làm việc được. Kỹ thuật viên chạy commune-counter verify; tỉnh chạy"
    " commune-hub verify --unit: bên sai khôi phục từ bản sao lưu."
)
_VERIFY_EN = (
    "Delete nothing; work goes on. The technician runs commune-counter verify, the province"
    " commune-hub verify --unit: the side that is wrong restores a backup."
)
_CHANGED = (
    "Không tắt máy. Kỹ thuật viên khôi phục từ bản sao lưu; phần đã gửi tỉnh sẽ tự về đủ.",
    "Leave the PC on. The technician restores a backup; what the province holds comes back by itself.",
)
_WAITS = (
    "Nối tỉnh, hoặc nhận gói từ USB hay máy khác, rồi kiểm tra lại.",
    "Meet the province, or take a bundle from a stick or a sibling, then check again.",
)


def told(one: seals.SealStanding, owner: str) -> tuple[str, str]:
    """Sentence and way out of one comparison; ``owner`` names the counter of its ``place``, "" unknown."""
    if one.refused is not None:
        vi, en = one.refused.words("vi"), one.refused.words("en")
        return say(vi.title, en.title), say(vi.remedy, en.remedy)
    if one.place is not None:
        return _apart(one, owner)
    if one.verdict == seals.NOT_HERE_YET:
        title = say(
            f"Năm {one.year}: mới về đủ {one.whole}/{one.journals} nhật ký đã niêm, chưa thấy gì khác.",
            f"Year {one.year}: {one.whole} of {one.journals} sealed journals are here in full, none differs.",
        )
        return title, say(*_WAITS)
    items = f"{one.items:,}".replace(",", ".")
    title = say(
        f"Năm {one.year}: đúng như tỉnh đã niêm ({one.journals} nhật ký, {items} mục).",
        f"Year {one.year}: as the province sealed it ({counted(one.journals, 'journal', 'journals')},"
        f" {counted(one.items, 'item', 'items')}).",
    )
    return title, ""


def all_same(found: Sequence[seals.SealStanding]) -> list[str]:
    """What is as it was sealed: a sentence for one year, one for all where there are more."""
    same = [one for one in found if one.verdict == seals.SAME]
    years = sorted({one.year for one in same})
    if len(years) < 2:
        return [told(one, "")[0] for one in same[-1:]]
    between = f"{years[0]}-{years[-1]}"
    words = say(
        f"{len(years)} năm đã niêm ({between}): đúng như tỉnh đã niêm.",
        f"{len(years)} sealed years ({between}): as the province sealed them.",
    )
    return [words]


def _apart(one: seals.SealStanding, owner: str) -> tuple[str, str]:
    assert one.place is not None
    theirs = say("tỉnh", "the province") if is_province(one.place.journal) else ""
    whose = owner or theirs or say(f"nhật ký {one.place.journal}", f"journal {one.place.journal}")
    if one.verdict == seals.DAMAGED:
        title = say(
            f"Năm {one.year}: mục {one.place.seq} của {whose} đã bị đổi trên máy này.",
            f"Year {one.year}: item {one.place.seq} of {whose} was changed on this PC.",
        )
        return title, say(*_CHANGED)
    title = say(
        f"Năm {one.year}: các mục đến {one.place.seq} của {whose} KHÁC lúc tỉnh niêm.",
        f"Year {one.year}: the items up to {one.place.seq} of {whose} DIFFER from what the province sealed.",
    )
    return title, say(_VERIFY, _VERIFY_EN)
