"""Lines about the store: library, cipher, pages, chains, tables, the guard against copies, its key."""

from __future__ import annotations

import secrets as randomness
from typing import Final

from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, MEND_REBUILD
from counter_app.services.technician.doctor.bench import Bench, Found, megabytes
from counter_app.storage.engine import has_wal_reset_bug
from counter_app.storage.keeping import integrity
from counter_app.storage.queries import exchange as queries
from counter_app.storage.queries.select import number
from counter_app.storage.store_errors import driver

PLAIN_HEAD: Final = b"SQLite format 3\x00"
"""How a store begins that nobody encrypted."""
PROBE: Final = "doctor-probe"


def sqlite_version(bench: Bench) -> Found:
    """A SQLite that loses a commit when its WAL is reset is refused (``quality.md``)."""
    version = driver.sqlite_version
    if has_wal_reset_bug(driver.sqlite_version_info):
        return Found(
            BROKEN,
            say(f"Bản {version} có lỗi mất dữ liệu.", f"Version {version} can lose data."),
            say("Cài lại chương trình bằng bộ cài đi kèm.", "Install the program again from its installer."),
        )
    return Found(GOOD, say(f"Bản {version}", f"Version {version}"))


def cipher(bench: Bench) -> Found:
    """SQLCipher answers, flushes every commit, and the file itself shows nothing to who lacks the key."""
    with bench.work.store.read() as connection:
        version = connection.exec_driver_sql("PRAGMA cipher_version").scalar()
        flushes = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    with bench.work.store.path.open("rb") as file:
        head = file.read(len(PLAIN_HEAD))
    if not version or head == PLAIN_HEAD:
        return Found(
            BROKEN,
            say("Kho dữ liệu không được mã hóa.", "The store is not encrypted."),
            say(
                "Ngừng dùng máy này. Cài lại chương trình rồi khôi phục từ bản sao lưu.",
                "Stop using this PC. Install the program again and restore from a backup.",
            ),
        )
    if flushes != 2:
        return Found(
            BROKEN,
            say(
                "Kho không ghi xuống đĩa sau mỗi việc.",
                "The store does not flush every act to the disk.",
            ),
            say("Cài lại chương trình.", "Install the program again."),
        )
    return Found(GOOD, say(f"SQLCipher {version}, đã mã hóa", f"SQLCipher {version}, encrypted"))


def store_pages(bench: Bench) -> Found:
    """Pages, structure and triggers of the store."""
    with bench.work.store.read() as connection:
        found = integrity.check_pages(connection)
    if found:
        return Found(
            BROKEN,
            say(f"{len(found)} chỗ hỏng: {found[0].code}", f"{len(found)} damaged: {found[0].code}"),
            say(
                "Không tắt máy. Khôi phục từ bản sao lưu gần nhất.",
                "Do not switch off. Restore from the newest backup.",
            ),
        )
    size = megabytes(bench.work.store.path.stat().st_size)
    return Found(GOOD, say(f"Nguyên vẹn, {size}", f"Whole, {size}"))


def chains(bench: Bench) -> Found:
    """Every chain and every signature."""
    with bench.work.store.read() as connection:
        found = integrity.check_chains(connection)
        saved = queries.sync_counts(connection).saved
    if found:
        return Found(
            BROKEN,
            say(
                f"{len(found)} chỗ sai: {found[0].code} ở {found[0].where}",
                f"{len(found)} wrong: {found[0].code} at {found[0].where}",
            ),
            say(
                "Không tắt máy. Gọi tỉnh; khôi phục từ bản sao lưu.",
                "Do not switch off. Call the province; restore from a backup.",
            ),
        )
    return Found(GOOD, say(f"{saved} mục, chuỗi và chữ ký đúng", f"{saved} items, chain and signatures hold"))


def tables(bench: Bench) -> Found:
    """Tables made from the journals are complete, and whatever can be shown can be found."""
    if bench.work.store.reading_anew:
        percent = bench.work.store.percent_read()
        return Found(
            LOOK,
            say(f"Đang lập lại, {percent} %", f"Being made again, {percent} %"),
            say("Máy tự làm tiếp; chờ vài phút.", "Goes on by itself; wait some minutes."),
        )
    with bench.work.store.read() as connection:
        shown = number(connection, "SELECT count(*) FROM documents")
        found = number(connection, "SELECT count(*) FROM document_words_docsize")
        lost = number(
            connection,
            "SELECT count(*) FROM (SELECT id FROM documents ORDER BY id DESC LIMIT 500) AS newest"
            " WHERE NOT EXISTS (SELECT 1 FROM document_words_docsize WHERE id = newest.id)",
        )
    if shown != found or lost:
        missing = max(abs(shown - found), lost)
        return Found(
            LOOK,
            say(
                f"{missing} mục tìm kiếm lệch với nhật ký.",
                f"{missing} items of the search differ from the journals.",
            ),
            say("Lập lại bảng từ nhật ký; không mất việc nào.", "Make the tables again from the journals."),
            MEND_REBUILD,
        )
    return Found(GOOD, say(f"Đủ, {shown} mục tìm được", f"Complete, {shown} items can be found"))


def secrets_place(bench: Bench) -> Found:
    """Where the store's key lies; a word put there comes back."""
    value = randomness.token_hex(8)
    bench.secrets.put(PROBE, value)
    back = bench.secrets.get(PROBE)
    bench.secrets.drop(PROBE)
    if back != value:
        return Found(
            BROKEN,
            say("Nơi cất khóa trả lại khóa khác.", "The key's place gives another key back."),
            say("Sao lưu ngay, rồi cài lại máy.", "Back up now, then install this PC again."),
        )
    if bench.secrets.place == "keyring":
        return Found(GOOD, say("Kho khóa của hệ điều hành", "The system's key store"))
    return Found(
        LOOK,
        say("Tệp khóa niêm phong bằng mật khẩu", "A key file sealed by a passphrase"),
        say(
            "Dùng được. Có kho khóa của hệ điều hành thì chuyển sang.",
            "It serves. Move to the system's key store where there is one.",
        ),
    )


def copy_guard(bench: Bench) -> Found:
    """Is the store at home on this machine, and may it write."""
    if bench.verdict.is_copy and bench.work.store.is_enrolled:
        return Found(
            LOOK,
            say(
                "Kho này là bản sao: máy đã mở nhật ký mới, không giữ quyền cấp số.",
                "This store is a copy: the PC opened a new journal and holds no pen.",
            ),
            say(
                "Chắc chắn bản cũ không còn chạy rồi mới chuyển quyền cấp số về đây.",
                "Pass the pen here only when the old one surely runs no more.",
            ),
        )
    if not bench.work.store.is_enrolled:
        return Found(
            BROKEN,
            say(
                "Có hai bản của kho này: máy tạm ngừng ghi.",
                "There are two branches of this store: the PC writes no more.",
            ),
            say(
                "Đóng chương trình rồi mở lại: máy mở nhật ký mới.",
                "Close the program and open it again: the PC opens a new journal.",
            ),
        )
    return Found(GOOD, say("Kho đúng là của máy này", "The store belongs to this PC"))
