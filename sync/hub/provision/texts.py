"""``DOC.txt`` of a provisioning folder: what to do, word by word, in Vietnamese and in English."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sync.hub.provision.seats import AT_WORK, FREE, NOTED, Placed

NAME = "DOC.txt"
_VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))
_WIDE = 72


class Told(NamedTuple):
    """What the page is about: ``folder`` and ``file`` by name, ``at`` and ``until`` in ms (0: no end)."""

    unit: str
    title: str
    folder: str
    file: str
    at: int
    until: int
    seats: Sequence[Placed]
    installers: Sequence[str]
    url: str


def page(told: Told) -> bytes:
    """The page with a byte order mark and Windows line ends, so that the oldest editor shows it."""
    words = "\n".join([*_vietnamese(told), "", "=" * _WIDE, "", *_english(told), ""])
    return b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode()


def _vietnamese(told: Told) -> list[str]:
    install = ", ".join(told.installers) or "(không kèm bộ cài: cài chương trình trước)"
    return [
        f"CẤP PHÁT MÁY QUẦY · {told.unit} {told.title}",
        f"Tỉnh lập ngày {_day(told.at)}. Dùng được đến: {_day(told.until) or 'không hạn'}.",
        "",
        "Ai có thư mục này đều biến được một máy thành máy của xã: giữ như chìa khóa.",
        "",
        "LÀM TRÊN TỪNG MÁY (không cần mạng, khoảng mười phút)",
        "1. Cắm USB. Xem đồng hồ của máy: ngày giờ phải đúng.",
        f"2. Chạy bộ cài: {install}",
        f"   Windows, cài im lặng: setup.exe /S /CONFIG=E:\\{told.folder}\\{told.file} (E: là ổ USB).",
        f"3. Mở “Một cửa cấp xã”. Trang đầu tự thấy tệp {told.file}.",
        "   Không thấy: nhấn F5; vẫn không: gõ đường dẫn của tệp vào ô rồi nhấn Enter.",
        "4. Gõ số quầy của máy này. MỖI SỐ CHỈ DÙNG CHO MỘT MÁY:",
        *[f"     {one.counter:>3}  {one.name:<16} {_VI[one.state]}" for one in told.seats],
        "5. Nhấn F9. Các bước hiện ra từng dòng; mất điện thì mở lại, máy đi tiếp từ chỗ dừng.",
        "6. Máy đầu tiên của xã: hai người đầu tiên tự nhập mật khẩu (Ctrl+1).",
        "   Máy tiếp theo: Ctrl+2, nhận cán bộ và tài khoản từ máy đầu tiên (mạng nội bộ hoặc USB).",
        "",
        "KHI CÓ CHUYỆN",
        "- Gõ nhầm số đã dùng: trang báo máy nào đã lấy; chọn số còn trống.",
        "- Hai máy lỡ lấy cùng một số (từ hai USB): hai máy không nối nhau, trang Đồng bộ báo rõ.",
        "  Trên máy cài SAU: đóng chương trình, rồi chạy với một số còn trống N:",
        f"  commune-counter enrol {told.file} --counter N --set-aside",
        "  Kho cũ của máy ấy được cất riêng; việc đã làm ở đó thì nhập lại theo giấy.",
        "- Máy hỏng ngay sau khi cài, chưa làm việc gì: xóa tệp của số ấy trong thư mục da-dung, làm lại.",
        "- Tệp hỏng, hết hạn hoặc của xã khác: máy chưa thay đổi gì; xin tỉnh lập lại thư mục.",
        "- Kiểm tra tệp: sha256sum -c SHA256SUMS (Linux), certutil -hashfile TỆP SHA256 (Windows).",
        "",
        "XONG VIỆC",
        "Máy tự xóa tệp cấp phát chép trên ổ của nó. USB còn số trống thì tệp ở lại, hết thì máy xóa.",
        "Ghi đè lên tệp trên SSD hay USB không xóa được dấu vết: mất USB thì báo tỉnh ngay.",
        f"Có mạng thì máy tự nối tỉnh: {told.url}",
        "Không có mạng thì xuất gói .mcx ra USB (trang Đồng bộ), mang về tỉnh.",
    ]


def _english(told: Told) -> list[str]:
    install = ", ".join(told.installers) or "(no installer here: install the program first)"
    return [
        f"PROVISIONING OF COUNTERS · {told.unit} {told.title}",
        f"Made by the province on {_day(told.at)}. Good until: {_day(told.until) or 'no end'}.",
        "",
        "Whoever has this folder can make a PC one of the commune's: keep it like a key.",
        "",
        "ON EACH PC (no network, about ten minutes)",
        "1. Plug the stick in. Look at the PC's clock: date and time must be right.",
        f"2. Run the installer: {install}",
        f"   Windows, silent: setup.exe /S /CONFIG=E:\\{told.folder}\\{told.file} (E: is the stick).",
        f"3. Start “Một cửa cấp xã”. Its first page finds {told.file} by itself.",
        "   If not: F5; still not: type the file's path into the field and press Enter.",
        "4. Type this PC's counter number. EACH NUMBER IS FOR ONE PC ONLY:",
        *[f"     {one.counter:>3}  {one.name:<16} {_EN[one.state]}" for one in told.seats],
        "5. Press F9. The steps appear line by line; after a power cut start again, the PC goes on.",
        "6. The commune's first PC: its first two persons type their passwords (Ctrl+1).",
        "   Each further PC: Ctrl+2, officials and accounts from the first one (LAN or stick).",
        "",
        "WHEN SOMETHING IS WRONG",
        "- A number that is taken: the page names the PC that took it; choose a free one.",
        "- Two PCs took one number (from two sticks): they do not meet, the page Đồng bộ says so.",
        "  On the PC set up LATER: close the program, then run with a free number N:",
        f"  commune-counter enrol {told.file} --counter N --set-aside",
        "  Its old store is kept apart; what was done there is entered again from its papers.",
        "- A PC that broke before any work was done: delete that number's file in da-dung, begin again.",
        "- A damaged, ended or foreign file: nothing was changed; ask the province for the folder again.",
        "- To check the files: sha256sum -c SHA256SUMS (Linux), certutil -hashfile FILE SHA256 (Windows).",
        "",
        "WHEN ALL IS DONE",
        "A PC deletes the copy on its own disk. With free numbers left the stick keeps it.",
        "Overwriting a file on an SSD or a stick erases nothing: report a lost stick at once.",
        f"With a line the PC meets the province by itself: {told.url}",
        "Without one write a bundle .mcx to a stick (page Đồng bộ) and carry it there.",
    ]


_VI = {FREE: "còn trống", AT_WORK: "ĐÃ DÙNG (tỉnh đã biết máy này)", NOTED: "ĐÃ DÙNG (theo ghi chú trên USB)"}
_EN = {
    FREE: "free",
    AT_WORK: "TAKEN (the province knows the PC)",
    NOTED: "TAKEN (a note on the stick says so)",
}


def _day(at: int) -> str:
    """dd/mm/yyyy in Viet Nam, "" for 0."""
    return f"{datetime.datetime.fromtimestamp(at / 1000, _VIET_NAM):%d/%m/%Y}" if at else ""
