"""The lines of the self-test: each looks at one thing and says verdict, meaning and cure in words."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import counter_app
from counter_app.devices.printers import FOLDER_PREFIX
from counter_app.devices.secrets import SecretStore
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.printing import fonts
from counter_app.printing.jobs import PrinterRole
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.outcome_words import trouble
from counter_app.services.papers import printers
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, OFFLINE, CheckRow
from counter_app.services.session import clock_question
from counter_app.services.technician.backups import Backups
from counter_app.services.workplace import Workplace
from counter_app.storage import integrity
from counter_app.storage.copy_guard import Verdict
from counter_app.storage.engine import has_wal_reset_bug
from counter_app.storage.queries import exchange as queries
from counter_app.storage.store_errors import StoreError, driver

DAY_MS = 24 * 3_600_000
LOW_BYTES, LOWEST_BYTES = 2_000_000_000, 200_000_000
WILD_MS = 5 * 60_000
ROLE_WORDS = {
    PrinterRole.A4: "giấy A4", PrinterRole.COPIES: "bản sao", PrinterRole.A5: "giấy A5",
    PrinterRole.STRIP: "phiếu 80 mm", PrinterRole.LABELS: "nhãn",
}  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """What the checks look at."""

    work: Workplace
    secrets: SecretStore
    verdict: Verdict
    line: Line
    backups: Backups


def sqlite_version(bench: Bench) -> CheckRow:
    """A SQLite that loses a commit when its WAL is reset is refused (``quality.md``)."""
    version = driver.sqlite_version
    if has_wal_reset_bug(driver.sqlite_version_info):
        return CheckRow("sqlite", "database", "Bản SQLite", BROKEN, f"Bản {version} có lỗi mất dữ liệu.",
                        "Cài lại chương trình bằng bộ cài đi kèm.")  # fmt: skip
    return CheckRow("sqlite", "database", "Bản SQLite", GOOD, f"Bản {version}")


def store_pages(bench: Bench) -> CheckRow:
    """Pages, structure and triggers of the store."""
    with bench.work.store.read() as connection:
        found = integrity.check_pages(connection)
    if found:
        return CheckRow("store", "database", "Kho dữ liệu", BROKEN, f"{len(found)} chỗ hỏng: {found[0].code}",
                        "Không tắt máy. Khôi phục từ bản sao lưu gần nhất.")  # fmt: skip
    size = bench.work.store.path.stat().st_size
    return CheckRow("store", "database", "Kho dữ liệu", GOOD, f"Nguyên vẹn, {_megabytes(size)}, đã mã hóa")


def chains(bench: Bench) -> CheckRow:
    """Every chain and every signature."""
    with bench.work.store.read() as connection:
        found = integrity.check_chains(connection)
        saved = queries.sync_counts(connection).saved
    if found:
        return CheckRow("chain", "shield-x", "Chuỗi nhật ký", BROKEN,
                        f"{len(found)} chỗ sai: {found[0].code} ở {found[0].where}",
                        "Không tắt máy. Gọi tỉnh; khôi phục từ bản sao lưu.")  # fmt: skip
    return CheckRow("chain", "shield-check", "Chuỗi nhật ký", GOOD, f"{saved} mục, chuỗi và chữ ký đúng")


def backup_age(bench: Bench) -> CheckRow:
    """The last verified backup is at most a day old."""
    proved = [row for row in bench.backups.rows() if row.verified]
    if not proved:
        return CheckRow("backup", "database-export", "Sao lưu", LOOK, "Chưa có bản sao lưu đã kiểm tra.",
                        "Sao lưu ngay (trang Sao lưu).")  # fmt: skip
    moment = vn_datetime(proved[0].at)
    words = f"Bản gần nhất {short_date(moment.date())} {moment:%H:%M}, đã kiểm tra"
    if bench.work.clock.now() - proved[0].at > DAY_MS:
        return CheckRow("backup", "database-export", "Sao lưu", LOOK, words, "Sao lưu ngay (trang Sao lưu).")
    return CheckRow("backup", "database-export", "Sao lưu", GOOD, words)


def printers_set(bench: Bench) -> CheckRow:
    """Each role has a printer, and the system knows the names."""
    with bench.work.store.read() as connection:
        chosen = {role: printers.chosen(connection, role) for role in PrinterRole}
    missing = [ROLE_WORDS[role] for role in (PrinterRole.A4, PrinterRole.STRIP) if not chosen[role]]
    if missing:
        return CheckRow("printers", "printer-off", "Máy in", LOOK, f"Chưa chọn máy in: {', '.join(missing)}.",
                        "Chọn máy in theo loại giấy (trang Máy in).")  # fmt: skip
    known = set(printers.names())
    wanted = {name for name in chosen.values() if name and not name.startswith(FOLDER_PREFIX)}
    gone = sorted(wanted - known)
    if gone:
        return CheckRow("printers", "printer-off", "Máy in", BROKEN, f"Không thấy máy in {', '.join(gone)}.",
                        "Kiểm tra dây và nguồn, hoặc chọn máy khác.")  # fmt: skip
    names = sorted({_printer_name(name) for name in chosen.values() if name})
    return CheckRow("printers", "printer", "Máy in", GOOD, ", ".join(names))


def _printer_name(name: str) -> str:
    return "ghi ra thư mục PDF" if name.startswith(FOLDER_PREFIX) else name


def secrets_place(bench: Bench) -> CheckRow:
    """Where the store's key lies."""
    if bench.secrets.place == "keyring":
        return CheckRow("secrets", "key", "Nơi cất khóa", GOOD, "Kho khóa của hệ điều hành")
    return CheckRow("secrets", "key", "Nơi cất khóa", LOOK, "Tệp khóa niêm phong bằng mật khẩu",
                    "Dùng được. Có kho khóa của hệ điều hành thì chuyển sang.")  # fmt: skip


def copy_guard(bench: Bench) -> CheckRow:
    """Is the store at home on this machine, and may it write."""
    if bench.verdict.is_copy and bench.work.store.is_enrolled:
        return CheckRow("copy", "copy", "Chống bản sao kho", LOOK,
                        "Kho này là bản sao: máy đã mở nhật ký mới, không giữ quyền cấp số.",
                        "Chắc chắn bản cũ không còn chạy rồi mới chuyển quyền cấp số về đây.")  # fmt: skip
    if not bench.work.store.is_enrolled:
        return CheckRow("copy", "copy", "Chống bản sao kho", BROKEN,
                        "Có hai bản của kho này: máy tạm ngừng ghi.",
                        "Đóng chương trình rồi mở lại: máy mở nhật ký mới.")  # fmt: skip
    return CheckRow("copy", "copy", "Chống bản sao kho", GOOD, "Kho đúng là của máy này")


def clock(bench: Bench) -> CheckRow:
    """The PC's clock beside the province's and what was already seen."""
    if clock_question.words(bench.work):
        return CheckRow("clock", "clock", "Ngày giờ", BROKEN, "Đồng hồ chạy sau việc đã ghi.",
                        "Sửa ngày giờ; thay pin CMOS nếu lặp lại.")  # fmt: skip
    with bench.work.store.read() as connection:
        from counter_app.services.exchange.clock_seen import SEEN
        from counter_app.storage import device

        offset = int(device.setting(connection, SEEN, "0"))
    moment = vn_datetime(bench.work.now())
    words = f"{short_date(moment.date())} {moment:%H:%M}, lệch tỉnh {abs(offset) // 1000} giây"
    if abs(offset) > WILD_MS:
        return CheckRow("clock", "clock", "Ngày giờ", LOOK, words, "Chỉnh lại giờ của máy.")
    return CheckRow("clock", "clock", "Ngày giờ", GOOD, words)


def free_space(bench: Bench) -> CheckRow:
    """Room on the store's disk."""
    free = shutil.disk_usage(bench.work.store.path.parent).free
    words = f"Còn trống {_megabytes(free)}"
    if free < LOWEST_BYTES:
        return CheckRow("space", "database", "Chỗ trống trên đĩa", BROKEN, words, "Xóa bớt tệp ngay.")
    verdict = LOOK if free < LOW_BYTES else GOOD
    return CheckRow("space", "database", "Chỗ trống trên đĩa", verdict, words,
                    "Xóa bớt tệp không cần." if verdict == LOOK else "")  # fmt: skip


def hub(bench: Bench) -> CheckRow:
    """One exchange with the province, now."""
    last = bench.line.exchange(2)[-1]
    words = trouble(last.code, last.refusal)
    if words is None:
        return CheckRow("hub", "building-bank", "Tỉnh", GOOD, f"Trả lời sau {last.took_ms} ms")
    verdict = OFFLINE if last.code in ("no-line", "timed-out", "cut-off") else BROKEN
    return CheckRow("hub", "wifi-off", "Tỉnh", verdict, words[0].title, words[0].remedy)


def refused_entries(bench: Bench) -> CheckRow:
    """What was refused on arrival waits for the technician."""
    with bench.work.store.read() as connection:
        parked = queries.parked(connection)
    if parked:
        return CheckRow("parked", "alert-triangle", "Mục để riêng", LOOK,
                        f"{len(parked)} gói nhỏ bị từ chối, mã {parked[0].code}",
                        "Gửi chẩn đoán cho tỉnh.")  # fmt: skip
    return CheckRow("parked", "check", "Mục để riêng", GOOD, "Không có")


def scanner(bench: Bench) -> CheckRow:
    """The scanner is proved by scanning: the page has the test."""
    from counter_app.storage import device

    with bench.work.store.read() as connection:
        seen = device.setting(connection, "scanner.tested")
    if not seen:
        return CheckRow("scanner", "scan", "Máy quét", LOOK, "Chưa thử trên máy này.",
                        "In trang thử rồi quét mã trên đó.")  # fmt: skip
    moment = vn_datetime(int(seen))
    return CheckRow("scanner", "scan", "Máy quét", GOOD, f"Đã thử {short_date(moment.date())}")


def font_files(bench: Bench) -> CheckRow:
    """The papers' fonts are there."""
    try:
        for name in fonts.FILES:
            fonts.widths(name)
    except (fonts.FontMissing, OSError) as error:
        return CheckRow("fonts", "typography", "Phông chữ", BROKEN, f"Thiếu phông: {type(error).__name__}",
                        "Cài lại chương trình.")  # fmt: skip
    return CheckRow("fonts", "typography", "Phông chữ", GOOD, f"{len(fonts.FILES)} phông, đủ dấu tiếng Việt")


def version(bench: Bench) -> CheckRow:
    """The program's version."""
    return CheckRow("version", "info-circle", "Phiên bản", GOOD, counter_app.__version__)


CHECKS: tuple[Callable[[Bench], CheckRow], ...] = (
    version, sqlite_version, store_pages, chains, copy_guard, secrets_place, backup_age, free_space, clock,
    hub, refused_entries, printers_set, scanner, font_files,
)  # fmt: skip
"""The self-test in the order of the page."""


def run_checks(bench: Bench) -> Iterator[CheckRow]:
    """Every check; one that fails itself is a line, never the end of the list."""
    for check in CHECKS:
        try:
            yield check(bench)
        except (StoreError, OSError) as error:
            words = getattr(error, "title", type(error).__name__)
            remedy = getattr(error, "remedy", "Gọi hỗ trợ.")
            yield CheckRow(check.__name__, "alert-triangle", "Chưa kiểm tra được", BROKEN, words, remedy)


def _megabytes(size: int) -> str:
    if size >= 10_000_000_000:
        return f"{size // 1_000_000_000} GB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
