"""Lines about the machine: version, system, memory, clock and its battery, zone, power, office rules."""

from __future__ import annotations

import zipfile
from typing import Final

import counter_app
from counter_app.devices.machine.facts import Support, utc_minutes
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.services.exchange.clock_seen import SEEN
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, NOT_HERE
from counter_app.services.session import clock_question
from counter_app.services.technician.doctor.bench import Bench, Found, megabytes
from counter_app.services.workplace import CLOCK_OFFSET
from counter_app.storage.queries.select import number
from counter_app.storage.this_pc import device
from counter_app.updates.installation import Installation, installation
from counter_app.updates.words import UpdateError
from sync.protocol.journals.system_kinds import SystemKind

WILD_MS: Final = 5 * 60_000
DAY_MS: Final = 24 * 3_600_000
BATTERY_DAYS, BATTERY_TIMES = 90, 2
LEAST_MEMORY, LEAST_FREE = 3_500_000_000, 300_000_000
LOW_PERCENT: Final = 20
VIETNAM_MINUTES: Final = 7 * 60


def version(bench: Bench) -> Found:
    """The program's version is the one its folder names, and its file is whole."""
    own = counter_app.__version__
    try:
        found = installation()
    except UpdateError:
        return Found(GOOD, say(f"Bản {own}, chạy từ mã nguồn", f"Version {own}, run from its source"))
    return _installed(found, own)


def _installed(found: Installation, own: str) -> Found:
    again = say("Chạy lại bộ cài.", "Run the installer again.")
    if found.running.version != own:
        return Found(
            BROKEN,
            say(
                f"Tệp chương trình ghi bản {found.running.version}, bên trong là {own}.",
                f"The program's file says {found.running.version}, inside is {own}.",
            ),
            again,
        )
    with zipfile.ZipFile(found.zip) as file:
        bad = file.testzip()
    if bad:
        return Found(BROKEN, say(f"Tệp chương trình hỏng: {bad}", f"The program is damaged: {bad}"), again)
    if not found.keys:
        return Found(
            LOOK,
            say(f"Bản {own}; thiếu khóa để tin bản mới", f"Version {own}; no keys to believe updates by"),
            again,
        )
    return Found(GOOD, say(f"Bản {own}, tệp nguyên vẹn", f"Version {own}, its file is whole"))


def system(bench: Bench) -> Found:
    """Build of Windows, release of Linux."""
    told = bench.machine.system()
    words = told.shown
    if not told.is_64 or told.support is Support.TOO_OLD:
        return Found(
            BROKEN,
            words,
            say(
                "Cần Windows 10 bản 1809 (17763) trở lên, 64-bit.",
                "Windows 10 1809 (17763) or later, 64-bit, is needed.",
            ),
        )
    if told.support is Support.OLD:
        return Found(
            LOOK,
            words,
            say(
                "Dùng được. Hỏi tỉnh về bản vá bảo mật còn được cấp; nên lên bản mới của hệ điều hành.",
                "It serves. Ask the province whether it still gets security fixes; move to a newer system.",
            ),
        )
    if told.support is Support.UNKNOWN:
        return Found(
            LOOK,
            words,
            say("Hệ này chưa được thử. Theo dõi kỹ.", "This system was not tried. Watch it closely."),
        )
    return Found(GOOD, words)


def memory(bench: Bench) -> Found:
    """Memory in the machine and free."""
    told = bench.machine.memory()
    words = say(
        f"{megabytes(told.total)}, còn {megabytes(told.free)}",
        f"{megabytes(told.total)}, {megabytes(told.free)} free",
    )
    if told.free < LEAST_FREE:
        return Found(LOOK, words, say("Đóng bớt chương trình khác.", "Close other programs."))
    if told.total < LEAST_MEMORY:
        return Found(LOOK, words, say("Nên có 4 GB trở lên.", "4 GB or more are advised."))
    return Found(GOOD, words)


def clock(bench: Bench) -> Found:
    """The PC's clock beside the province's and what was already seen."""
    if clock_question.province_doubted(bench.work):
        return Found(
            LOOK,
            say("Tỉnh và máy này chỉ hai ngày khác nhau.", "The province and this PC show two days."),
            say(
                "Xem giờ thật. Máy sai: sửa giờ của máy. Tỉnh sai: báo tỉnh, rồi trả lời ở trang đăng nhập.",
                "Look at the true time. PC wrong: set it. Province wrong: tell it, then answer at sign-in.",
            ),
        )
    if clock_question.words(bench.work):
        return Found(
            BROKEN,
            say("Đồng hồ chạy sau việc đã ghi.", "The clock is behind what was recorded."),
            say(
                "Sửa ngày giờ; thay pin CMOS nếu lặp lại.",
                "Set date and time; change the CMOS battery if it repeats.",
            ),
        )
    with bench.work.store.read() as connection:
        offset = int(device.setting(connection, SEEN, "0"))
    moment = vn_datetime(bench.work.now())
    words = say(
        f"{short_date(moment.date())} {moment:%H:%M}, lệch tỉnh {abs(offset) // 1000} giây",
        f"{short_date(moment.date())} {moment:%H:%M}, {abs(offset) // 1000} s off the province",
    )
    if abs(offset) > WILD_MS:
        return Found(LOOK, words, say("Chỉnh lại giờ của máy.", "Set the PC's clock."))
    return Found(GOOD, words)


def battery(bench: Bench) -> Found:
    """Signs that the clock's battery is flat: the program corrects the time, people confirm it again."""
    since = bench.work.now() - BATTERY_DAYS * DAY_MS
    with bench.work.store.read() as connection:
        offset = int(device.setting(connection, CLOCK_OFFSET, "0"))
        asked = number(
            connection,
            "SELECT count(*) FROM entries WHERE kind = ? AND key >> 32 = ? AND at > ?",
            (int(SystemKind.DATE_CONFIRMED), bench.work.journal, since),
        )
    change = say(
        "Đặt giờ trong Windows; tắt máy một đêm mà lại sai thì thay pin CMOS (CR2032).",
        "Set the system's time; if it is wrong again after a night, change the CMOS battery (CR2032).",
    )
    if offset:
        minutes = abs(offset) // 60_000
        return Found(
            LOOK,
            say(
                f"Giờ của máy sai {minutes} phút; chương trình đang tự bù.",
                f"The PC's clock is {minutes} minutes off; the program corrects it.",
            ),
            change,
        )
    if asked >= BATTERY_TIMES:
        return Found(
            LOOK,
            say(
                f"{BATTERY_DAYS} ngày qua phải xác nhận ngày giờ {asked} lần.",
                f"Date and time were confirmed {counted(asked, 'time', 'times')} in {BATTERY_DAYS} days.",
            ),
            change,
        )
    return Found(GOOD, say("Không thấy dấu hiệu pin yếu", "No sign of a flat battery"))


def zone(bench: Bench) -> Found:
    """Papers go by Vietnamese time whatever the system's zone; files and mail do not."""
    minutes = utc_minutes()
    words = f"UTC{'+' if minutes >= 0 else '−'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    if minutes != VIETNAM_MINUTES:
        return Found(
            LOOK,
            words,
            say(
                "Đặt múi giờ (UTC+07:00) Bangkok, Hà Nội, Jakarta.",
                "Set the time zone (UTC+07:00) Bangkok, Hanoi, Jakarta.",
            ),
        )
    return Found(GOOD, words)


def power(bench: Bench) -> Found:
    """A laptop's battery; a desktop has none and wants a UPS."""
    told = bench.machine.power()
    if told.percent is None:
        return Found(
            NOT_HERE,
            say("Máy không có pin; nên có bộ lưu điện (UPS).", "No battery here; a UPS is advised."),
        )
    words = say(
        f"Pin {told.percent} %, {'đang cắm điện' if told.plugged else 'không cắm điện'}",
        f"Battery {told.percent} %, {'plugged in' if told.plugged else 'not plugged in'}",
    )
    if not told.plugged and told.percent < LOW_PERCENT:
        return Found(LOOK, words, say("Cắm điện.", "Plug it in."))
    return Found(GOOD, words)


def autostart(bench: Bench) -> Found:
    """The program exchanges and backs up by itself only while it runs."""
    if bench.machine.autostart():
        return Found(GOOD, say("Tự mở khi đăng nhập máy", "Starts when somebody signs in"))
    try:
        installation()
    except UpdateError:
        return Found(NOT_HERE, say("Chưa cài bằng bộ cài", "Not installed by its installer"))
    return Found(
        LOOK,
        say("Không tự mở khi bật máy.", "Does not start by itself."),
        say("Chạy lại bộ cài, hoặc thêm vào mục khởi động cùng máy.", "Run the installer again."),
    )


def sticks(bench: Bench) -> Found:
    """Whether the office's rules let bundles travel on a stick."""
    rule = bench.machine.sticks_refused()
    if rule:
        return Found(
            LOOK,
            say(f"Máy cấm USB: {rule}", f"Sticks are forbidden: {rule}"),
            say(
                "Xin phép dùng USB đã đăng ký, hoặc gửi gói qua thư công vụ khi mất mạng.",
                "Ask for a registered stick, or send bundles by official mail when the line is down.",
            ),
        )
    return Found(GOOD, say("USB dùng được", "Sticks may be used"))


def input_method(bench: Bench) -> Found:
    """Names are written with their marks; the scanner's test tells whether codes come through unchanged."""
    found = bench.machine.input_methods()
    if not found:
        return Found(
            LOOK,
            say("Không thấy bộ gõ tiếng Việt đang chạy.", "No Vietnamese input method is at work."),
            say(
                "Mở UniKey, EVKey hoặc bàn phím tiếng Việt của Windows.",
                "Start UniKey, EVKey or Windows' Vietnamese keyboard.",
            ),
        )
    return Found(GOOD, ", ".join(found))
