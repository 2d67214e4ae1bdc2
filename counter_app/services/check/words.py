"""Why a list for the check of copies is not taken, in words; by code of the refusal."""

from __future__ import annotations

from counter_app.domain.errors import DomainError
from sync.protocol.refusals import Refusal

_OTHER = (
    "Không đọc được danh sách kiểm tra bản sao.",
    "Tệp bị hỏng khi chép, hoặc không phải danh sách của tỉnh.",
    "Lấy lại tệp *.mcl từ tỉnh.", "The list for the check of copies cannot be read.",
    "It was damaged on the way, or is no list of the province.",
    "Get the file *.mcl from the province again.",
)  # fmt: skip
_WORDS = {
    "not-authentic": (
        "Chữ ký của danh sách không đúng.", "Danh sách đã bị sửa. Máy vẫn giữ danh sách cũ.",
        "Lấy lại tệp *.mcl từ tỉnh; nếu vẫn vậy, báo kỹ thuật viên.", "The list's signature is wrong.",
        "It was changed. This PC keeps the old one.", "Get it again; if it repeats, tell the technician.",
    ),
    "hub-unknown": (
        "Danh sách của tỉnh khác.", "Máy này chỉ tin danh sách do tỉnh mình ký.",
        "Lấy danh sách của tỉnh mình.", "The list of another province.",
        "This PC believes its own province only.", "Get the list of your own province.",
    ),
    "list-expired": (
        "Danh sách đã hết hạn.", "Có thể có số đã huỷ mà danh sách này chưa ghi.",
        "Lấy danh sách mới của tỉnh.", "The list has expired.", "It may lack numbers annulled since.",
        "Get a new list of the province.",
    ),
    "list-older": (
        "Danh sách này cũ hơn danh sách đang có.", "Máy vẫn giữ danh sách mới hơn.",
        "Chọn tệp mới hơn.", "This list is older than the one held.", "This PC keeps the newer one.",
        "Choose a newer file.",
    ),
    "newer-format": (
        "Danh sách do bản mới hơn tạo ra.", "Bản đang chạy chưa đọc được.",
        "Cập nhật chương trình rồi nhận lại.", "The list comes from a newer version.",
        "This one cannot read it.", "Update the program, then take it again.",
    ),
}  # fmt: skip


def list_refused(refused: Refusal) -> DomainError:
    """The error a person sees for a refused list; code ``list.<code of the refusal>``."""
    title, meaning, remedy, title_en, meaning_en, remedy_en = _WORDS.get(refused.code, _OTHER)
    return DomainError(
        title, meaning, remedy, code=f"list.{refused.code.removeprefix('list-')}", title_en=title_en,
        meaning_en=meaning_en, remedy_en=remedy_en,
    )  # fmt: skip


def list_file_unreadable(name: str) -> DomainError:
    """The file could not be read or kept."""
    return DomainError(
        f"Không đọc hoặc không lưu được tệp {name}.", "Tệp đã bị rút, hoặc đĩa đầy.",
        "Kiểm tra USB và chỗ trống, rồi chọn lại.", code="list.file",
        title_en=f"{name} cannot be read or kept.", meaning_en="The stick was pulled, or the disk is full.",
        remedy_en="Check stick and free space, then choose again.",
    )  # fmt: skip
