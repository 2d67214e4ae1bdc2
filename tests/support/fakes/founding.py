"""First pages of a PC: a stick with provisioning files, a unit that knows nobody or somebody."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any, cast

from counter_app.domain.errors import DomainError
from counter_app.services.ports.enrolment import (
    DONE,
    LOOK,
    NO_PASSPHRASE,
    EnrolledView,
    FoundFile,
    PcState,
    ProvisionView,
    SeatView,
    StepView,
)
from counter_app.services.ports.founding import (
    ADMIT,
    FOUND,
    AccountView,
    CarriedAccounts,
    DelegationForm,
    FoundingForm,
    FoundingView,
    OfficialForm,
)
from counter_app.services.ports.officials import (
    IN_FORCE,
    LATER,
    OVER,
    ActView,
    ChangeForm,
    EndActForm,
    NewPasswordForm,
)
from counter_app.services.ports.program import Program
from sync.protocol.naming.ids import EntryId

PAGE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
"""One grey pixel: a page of a scanned act."""
STICK = "/media/kt/USB-KT"
GOOD, BAD = f"{STICK}/03390-1.mcp", f"{STICK}/cu/03384-2.mcp"
SHOWN = ProvisionView(
    GOOD, "03390", "Xã Bình Lư", "Tỉnh Lai Châu", "QUẦY-01", 1, 1, "https://hub.tinh.example:8443", "",
    1_798_736_400_000, 2, 0, False, True,
)  # fmt: skip
SEATS = (
    SeatView(1, "QUẦY-01", 41, False, 1_798_736_400_000, "đã dùng: PC-TIEP-NHAN, 20/11/2026"),
    SeatView(2, "QUẦY-02", 42, False, 1_798_736_400_000), SeatView(3, "BÀN KÝ", 43, False, 1_798_736_400_000),
    SeatView(4, "LƯU ĐỘNG-01", 44, True, 1_798_736_400_000),
)  # fmt: skip
UNITS = f"{STICK}/cap-phat-03390/03390.mcp"
WHOLE = replace(SHOWN, path=UNITS, counter_name="", counter_number=0, device=0, seats=SEATS)
ARRIVED = (
    StepView("file", "Kiểm tra tệp cấp phát", DONE), StepView("store", "Lập kho dữ liệu đã mã hóa", DONE),
    StepView("journal", "Mở nhật ký của quầy", DONE),
    StepView("data", "Nhận sổ, danh mục, biểu phí tỉnh giao", DONE, "Đã nhập 5 mục."),
    StepView("printers", "Máy in theo loại giấy", LOOK, "Chưa thấy máy in: HP LaserJet M404."),
    StepView("tidy", "Dọn tệp cấp phát", DONE, "Tệp trên USB ở lại cho quầy số 3, 4."),
)  # fmt: skip
PASSPHRASE = "một câu thật dài"
CLOSED = DomainError(
    "Giấy cấp phát đã hết hạn.", "Ngày trên máy đã qua ngày cuối của giấy cấp phát.",
    "Kiểm tra ngày giờ của máy; nếu đúng, xin tỉnh tệp mới.", "file", code="enrol.grant-expired",
    title_en="The grant has expired.", meaning_en="This PC's date is past its last day.",
    remedy_en="Check the clock; if it is right, ask the province for a new file.",
)  # fmt: skip


class FakeEnrolment:
    """One good file, a unit's, one that has expired; remembers what was asked."""

    def __init__(self, state: PcState | None = None, files: tuple[FoundFile, ...] | None = None) -> None:
        self.pc = state or PcState(False, NO_PASSPHRASE, False)
        self.files = (
            (FoundFile(GOOD, "03390-1.mcp", "USB USB-KT", True),
             FoundFile(BAD, "03384-2.mcp", "USB USB-KT", True))
            if files is None else files
        )  # fmt: skip
        self.asked: list[tuple[str, ...]] = []
        self.refuse: Exception | None = None
        self.refuse_open: Exception | None = None
        self.left = ""
        self.told: tuple[StepView, ...] = ()
        self.program = cast(Program, object())

    def state(self) -> PcState:
        """The state it was made with."""
        return self.pc

    def find(self) -> tuple[FoundFile, ...]:
        """Its files."""
        return self.files

    def look(self, path: str) -> ProvisionView:
        """The good one; anything else has expired."""
        self.asked.append(("look", path))
        if path == UNITS:
            return WHOLE
        if path != GOOD:
            raise CLOSED
        return SHOWN

    def steps(self) -> tuple[StepView, ...]:
        """What it was told to tell."""
        return self.told

    def enrol(self, path: str, passphrase: str, keep_file: bool, counter: int = 0) -> EnrolledView:
        """Notes it."""
        self.asked.append(("enrol", path, passphrase, *((str(counter),) if counter else ())))
        if self.refuse is not None:
            raise self.refuse
        return EnrolledView(self.left)

    def open(self, passphrase: str) -> Program:
        """A program without anything in it."""
        self.asked.append(("open", passphrase))
        if self.refuse_open is not None:
            raise self.refuse_open
        return self.program


class FakeFounding:
    """A unit at a stage; remembers forms."""

    def __init__(self, stage: str = FOUND) -> None:
        self.now = FoundingView(stage, 5 if stage == ADMIT else 0, ("QUẦY-01",), False)
        self.forms: list[Any] = []
        self.refuse: Exception | None = None
        self.december = False
        self.brought: tuple[FoundFile, ...] = (
            FoundFile(f"{STICK}/00000-tai-khoan-20261120-0705.mca", "00000-tai-khoan-20261120-0705.mca",
                      "USB USB-KT", True),
            FoundFile(f"{STICK}/00000-quay01-20261120-0705.mcx", "00000-quay01-20261120-0705.mcx",
                      "USB USB-KT", True),
        )  # fmt: skip
        self.people: tuple[AccountView, ...] = (
            AccountView(EntryId(257, 2), "Giàng A Chiến", "Chủ tịch", ("chairman",), "chien", True, "01/QĐ"),
            AccountView(EntryId(257, 3), "Lê Quốc Hùng", "Kỹ thuật viên", ("technician",), "hung", True),
            AccountView(EntryId(257, 6), "Vàng Văn Thăng", "Phó Chủ tịch", ("director", "signatory"),
                        "thang", True, "47/QĐ-UBND"),
            AccountView(EntryId(257, 7), "Lù Thị Mai", "Công chức một cửa", ("intake", "cashier"), "mai",
                        False),
        )  # fmt: skip

    def stage(self) -> FoundingView:
        """The stage now."""
        return self.now

    def files(self) -> tuple[FoundFile, ...]:
        """What lies on the stick."""
        return self.brought

    def found(self, form: FoundingForm) -> EntryId:
        """Notes it."""
        return self._note(form)

    def accounts(self) -> tuple[AccountView, ...]:
        """Its people."""
        return self.people

    def add(self, form: OfficialForm) -> EntryId:
        """Notes it."""
        return self._note(form)

    def delegate(self, form: DelegationForm) -> EntryId:
        """Notes it."""
        return self._note(form)

    def officials(self) -> tuple[AccountView, ...]:
        """Its people, one of them stopped, and one whose password was replaced elsewhere."""
        gone = AccountView(EntryId(257, 8), "Lò Văn Kiên", "Công chức một cửa", ("intake",), "kien", False,
                           "", False)  # fmt: skip
        stale = AccountView(EntryId(257, 10), "Sùng Thị Mỷ", "Nhân viên bưu chính", ("postal",), "my", True,
                            "", True, False)  # fmt: skip
        return (*self.people, stale, gone)

    def systems(self) -> tuple[tuple[str, str], ...]:
        """Two."""
        return (("population", "Dân cư"), ("land", "Đất đai"))

    def acts(self) -> tuple[ActView, ...]:
        """One that ends with the year, one without end, one of next year, one that is over."""
        copies = ("copy", "signature")
        return (
            ActView(EntryId(257, 20), "Vàng Văn Thăng", "47/QĐ-UBND", copies, 20260101, 20261231, IN_FORCE,
                    self.december),
            ActView(EntryId(257, 21), "Giàng A Chiến", "01/QĐ", copies, 20260701, 0, IN_FORCE),
            ActView(EntryId(257, 22), "Vàng Văn Thăng", "60/QĐ-UBND", copies, 20270101, 20271231, LATER),
            ActView(EntryId(257, 23), "Lò Văn Kiên", "12/QĐ-UBND", ("copy",), 20260101, 20260630, OVER),
        )  # fmt: skip

    def act_pages(self, delegation: EntryId) -> tuple[bytes, ...]:
        """Notes it; one small page."""
        self._note(("look", delegation))
        return (PAGE,)

    def bring_scan(self, delegation: EntryId, path: str) -> None:
        """Notes it."""
        self._note(("scan", delegation, path))

    def mark_present(self, official: EntryId, present: bool, until: str = "") -> None:
        """Notes it."""
        self._note(("present", official, present, until) if until else ("present", official, present))

    def fields(self) -> tuple[str, ...]:
        """Two of the catalogue's."""
        return ("Đất đai", "Hộ tịch")

    def change(self, form: ChangeForm) -> None:
        """Notes it."""
        self._note(form)

    def replace_password(self, form: NewPasswordForm) -> None:
        """Notes it."""
        self._note(form)

    def end_act(self, form: EndActForm) -> None:
        """Notes it."""
        self._note(form)

    def write_accounts(self, folder: str) -> CarriedAccounts:
        """Notes it."""
        self._note(("write", folder))
        return CarriedAccounts(f"{folder}/00000-tai-khoan.mca", 3)

    def read_accounts(self, path: str) -> CarriedAccounts:
        """Notes it; from now on people may sign in."""
        self._note(("read", path))
        self.now = replace(self.now, stage="")
        return CarriedAccounts(path, 5)

    def _note(self, form: Any) -> EntryId:
        self.forms.append(form)
        if self.refuse is not None:
            raise self.refuse
        return EntryId(257, 9)
