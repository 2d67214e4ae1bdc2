"""The words of every fault of the store, Vietnamese and English, by code."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.domain.errors import Words


class Said(NamedTuple):
    """One fault in both languages."""

    vi: Words
    en: Words


SAID: dict[str, Said] = {
    "store.key": Said(
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
    "store.damaged": Said(
        Words(
            "Kho dữ liệu có trang bị hỏng.",
            "Đĩa hoặc tệp đã hỏng một phần; những gì đã gửi tỉnh và máy bên cạnh vẫn còn.",
            "Không tắt máy. Gọi kỹ thuật viên: rebuild --damaged, hoặc khôi phục từ bản sao lưu.",
        ),
        Words(
            "A page of the store is damaged.",
            "Disk or file is partly broken; what the province and the other PCs hold is safe.",
            "Leave the PC on. Call the technician: rebuild --damaged, or restore a backup.",
        ),
    ),
    "store.anew": Said(
        Words(
            "Máy đang đọc lại sổ sau khi cập nhật.",
            "Mọi việc đã lưu vẫn nguyên; danh sách và tra cứu chưa đủ nên chưa nhận việc mới.",
            "Đợi máy báo đọc xong rồi làm lại bước vừa rồi. Cứ để máy chạy; mất điện cũng không sao.",
        ),
        Words(
            "The registers are being read anew after an update.",
            "Everything saved is whole; lists and search are incomplete, so no new work is taken yet.",
            "Wait until it says that all is read, then repeat the last step. A power cut does no harm.",
        ),
    ),
    "store.full": Said(
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
    "store.locked": Said(
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
    "store.readonly": Said(
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
    "store.disk": Said(
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
    "store.absent": Said(
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
    "store.sqlite": Said(
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
    "store.append_only": Said(
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
    "store.newer": Said(
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
    "store.in_use": Said(
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
    "store.no_journal": Said(
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
    "store.stopped": Said(
        Words(
            "Máy này tạm ngừng ghi nhật ký.",
            "Có hai bản của cùng một kho dữ liệu (bản sao chép hoặc khôi phục). Không mất gì.",
            "Tắt bản còn lại; đóng rồi mở lại chương trình: máy tự mở nhật ký mới.",
        ),
        Words(
            "This PC has stopped writing its journal.",
            "Two copies of one store exist (copied or restored). Nothing is lost.",
            "Switch the other copy off; restart the program: it opens a new journal by itself.",
        ),
    ),
    "store.unreadable": Said(
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
    "backup.bad": Said(
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
    "backup.files": Said(
        Words(
            "Không đọc được danh sách tệp kèm bản sao lưu.",
            "Kho dữ liệu trong bản sao lưu vẫn dùng được; các tệp quét, tệp đã ký kèm theo thì chưa biết.",
            "Chép lại cả tệp .mcfiles và thư mục .files cạnh bản sao lưu, hoặc dùng bản khác.",
        ),
        Words(
            "The list of files of the backup cannot be read.",
            "The store in the backup is good; of the scans and signed files beside it nothing is known.",
            "Copy the .mcfiles file and the .files folder beside the backup again, or use another one.",
        ),
    ),
}
