"""Codes of settings in words."""

from __future__ import annotations

from counter_app.services.ports.settings import IDLE_CHOICES, SCALES
from counter_app.ui.i18n import tr


def themes() -> tuple[tuple[str, str], ...]:
    """Looks to choose from."""
    return (
        ("system", tr("Theo Windows")),
        ("light", tr("Sáng")),
        ("dark", tr("Tối")),
        ("high_contrast", tr("Tương phản cao")),
    )


def scales() -> tuple[tuple[str, str], ...]:
    """Text sizes."""
    return tuple((str(scale), tr("{n} %").format(n=scale)) for scale in SCALES)


def languages() -> tuple[tuple[str, str], ...]:
    """Languages, each in its own words."""
    return (("vi", "Tiếng Việt"), ("en", "English"))


def on_off() -> tuple[tuple[str, str], ...]:
    """A switch."""
    return (("on", tr("Bật")), ("off", tr("Tắt")))


def idle() -> tuple[tuple[str, str], ...]:
    """Minutes until the screen locks."""
    return tuple(
        (str(minutes), tr("{n} phút").format(n=minutes) if minutes else tr("Theo vai trò"))
        for minutes in IDLE_CHOICES
    )


def places() -> tuple[tuple[str, str], ...]:
    """Where this PC stands."""
    return (("seat", tr("Tại trụ sở")), ("move", tr("Đi lưu động")))


def unit_setting(code: str) -> tuple[str, str]:
    """Name of a setting of the unit and who may change it."""
    known = {
        "who_numbers": (tr("Ai cấp số khi trình ký"), tr("Lãnh đạo quyết định")),
        "receiver_signs": (tr("Người tiếp nhận đồng thời là người ký"), tr("Lãnh đạo quyết định")),
        "medium_of_texts": (tr("Lời chứng in lên đâu"), tr("Lãnh đạo quyết định")),
        "copies_on_the_move": (tr("Bản sao nhận khi đi lưu động"), tr("Lãnh đạo quyết định")),
        "remote_commune": (tr("Thời hạn của xã vùng sâu"), tr("Lãnh đạo quyết định")),
    }
    return known.get(code, (code, tr("Lãnh đạo quyết định")))


def unit_value(code: str, value: str) -> str:
    """A value of a setting of the unit in words; an unknown one is shown as it is."""
    known = {
        ("who_numbers", "signatory"): tr("Người ký, bằng PIN của mình"),
        ("who_numbers", "registrar"): tr("Công chức tư pháp, theo văn bản của người ký"),
        ("receiver_signs", "warn"): tr("Cảnh báo"),
        ("receiver_signs", "allow"): tr("Cho phép"),
        ("receiver_signs", "forbid"): tr("Cấm"),
        ("medium_of_texts", "overlay"): tr("In lên trang cuối của bản sao"),
        ("medium_of_texts", "stamp"): tr("Dấu tay, in bảng kê số"),
        ("medium_of_texts", "half_sheet"): tr("Nửa tờ A4 kèm theo"),
        ("medium_of_texts", "label"): tr("Nhãn dán"),
        ("copies_on_the_move", "seat"): tr("Cấp số tại trụ sở"),
        ("copies_on_the_move", "anywhere"): tr("Cấp số tại chỗ"),
        ("remote_commune", "no"): tr("Không áp dụng"),
        ("remote_commune", "yes"): tr("Áp dụng nơi thủ tục có ghi"),
    }
    return known.get((code, value), value)
