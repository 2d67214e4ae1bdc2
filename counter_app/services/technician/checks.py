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
from counter_app.services.papers import form_book, printers
from counter_app.services.ports.saying import counted, said, say, spoken
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, OFFLINE, CheckRow
from counter_app.services.session import clock_question
from counter_app.services.technician import truth_checks
from counter_app.services.technician.backups import Backups
from counter_app.services.workplace import Workplace
from counter_app.storage.engine import has_wal_reset_bug
from counter_app.storage.keeping import integrity
from counter_app.storage.keeping.copy_guard import Verdict
from counter_app.storage.queries import exchange as queries
from counter_app.storage.store_errors import StoreError, driver

DAY_MS = 24 * 3_600_000
LOW_BYTES, LOWEST_BYTES = 2_000_000_000, 200_000_000
WILD_MS = 5 * 60_000
ROLE_WORDS = {
    PrinterRole.A4: ("giấy A4", "A4 paper"),
    PrinterRole.COPIES: ("bản sao", "copies"),
    PrinterRole.A5: ("giấy A5", "A5 paper"),
    PrinterRole.STRIP: ("phiếu 80 mm", "80 mm strips"),
    PrinterRole.LABELS: ("nhãn", "labels"),
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
        return CheckRow(
            "sqlite",
            "database",
            say("Bản SQLite", "SQLite version"),
            BROKEN,
            say(f"Bản {version} có lỗi mất dữ liệu.", f"Version {version} can lose data."),
            say("Cài lại chương trình bằng bộ cài đi kèm.", "Install the program again from its installer."),
        )
    return CheckRow(
        "sqlite",
        "database",
        say("Bản SQLite", "SQLite version"),
        GOOD,
        say(f"Bản {version}", f"Version {version}"),
    )


def store_pages(bench: Bench) -> CheckRow:
    """Pages, structure and triggers of the store."""
    with bench.work.store.read() as connection:
        found = integrity.check_pages(connection)
    if found:
        return CheckRow(
            "store",
            "database",
            say("Kho dữ liệu", "Store"),
            BROKEN,
            say(f"{len(found)} chỗ hỏng: {found[0].code}", f"{len(found)} damaged: {found[0].code}"),
            say(
                "Không tắt máy. Khôi phục từ bản sao lưu gần nhất.",
                "Do not switch off. Restore from the newest backup.",
            ),
        )
    size = bench.work.store.path.stat().st_size
    return CheckRow(
        "store",
        "database",
        say("Kho dữ liệu", "Store"),
        GOOD,
        say(f"Nguyên vẹn, {_megabytes(size)}, đã mã hóa", f"Whole, {_megabytes(size)}, encrypted"),
    )


def chains(bench: Bench) -> CheckRow:
    """Every chain and every signature."""
    with bench.work.store.read() as connection:
        found = integrity.check_chains(connection)
        saved = queries.sync_counts(connection).saved
    if found:
        return CheckRow(
            "chain",
            "shield-x",
            say("Chuỗi nhật ký", "Chain of the journals"),
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
    return CheckRow(
        "chain",
        "shield-check",
        say("Chuỗi nhật ký", "Chain of the journals"),
        GOOD,
        say(f"{saved} mục, chuỗi và chữ ký đúng", f"{saved} items, chain and signatures hold"),
    )


def backup_age(bench: Bench) -> CheckRow:
    """The last verified backup is at most a day old, with all its files; the last try did not fail."""
    trouble = bench.backups.place().trouble
    proved = [row for row in bench.backups.rows() if row.verified]
    if not proved:
        words = say("Chưa có bản sao lưu đã kiểm tra.", "There is no checked backup yet.")
        return _backup(LOOK, f"{words} {trouble}".strip(), _back_up_now())
    newest = proved[0]
    moment, age = vn_datetime(newest.at), bench.work.clock.now() - newest.at
    words = say(
        f"Bản gần nhất {short_date(moment.date())} {moment:%H:%M} ({_ago(age)}),"
        f" {newest.files} tệp, đã kiểm tra",
        f"The newest is of {short_date(moment.date())} {moment:%H:%M} ({_ago(age)}),"
        f" {counted(newest.files, 'file', 'files')}, checked",
    )
    if trouble:
        return _backup(LOOK, words, trouble)
    if newest.faulty:
        return _backup(
            LOOK,
            words,
            say(
                f"{newest.faulty} tệp không sao lưu được: tệp hỏng hoặc nơi lưu hết chỗ.",
                f"{newest.faulty} could not be backed up: damaged, or no room at the place.",
            ),
        )
    return _backup(LOOK, words, _back_up_now()) if age > DAY_MS else _backup(GOOD, words)


def _backup(verdict: str, words: str, remedy: str = "") -> CheckRow:
    return CheckRow("backup", "database-export", say("Sao lưu", "Backup"), verdict, words, remedy)


def _back_up_now() -> str:
    return say("Sao lưu ngay (trang Sao lưu).", "Back up now (Backup page).")


def _ago(age: int) -> str:
    """``chưa đầy 1 giờ``, ``5 giờ trước``, ``3 ngày trước``."""
    hours = max(age, 0) // 3_600_000
    if hours < 1:
        return say("chưa đầy 1 giờ", "less than an hour ago")
    if hours < 48:
        return say(f"{hours} giờ trước", f"{counted(hours, 'hour', 'hours')} ago")
    return say(f"{hours // 24} ngày trước", f"{hours // 24} days ago")


def printers_set(bench: Bench) -> CheckRow:
    """Each role has a printer, and the system knows the names."""
    with bench.work.store.read() as connection:
        chosen = {role: printers.chosen(connection, role) for role in PrinterRole}
    missing = [say(*ROLE_WORDS[role]) for role in (PrinterRole.A4, PrinterRole.STRIP) if not chosen[role]]
    if missing:
        return CheckRow(
            "printers",
            "printer-off",
            say("Máy in", "Printers"),
            LOOK,
            say(f"Chưa chọn máy in: {', '.join(missing)}.", f"No printer chosen for: {', '.join(missing)}."),
            say(
                "Chọn máy in theo loại giấy (trang Máy in).",
                "Choose printers by kind of paper (Printers page).",
            ),
        )
    known = set(printers.names())
    wanted = {name for name in chosen.values() if name and not name.startswith(FOLDER_PREFIX)}
    gone = sorted(wanted - known)
    if gone:
        return CheckRow(
            "printers",
            "printer-off",
            say("Máy in", "Printers"),
            BROKEN,
            say(f"Không thấy máy in {', '.join(gone)}.", f"Printer {', '.join(gone)} is not found."),
            say("Kiểm tra dây và nguồn, hoặc chọn máy khác.", "Check cable and power, or choose another."),
        )
    names = sorted({_printer_name(name) for name in chosen.values() if name})
    return CheckRow("printers", "printer", say("Máy in", "Printers"), GOOD, ", ".join(names))


def _printer_name(name: str) -> str:
    return (
        say("ghi ra thư mục PDF", "written into the PDF folder") if name.startswith(FOLDER_PREFIX) else name
    )


def secrets_place(bench: Bench) -> CheckRow:
    """Where the store's key lies."""
    if bench.secrets.place == "keyring":
        return CheckRow(
            "secrets",
            "key",
            say("Nơi cất khóa", "Place of the key"),
            GOOD,
            say("Kho khóa của hệ điều hành", "The system's key store"),
        )
    return CheckRow(
        "secrets",
        "key",
        say("Nơi cất khóa", "Place of the key"),
        LOOK,
        say("Tệp khóa niêm phong bằng mật khẩu", "A key file sealed by a passphrase"),
        say(
            "Dùng được. Có kho khóa của hệ điều hành thì chuyển sang.",
            "It serves. Move to the system's key store where there is one.",
        ),
    )


def copy_guard(bench: Bench) -> CheckRow:
    """Is the store at home on this machine, and may it write."""
    if bench.verdict.is_copy and bench.work.store.is_enrolled:
        return CheckRow(
            "copy",
            "copy",
            say("Chống bản sao kho", "Copy guard"),
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
        return CheckRow(
            "copy",
            "copy",
            say("Chống bản sao kho", "Copy guard"),
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
    return CheckRow(
        "copy",
        "copy",
        say("Chống bản sao kho", "Copy guard"),
        GOOD,
        say("Kho đúng là của máy này", "The store belongs to this PC"),
    )


def clock(bench: Bench) -> CheckRow:
    """The PC's clock beside the province's and what was already seen."""
    if clock_question.words(bench.work):
        return CheckRow(
            "clock",
            "clock",
            say("Ngày giờ", "Clock"),
            BROKEN,
            say("Đồng hồ chạy sau việc đã ghi.", "The clock is behind what was recorded."),
            say(
                "Sửa ngày giờ; thay pin CMOS nếu lặp lại.",
                "Set date and time; change the CMOS battery if it repeats.",
            ),
        )
    with bench.work.store.read() as connection:
        from counter_app.services.exchange.clock_seen import SEEN
        from counter_app.storage.this_pc import device

        offset = int(device.setting(connection, SEEN, "0"))
    moment = vn_datetime(bench.work.now())
    words = say(
        f"{short_date(moment.date())} {moment:%H:%M}, lệch tỉnh {abs(offset) // 1000} giây",
        f"{short_date(moment.date())} {moment:%H:%M}, {abs(offset) // 1000} s off the province",
    )
    if abs(offset) > WILD_MS:
        return CheckRow(
            "clock",
            "clock",
            say("Ngày giờ", "Clock"),
            LOOK,
            words,
            say("Chỉnh lại giờ của máy.", "Set the PC's clock."),
        )
    return CheckRow("clock", "clock", say("Ngày giờ", "Clock"), GOOD, words)


def free_space(bench: Bench) -> CheckRow:
    """Room on the store's disk."""
    free = shutil.disk_usage(bench.work.store.path.parent).free
    words = say(f"Còn trống {_megabytes(free)}", f"{_megabytes(free)} free")
    if free < LOWEST_BYTES:
        return CheckRow(
            "space",
            "database",
            say("Chỗ trống trên đĩa", "Room on the disk"),
            BROKEN,
            words,
            say("Xóa bớt tệp ngay.", "Delete files now."),
        )
    verdict = LOOK if free < LOW_BYTES else GOOD
    return CheckRow(
        "space",
        "database",
        say("Chỗ trống trên đĩa", "Room on the disk"),
        verdict,
        words,
        say("Xóa bớt tệp không cần.", "Delete files that are not needed.") if verdict == LOOK else "",
    )


def hub(bench: Bench) -> CheckRow:
    """One exchange with the province, now."""
    last = bench.line.exchange(2)[-1]
    words = trouble(last.code, last.refusal)
    if words is None:
        return CheckRow(
            "hub",
            "building-bank",
            say("Tỉnh", "Province"),
            GOOD,
            say(f"Trả lời sau {last.took_ms} ms", f"Answered in {last.took_ms} ms"),
        )
    verdict = OFFLINE if last.code in ("no-line", "timed-out", "cut-off") else BROKEN
    return CheckRow(
        "hub", "wifi-off", say("Tỉnh", "Province"), verdict, said(words).title, said(words).remedy
    )


def refused_entries(bench: Bench) -> CheckRow:
    """What was refused on arrival waits for the technician."""
    with bench.work.store.read() as connection:
        parked = queries.parked(connection)
    if parked:
        return CheckRow(
            "parked",
            "alert-triangle",
            say("Mục để riêng", "Items put aside"),
            LOOK,
            say(
                f"{len(parked)} gói nhỏ bị từ chối, mã {parked[0].code}",
                f"{len(parked)} small bundles refused, code {parked[0].code}",
            ),
            say("Gửi chẩn đoán cho tỉnh.", "Send the diagnostics to the province."),
        )
    return CheckRow("parked", "check", say("Mục để riêng", "Items put aside"), GOOD, say("Không có", "None"))


def scanner(bench: Bench) -> CheckRow:
    """The scanner is proved by scanning: the page has the test."""
    from counter_app.storage.this_pc import device

    with bench.work.store.read() as connection:
        seen = device.setting(connection, "scanner.tested")
    if not seen:
        return CheckRow(
            "scanner",
            "scan",
            say("Máy quét", "Scanner"),
            LOOK,
            say("Chưa thử trên máy này.", "Not tried on this PC yet."),
            say("In trang thử rồi quét mã trên đó.", "Print the test page and scan its code."),
        )
    moment = vn_datetime(int(seen))
    return CheckRow(
        "scanner",
        "scan",
        say("Máy quét", "Scanner"),
        GOOD,
        say(f"Đã thử {short_date(moment.date())}", f"Tried {short_date(moment.date())}"),
    )


def font_files(bench: Bench) -> CheckRow:
    """The papers' fonts are there."""
    try:
        for name in fonts.FILES:
            fonts.widths(name)
    except (fonts.FontMissing, OSError) as error:
        return CheckRow(
            "fonts",
            "typography",
            say("Phông chữ", "Fonts"),
            BROKEN,
            say(f"Thiếu phông: {type(error).__name__}", f"A font is missing: {type(error).__name__}"),
            say("Cài lại chương trình.", "Install the program again."),
        )
    return CheckRow(
        "fonts",
        "typography",
        say("Phông chữ", "Fonts"),
        GOOD,
        say(
            f"{len(fonts.FILES)} phông, đủ dấu tiếng Việt",
            f"{len(fonts.FILES)} fonts with every Vietnamese mark",
        ),
    )


def version(bench: Bench) -> CheckRow:
    """The program's version."""
    return CheckRow("version", "info-circle", say("Phiên bản", "Version"), GOOD, counter_app.__version__)


def form_files(bench: Bench) -> CheckRow:
    """Form files of the unit: a bad one is not used and says why."""
    title = say("Tệp mẫu giấy", "Form files")
    if refused := form_book.refused_files(bench.work):
        first = refused[0]
        words, cure = f"{first.title}. {first.meaning}", first.remedy
        return CheckRow("forms", "file-text", title, LOOK, words, cure)
    own = form_book.own_files(bench.work)
    told = say(f"{own} tệp của đơn vị", f"{own} of the unit") if own else say("Mẫu đi kèm", "As shipped")
    return CheckRow("forms", "file-text", title, GOOD, told)


CHECKS: tuple[Callable[[Bench], CheckRow], ...] = (
    version,
    sqlite_version,
    store_pages,
    chains,
    copy_guard,
    secrets_place,
    backup_age,
    free_space,
    clock,
    hub,
    truth_checks.equality,
    truth_checks.standing,
    refused_entries,
    printers_set,
    scanner,
    font_files,
    form_files,
)
"""The self-test in the order of the page."""


def run_checks(bench: Bench) -> Iterator[CheckRow]:
    """Every check; one that fails itself is a line, never the end of the list."""
    for check in CHECKS:
        try:
            yield check(bench)
        except (StoreError, OSError) as error:
            told = error.words(spoken()) if isinstance(error, StoreError) else None
            words = type(error).__name__ if told is None else told.title
            remedy = told.remedy if told else (say("Gọi hỗ trợ.", "Call for help."))
            yield CheckRow(
                check.__name__,
                "alert-triangle",
                say("Chưa kiểm tra được", "Could not be checked"),
                BROKEN,
                words,
                remedy,
            )


def _megabytes(size: int) -> str:
    if size >= 10_000_000_000:
        return f"{size // 1_000_000_000} GB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
