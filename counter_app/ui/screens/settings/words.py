"""Codes of settings in words."""

from __future__ import annotations

from counter_app.services.ports.settings import (
    BEFORE,
    IDLE_CHOICES,
    LATER,
    NOW,
    SCALES,
    PhotocopyPriceRow,
    UnitSetting,
)
from counter_app.ui.formatting import money
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


def unit_setting(code: str) -> str:
    """Name of a setting of the unit."""
    known = {
        "who_numbers": tr("Ai cấp số khi trình ký"),
        "receiver_signs": tr("Người tiếp nhận đồng thời là người ký"),
        "medium_of_texts": tr("Lời chứng in lên đâu"),
        "text_of_signatures": tr("Lời chứng chữ ký đặt ở đâu"),
        "copies_on_the_move": tr("Bản sao nhận khi đi lưu động"),
        "remote_commune": tr("Thời hạn của xã vùng sâu"),
        "contact_phone": tr("Điện thoại bộ phận một cửa"),
    }
    return known.get(code, code)


def unit_meaning(code: str) -> str:
    """What a setting of the unit does, and where the law speaks of it."""
    known = {
        "who_numbers": tr("Công chức tư pháp cấp số bằng khóa của mình, dưới văn bản của người ký."),
        "receiver_signs": tr("Thông tư 01/2020/TT-BTP Điều 11 cho phép. Cấm: F4 không trình cho chính mình."),
        "medium_of_texts": tr("Cách in lời chứng bản sao ở mọi máy in của đơn vị."),
        "text_of_signatures": tr("Áp dụng khi dòng không ghi khác."),
        "copies_on_the_move": tr(
            "Ngoài trụ sở: Nghị định 23/2015/NĐ-CP Điều 10. Quy định mới chưa kiểm chứng."
        ),
        "remote_commune": tr("Chỉ thủ tục có ghi thời hạn riêng. Xã nào được áp dụng: chưa kiểm chứng."),
    }
    return known.get(code, "")


def unit_story(setting: UnitSetting) -> str:
    """Since when a setting holds, by whom and why; or that it is the default."""
    if not setting.since:
        return tr("mặc định, lãnh đạo quyết định") if not setting.is_set else tr("đơn vị đã đặt")
    said = tr("từ {since} · {by}").format(since=setting.since, by=setting.by or "–")
    return f"{said} · {setting.ground}" if setting.ground else said


def per_page(dong: int) -> str:
    """``500 đ một trang``"""
    return tr("{money} một trang").format(money=money(dong))


def price_story(row: PhotocopyPriceRow) -> str:
    """Since when a price holds, by which decision, who wrote it down."""
    said = tr("từ {since} · {decision}").format(since=row.since, decision=row.decision)
    return f"{said} · {row.by}" if row.by else said


def price_line(row: PhotocopyPriceRow) -> str:
    """One price of the list: amount, whether it holds, its story."""
    state = {NOW: tr("đang áp dụng"), LATER: tr("sắp áp dụng"), BEFORE: tr("đã thôi")}.get(row.state, "")
    return f"{per_page(row.dong)} ({state}): {price_story(row)}"


def price_of_this_pc(dong: int) -> str:
    """What was typed at this PC before prices were the unit's."""
    return tr("{money}: nhập tại máy này, chỉ dùng cho ngày trước giá của đơn vị").format(
        money=per_page(dong)
    )


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
        ("text_of_signatures", "page"): tr("Tờ riêng kèm theo"),
        ("text_of_signatures", "under"): tr("Ngay dưới chữ ký"),
        ("copies_on_the_move", "seat"): tr("Cấp số tại trụ sở"),
        ("copies_on_the_move", "anywhere"): tr("Cấp số tại chỗ"),
        ("remote_commune", "no"): tr("Không áp dụng"),
        ("remote_commune", "yes"): tr("Áp dụng nơi thủ tục có ghi"),
    }
    return known.get((code, value), value)
