"""An exchange without a line: 20/11/2026, offline since 08:12, three questions, fourteen waiting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports import exchange as ports
from counter_app.services.ports.exchange import (
    FileContents,
    FilePlace,
    FileResult,
    Pill,
    ProofView,
    QuestionView,
    SyncItem,
    SyncStatus,
)
from sync.protocol.naming.ids import EntryId, Journal, Seq

MORNING = 1_795_146_060_000
"""10:41 on 20/11/2026 in Viet Nam, ms."""
MINUTE = 60_000


def at(hour: int, minute: int, days_before: int = 0) -> int:
    """A moment of the day, ms."""
    return MORNING + ((hour - 10) * 60 + minute - 41) * MINUTE - days_before * 1440 * MINUTE


def entry(number: int) -> EntryId:
    """An entry of the second counter."""
    return EntryId(Journal(0x201), Seq(number))


OFFLINE = SyncStatus(
    saved=1204, received=1190, waiting=14, in_backup=1176, questions=3,
    pill=Pill(ports.OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 3), offline_since=at(8, 12),
    last_ack=at(8, 11), oldest_waiting=at(8, 31), next_try=at(10, 43), waiting_bytes=1_800_000,
    proof=ports.ProofView(ports.EQUAL, at(2, 10), "Khớp với tỉnh lúc 02:10 · 1.190 mục"),
    estimate_seconds=240, second_copy="Bản thứ hai: QUẦY-01, 10:24", files_sent=31, files_waiting=2,
    neighbours=(
        ports.Neighbour("QUẦY-01", True, at(10, 24), 0, words="QUẦY-01 · 10:24, đủ"),
        ports.Neighbour("BÀN KÝ", False, at(9, 10), 3, words="BÀN KÝ · mất liên lạc từ 09:10, thiếu 3 mục"),
    ),
)  # fmt: skip
SYNCED = replace(
    OFFLINE, received=1204, waiting=0, questions=0, pill=Pill(ports.SYNCED, "Đã đồng bộ 09:41", 0),
    offline_since=0, last_ack=at(9, 41), next_try=0, waiting_bytes=0, estimate_seconds=0,
)  # fmt: skip
APART = replace(
    SYNCED, proof=ports.ProofView(
        ports.ENTRY_APART, at(2, 10),
        "Không khớp với tỉnh từ mục 45 của QUẦY-02, 20/11/2026 (Cấp số một xấp).",
        "Không xóa gì, vẫn làm việc được. Kỹ thuật viên chạy commune-counter verify; tỉnh chạy"
        " commune-hub verify --unit: bên sai khôi phục từ bản sao lưu. Có bản sao của máy thì mở nhật ký"
        " mới.", entry(45),
    ),
    troubles=(
        ports.TroubleView(
            "apart", "Không khớp với tỉnh từ mục 45 của QUẦY-02, 20/11/2026 (Cấp số một xấp).", "",
            "Không xóa gì, vẫn làm việc được. Kỹ thuật viên chạy commune-counter verify; tỉnh chạy"
            " commune-hub verify --unit: bên sai khôi phục từ bản sao lưu.",
        ),
    ),
)  # fmt: skip
SENDING = replace(
    OFFLINE, received=1196, waiting=8, pill=Pill(ports.SENDING, "Đang gửi 6/14", 3), offline_since=0,
    waiting_bytes=41_000, estimate_seconds=20,
)  # fmt: skip
OLD = replace(
    OFFLINE, received=990, waiting=214, oldest_waiting=at(9, 0, 2), last_ack=at(9, 0, 2),
    pill=Pill(ports.OLD, "Chưa nối tỉnh từ 18/11 · 214 chưa ở tỉnh", 3),
)  # fmt: skip
FIRST_START = replace(
    OFFLINE, received=0, waiting=1204, last_ack=0, in_backup=0, offline_since=0, second_copy="", next_try=0,
    pill=Pill(ports.UNKNOWN, "Chưa hỏi được tỉnh · 1204 chưa ở tỉnh", 3), estimate_seconds=0,
)  # fmt: skip

ASKED = [
    SyncItem(entry(2015), at(8, 9), "Yêu cầu chứng thực bản sao · Tẩn Mý Dao", "02-0015 · 19/11",
             "Lù Thị Mai · QUẦY-02", "questioned"),
    SyncItem(entry(2019), at(8, 9), "Biên lai · 12.000 đ", "số 0004412 · 19/11", "Đỗ Hải · QUẦY-01",
             "questioned"),
    SyncItem(entry(2009), at(8, 5), "Số chứng thực 1836/2026", "Bằng tốt nghiệp THPT", "Đỗ Hải · QUẦY-01",
             "two_versions"),
]  # fmt: skip
QUESTIONS = {
    entry(2015): QuestionView(
        entry(2015), "Tỉnh đã nhận và hỏi lại một chỗ", "Số căn cước khác Cơ sở dữ liệu dân cư.", "",
        (("Số căn cước", "012 198 004 417", "012 198 004 471"),),
        "Hồ sơ vẫn có hiệu lực, hạn trả không đổi.", "identity.differs", True, "open",
    ),
    entry(2019): QuestionView(
        entry(2019), "Tỉnh đã nhận và hỏi lại một chỗ", "Phí đã thu khác biểu phí của ngày hôm đó.",
        "Bản sao 5 trang thu 12.000 đ, theo biểu là 7.000 đ.", (("Số tiền", "12.000 đ", "7.000 đ"),),
        "Hồ sơ vẫn có hiệu lực, hạn trả không đổi.", "fee.differs", False, "open",
    ),
    entry(2009): QuestionView(
        entry(2009), "Tỉnh đã nhận và hỏi lại một chỗ",
        "Tỉnh hỏi với mã number.strange, chưa có hướng dẫn. Ctrl+H để hỏi.", "", (),
        "Số đã cấp vẫn đứng trong sổ; bản sao đã giao vẫn có hiệu lực.", "number.strange", False, "open",
    ),
}  # fmt: skip
_WAITING = (
    (
        "Yêu cầu chứng thực bản sao · Phàn Thị Sểnh",
        "4 bản chính, 9 bản sao",
        "Lù Thị Mai · QUẦY-02",
        (10, 15),
    ),
    ("Cấp số một xấp", "Số 1815 đến 1838, người ký Vàng Văn Thăng", "Đỗ Hải · BÀN KÝ", (10, 10)),
    ("Trả kết quả", "01-0030", "Đỗ Hải · QUẦY-01", (9, 48)),
    ("Từ chối chứng thực · Chảo Láo Lở", "Bằng tốt nghiệp THPT", "Lù Thị Mai · QUẦY-02", (9, 31)),
    ("Biên lai", "98.000 đ", "Lù Thị Mai · QUẦY-02", (8, 40)),
)


def waiting(count: int = 14) -> list[SyncItem]:
    """Acts not at the province yet."""
    made = []
    for number in range(count):
        title, second, owner, (hour, minute) = _WAITING[number % len(_WAITING)]
        made.append(SyncItem(entry(100 + number), at(hour, minute), title, second, owner, "waiting"))
    return made


def received(count: int = 6) -> list[SyncItem]:
    """Acts the province has."""
    return [replace(item, state="received", at_province=at(8, 11)) for item in waiting(count)]


WHOLE_FILE = FileContents(
    ports.WHOLE, "QUẦY-01", "Xã Bình Lư (03390)", at(10, 32),
    (("QUẦY-01", 42), ("tỉnh", 3)), (), True,
    "Gói của QUẦY-01: 42 mục của QUẦY-01, 3 mục của tỉnh mới. Có xác nhận mới của tỉnh.", "",
)  # fmt: skip
PART_FILE = replace(
    WHOLE_FILE, verdict=ports.PART, brings=(("tỉnh", 3),), missing=("5 mục (118-122) của QUẦY-01",),
    remedy="Xuất gói từ máy này, nhập vào QUẦY-01, xuất lại ở đó; hoặc nối tỉnh, rồi nhập lại gói này.",
)  # fmt: skip


@dataclass
class FakeExchange:
    """``calls`` holds every act; ``refuse_file`` and ``broken`` are errors to raise."""

    figures: SyncStatus = OFFLINE
    asked: list[SyncItem] = field(default_factory=lambda: list(ASKED))
    to_send: list[SyncItem] = field(default_factory=waiting)
    sent: list[SyncItem] = field(default_factory=received)
    found: tuple[FilePlace, ...] = (
        FilePlace("/media/usb/KINGSTON", "KINGSTON", True, True, ("/media/usb/KINGSTON/00000-quay01.mcx",)),
        FilePlace("/outbox/quay", "outbox", False, True),
    )
    calls: list[tuple[object, ...]] = field(default_factory=list)
    refuse_file: DomainError | None = None
    refuse_value: DomainError | None = None
    seen: FileContents = WHOLE_FILE
    broken: Exception | None = None

    def pill(self) -> Pill:
        return self.figures.pill

    def status(self) -> SyncStatus:
        return replace(self.figures, questions=len(self.asked))

    def items(self, which: str = "waiting") -> tuple[SyncItem, ...]:
        if self.broken is not None and which != "questioned":
            raise self.broken
        lists = {"waiting": self.to_send, "received": self.sent, "questioned": self.asked}
        return tuple(lists[which])

    def try_now(self) -> str:
        self.calls.append(("try",))
        return "Chưa nối được tỉnh. 14 mục chờ, sẽ tự gửi khi có mạng."

    def compare(self) -> ProofView:
        self.calls.append(("compare",))
        return self.figures.proof

    def compare_with_file(self, path: str) -> ProofView:
        self.calls.append(("compare", path))
        return self.figures.proof

    def places(self) -> tuple[FilePlace, ...]:
        return self.found

    def export_file(self, folder: str) -> FileResult:
        self.calls.append(("export", folder))
        if self.refuse_file is not None:
            raise self.refuse_file
        return FileResult(f"{folder}/00000-quay02.mcx", "Đã xuất gói gửi tỉnh: 14 mục, 46 KB.", 14, True)

    def look_into_file(self, path: str) -> FileContents:
        if self.refuse_file is not None:
            raise self.refuse_file
        return self.seen

    def import_file(self, path: str) -> FileResult:
        self.calls.append(("import", path))
        if self.refuse_file is not None:
            raise self.refuse_file
        return FileResult(path, "Đã nhập 3 mục. Có xác nhận mới của tỉnh.", 3, True)

    def question(self, question: EntryId) -> QuestionView:
        return QUESTIONS[question]

    def explain(self, question: EntryId, words: str) -> str:
        return self._answer("explain", question, words, "Đã lưu giải trình, gửi tỉnh.")

    def ask_back(self, question: EntryId, words: str) -> str:
        return self._answer("ask_back", question, words, "Đã gửi câu hỏi lại tỉnh.")

    def correct(self, question: EntryId, value: str) -> str:
        if self.refuse_value is not None:
            raise self.refuse_value
        return self._answer("correct", question, value, "Đã lưu đính chính, gửi tỉnh.")

    def _answer(self, how: str, question: EntryId, words: str, sentence: str) -> str:
        self.calls.append((how, question.seq, words))
        self.asked = [item for item in self.asked if item.entry != question]
        return sentence
