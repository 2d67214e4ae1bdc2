"""Home, search, scan from anywhere: the port of the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dates import short_date, vn_date, vn_datetime, vn_instant
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.check.kept_list import KeptList
from counter_app.services.contradictions.news import ContradictionNews
from counter_app.services.dossiers.showing.queue import last_asked
from counter_app.services.exchange.standing import troubles
from counter_app.services.forecast.strip import Forecast
from counter_app.services.home import dossier_rows
from counter_app.services.home.groups_once import once
from counter_app.services.home.rows import row_of
from counter_app.services.lookups.answers import lookup_answers
from counter_app.services.ports import reads
from counter_app.services.ports.home import (
    CopyVerdict,
    HomeView,
    ScanResult,
    SearchHit,
    SideCard,
    Tile,
    WorkRow,
)
from counter_app.services.ports.saying import counted, say
from counter_app.services.registers import held
from counter_app.services.registers.ending import ending_words
from counter_app.services.search import anything, copy_check
from counter_app.services.session.desk import Desk
from counter_app.services.signing import token_certificates
from counter_app.services.technician.tickets.news import ticket_news
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import dossiers as dossier_queries
from counter_app.storage.queries import exchange, money
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.queries.dossiers import DossierCounts
from counter_app.storage.queries.requests import HomeCounts
from counter_app.storage.queries.work_lines import OVERDUE, READY, RETURNED, WORK, work_lines
from counter_app.storage.this_pc import local

DAY_MS = 24 * 3_600_000


@dataclass
class HomeArea:
    """Implements ``HomePort``. ``down_since`` tells when the line to the province went, ms, 0: it works."""

    work: Workplace
    desk: Desk
    down_since: Callable[[], int] = lambda: 0
    forecast: Forecast = field(default_factory=Forecast)
    clashes: ContradictionNews = field(default_factory=ContradictionNews)

    def home(self, tab: str = "todo") -> HomeView:
        """What to do next; ``tab`` todo, online, overdue, supplement, returned or ready."""
        person = self.desk.require()
        now = self.work.now()
        with self.work.store.read() as connection:
            counts, held_here = self._counts(connection, now), self._dossiers(connection, now)
            dossiers = dossier_rows.rows_of(connection, self.work, person, tab, now)
            rows = (*dossiers, *self._rows(connection, tab, now))
            self.desk.saw(reads.WORK_LIST, [row.subject for row in rows])
            return HomeView(
                self._tiles(connection, counts, held_here, now), _tabs(counts, held_here), rows,
                self._side(connection, counts, now),
                (*self._reminders(connection, now), *self.clashes.lines(connection, self.work, person, now)),
                last_asked(connection), self.forecast.strip(connection, self.work, person, now),
            )  # fmt: skip

    def _dossiers(self, connection: Connection, now: int) -> DossierCounts:
        day = vn_date(now)
        end = self._day_end(now)
        month = vn_instant(datetime.combine(day.replace(day=1), time()))
        return dossier_queries.counts(connection, now, day_of(now), end, month, self.work.journal)

    def _counts(self, connection: Connection, now: int) -> HomeCounts:
        end = self._day_end(now)
        return request_queries.home_counts(connection, now, day_of(now), end, self.work.journal)

    def _day_end(self, now: int) -> int:
        """The last ms of the local day."""
        return vn_instant(datetime.combine(vn_date(now) + timedelta(days=1), time())) - 1

    def _rows(self, connection: Connection, tab: str, now: int) -> tuple[WorkRow, ...]:
        if tab in ("online", "supplement"):  # of dossiers alone
            return ()
        tab = tab if tab in (OVERDUE, RETURNED, READY) else WORK
        found = work_lines(connection, tab, now, self._day_end(now))
        calendar = self.work.rules(connection).calendar
        marks = exchange.marks(connection)
        asked = {row.subject for row in unit_queries.questions(connection) if row.subject is not None}
        return once(connection, [(row, row_of(row, calendar, now, marks, asked)) for row in found], marks)

    def _tiles(
        self, connection: Connection, counts: HomeCounts, dossiers: DossierCounts, now: int
    ) -> tuple[Tile, ...]:
        today = day_of(now)
        overdue, due_today = counts.overdue + dossiers.overdue, counts.due_today + dossiers.due_today
        ready, taken = counts.to_hand_over + dossiers.ready, counts.taken_today + dossiers.taken_today
        on_time, all_done = desk_queries.on_time(connection, today // 100 * 100, today)
        on_time, all_done = on_time + dossiers.on_time, all_done + dossiers.done
        share = f"{on_time * 100 / all_done:.1f}%".replace(".", ",") if all_done else "—"
        month = today // 100 % 100
        return (
            Tile("overdue", "alarm", str(overdue), say("Quá hạn", "Overdue"), "bad",
                 say("Chưa ký xong, đã qua giờ hẹn trả.", "Not signed yet, past the promised time.")),
            Tile("due_today", "calendar-due", str(due_today), say("Đến hạn hôm nay", "Due today"),
                 "warn", say("Chưa ký xong, hẹn trả trong hôm nay.", "Not signed yet, promised for today.")),
            Tile("ready", "package-export", str(ready), say("Chờ trả kết quả", "To hand over"),
                 "ok", say("Đã ký, đóng dấu, chưa trả cho dân.", "Signed and sealed, not handed over yet.")),
            Tile("taken", "file-plus", str(taken), say("Đã nhận hôm nay", "Taken in today"),
                 "primary", say("Phiếu nhận tại máy này hôm nay.", "Slips of this PC today.")),
            Tile("on_time", "circle-check", say(share, share.replace(",", ".")),
                 say(f"Đúng hạn tháng {month}", f"On time, month {month}"), "ok",
                 say(f"{on_time} trong {all_done} phiếu đã ký xong trước giờ hẹn.",
                     f"{on_time} of {all_done} slips were signed before the promised time.")),
        )  # fmt: skip

    def _side(self, connection: Connection, counts: HomeCounts, now: int) -> SideCard:
        sync = exchange.sync_counts(connection)
        tasks = len(unit_queries.questions(connection)) + counts.returned
        age = now - sync.oldest_waiting if sync.oldest_waiting else 0
        register = held.register_now(connection, self.work, vn_date(now).year)
        place = held.where(connection, self.work, register)
        down = self.down_since()
        title, words = _sync_words(sync.waiting, age // DAY_MS, _moment(down, now) if down else "")
        here = say(f"tại {place}", f"at {place}") if place else say("tại máy này", "on this PC")
        return SideCard(
            title, f"{words}{self._second_copy(connection)}", sync.waiting, _age(age), tasks,
            counts.unconfirmed_lines, here, "warn" if age >= DAY_MS else "info", bool(down),
        )  # fmt: skip

    def _second_copy(self, connection: Connection) -> str:
        found = exchange.second_copies(connection, self.work.journal)
        if not found:
            return ""
        where = f"{found[0].peer}, {vn_datetime(found[0].at):%H:%M}"
        return say(f" Bản thứ hai: {where}.", f" Second copy: {where}.")

    def _reminders(self, connection: Connection, now: int) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        found += [("alert-triangle", one.title) for one in troubles(self.work, connection)]
        failed = len(local.print_jobs(connection, "failed", "sent"))
        if failed:
            found.append(
                (
                    "printer-off",
                    say(f"{failed} bản in đang chờ", f"{counted(failed, 'print waits', 'prints wait')}"),
                )
            )
        drafts = money.open_items(connection, day_of(now), self.work.journal).drafts
        if drafts:
            found.append(
                (
                    "history",
                    say(f"{drafts} nháp dở dang", counted(drafts, "unfinished draft", "unfinished drafts")),
                )
            )
        found += lookup_answers(connection, self.work, now)
        found += ticket_news(connection, self.work, now)
        found += [("signature", words) for words in ending_words(connection, self.work, day_of(now))]
        found += [("certificate", words) for words in token_certificates.ending(connection, now)]
        return tuple(found)

    def search(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        """Tokens without diacritics in any order; numbers match ids, codes, ``1842/2026``."""
        with self.work.store.read() as connection:
            found = anything.find(connection, self.work, text, limit)
        self.desk.saw(reads.SEARCH, [hit.subject for hit in found])
        return found

    def scan(self, text: str) -> ScanResult:
        """Kind of a scanned code from its content."""
        with self.work.store.read() as connection:
            found = anything.scan(connection, self.work, text)
        if found.kind == "card":
            self.desk.saw(reads.PERSON, [found.subject])
        return found

    def check_copy(self, text: str) -> CopyVerdict:
        """The signed QR of a certified copy, against this PC's journals and the province's list."""
        listed = self.listed.current()
        with self.work.store.read() as connection:
            verdict, line = copy_check.check(connection, self.work, text, listed)
        self.desk.saw(reads.COPY_CHECK, [line])
        return verdict

    def list_words(self) -> str:
        """Of which day the province's list for the check is, and until when it counts."""
        return self.listed.words()

    def take_list(self, path: str) -> str:
        """Keeps a list from a file. Raises DomainError ``list.*``."""
        self.listed.take(Path(path))
        return self.listed.words()

    @cached_property
    def listed(self) -> KeptList:
        """The list as this PC keeps it."""
        return KeptList(self.work)

    def badges(self) -> dict[str, int]:
        """Counts for the rail by screen name; only what the person at the counter can act on."""
        try:
            person = self.desk.require()
        except DomainError:
            return {}
        now = self.work.now()
        with self.work.store.read() as connection:
            counts, dossiers = self._counts(connection, now), self._dossiers(connection, now)
            questions = len(unit_queries.questions(connection))
            unprinted = len(local.print_jobs(connection, "failed", "sent"))
        signs = roles.may(person, roles.NUMBER, with_act=True) is None
        found = {
            "home": counts.overdue + dossiers.overdue + counts.returned,
            "online": dossiers.online,
            "handover": counts.to_hand_over + dossiers.ready,
            "signing": (counts.waiting_for_number if signs else 0) + counts.unconfirmed_lines,
            "sync": questions,
            "prints": unprinted,
        }
        return {name: count for name, count in found.items() if count}


def _moment(ms: int, now: int) -> str:
    """``08:12``, with the day in front when that is not today's."""
    when = vn_datetime(ms)
    day = "" if when.date() == vn_date(now) else f" {short_date(when.date())}"
    return f"{when:%H:%M}{day}"


def _sync_words(waiting: int, days: int, down: str) -> tuple[str, str]:
    """Title and sentence of the card about the province (``ux.md`` 4.2).

    ``days`` is the age of the oldest that waits: only age is a matter for somebody. ``down`` is since when
    the line is gone, "" while it works.
    """
    if days:
        return say(
            f"Đã {days} ngày chưa gửi được {waiting} mục.",
            f"{counted(waiting, 'item', 'items')} not sent for {counted(days, 'day', 'days')}.",
        ), say(
            "Báo kỹ thuật viên hoặc xuất gói gửi tỉnh (USB, thư công vụ).",
            "Tell the technician, or export a bundle (USB, official e-mail).",
        )
    if down:
        items, wait = counted(waiting, "item", "items"), "waits" if waiting == 1 else "wait"
        return say(
            f"Mất mạng từ {down}, vẫn làm việc bình thường", f"No line since {down}, work goes on as usual"
        ), say(
            f"{waiting} mục đã lưu trên máy này, sẽ tự gửi khi có mạng.",
            f"{items} {wait} on this PC and will go out by itself when the line is back.",
        ) if waiting else say("Không còn gì chờ gửi.", "Nothing waits to be sent.")
    if waiting:
        return say(
            f"{waiting} mục chưa ở tỉnh", f"{counted(waiting, 'item', 'items')} not at the province yet"
        ), say(
            "Đã lưu trên máy này, sẽ tự gửi khi có mạng.",
            "Saved on this PC; goes out by itself when the line is back.",
        )
    return say("Mọi mục đã có ở tỉnh", "Everything is at the province"), say(
        "Không còn gì chờ gửi.", "Nothing waits to be sent."
    )


def _tabs(counts: HomeCounts, dossiers: DossierCounts) -> tuple[tuple[str, str, int], ...]:
    """Tabs of the counter (``ux.md`` 4.2), and what the signing desk sent back."""
    todo = counts.waiting_for_number + counts.returned + counts.to_hand_over
    return (
        ("todo", say("Việc cần làm", "To do"), todo + dossiers.at_work + dossiers.waiting),
        ("online", say("Trực tuyến chờ tiếp nhận", "Online, to be accepted"), dossiers.online),
        ("overdue", say("Quá hạn", "Overdue"), counts.overdue + dossiers.overdue),
        ("supplement", say("Chờ dân bổ sung", "Waiting for papers"), dossiers.waiting),
        ("ready", say("Chờ trả", "To hand over"), counts.to_hand_over + dossiers.ready),
        ("returned", say("Bàn ký trả lại", "Sent back by the desk"), counts.returned),
    )


def _age(ms: int) -> str:
    """``2 giờ 10`` or ``3 ngày``; "" for nothing."""
    if ms <= 0:
        return ""
    minutes = ms // 60_000
    if minutes < 60:
        return say(f"{minutes} phút", f"{minutes} min")
    if minutes < 24 * 60:
        hours = minutes // 60
        return say(f"{hours} giờ {minutes % 60:02d}", f"{hours} h {minutes % 60:02d}")
    days = minutes // (24 * 60)
    return say(f"{days} ngày", counted(days, "day", "days"))
