"""What can go wrong outside our code, in words: disk full, locked, damaged, wrong key, read-only.

SQLite's errors are translated here, at the edge, by one table; whatever the table does not know is a bug
and passes untouched to the funnel for bugs.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlcipher3 import dbapi2 as driver
from sqlcipher3.dbapi2 import Error as DriverError

from counter_app.domain.errors import Language, Words

__all__ = ["DriverError", "StoreError", "driver", "store_error", "translate"]


class _Said(NamedTuple):
    vi: Words
    en: Words


_SAID: dict[str, _Said] = {
    "store.key": _Said(
        Words(
            "Không mở được kho dữ liệu của máy này.",
            "Khóa không khớp với kho, hoặc tệp đã bị hỏng phần đầu. Dữ liệu chưa bị thay đổi.",
            "Dùng khóa khôi phục, hoặc khôi phục từ bản sao lưu gần nhất. Gọi kỹ thuật viên.",
        ),
        Words(
            "The store of this PC does not open.",
            "The key does not fit, or the beginning of the file is damaged. Nothing was changed.",
            "Use the recovery key, or restore the latest backup. Call the technician.",
        ),
    ),
    "store.damaged": _Said(
        Words(
            "Kho dữ liệu có trang bị hỏng.",
            "Đĩa hoặc tệp đã hỏng một phần; những gì đã gửi tỉnh và máy bên cạnh vẫn còn.",
            "Không tắt máy. Gọi kỹ thuật viên để khôi phục từ bản sao lưu.",
        ),
        Words(
            "A page of the store is damaged.",
            "Disk or file is partly broken; what the province and the other PCs hold is safe.",
            "Leave the PC on. Call the technician to restore a backup.",
        ),
    ),
    "store.full": _Said(
        Words(
            "Đĩa của máy đã đầy, chưa ghi được.",
            "Việc vừa làm chưa được lưu; mọi việc trước đó vẫn nguyên.",
            "Xóa bớt tệp không cần trên đĩa rồi làm lại bước vừa rồi.",
        ),
        Words(
            "The disk is full: this was not written.",
            "What you just did is not saved; everything before it is.",
            "Free some space on the disk, then repeat the last step.",
        ),
    ),
    "store.locked": _Said(
        Words(
            "Kho dữ liệu đang bận.",
            "Một chương trình khác đang giữ kho quá lâu; việc vừa làm chưa được lưu.",
            "Đợi một lát rồi làm lại. Nếu vẫn bận, tắt phần mềm sao chép hoặc quét vi-rút đang mở tệp này.",
        ),
        Words(
            "The store is busy.",
            "Another program holds it for too long; what you just did is not saved.",
            "Wait a moment and repeat. If it stays busy, stop the copying or anti-virus program.",
        ),
    ),
    "store.readonly": _Said(
        Words(
            "Kho dữ liệu chỉ đọc được, không ghi được.",
            "Thư mục hoặc tệp đang bị khóa ghi; việc vừa làm chưa được lưu.",
            "Gọi kỹ thuật viên mở quyền ghi cho thư mục dữ liệu.",
        ),
        Words(
            "The store can be read but not written.",
            "Its folder or file is write-protected; what you just did is not saved.",
            "Ask the technician to allow writing in the data folder.",
        ),
    ),
    "store.disk": _Said(
        Words(
            "Đĩa báo lỗi khi đọc hoặc ghi kho dữ liệu.",
            "Việc vừa làm chưa được lưu; đĩa có thể sắp hỏng.",
            "Sao lưu ngay ra USB, rồi gọi kỹ thuật viên.",
        ),
        Words(
            "The disk reports an error while reading or writing the store.",
            "What you just did is not saved; the disk may be failing.",
            "Back up to a USB stick at once, then call the technician.",
        ),
    ),
    "store.absent": _Said(
        Words(
            "Không thấy hoặc không mở được tệp kho dữ liệu.",
            "Tệp đã bị chuyển đi, hoặc thư mục không cho mở.",
            "Kiểm tra thư mục dữ liệu, hoặc khôi phục từ bản sao lưu.",
        ),
        Words(
            "The file of the store is missing or cannot be opened.",
            "It was moved away, or its folder may not be entered.",
            "Check the data folder, or restore a backup.",
        ),
    ),
    "store.sqlite": _Said(
        Words(
            "Bản SQLite trên máy này có lỗi đã biết, có thể làm mất dữ liệu.",
            "Chương trình không mở kho bằng bản này.",
            "Cài lại chương trình bằng bộ cài đi kèm.",
        ),
        Words(
            "This PC's SQLite has a known fault that can lose data.",
            "The program does not open the store with it.",
            "Install the program again from its own installer.",
        ),
    ),
    "store.append_only": _Said(
        Words(
            "Mục đã ghi thì không sửa, không xóa được.",
            "Kho đã ngăn một lệnh sửa nhật ký; không có gì thay đổi.",
            "Ghi một mục đính chính. Nếu thấy lỗi này lần nữa, báo kỹ thuật viên.",
        ),
        Words(
            "What was written is never changed or deleted.",
            "The store stopped a command that would have changed the journal; nothing changed.",
            "Write a correcting entry. If you see this again, tell the technician.",
        ),
    ),
    "store.newer": _Said(
        Words(
            "Kho dữ liệu do bản mới hơn của chương trình tạo ra.",
            "Bản đang chạy không hiểu hết kho này nên không mở để khỏi làm hỏng.",
            "Cập nhật chương trình rồi mở lại.",
        ),
        Words(
            "The store was made by a newer version of the program.",
            "This version does not understand all of it and leaves it closed so as not to harm it.",
            "Update the program and open it again.",
        ),
    ),
    "store.in_use": _Said(
        Words(
            "Chương trình đang chạy ở cửa sổ khác.",
            "Mỗi máy chỉ một chương trình được giữ kho dữ liệu.",
            "Chuyển sang cửa sổ đang mở, hoặc đóng nó rồi mở lại.",
        ),
        Words(
            "The program is already running.",
            "Only one program of a PC may hold the store.",
            "Go to the open window, or close it and start again.",
        ),
    ),
    "store.no_journal": _Said(
        Words(
            "Máy này chưa được ghi danh.",
            "Chưa có nhật ký của máy nên chưa ghi được việc gì.",
            "Ghi danh máy bằng tệp cấp phát hoặc mã của tỉnh (trang Kỹ thuật viên).",
        ),
        Words(
            "This PC is not enrolled yet.",
            "It has no journal of its own, so nothing can be written.",
            "Enrol it with the province's file or code (Technician page).",
        ),
    ),
    "store.stopped": _Said(
        Words(
            "Máy này tạm ngừng ghi nhật ký.",
            "Có hai bản của cùng một kho dữ liệu (bản sao chép hoặc khôi phục). Không mất gì.",
            "Kỹ thuật viên mở nhật ký mới cho máy này (trang Kỹ thuật viên, Ghi danh lại).",
        ),
        Words(
            "This PC has stopped writing its journal.",
            "Two copies of one store exist (copied or restored). Nothing is lost.",
            "The technician opens a new journal for this PC (Technician page, enrol again).",
        ),
    ),
    "store.unreadable": _Said(
        Words(
            "Cần bản mới để xử lý tiếp.",
            "Hồ sơ này có mục mà bản đang chạy chưa hiểu; chỉ xem được.",
            "Cập nhật chương trình rồi làm tiếp.",
        ),
        Words(
            "A newer version is needed to go on.",
            "This case holds an entry that this version does not understand; it can only be read.",
            "Update the program, then go on.",
        ),
    ),
    "backup.bad": _Said(
        Words(
            "Bản sao lưu không dùng được.",
            "Mở thử bản sao lưu thì thấy hỏng hoặc thiếu; bản này không được tính.",
            "Sao lưu lại vào nơi khác (USB khác, ổ khác).",
        ),
        Words(
            "The backup cannot be used.",
            "Opened for a trial it proved damaged or incomplete; it does not count.",
            "Back up again to another place (another stick or disk).",
        ),
    ),
    "secret.passphrase": _Said(
        Words(
            "Mật khẩu mở khóa chưa đúng.",
            "Khóa của kho được cất bằng mật khẩu; mật khẩu này không mở được.",
            "Nhập lại mật khẩu, hoặc dùng khóa khôi phục của tỉnh.",
        ),
        Words(
            "The passphrase is not right.",
            "The key of the store is kept under a passphrase, and this one does not open it.",
            "Type it again, or use the province's recovery key.",
        ),
    ),
    "secret.absent": _Said(
        Words(
            "Không thấy khóa của kho dữ liệu trên máy này.",
            "Nơi cất khóa của hệ điều hành trống hoặc không dùng được, và không có tệp khóa dự phòng.",
            "Dùng khóa khôi phục của tỉnh, hoặc khôi phục máy từ bản sao lưu.",
        ),
        Words(
            "The key of the store is not on this PC.",
            "The system's secret store is empty or out of order, and there is no key file either.",
            "Use the province's recovery key, or restore the PC from a backup.",
        ),
    ),
}

CODES: tuple[str, ...] = tuple(_SAID)
"""Every code a ``StoreError`` can carry."""

_BY_TEXT: tuple[tuple[str, str], ...] = (
    ("file is not a database", "store.key"),
    ("file is encrypted", "store.key"),
    ("hmac check failed", "store.damaged"),
    ("malformed", "store.damaged"),
    ("disk is full", "store.full"),
    ("database is locked", "store.locked"),
    ("database table is locked", "store.locked"),
    ("readonly database", "store.readonly"),
    ("disk i/o error", "store.disk"),
    ("unable to open database", "store.absent"),
    ("journal: ", "store.append_only"),
)


class StoreError(Exception):
    """Something outside the program is wrong with the store, told in words.

    ``code`` is stable (``store.full`` …); the words may change. ``detail`` is for the log only.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{_SAID[code].en.title} [{code}] {detail}".rstrip())
        self.code = code
        self.detail = detail

    @property
    def title(self) -> str:
        """What happened, in Vietnamese."""
        return self.words().title

    @property
    def meaning(self) -> str:
        """What it means, in Vietnamese."""
        return self.words().meaning

    @property
    def remedy(self) -> str:
        """What to do, in Vietnamese."""
        return self.words().remedy

    def words(self, language: Language = "vi") -> Words:
        """Title, meaning and remedy in the language of the screen."""
        said = _SAID[self.code]
        return said.en if language == "en" else said.vi


def store_error(error: BaseException) -> StoreError | None:
    """The words for a driver's error, or None when it is not an outside fault but a bug of ours."""
    text = str(error).casefold()
    for sign, code in _BY_TEXT:
        if sign in text:
            return StoreError(code, str(error))
    return None


def translate(error: BaseException) -> BaseException:
    """The ``StoreError`` for ``error`` where there is one, else ``error`` itself, ready to be raised."""
    return store_error(error) or error
