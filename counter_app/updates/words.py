"""Why an update does not go on, in words; every refusal leaves the PC with the version it has."""

from __future__ import annotations

from typing import Final, NamedTuple

from counter_app.domain.errors import Words
from counter_app.errors import OutsideError


class _Said(NamedTuple):
    vi: Words
    en: Words


_KEEPS: Final = "Máy vẫn dùng bản đang có, không mất gì."
_KEEPS_EN: Final = "The PC keeps the version it has; nothing is lost."
_CALL: Final = "Lấy lại tệp từ tỉnh. Nếu vẫn vậy, báo tỉnh."
_CALL_EN: Final = "Get the files from the province again; if it stays, tell the province."


def _said(vi: str, en: str, do: str = _CALL, do_en: str = _CALL_EN) -> _Said:
    return _Said(Words(vi, _KEEPS, do), Words(en, _KEEPS_EN, do_en))


_INSTALLER: Final = ("Cài bằng bộ cài đầy đủ.", "Use the full installer.")
SAID: Final[dict[str, _Said]] = {
    "update.no_keys": _said(
        "Bản cài này không có khóa của nơi phát hành, nên không nhận bản cập nhật.",
        "This installation holds no publisher's keys, so it takes no updates.", *_INSTALLER,
    ),
    "update.not_installed": _said(
        "Chương trình không chạy từ bản cài đặt, nên không tự cập nhật.",
        "The program does not run from an installation, so it does not update itself.", *_INSTALLER,
    ),
    "update.unreadable": _said("Không đọc được bản kê cập nhật.", "The update's manifest cannot be read."),
    "update.signatures": _said(
        "Bản kê cập nhật không có đủ hai chữ ký của nơi phát hành.",
        "The update's manifest lacks two signatures of the publisher.",
        "Không dùng tệp này. Báo tỉnh.", "Do not use this file. Tell the province.",
    ),
    "update.old": _said(
        "Bản kê cập nhật cũ hơn bản kê máy đã nhận.", "The manifest is older than one this PC has seen.",
    ),
    "update.mixed": _said(
        "Hai bản kê khác nhau mang cùng một số, hoặc tệp không khớp bản kê.",
        "Two different manifests carry one number, or a file is not the manifest's.",
    ),
    "update.expired": _said("Bản kê cập nhật đã hết hạn.", "The update's manifest has expired."),
    "update.endless": _said(
        "Bản kê cập nhật không có hạn hợp lệ (từ 90 đến 400 ngày).",
        "The manifest's term is not a proper one (90 to 400 days).",
    ),
    "update.damaged": _said("Tệp cập nhật bị hỏng hoặc bị sửa.",
    "An update's file is damaged or was changed."),
    "update.missing": _said(
        "Chưa lấy được tệp cập nhật.", "The update's file could not be had.",
        "Thử lại sau, hoặc chép tệp bằng USB.", "Try again later, or bring the files on a stick.",
    ),
    "update.not_now": _said(
        "Chưa tải bản cập nhật lúc này.", "The update is not fetched now.",
        "Hết dung lượng của ngày, đang giờ mạng tính tiền, hoặc đang giờ làm việc: máy tự tải tiếp sau. "
        "Cần ngay thì chép tệp bằng USB.",
        "The day's bytes are spent, they are paid for now, or the unit is open: the PC goes on later. "
        "If it must be now, bring the files on a stick.",
    ),
    "update.later": _said(
        "Máy khác của đơn vị đang tải bản này.", "Another PC of the unit is fetching this version.",
        "Không phải làm gì: máy này sẽ lấy qua mạng nội bộ.",
        "Nothing: this PC will take it over the office LAN.",
    ),
    "update.refused": _said(
        "Bản này đã không khởi động được trên máy này.", "This version did not start on this PC before.",
        "Chờ bản sau; báo tỉnh.", "Wait for the next version; tell the province.",
    ),
    "update.runtime": _said(
        "Bản này cần bộ chạy mới.", "This version needs a newer runtime.", *_INSTALLER,
    ),
    "update.self_test": _said(
        "Bản mới không qua được tự kiểm tra trên máy này.",
        "The new version failed its self-test on this PC.",
        "Báo tỉnh kèm kết quả tự kiểm tra.", "Tell the province, with the result of the self-test.",
    ),
    "update.rehearsal": _said(
        "Bản mới không mở được bản sao của kho dữ liệu.",
        "The new version could not open a copy of the store.",
        "Báo tỉnh; kho dữ liệu thật chưa bị động đến.",
        "Tell the province; the store itself was not touched.",
    ),
    "update.disk": _said(
        "Không ghi được bản cập nhật: hết chỗ hoặc không có quyền.",
        "The update could not be written: no room or no permission.",
        "Dọn ổ đĩa hoặc kiểm tra quyền, rồi làm lại.", "Free the disk or check permissions, then try again.",
    ),
}  # fmt: skip
"""Every code with its words in both languages."""


class UpdateError(OutsideError):
    """An update that does not go on; ``code`` is one of ``SAID``."""

    def __init__(self, code: str, detail: str = "") -> None:
        said = SAID[code]
        super().__init__(code, said.vi, said.en, detail)
