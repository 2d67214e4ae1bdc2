"""The page of a dossier: lists at the left, at the right what may be done now; F9 alone commits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.dossiers import ActOffer, Done
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.print_outcome import PrintOutcome
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.dossier.copying import Copying
from counter_app.ui.screens.dossier.page import FORMS, OTHER, DossierPage
from counter_app.ui.screens.dossier.view_model import Asked, DossierModel
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.widgets.screen import Screen
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"dossiers", "money", "people", "received"})
_TABS = (Action.TAB_1, Action.TAB_2, Action.TAB_3, Action.TAB_4, Action.TAB_5)
TAKEN_IN_THERE = frozenset({"online_new", "supplement"})
"""States of a dossier that the intake page takes too."""
_LETTERS = {
    Action.GIVE_BACK: "R",
    Action.ASK_SUPPLEMENT: "B",
    Action.SCAN_PAPER: "Q",
    Action.PRINT_AGAIN: "P",
}


class DossierView(Screen):
    """Esc puts the form aside, then goes back to the list the dossier was opened from."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before a dossier is asked for."""
        super().__init__(context)
        self.model = DossierModel(context.program.dossiers, context.background)
        self.parts = DossierPage(self, lambda name: name in self.copying.copied)
        self.outcome = PrintOutcome(context.program.papers, context.background, context.shell)
        self.copying = Copying(self.model, self.parts, context.shell, self._open)
        self._back = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """Hồ sơ."""
        return tr("Hồ sơ")

    def subtitle(self) -> str:
        """Its code."""
        return self.model.page.short_code if self.model.page is not None else ""

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the part in front."""
        if self.parts.form is not None:
            return (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("F9", tr("Ghi")), KeyHint("Esc", tr("Để sau")))
        keys: tuple[KeyHint, ...] = (KeyHint("1–5", tr("Đổi nhóm")), KeyHint("Ctrl 2", tr("Việc làm được")))
        if self.parts.tabs.current() == OTHER:
            return (*keys, KeyHint("Space", tr("Chép ô kế tiếp")), KeyHint("Enter", tr("Lấy số, ngày về")))
        page = self.model.page
        if page is not None and page.state in TAKEN_IN_THERE and self.context.may("intake"):
            keys = (*keys, KeyHint("Ctrl O", tr("Trang tiếp nhận")))
        return (
            *keys, KeyHint("Enter", tr("Mở")), KeyHint("P", tr("In lại giấy")),
            KeyHint("Ctrl T", tr("Vì sao hạn này")), KeyHint("Esc", tr("Quay lại")),
        )  # fmt: skip

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Bên trái là quá trình của hồ sơ, mới nhất ở dưới; bên phải là việc làm được lúc này."),
            tr("Enter hoặc chữ cái bên cạnh mở một việc, F9 ghi, Esc để sau mà giữ chữ đã gõ."),
            tr("Hồ sơ chờ dân không có hạn và không bao giờ quá hạn."),
            tr("Chép sang phần mềm ngành: Space chép từng ô; chép số và ngày bên đó rồi Enter để lấy về."),
            tr("In lại giấy cần lý do; bản in sau mang dấu “Bản in lần 2”."),
        )

    def on_shown(self, argument: object) -> None:
        """Opens what was scanned, found or chosen; without one the last dossier stays."""
        dossier, back = _asked(argument)
        if dossier is not None:
            self._back = back
            if dossier != self.model.asked:
                self._forget()
            self.parts.history_stack.loading()
            self.model.open(dossier)
        else:
            self.model.read()
        self.parts.current_table().setFocus()

    def on_commit(self) -> None:
        """F9: the form that stands; without one the act whose key is F9, such as *Tiếp nhận*."""
        form = self.parts.form
        if form is None:
            offer = self.model.by_key("F9")
            if offer is None:
                self.context.shell.tell(tr("Chọn một việc bên phải rồi nhấn Enter (Ctrl+2)."))
            elif offer.fields or offer.why_not:
                self._open(offer)
            else:
                self._commit(offer, {})
            return
        wrong = form.check()
        if wrong is None:
            self._commit(form.offer, form.values())
            return
        wrong.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(wrong, QLineEdit):
            wrong.selectAll()

    def on_escape(self) -> bool:
        """The form goes aside with what was typed; then back to where the dossier was opened."""
        if self.parts.form is not None:
            self.model.keep(self.parts.form.offer.code, self.parts.form.values(secrets=False))
            self._close_form()
            return True
        if not self._back:
            return False
        self.context.shell.open_screen(self._back)
        return True

    def on_scan(self, code: str) -> bool:
        """Into the field that waits for a scan; else the shell finds out what it is."""
        return self.parts.form is not None and self.parts.form.take_scan(code)

    def on_action(self, action: Action) -> bool:
        """Tabs, parts, letters, the panel for other software."""
        if action in _TABS:
            return self.parts.tabs.choose(_TABS.index(action))
        if action in _LETTERS:
            return self._letter(_LETTERS[action])
        if action is Action.REFRESH:
            self.model.read()
            return False
        run = self._acts().get(action)
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Something came for this dossier, or was done with it."""
        if areas & AREAS:
            self.model.read()

    # --- inside ---

    def _acts(self) -> dict[Action, Callable[[], None]]:
        return {
            Action.PART_1: lambda: self.parts.current_table().setFocus(),
            Action.PART_2: self.parts.acts.setFocus,
            Action.PART_3: self._to_form,
            Action.OPEN: self._enter,
            Action.TICK: self.copying.copy_next,
            Action.EXPLAIN: self._explain,
            Action.OPEN_EXISTING: self._to_intake,
        }

    def _listen(self) -> None:
        model, parts = self.model, self.parts
        model.changed.connect(self._show)
        model.done.connect(self._done)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        model.pin_refused.connect(self._pin_refused)
        parts.tabs.chosen.connect(self._show_tab)
        parts.acts.opened.connect(lambda _row: self._open_current())
        parts.acts.letter.connect(self._letter)
        parts.commit.clicked.connect(lambda _checked=False: self.on_commit())
        parts.tables[FORMS].opened.connect(lambda _row: self._reprint())

    def _show(self) -> None:
        page = self.model.page
        if page is None:
            return
        self.parts.show_view(page)
        form = self.parts.form
        if form is not None and self.model.offer(form.offer.code) is None:
            self._close_form()
            self.context.shell.tell(tr("Việc này không làm được nữa: hồ sơ vừa thay đổi."))
        self.context.shell.legend_changed()

    def _show_tab(self, code: str) -> None:
        held = any(table.hasFocus() for table in self.parts.tables.values())
        self.parts.show_list(code)
        if held or not self.parts.acts.hasFocus():
            self.parts.current_table().setFocus()
        self.context.shell.legend_changed()

    def _forget(self) -> None:
        """Another dossier: nothing of the last one may stay."""
        self.copying.copied.clear()
        self._close_form()

    def _letter(self, key: str) -> bool:
        offer = self.model.by_key(key)
        if offer is not None:
            self._open(offer)
            return True
        if key == "P":
            self._reprint()
            return True
        return False

    def _enter(self) -> None:
        if self.parts.acts.hasFocus():
            self._open_current()
        elif self.parts.tabs.current() == FORMS:
            self._reprint()
        elif self.parts.tabs.current() == OTHER:
            self.copying.take_back()

    def _open_current(self) -> None:
        place, rows = self.parts.acts.current_row(), self.parts.act_rows.rows()
        if 0 <= place < len(rows):
            self._open(rows[place])

    def _open(self, offer: ActOffer, values: dict[str, str] | None = None) -> None:
        """The form of an act; one that is not possible says why."""
        if offer.why_not:
            self.context.shell.tell(offer.why_not)
            return
        if self.parts.form is not None:
            self.model.keep(self.parts.form.offer.code, self.parts.form.values(secrets=False))
        form = self.parts.open_form(offer, {**self.model.kept.get(offer.code, {}), **(values or {})})
        self.context.shell.legend_changed()
        if form.chain.inputs():
            form.chain.start()
        else:
            self.setFocus()

    def _to_form(self) -> None:
        if self.parts.form is not None:
            self.parts.form.chain.start()

    def _close_form(self) -> None:
        self.parts.close_form()
        self.context.shell.legend_changed()
        self.parts.acts.setFocus()

    def _commit(self, offer: ActOffer, values: dict[str, str], again: str = "") -> None:
        if not offer.sealed:
            self.model.act(offer, values)
            return
        page = self.model.page
        said = tr("{act}: hồ sơ {code}.").format(act=offer.label, code=page.short_code if page else "")
        self._waiting = (offer, values)
        self.context.shell.ask_pin(offer.label, again or said, lambda pin: self.model.act(offer, values, pin))

    def _pin_refused(self, error: BaseException) -> None:
        self._commit(*self._waiting, again=words_of(error).sentence)

    def _to_intake(self) -> None:
        """Ctrl+O: a dossier that waits for papers, or for acceptance, on the page where it is taken in."""
        page = self.model.page
        if page is None or page.state not in TAKEN_IN_THERE or not self.context.may("intake"):
            self.context.shell.tell(tr("Hồ sơ này không chờ tiếp nhận hay bổ sung."))
            return
        self.context.shell.open_screen("intake", Opened(page.dossier, "dossier"))

    def _explain(self) -> None:
        """Ctrl+T: why the due date is what it is, step by step."""
        page = self.model.page
        if page is None:
            return
        content = QWidget()
        column = QVBoxLayout(content)
        steps = page.why_due or (tr("Hồ sơ này chưa có hạn trả."),)
        for step in steps:
            column.addWidget(label(step, wrap=True))
        column.addStretch(1)
        self.context.shell.open_panel(tr("Vì sao hạn này"), content)

    # --- printing again ---

    def _reprint(self) -> None:
        table, rows = self.parts.tables[FORMS], self.parts.models[FORMS].rows()
        if not rows:
            self.context.shell.tell(tr("Hồ sơ này chưa in giấy nào."))
            return
        in_front = self.parts.tabs.current() == FORMS
        form, words = rows[table.current_row() if in_front else len(rows) - 1]
        reasons = (
            ("jam", tr("Kẹt giấy, bản in hỏng")), ("faint", tr("Bản in mờ")), ("lost", tr("Thất lạc giấy")),
        )  # fmt: skip
        self.context.shell.ask_reason(
            tr("In lại {paper}").format(paper=words), reasons,
            lambda code, typed: self.model.reprint(form, typed or dict(reasons).get(code, code)),
            words=tr("Bản in sau mang dấu “Bản in lần 2”."), commit_words=tr("In lại"),
        )  # fmt: skip

    # --- answers ---

    def _done(self, done: Done) -> None:
        self._close_form()
        self.outcome.tell(done.sentence, done.jobs)

    def _failed(self, error: BaseException) -> None:
        form = self.parts.form
        if form is None or not form.show_error(field_of(error), words_of(error).sentence):
            self.context.shell.show_error(error)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.parts.history_stack.failed(words.title, words.remedy or words.meaning, self.model.read)


def _asked(argument: object) -> tuple[EntryId | None, str]:
    """Which dossier is to be opened, and the screen to go back to."""
    if isinstance(argument, Asked):
        return argument.dossier, argument.back
    if isinstance(argument, EntryId):
        return argument, ""
    if isinstance(argument, ScanResult):
        return argument.subject, ""
    if isinstance(argument, SearchHit):
        return argument.subject, "search"
    return None, ""
