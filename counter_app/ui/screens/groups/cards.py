"""Parts of the page at its right: money and papers, one person to mend, the columns of a list."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.groups import GroupForm, GroupView, LineView, PersonLine, Sheet
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.fields.ways_to_pay import CASH, ways_to_pay
from counter_app.ui.widgets.form_card import beside
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.text import ElidedLabel, label, recolour, rule

ONE, EACH = "one", "each"


class MoneyCard(Card):
    """Now or at return, one receipt or one each, one slip or one each; sums over those who are ticked."""

    changed = Signal(object)
    """The form with what was chosen."""
    signatory_chosen = Signal(int)

    def __init__(self) -> None:
        """Nothing to pay."""
        super().__init__(tr("Thu tiền, phiếu"), "3")
        self.when = Segmented((("now", tr("Thu ngay")), ("return", tr("Thu khi trả"))))
        self.when.setAccessibleName(tr("Thu ngay hoặc thu khi trả (Ctrl+M)"))
        self.receipt = Segmented(((ONE, tr("Một biên lai")), (EACH, tr("Mỗi người"))))
        self.slip = Segmented(((ONE, tr("Một phiếu")), (EACH, tr("Mỗi người"))))
        self.receipt.setAccessibleName(tr("Một biên lai cho cả nhóm, hoặc mỗi người một biên lai"))
        self.slip.setAccessibleName(tr("Một phiếu cho cả nhóm, hoặc mỗi người một phiếu"))
        self.add_to_head(key_cap("Ctrl M"))
        for choice in (self.when, self.receipt, self.slip):
            self.add(choice)
            choice.chosen.connect(self._tell)
        self.people = ElidedLabel("", "body", "text2")
        self.add(self.people)
        self.add(rule())
        self.total = label("", "h1")
        self.add(line(label(tr("Phải thu"), "strong"), self.total))
        self.method = ways_to_pay()
        self.method.chosen.connect(self._tell)
        self.add(self.method)
        self.given = MoneyField(tr("Tiền nhận"))
        self.given.edit.textEdited.connect(self._tell)
        self.change = label("", "strong", "ok")
        self.add(self.given)
        self.add(line(label(tr("Tiền trả lại"), "caption_strong", "text2"), self.change))
        self.queue = ElidedLabel(tr("Trình ai ký"), "caption_strong", "text2")
        self.signatory = Picker(tr("Trình ai ký"))
        self.signatory.picked.connect(self.signatory_chosen)
        self.add(self.queue)
        self.add(self.signatory)
        self.body.addStretch(1)
        self._form = GroupForm()

    def show_form(self, form: GroupForm, view: GroupView | None, *, locked: bool) -> None:
        """Choices, sums, change."""
        self._form = form
        chosen = (form.pay, form.receipt, form.slip, form.method)
        choices = (self.when, self.receipt, self.slip, self.method)
        for choice, code in zip(choices, chosen, strict=True):
            if choice.current() != code:
                choice.choose(code, quiet=True)
            choice.setEnabled(not locked)
        self.method.setVisible(form.pay == "now")
        asks = form.pay == "now" and form.receipt == ONE and form.method == CASH
        self.given.set_read_only(locked or not asks)
        if self.given.text() != form.given and not self.given.edit.hasFocus():
            self.given.fill(form.given)
        ticked = 0 if view is None else view.counts.get("ticked", 0)
        copies, total = (0, 0) if view is None else (view.copies, view.total)
        self.people.setText(
            tr("{people} người đã đối chiếu · {copies} bản sao").format(people=ticked, copies=copies)
        )
        self.total.setText(money(total))
        self.change.setText(money(view.change) if view is not None and asks else "")
        fault = "" if view is None else next((words for field, words in view.faults if field == "given"), "")
        self.given.show_error(fault if form.given else "")

    def show_signers(self, choices: tuple[SignatoryChoice, ...], form: GroupForm, *, locked: bool) -> None:
        """People with a valid act, fewest waiting first."""
        current = next((n for n, one in enumerate(choices) if one.official == form.signatory), -1)
        self.signatory.show_choices([one.label for one in choices], current)
        self.signatory.setEnabled(bool(choices) and not locked)
        waiting = choices[current].waiting if current >= 0 else 0
        words = tr("Trình ai ký · đang chờ {n} phiếu").format(n=waiting)
        self.queue.setText(words if current >= 0 else tr("Trình ai ký"))

    def _tell(self, _changed: str) -> None:
        self.changed.emit(
            replace(
                self._form, pay=self.when.current(), receipt=self.receipt.current(),
                slip=self.slip.current(), given=self.given.text(), method=self.method.current(),
            )
        )  # fmt: skip


class PersonPanel(Card):
    """One person of the list, cell by cell; Enter goes on, after the last cell the line is taken over."""

    written = Signal(int, object)
    """Place and ``PersonLine``."""
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Sửa một dòng"))
        self.fields = {
            "name": Field(tr("Họ và tên"), required=True),
            "id_number": Field(tr("Số giấy tờ"), required=True),
            "birth": Field(tr("Ngày sinh")),
            "label": Field(tr("Lớp")),
            "address": Field(tr("Nơi cư trú")),
            "phone": Field(tr("Điện thoại")),
        }
        self.which = label("", "caption_strong", "text2")
        self.add(self.which)
        name, number, birth, group, home, phone = self.fields.values()
        self.add(name)
        self.add(beside(number, birth))
        self.add(home)
        self.add(beside(group, phone))
        for field in self.fields.values():
            field.left.connect(self.keep)
        self.back = Button(tr("Về danh sách"), "arrow-left", "Esc", LINK, self.left.emit)
        self.add(self.back)
        self.chain = FocusChain(tuple(self.fields.values()), self._ended, self)
        self.place = -1
        self._person = PersonLine()

    def open(self, place: int, person: PersonLine, read: LineView | None) -> None:
        """A line of the list; the cell that is wrong has the focus."""
        self.place, self._person = place, person
        self.which.setText(
            tr("Dòng {n}").format(n=place + 1)
            + (tr(" · dòng {n} của tệp").format(n=person.source) if person.source else "")
        )
        for name, field in self.fields.items():
            field.fill(str(getattr(person, name)))
        self.show_read(read)
        wrong = self.fields.get(read.field if read is not None else "") or self.fields["name"]
        wrong.edit.setFocus()
        wrong.edit.selectAll()

    def show_read(self, read: LineView | None) -> None:
        """Words below the cell that is wrong."""
        for name, field in self.fields.items():
            here = read is not None and read.words and read.field == name and not field.edit.isModified()
            field.show_error(read.words[0] if here and read is not None else "")

    def keep(self) -> None:
        """What is typed goes to the list when a cell was changed."""
        if self.place < 0:
            return
        name, number, birth, group, home, phone = (field.text() for field in self.fields.values())
        typed = replace(
            self._person, name=name, id_number=number, birth=birth, label=group, address=home, phone=phone
        )
        if typed != self._person:
            if typed.id_number != self._person.id_number:
                typed = replace(typed, seen=())
            self._person = typed
            self.written.emit(self.place, typed)

    def _ended(self) -> None:
        self.keep()
        self.left.emit()


class ColumnsPanel(Card):
    """Which column of the list is what, where the head words did not say it."""

    named = Signal(object)
    """A tuple of roles, one a column."""

    def __init__(self) -> None:
        """No list yet."""
        super().__init__(tr("Cột của danh sách"))
        self.source = ElidedLabel("", "caption", "text2")
        self.add(self.source)
        self.pickers: dict[str, Picker] = {}
        for role, words in _role_words():
            picker = Picker(words)
            picker.picked.connect(lambda _place: self._tell())
            self.pickers[role] = picker
            self.add(_beside_its_name(words, picker))
        self.body.addStretch(1)
        self._width = 0

    def show_sheet(self, sheet: Sheet) -> None:
        """The columns by their heads, or by what stands in them."""
        self._width = len(sheet.columns)
        self.source.setText(tr("{n} dòng từ {source}").format(n=len(sheet.lines), source=sheet.source))
        choices = [tr("(không có)")]
        for place, column in enumerate(sheet.columns):
            shown = column.head or ", ".join(column.examples) or tr("cột trống")
            choices.append(f"{place + 1}. {shown}")
        for role, picker in self.pickers.items():
            place = sheet.roles.index(role) + 1 if role in sheet.roles else 0
            picker.show_choices(choices, place)

    def roles(self) -> tuple[str, ...]:
        """One role for each column; the first picker that names a column keeps it."""
        roles = [""] * self._width
        for role, picker in self.pickers.items():
            place = picker.currentIndex() - 1
            if 0 <= place < self._width and not roles[place]:
                roles[place] = role
        return tuple(roles)

    def lacks_name(self) -> bool:
        """True while no column holds names."""
        return "name" not in self.roles()

    def _tell(self) -> None:
        recolour(self.source, colour="bad" if self.lacks_name() else "text2")
        self.named.emit(self.roles())


def _beside_its_name(words: str, picker: Picker) -> QHBoxLayout:
    """Name at the left, choice at the right: seven of them stay lower than a window."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(ElidedLabel(words, "caption_strong", "text2"), 2)
    row.addWidget(picker, 3)
    return row


def _role_words() -> tuple[tuple[str, str], ...]:
    return (
        ("name", tr("Họ và tên")),
        ("given", tr("Tên (cột riêng)")),
        ("id_number", tr("Số giấy tờ")),
        ("birth", tr("Ngày sinh")),
        ("label", tr("Lớp")),
        ("address", tr("Nơi cư trú")),
        ("phone", tr("Điện thoại")),
    )
