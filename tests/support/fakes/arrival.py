"""Arrival as a screen sees it: five registers, one open; a file of three rows; pieces of two rows."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.arrival import (
    LINES,
    ArrivalProgress,
    DryRun,
    FiguresForm,
    FiguresView,
    LetIn,
    OldColumn,
    OldFile,
    RegisterFigure,
    RowFault,
)
from counter_app.services.ports.pen import SecondPerson
from sync.protocol.naming.ids import EntryId

HEADINGS = ("Số", "Ngày", "Họ tên", "Tên giấy tờ", "Người ký", "Số bản", "Thu", "Ghi chú")
ROLES = ("number", "day", "name", "original", "signatory", "copies", "", "remarks")
ARRIVAL = EntryId(257, 40)


class FakeArrival:
    """Keeps what it was asked; ``faults`` stand against the file, ``refusal`` against every act."""

    def __init__(self, *, taken: bool = False, left: int = 0) -> None:
        self.forms: list[FiguresForm] = []
        self.let_in: list[LetIn] = []
        self.faults: tuple[RowFault, ...] = ()
        self.refusal: DomainError | None = None
        self.planned, self.written = 3, 0 if not left else 3 - left
        self.begun, self.taken = bool(left), taken
        self.looked: list[tuple[str, ...]] = []

    def figures(self) -> FiguresView:
        """The copies' register is open."""
        kinds = (
            ("copy", "SCT/BS", "Sổ chứng thực bản sao từ bản chính"),
            ("signature", "SCT/CK", "Sổ chứng thực chữ ký"),
            ("translator", "SCT/CKND", "Sổ chứng thực chữ ký người dịch"),
            ("transaction", "SCT/GD", "Sổ chứng thực giao dịch"),
            ("electronic", "SCT/BSĐT", "Sổ chứng thực bản sao điện tử"),
        )
        rows = tuple(
            RegisterFigure(*kind, kind[0] == "copy", 1776 if kind[0] == "copy" else 0) for kind in kinds
        )
        second = SecondPerson(EntryId(1, 11), "Vàng Văn Thăng (tập huấn)", "Phó Chủ tịch")
        return FiguresView(2026, rows, "", "02", 1, 0, self.taken, (second,))

    def take_figures(self, form: FiguresForm) -> str:
        """Kept, or refused."""
        if self.refusal is not None:
            raise self.refusal
        self.forms.append(form)
        self.taken = True
        return "Đã tiếp nhận sổ đang dùng. Đã in biên bản."

    def read_file(self, path: str, what: str, kind: str = "copy") -> OldFile:
        """The same three rows whatever the path."""
        columns = tuple(OldColumn(head, ("1",), role) for head, role in zip(HEADINGS, ROLES, strict=True))
        rows = tuple((line, ("1",) * 8) for line in (4, 5, 6))
        return OldFile(path, "so-2026.xlsx", what, kind, b"\1" * 32, columns, rows)

    def role_names(self, what: str) -> tuple[tuple[str, str], ...]:
        """As the service has them."""
        return (
            ("", "Bỏ qua"), ("number", "Số chứng thực"), ("book", "Quyển số"), ("day", "Ngày chứng thực"),
            ("name", "Họ tên người yêu cầu"), ("original", "Tên giấy tờ"), ("signatory", "Người ký"),
            ("copies", "Số bản"), ("fee", "Lệ phí"), ("remarks", "Ghi chú"),
        )  # fmt: skip

    def look(self, file: OldFile, roles: tuple[str, ...]) -> DryRun:
        """Three rows; the book's copies column is wanted."""
        self.looked.append(roles)
        lacking = () if "copies" in roles else ("Số bản",)
        notes = ("1772 số của sổ cũ không có trong tệp, chỉ còn ở sổ giấy: 4-1775.",)
        return DryRun(
            3, self.faults, len(self.faults), "3 dòng, số 01–03; 6 bản; 12.000 đ", notes, (), lacking
        )

    def begin(self, form: LetIn) -> ArrivalProgress:
        """Let in, or refused."""
        if self.refusal is not None:
            raise self.refusal
        self.let_in.append(form)
        self.begun = True
        return self._progress()

    def write_piece(self, arrival: EntryId) -> ArrivalProgress:
        """Two rows."""
        assert arrival == ARRIVAL
        self.written = min(self.planned, self.written + 2)
        done = self._progress()
        return replace(done, words="Đã ghi 3 dòng từ sổ cũ “so-2026.xlsx”.") if done.is_complete else done

    def unfinished(self) -> tuple[ArrivalProgress, ...]:
        """The one file while rows are left."""
        return (self._progress(),) if self.begun and self.written < self.planned else ()

    def _progress(self) -> ArrivalProgress:
        return ArrivalProgress(ARRIVAL, "so-2026.xlsx", LINES, self.written, self.planned)
