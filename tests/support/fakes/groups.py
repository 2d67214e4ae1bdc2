"""A page of groups without a store: lists read by the program's own reader, the rest kept in memory.

``sample()`` is a school's morning in the middle: pasted, some compared, two lines to mend, one to look at.
All people are practice data.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from counter_app.domain.certification.taking_in.fees import copy_fee
from counter_app.domain.certification.taking_in.row_grammar import parse_row
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.services.groups import sheets
from counter_app.services.groups.listing import people_of, sheet_of
from counter_app.services.ports.groups import (
    LOOK,
    READY,
    STOP,
    TAKEN,
    UNTICKED,
    GroupForm,
    GroupRefund,
    GroupRefundForm,
    GroupRow,
    GroupView,
    LineView,
    MemberRow,
    PaperView,
    PersonLine,
    Piece,
    Sheet,
)
from counter_app.services.rules import shipped_rules
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.copies import AT, SIGNERS

HALF = EntryId(513, 71)
_FAMILIES = ("Lò Văn", "Lù Thị", "Vàng A", "Giàng Thị", "Sùng A", "Tẩn Thị")
_GIVEN = ("Ẩm", "Ắn", "Ập", "Ửng", "Ộc", "Ễnh", "Ằng", "Ỷ")


def pupil(place: int, *, ticked: bool = True) -> PersonLine:
    """The ``place``-th pupil, born 2012."""
    name = f"{_FAMILIES[place % 6]} {_GIVEN[place % 8]} (tập huấn)"
    day = f"{1 + place % 28:02d}/{1 + place % 12:02d}/2012"
    return PersonLine(
        name, f"012212{place * 37:06d}", day, f"{6 + place % 4}A", source=place + 2,
        compared_at=AT if ticked else 0,
    )  # fmt: skip


def school(count: int, ticked: int, **more: object) -> GroupForm:
    """A form of ``count`` pupils, the first ``ticked`` of them compared."""
    people = tuple(pupil(place, ticked=place < ticked) for place in range(count))
    return replace(
        GroupForm(
            "Trường PTDTBT Bình Lư (tập huấn)", "Trần Thị Giáo (tập huấn)", "012090000001", "0912 000 001",
            ("hb 24x1", "gks 1x2"), people, signatory=SIGNERS[0].official,
        ),
        **more,
    )  # fmt: skip


def day_rows() -> tuple[GroupRow, ...]:
    """Groups of the last days: one that owes, one of which a line was struck, one that is done."""
    papers = "hb 24x1; gks 1x2"
    return (
        GroupRow(EntryId(513, 61), "02-0004", "Trường THCS Tả Lèng (tập huấn)", "Lò Thị Ộn", papers,
                 AT - 3_600_000, 31, 31, 93, 930_000, 930_000, True, False),
        GroupRow(EntryId(513, 62), "01-0009", "Trường Tiểu học Bình Lư (tập huấn)", "", papers,
                 AT - 90_000_000, 58, 58, 174, 1_740_000, 0, True, False, 30_000),
        GroupRow(EntryId(513, 63), "02-0011", "Hợp tác xã Nà Khan (tập huấn)", "", "cc 2x1",
                 AT - 180_000_000, 12, 12, 12, 48_000, 0, True, False),
    )  # fmt: skip


@dataclass
class FakeGroups:
    """``forms`` holds what F9 wrote, ``paid`` what was taken, ``again`` what was printed again."""

    draft: GroupForm | None = None
    refunds: list[GroupRefundForm] = field(default_factory=list)
    rows: tuple[GroupRow, ...] = field(default_factory=day_rows)
    half: tuple[GroupForm, int] | None = None
    """A list that is half written here, and how many of it are."""
    pieces: int = 0
    """Pieces of 25 that F9 writes before ``done``; 0: at once."""
    forms: list[GroupForm] = field(default_factory=list)
    paid: list[tuple[EntryId, str, str]] = field(default_factory=list)
    again: list[tuple[EntryId, str]] = field(default_factory=list)
    refuses: DomainError | None = None

    def __post_init__(self) -> None:
        self.rules = shipped_rules()

    def read_text(self, text: str) -> Sheet:
        return sheet_of(sheets.read_text(text), "các ô vừa dán")

    def read_file(self, path: str) -> Sheet:
        return sheet_of(sheets.read_file(Path(path)), Path(path).name)

    def people(self, sheet: Sheet, roles: tuple[str, ...]) -> tuple[PersonLine, ...]:
        return people_of(sheet, roles)

    def view(self, form: GroupForm) -> GroupView:
        papers = tuple(map(self._paper, form.papers))
        taken = self.half[1] if self.half is not None and form.group is not None else 0
        lines = tuple(self._line(one, papers, place < taken) for place, one in enumerate(form.people))
        ticked = [line for line, one in zip(lines, form.people, strict=True) if one.compared_at]
        counts = {**Counter(line.state for line in lines), "ticked": len(ticked)}
        total = sum(line.amount for line in ticked)
        faults = [("papers", paper.fault) for paper in papers if paper.fault]
        wrong = sum(line.state in (STOP, LOOK) for line in ticked)
        if wrong:
            faults.append(("people", f"Còn {wrong} dòng đã đánh dấu cần sửa hoặc cần xem."))
        given, change = self._money(form, total)
        return GroupView(
            papers, lines, counts, sum(line.originals for line in ticked),
            sum(line.copies for line in ticked), total, given, change, tuple(faults), "trả 17:00 23/11",
        )  # fmt: skip

    def write_piece(self, form: GroupForm) -> Piece:
        if self.refuses is not None:
            raise self.refuses
        self.forms.append(form)
        planned = sum(bool(one.compared_at) for one in form.people)
        done = len(self.forms) > self.pieces
        taken = planned if done else min(planned, 25 * len(self.forms))
        return Piece(HALF, taken, planned, done, (), f"Đã lưu nhóm 02-0018: {taken} người." if done else "")

    def end(self, group: EntryId, ground: str) -> Piece:
        self.again.append((group, ground))
        return Piece(group, 25, 60, True, (), "Đã lưu nhóm 02-0018: 25 người.")

    def take_money(self, group: EntryId, given: str, method: str = "cash") -> Piece:
        self.paid.append((group, given, method))
        self.rows = tuple(replace(row, to_pay=0) if row.group == group else row for row in self.rows)
        return Piece(group, 31, 31, True, (), "Đã thu 930.000 đ.")

    def print_again(self, group: EntryId, reason: str) -> str:
        self.again.append((group, reason))
        return "Đã in lại phiếu và danh sách của nhóm."

    def print_jobs(self, jobs: tuple[int, ...]) -> str:
        return ""

    def recent(self) -> tuple[GroupRow, ...]:
        if self.half is None:
            return self.rows
        form, taken = self.half
        row = GroupRow(HALF, "02-0018", form.name, form.bearer, "; ".join(form.papers), AT, taken,
                       len(form.people), 3 * taken, 30_000 * taken, 0, False, True)  # fmt: skip
        return (row, *self.rows)

    def resume(self, group: EntryId) -> GroupForm:
        assert self.half is not None
        return replace(self.half[0], group=group)

    def refundable(self, group: EntryId) -> GroupRefund:
        return GroupRefund(group, "Trường PTDTBT Bình Lư (tập huấn)", 720_000, 24, 60_000, 2)

    def refund(self, form: GroupRefundForm) -> str:
        self.refunds.append(form)
        return "Đã hoàn 720.000 đ của 24 biên lai, trừ vào quỹ hôm nay."

    def members(self, group: EntryId) -> tuple[MemberRow, ...]:
        people = map(pupil, range(3))
        return tuple(
            MemberRow(EntryId(513, 80 + place), f"02-00{20 + place}", one.name, one.label, "signed")
            for place, one in enumerate(people)
        )

    def load_draft(self) -> GroupForm | None:
        return self.draft

    def save_draft(self, form: GroupForm | None) -> None:
        self.draft = form

    def _paper(self, text: str) -> PaperView:
        try:
            typed = parse_row(text, self.rules.kinds)
        except DomainError as error:
            return PaperView("", 0, 0, 0, error.title)
        fee = copy_fee(self.rules.fees, typed.pages, typed.copies, vn_date(AT)).amount
        return PaperView(typed.name, typed.pages, typed.copies, fee)

    def _line(self, one: PersonLine, papers: tuple[PaperView, ...], taken: bool) -> LineView:
        brought = [paper for place, paper in enumerate(papers) if place not in one.without]
        sums = (len(brought), sum(p.copies for p in brought), sum(p.amount for p in brought))
        if taken:
            return LineView(TAKEN, (), "", *sums)
        digits = len(one.id_number)
        if digits == 11 and "group.zero" not in one.seen:
            words = f"Excel đã bỏ số 0 đầu: hiểu là 0{one.id_number}. Đối chiếu với thẻ."
            return LineView(LOOK, (words,), "id_number", *sums, looks=("group.zero",))
        if digits not in (11, 12):
            words = f"Số căn cước phải có 12 chữ số, hiện có {digits}."
            return LineView(STOP, (words,), "id_number", *sums)
        if one.birth.startswith("31/02"):
            return LineView(STOP, (f"Ngày {one.birth} không có trong lịch.",), "birth", *sums)
        return LineView(READY if one.compared_at else UNTICKED, (), "", *sums)

    def _money(self, form: GroupForm, total: int) -> tuple[int, int]:
        if form.pay != "now" or form.receipt != "one" or form.method == "transfer":
            return total, 0
        try:
            given = read_given(form.given, total)
            return given, change_for(given, total)
        except DomainError:
            return 0, 0


def sample() -> FakeGroups:
    """24 pupils: 20 compared, a short number, a day that no calendar has, a lost zero, one paper left out."""
    form = school(24, 20, given="1000000")
    people = list(form.people)
    people[3] = replace(people[3], without=(1,))
    people[20] = replace(people[20], id_number="01221200")
    people[21] = replace(people[21], birth="31/02/2012")
    people[22] = replace(people[22], id_number=people[22].id_number[1:])
    return FakeGroups(replace(form, people=tuple(people)))


def half_written() -> FakeGroups:
    """60 pupils, 25 of them written when the power went."""
    return FakeGroups(half=(school(60, 60), 25))
