"""Lists of a dossier's page: history, particulars, papers, printed forms, fields for other software, acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from counter_app.services.ports.dossiers import ActOffer, DossierView, FieldForOther, PaperLine, TimelineRow
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

SYNC = {
    "waiting": ("cloud-up", "text2"),
    "received": ("cloud-check", "ok"),
    "asked": ("alert-triangle", "bad"),
}


class FactRow(NamedTuple):
    """One line of the particulars; ``section`` stands where its part begins."""

    section: str
    label: str
    value: str


def sync_words(sync: str) -> str:
    """Where an entry is, for people who cannot see the icon."""
    if sync == "received":
        return tr("tỉnh đã nhận")
    return tr("tỉnh hỏi lại") if sync == "asked" else tr("chưa ở tỉnh")


def fact_rows(view: DossierView) -> tuple[FactRow, ...]:
    """Everything that is no list of its own, in the order people ask for it."""
    why = tuple((str(place + 1), step) for place, step in enumerate(view.why_due))
    place = ((tr("Người giữ"), view.place),) if view.place else ()
    parts = (
        (tr("Vì sao hạn này"), why),
        (tr("Người nộp"), view.party),
        (tr("Người liên quan"), view.companions),
        (tr("Nơi giữ"), place),
        (tr("Tiền"), view.money),
        (tr("Kết quả"), view.result),
        (tr("Mã"), (*view.codes, (tr("Cổng dịch vụ công"), view.portal))),
    )
    return tuple(
        FactRow(section if row == 0 else "", name, value)
        for section, lines in parts
        for row, (name, value) in enumerate(lines)
    )


def timeline_words(row: TimelineRow) -> str:
    """Everything a line of the history says, for the strip below it."""
    said = row.contested or row.words
    return tr("{what}: {words}").format(what=row.title, words=said) if said else row.title


def paper_words(paper: PaperLine) -> str:
    """A paper's whole name, which no cell has room for."""
    return tr("{what}: {words}").format(what=paper.name, words=paper.words) if paper.words else paper.name


def fact_words(row: FactRow) -> str:
    """One line of the particulars."""
    return tr("{what}: {words}").format(what=row.label, words=row.value)


def field_words(field: FieldForOther) -> str:
    """One field for other software."""
    return tr("{what}: {words}").format(what=field.label, words=field.value)


def form_words(form: tuple[str, str]) -> str:
    """One printed paper."""
    return form[1]


def paper_badge(state: str) -> tuple[str, str, str]:
    """Words, kind and icon of a paper's state."""
    badges = {
        "brought": (tr("Đã nộp"), "ok", "check"),
        "missing": (tr("Thiếu"), "bad", "alert-circle"),
        "looked_up": (tr("Đã tra cứu"), "ok", "database"),
        "differs": (tr("Khác dữ liệu"), "warn", "alert-triangle"),
        "queued": (tr("Chờ tra cứu"), "wait", "clock"),
        "at_return": (tr("Xuất trình khi nhận"), "conf", "package-export"),
        "not_applicable": (tr("Không cần"), "wait", "minus"),
    }
    return badges.get(state, (tr("Chưa rõ"), "warn", "help-circle"))


class TimelineModel(CellModel):
    """Who did what, newest last; the hour above its day, so that neither is cut at any text size."""

    def __init__(self) -> None:
        """When, what, who, where the entry is."""
        super().__init__(
            (
                Column(tr("Lúc"), 122),
                Column(tr("Việc"), 190, grow=3),
                Column(tr("Người làm"), 150, grow=1),
                Column("", 36),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """An act that does not count is struck through and says why."""
        one: TimelineRow = self.rows()[row]
        if column == 0:
            icon = ("ban", "bad") if one.contested else (one.kind, "text2")
            return CellSpec(formatting.time(one.at), formatting.date(one.at), icon=icon, weight=500)
        if column == 1:
            second = one.contested or one.words
            colour = "bad" if one.contested else "text2"
            return CellSpec(
                one.title, second, weight=600, struck=bool(one.contested), second_colour=colour,
                tooltip=second,
            )  # fmt: skip
        if column == 2:
            return CellSpec(one.who, one.post)
        icon = SYNC.get(one.sync, SYNC["waiting"])
        return CellSpec(icon=icon, align="centre", words=sync_words(one.sync))


class FactsModel(CellModel):
    """Particulars as lines."""

    def __init__(self) -> None:
        """Part, name, value."""
        super().__init__((Column(tr("Phần"), 126), Column(tr("Mục"), 168), Column(tr("Nội dung"))))

    def cell(self, row: int, column: int) -> CellSpec:
        """One line."""
        one: FactRow = self.rows()[row]
        if column == 0:
            return CellSpec(one.section, colour="text2", weight=600)
        if column == 1:
            return CellSpec(one.label, colour="text2")
        return CellSpec(one.value, weight=500, tooltip=one.value)


class PapersModel(CellModel):
    """The check-list as it stands."""

    def __init__(self) -> None:
        """Name and state."""
        super().__init__((Column(tr("Giấy tờ")), Column(tr("Trạng thái"), 176)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One paper."""
        one: PaperLine = self.rows()[row]
        if column == 0:
            return CellSpec(one.name, one.words, weight=500, tooltip=one.name)
        return CellSpec(badge=paper_badge(one.state))


class FormsModel(CellModel):
    """Papers that were issued: Enter prints one again."""

    def __init__(self) -> None:
        """The paper, and the key."""
        super().__init__((Column(tr("Giấy đã in")), Column("", 110, right=True)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One paper by its name and number."""
        _, words = self.rows()[row]
        if column == 0:
            return CellSpec(words, icon=("printer", "text2"), weight=500)
        return CellSpec(tr("P in lại"), colour="text3", align="right", words=" ")


class FieldsModel(CellModel):
    """Fields for other software; a tick stands at those that were copied."""

    def __init__(self, is_copied: Callable[[str], bool]) -> None:
        """``is_copied`` asks by the field's name."""
        super().__init__((Column("", 46), Column(tr("Ô"), 200), Column(tr("Nội dung"))))
        self._is_copied = is_copied

    def cell(self, row: int, column: int) -> CellSpec:
        """Copied or not, name, value."""
        one: FieldForOther = self.rows()[row]
        if column == 0:
            copied = self._is_copied(one.name)
            words = tr("đã chép") if copied else tr("chưa chép")
            return CellSpec(icon=("check", "ok") if copied else ("copy", "text3"), words=words)
        if column == 1:
            return CellSpec(one.label, colour="text2")
        return CellSpec(one.value, weight=600, tooltip=one.value)


def possible_first(acts: tuple[ActOffer, ...]) -> tuple[ActOffer, ...]:
    """What this person may do now, then the rest, each in the order of a dossier's life."""
    return tuple(sorted(acts, key=lambda one: bool(one.why_not)))


def act_words(offer: ActOffer) -> str:
    """Why an act is grey, or what it asks for beyond its fields; "" when there is nothing to say."""
    return offer.why_not or (tr("F9 rồi PIN của người làm.") if offer.sealed else "")


def act_detail(offer: ActOffer) -> str:
    """What the strip below the acts says of one: its reason, its PIN, else how it is opened."""
    more = act_words(offer)
    if more or not offer.key:
        return more or tr("Enter mở việc này.")
    return tr("Enter hoặc phím {key} mở việc này.").format(key=offer.key)


class ActsModel(CellModel):
    """What is possible now; the rest is grey with a lock, its reason stands below the list."""

    def __init__(self) -> None:
        """The act and its key."""
        super().__init__((Column(""), Column("", 52, right=True)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One act."""
        one: ActOffer = self.rows()[row]
        if column == 1:
            return CellSpec(one.key, colour="text3", align="right", weight=600)
        grey = bool(one.why_not)
        icon, colour = ("lock", "text3") if grey else (one.icon, "primary")
        more = act_words(one)
        return CellSpec(
            one.label, icon=(icon, colour), weight=500 if grey else 600, colour="text3" if grey else "text",
            tooltip=more, words=tr("{what}: {words}").format(what=one.label, words=more) if more else "",
        )  # fmt: skip
