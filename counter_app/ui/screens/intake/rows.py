"""The lists of the page: procedures found, the check-list in groups, communes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.services.ports.intake import IntakeForm, IntakeView, PaperRow, PlaceHit, ProcedureHit
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake import entry
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

PAPER, FOLD, CASE = "paper", "fold", "case"
REQUIRED, ONE_OF, IF, BY_CHANNEL, DATA_INSTEAD = "required", "one_of", "if", "by_channel", "data_instead"
_RANK = {REQUIRED: 0, BY_CHANNEL: 0, IF: 1, ONE_OF: 2, DATA_INSTEAD: 3}
SHOW = "show"
UNKNOWN = ("chưa có", "chưa có mức", "none", "")
AT_RETURN = "at_return"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the check-list. ``kind``: a paper, the folded conditions, one condition (``key``)."""

    kind: str
    row: int = -1
    key: str = ""
    name: str = ""
    second: str = ""
    whole: str = ""
    group: str = ""
    ticked: bool | None = None
    missing: bool = False
    look_up: bool = False


def lines_of(form: IntakeForm, view: IntakeView | None, *, unfolded: bool) -> list[Line]:
    """Papers that apply, group by group; conditions that do not apply stay folded in one line."""
    if view is None or view.procedure is None:
        return []
    asked = [paper for paper in view.papers if paper.applies]
    firsts: dict[str, int] = {}
    for place, paper in enumerate(asked):
        firsts.setdefault(paper.group, place)
    asked.sort(key=lambda one: (_RANK.get(one.kind, 2), firsts[one.group], one.row))
    lines = [_paper_line(form, paper) for paper in asked]
    if view.cases:
        lines.append(_fold_line(form, view, unfolded=unfolded))
    if unfolded:
        lines += [_case_line(form, view, key, words) for key, words in view.cases]
    return lines


def missing_groups(view: IntakeView | None) -> int:
    """Groups of which something is missing: one line of form 02 each."""
    rows = [] if view is None else [paper for paper in view.papers if paper.missing]
    return len({paper.group if paper.kind == ONE_OF else f"{paper.group} {paper.row}" for paper in rows})


def _paper_line(form: IntakeForm, paper: PaperRow) -> Line:
    state = entry.state_of(form, paper.row)
    return Line(
        PAPER, paper.row, "", paper.name, _second(paper, state, entry.asked_words(form, paper.row)),
        paper.whole_text, paper.kind, state != entry.MISSING, paper.missing, paper.look_up,
    )  # fmt: skip


def _second(paper: PaperRow, state: str, asked: str) -> str:
    said = {
        entry.LOOKED_UP: tr("Đã tra cứu, không cần giấy"),
        entry.QUEUED: tr("Chờ mạng để tra cứu, không cần giấy"),
        entry.DIFFERS: tr("Tra cứu khác giấy tờ: xem lại"),
        AT_RETURN: tr("Có bản điện tử, xuất trình bản chính khi nhận kết quả"),
    }.get(state, "")
    if said:
        return f"{said} · {paper.answer}" if paper.answer else said
    if paper.answer:
        return paper.answer
    if asked:
        return tr("Ghi vào phiếu: {words}").format(words=asked)
    if paper.look_up:
        return tr("T: tra cứu trước; {ground}").format(ground=paper.group_words)
    if paper.group_words and paper.kind in (ONE_OF, IF):
        return paper.group_words
    mode = tr("xuất trình") if paper.mode == SHOW else tr("nộp")
    return tr("{wanted} · {mode}").format(wanted=paper.wanted, mode=mode) if paper.wanted else mode


def _fold_line(form: IntakeForm, view: IntakeView, *, unfolded: bool) -> Line:
    idle = [words for key, words in view.cases if key not in form.cases]
    words = tr("Nhóm “nếu …”: {n} trường hợp không áp dụng").format(n=len(idle))
    return Line(FOLD, -1, "", words, "" if unfolded else "; ".join(idle), "; ".join(idle), FOLD)


def _case_line(form: IntakeForm, view: IntakeView, key: str, words: str) -> Line:
    held = key in form.cases
    count = sum(1 for paper in view.papers if paper.kind == IF and paper.group == key)
    second = tr("Đang áp dụng: {n} giấy ở trên") if held else tr("Space: áp dụng, thêm {n} giấy")
    return Line(CASE, -1, key, words, second.format(n=count), words, IF, held)


class PapersModel(CellModel):
    """Tick, paper with its state, group."""

    def __init__(self) -> None:
        """Nothing asked."""
        super().__init__((Column("", 44, centre=True), Column(tr("Giấy tờ")), Column(tr("Nhóm"), 190)))

    def line(self, place: int) -> Line | None:
        """The line at a place of the list."""
        lines: Sequence[Line] = self.rows()
        return lines[place] if 0 <= place < len(lines) else None

    def place_of(self, row: int) -> int:
        """Where a row of the procedure's list stands, -1 when it does not apply."""
        return next((place for place, line in enumerate(self.rows()) if line.row == row), -1)

    def cell(self, row: int, column: int) -> CellSpec:
        """The cell of a line."""
        line: Line = self.rows()[row]
        if column == 0:
            return self._tick(line)
        if column == 1:
            colour = "bad" if line.missing and line.group in (ONE_OF, IF) else "text2"
            dim = line.kind != PAPER
            return CellSpec(
                line.name, line.second, weight=400 if dim else 600, colour="text2" if dim else "text",
                second_colour=colour, tooltip=line.whole,
            )  # fmt: skip
        return CellSpec(badge=_badge(line.group)) if line.kind == PAPER else CellSpec()

    def _tick(self, line: Line) -> CellSpec:
        if line.ticked is None:
            return CellSpec(
                icon=("chevron-right", "text2"), align="centre", words=tr("Enter: mở ra hoặc thu lại")
            )
        words = tr("đủ") if line.ticked else tr("thiếu") if line.missing else tr("chưa có")
        return CellSpec(tick=line.ticked, align="centre", words=words)


def _badge(group: str) -> tuple[str, str, str]:
    return {
        REQUIRED: (tr("bắt buộc"), "wait", ""),
        BY_CHANNEL: (tr("theo kênh nộp"), "wait", ""),
        ONE_OF: (tr("một trong các"), "warn", ""),
        IF: (tr("theo trường hợp"), "conf", ""),
        DATA_INSTEAD: (tr("tra cứu CSDL thay giấy"), "primary", ""),
    }.get(group, (group, "wait", ""))


class HitsModel(CellModel):
    """Procedures: name with field and code, amber where unreviewed, limit, fee."""

    def __init__(self) -> None:
        """Nothing found."""
        super().__init__(
            (Column(""), Column("", 128), Column("", 132, right=True), Column("", 118, right=True))
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """The cell of a hit."""
        hit: ProcedureHit = self.rows()[row]
        if column == 0:
            second = tr("{field} · {code} · {alias}") if hit.alias else tr("{field} · {code}")
            words = second.format(field=hit.field, code=hit.code, alias=hit.alias)
            return CellSpec(hit.title, words, weight=500, tooltip=hit.title)
        if column == 1:
            return (
                CellSpec() if hit.reviewed else CellSpec(badge=(tr("chưa rà soát"), "warn", "alert-triangle"))
            )
        words = hit.limit if column == 2 else hit.fee
        known = words.strip().lower() not in UNKNOWN
        shown = words if known else tr("chưa có hạn") if column == 2 else tr("chưa có mức")
        return CellSpec(shown, weight=600, colour="text2" if known else "warn", align="right")


class PlacesModel(CellModel):
    """Communes with their province."""

    def __init__(self) -> None:
        """Nothing found."""
        super().__init__((Column(""), Column("", 120)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Name, province."""
        hit: PlaceHit = self.rows()[row]
        if column == 0:
            return CellSpec(hit.name, weight=600)
        return CellSpec(hit.province, colour="text2")
