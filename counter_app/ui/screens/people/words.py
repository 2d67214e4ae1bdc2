"""Terms of written acts in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter_app.services.ports.officials import ActView
from counter_app.ui.formatting import day
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, Shell


def term_words(act: ActView) -> str:
    """From when to when."""
    if not act.last_day:
        return tr("từ {first}, không hạn").format(first=day(act.valid_from))
    return tr("{first} – {last}").format(first=day(act.valid_from), last=day(act.last_day))


def ending(acts: Sequence[ActView]) -> list[ActView]:
    """Acts that end with the year or within a week, and that none follows."""
    return [act for act in acts if (act.with_year or act.days_left >= 0) and not act.followed]


def ending_words(acts: Sequence[ActView]) -> tuple[str, str]:
    """Title and sentence of the notice about them."""
    title = tr("{n} văn bản giao ký sắp hết hiệu lực.").format(n=len(acts))
    names = "; ".join(f"{act.act_number} ({act.official_name}, {day(act.last_day)})" for act in acts)
    return title, tr("{names}. Ctrl+D: lập văn bản mới.").format(names=names)


def legend_of(acts: bool, commit: str) -> tuple[KeyHint, ...]:
    """Keys of the page; ``acts``: the list of acts stands."""
    renew = KeyHint("Ctrl D", tr("Lập văn bản mới"))
    if acts:
        return (
            renew, KeyHint("Ctrl P", tr("Xem ảnh")), KeyHint("Ctrl O", tr("Nhập ảnh")),
            KeyHint("1", tr("Cán bộ")), KeyHint("F9", commit),
        )  # fmt: skip
    return (
        KeyHint("Ctrl 1", tr("Cán bộ mới")), KeyHint("Ctrl 2", tr("Văn bản giao ký")),
        KeyHint("Ctrl 3", tr("Thay đổi, dừng")), KeyHint("Ctrl 4", tr("Thay mật khẩu")),
        KeyHint("Alt Enter", tr("Có mặt, vắng")), renew, KeyHint("F9", commit),
    )  # fmt: skip


def ask_until(shell: Shell, name: str, then: Callable[[str], None]) -> None:
    """Until when he is away: the rest of the day (""), or a time as it is typed."""
    times = (
        ("", tr("Hết hôm nay")),
        *((one, tr("Đến {time}").format(time=one)) for one in ("13:30", "15:00")),
    )
    shell.ask_reason(
        tr("Vắng mặt"), times, lambda code, typed: then(typed or code),
        words=tr("{name} vắng đến mấy giờ? Giờ khác thì ghi, ví dụ 15:30.").format(name=name),
        commit_words=tr("Ghi vắng mặt"),
    )  # fmt: skip
