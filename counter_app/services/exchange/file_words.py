"""Words for every way a bundle file can be refused; nothing was changed in any of them."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.errors import DomainError, Words
from counter_app.services.ports.saying import counted, say
from sync.client.files import (
    FORBIDDEN,
    NO_ROOM,
    PULLED_OUT,
    READ_ONLY,
    UNREADABLE,
    UNWRITABLE,
    Imported,
)

_BY_MAIL = "Ghi gói vào thư mục của chương trình rồi gửi bằng thư công vụ."
_BY_MAIL_EN = "Write the bundle to the program's own folder and send it by official e-mail."
_UNCHANGED = "Máy này chưa thay đổi gì."
_UNCHANGED_EN = "Nothing was changed on this PC."

REFUSALS: dict[str, tuple[Words, Words]] = {
    "not-ours": (
        Words("Đây không phải gói dữ liệu.", f"Tệp không phải gói .mcx. {_UNCHANGED}", "Chọn tệp .mcx."),
        Words("This is no bundle.", f"The file is no .mcx bundle. {_UNCHANGED_EN}", "Choose an .mcx file."),
    ),
    "cut-short": (
        Words("Gói bị cụt.", f"Chép chưa xong hoặc rút USB sớm. {_UNCHANGED}", "Chép lại gói từ nơi xuất."),
        Words("The bundle is cut short.", f"The copying was interrupted. {_UNCHANGED_EN}", "Copy it again."),
    ),
    "damaged": (
        Words("Gói bị hỏng.",
              f"Nội dung đã đổi trên đường đi, USB lỗi, hoặc nơi gửi giữ khóa khác của xã này. {_UNCHANGED}",
              "Xuất và chép lại gói, dùng USB khác. Vẫn vậy thì gọi tỉnh: có thể tỉnh đã lập lại xã bằng"
              " khóa mới."),
        Words("The bundle is damaged.",
              f"It changed on the way, the stick fails, or its sender holds another key of this unit."
              f" {_UNCHANGED_EN}",
              "Export and copy it again, on another stick. Else call the province: it may have set the unit"
              " up under another key."),
    ),
    "other-unit": (
        Words("Gói của đơn vị khác.", f"Gói được niêm phong cho xã khác. {_UNCHANGED}",
              "Chọn gói của đúng đơn vị."),
        Words("The bundle is another unit's.", f"It is sealed for another commune. {_UNCHANGED_EN}",
              "Choose a bundle of this unit."),
    ),
    "key-unknown": (
        Words("Máy này chưa có khóa mở gói.", f"Khóa của đơn vị đã đổi sau lần nối cuối. {_UNCHANGED}",
              "Nối tỉnh một lần rồi nhập lại gói."),
        Words("This PC lacks the key of the bundle.", f"The unit's key has changed. {_UNCHANGED_EN}",
              "Meet the province once, then import again."),
    ),
    "not-authentic": (
        Words("Chữ ký của gói không đúng.",
              f"Gói đã bị sửa, hoặc không do máy ghi trên gói tạo. {_UNCHANGED}",
              "Xuất lại gói; nếu vẫn vậy, báo kỹ thuật viên."),
        Words("The bundle's signature is wrong.", f"It was changed, or another PC made it. {_UNCHANGED_EN}",
              "Export it again; if it repeats, tell the technician."),
    ),
    "sender-unknown": (
        Words("Chưa biết máy đã xuất gói này.", f"Máy đó ghi danh sau lần nối cuối. {_UNCHANGED}",
              "Nhập gói đầu tiên của máy đó, hoặc nối tỉnh rồi nhập lại."),
        Words("The PC that made the bundle is not known here.",
              f"It enrolled after the last meeting. {_UNCHANGED_EN}",
              "Import that PC's first bundle, or meet the province."),
    ),
    "newer-format": (
        Words("Gói do bản mới hơn tạo ra.", f"Bản đang chạy chưa đọc được. {_UNCHANGED}",
              "Cập nhật chương trình rồi nhập lại."),
        Words("The bundle comes from a newer version.", f"This one cannot read it. {_UNCHANGED_EN}",
              "Update the program, then import again."),
    ),
    "part-missing": (
        Words("Gói thiếu phần.", f"Một gói nhiều phần chỉ nhận khi đủ. {_UNCHANGED}",
              "Nhập các phần còn thiếu khi có; không phải nhập lại các phần đã có."),
        Words("A part is missing.", f"A bundle in parts is taken whole. {_UNCHANGED_EN}",
              "Import the parts that lack when they come; those held need not come again."),
    ),
    "parts-differ": (
        Words("Các phần thuộc những gói khác nhau.",
              _UNCHANGED, "Để các phần của một gói vào riêng một thư mục."),
        Words("The parts are of different bundles.", _UNCHANGED_EN, "Keep one bundle's parts in one folder."),
    ),
    "too-large": (
        Words("Gói lớn quá mức.", f"Không gói nào của chương trình lớn như vậy. {_UNCHANGED}",
              "Kiểm tra lại tệp đã chọn."),
        Words("The bundle is too large.", f"None of ours is that large. {_UNCHANGED_EN}",
              "Check the file that was chosen."),
    ),
    "dictionary-unknown": (
        Words("Gói nén theo bảng mới hơn.", _UNCHANGED, "Cập nhật chương trình rồi nhập lại."),
        Words("The bundle is packed with a newer table.", _UNCHANGED_EN, "Update the program."),
    ),
    FORBIDDEN: (
        Words("Máy này không cho đọc tệp ở đó.",
              f"Chính sách của máy chặn USB, hoặc tài khoản không có quyền. {_UNCHANGED}",
              "Nhận gói bằng thư công vụ và lưu vào máy, hoặc báo kỹ thuật viên."),
        Words("This PC does not allow reading there.",
              f"A rule of the PC blocks the stick, or the account has no right. {_UNCHANGED_EN}",
              "Take the bundle from official e-mail, saved on this PC, or tell the technician."),
    ),
    UNREADABLE: (
        Words("Không đọc được tệp.", f"USB đã rút, hoặc tệp không còn. {_UNCHANGED}",
              "Cắm lại USB rồi thử lại."),
        Words("The file cannot be read.", f"The stick is gone, or the file is. {_UNCHANGED_EN}",
              "Put the stick back and try again."),
    ),
}  # fmt: skip
_MALFORMED = REFUSALS["damaged"]

WRITING: dict[str, tuple[Words, Words]] = {
    NO_ROOM: (
        Words("USB hoặc đĩa không đủ chỗ.", "Chưa có tệp nào được ghi.", "Xóa bớt hoặc dùng USB khác."),
        Words("Stick or disk has no room.", "No file was written.", "Free some room or take another stick."),
    ),
    READ_ONLY: (
        Words("Nơi lưu chỉ đọc được, không ghi được.", "Chưa có tệp nào được ghi.",
              f"Mở khóa ghi trên USB. Nếu không được: {_BY_MAIL}"),
        Words("The place is read-only.", "No file was written.",
              f"Unlock the stick. If that does not help: {_BY_MAIL_EN}"),
    ),
    FORBIDDEN: (
        Words("Máy này không cho ghi vào USB.",
              "Chưa có tệp nào được ghi. Chính sách của máy chặn ghi ra USB, hoặc tài khoản không có quyền.",
              _BY_MAIL),
        Words("This PC does not allow writing to the stick.",
              "A rule of the PC blocks it, or the account has no right. No file was written.", _BY_MAIL_EN),
    ),
    PULLED_OUT: (
        Words("USB đã rút ra hoặc lỗi trong lúc ghi.",
              "Gói chưa ghi xong. Tệp dở trên USB, nếu có, sẽ bị từ chối khi nhập.",
              f"Cắm lại USB rồi xuất lại, hoặc dùng USB khác. {_BY_MAIL}"),
        Words("The stick was pulled out or failed while writing.",
              "The bundle is not whole. A half file on the stick, if any, is refused when imported.",
              f"Put it back and export again, or take another stick. {_BY_MAIL_EN}"),
    ),
    UNWRITABLE: (
        Words("Không ghi được gói vào nơi này.", "Chưa có tệp nào được ghi; USB có thể đã rút hoặc lỗi.",
              "Cắm lại USB, hoặc chọn thư mục khác."),
        Words("The bundle cannot be written there.", "No file was written.",
              "Put the stick back or choose another folder."),
    ),
}  # fmt: skip


def refused(taken: Imported, name: str, held: Sequence[int] = ()) -> DomainError:
    """Why the parcel was not taken; code ``file.<refusal>``. ``held`` are its parts that are kept here."""
    vi, en = REFUSALS.get(taken.code, _MALFORMED)
    title, title_en = vi.title, en.title
    if taken.missing:
        numbers = ", ".join(map(str, taken.missing))
        title, title_en = f"Gói thiếu phần {numbers}.", f"Part {numbers} is missing."
    kept = ", ".join(map(str, held if taken.missing else ()))
    meaning, meaning_en = vi.meaning, en.meaning
    if kept:
        held_vi, held_en = f"Máy đã giữ phần {kept}, tắt máy vẫn còn.", f"Part {kept} is kept here for good."
        meaning, meaning_en = f"{meaning} {held_vi}", f"{meaning_en} {held_en}"
    return DomainError(
        title, f"{meaning} ({taken.file or name})", vi.remedy, "file", code=f"file.{taken.code}",
        title_en=title_en, meaning_en=f"{meaning_en} ({taken.file or name})", remedy_en=en.remedy,
    )  # fmt: skip


def write_failed(code: str) -> DomainError:
    """Why no file was written; code ``file.write``."""
    vi, en = WRITING.get(code, WRITING[UNWRITABLE])
    return DomainError(
        vi.title, vi.meaning, vi.remedy, "folder", code="file.write",
        title_en=en.title, meaning_en=en.meaning, remedy_en=en.remedy,
    )  # fmt: skip


def imported_sentence(taken: Imported) -> str:
    """What a parcel brought."""
    new = counted(taken.applied, "item was", "items were")
    parts = [
        say(f"Đã nhập {taken.applied} mục.", f"{new} imported.")
        if taken.applied
        else say("Gói này không có mục nào mới.", "There is nothing new in this bundle.")
    ]
    if taken.acknowledged:
        parts.append(say("Có xác nhận mới của tỉnh.", "It brings a new word of the province."))
    if taken.parked:
        parked = counted(len(taken.parked), "item is", "items are")
        parts.append(
            say(
                f"{len(taken.parked)} mục để riêng cho kỹ thuật viên xem.",
                f"{parked} put aside for the technician.",
            )
        )
    if taken.forked:
        parts.append(
            say(
                "Có hai bản khác nhau của một nhật ký; kỹ thuật viên xem.",
                "There are two branches of one journal; the technician looks at it.",
            )
        )
    return " ".join(parts)
