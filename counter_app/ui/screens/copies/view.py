"""Certified copies: card, rows, ticks, money, F9. Nothing is numbered here (``ux.md`` 4.4)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.copies import Committed, PersonForm
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.papers import PrintJobView
from counter_app.ui import formatting
from counter_app.ui.actions import Action
from counter_app.ui.errors import is_bug, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.print_outcome import PrintOutcome
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.copies import problems
from counter_app.ui.screens.copies.later import Later
from counter_app.ui.screens.copies.layout import CopiesPage
from counter_app.ui.screens.copies.row_acts import RowActs
from counter_app.ui.screens.copies.scan_picker import ScanPicker
from counter_app.ui.screens.copies.signers.acts import SignersActs
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"people", "requests", "registers", "signing", "session", "settings", "unit"})
_TIME_TO_COMPARE = 20.0
"""How long the words stay that ask to compare every cell with the card, s."""


class CopiesView(CopiesPage):
    """The page. F9 is the only commit; Esc leaves with the draft kept."""

    def __init__(self, context: ScreenContext) -> None:
        """Joins the parts with keys and answers; nothing is read before it is shown."""
        super().__init__(context)
        self.rows = RowActs(self.model, self.papers, context.shell)
        self.scans = ScanPicker(context, self, self.model, self.papers)
        self._prints = PrintOutcome(context.program.papers, context.background, context.shell)
        self.signers = SignersActs(self.model, self.papers, context.shell)
        self.later = Later(self.model, context, self)
        self._problems = problems.ProblemWalk(
            self.model, self.person, self.papers, self.money, self.text, self.later
        )
        self._opened = False
        self._part = ""
        self._listen()
        self.draw()

    # --- what the shell asks ---

    def title(self) -> str:
        """Title of the page."""
        return tr("Chứng thực bản sao")

    def subtitle(self) -> str:
        """The code of the last request, or when the draft was saved."""
        model = self.model
        if model.form.request is not None:
            return tr("Sửa phiếu được trả lại")
        if model.saved_at:
            return tr("Nháp · đã lưu {at}").format(at=formatting.time(model.saved_at))
        return tr("Vừa lưu {code}").format(code=model.last_code) if model.last_code else ""

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the part that has focus."""
        own = {
            "text": (KeyHint("Enter", tr("Đến ô đối chiếu")),),
            "list": (
                KeyHint("Space", tr("Đã đối chiếu, dòng mới")),
                KeyHint("Enter", tr("Sửa dòng")),
                KeyHint("R", tr("Từ chối")),
            ),
        }.get(self._part, (KeyHint("Enter", tr("Ô kế tiếp")),))
        return (
            *own,
            KeyHint("Ctrl G", tr("Ai ký")),
            KeyHint("Ctrl D", tr("Nhân đôi")),
            KeyHint("Ctrl −", tr("Xóa dòng")),
            KeyHint("Ctrl M", tr("Thu ngay / khi trả")),
            KeyHint("Ctrl H", tr("Hẹn thêm")),
            KeyHint("F9", tr("Lưu và in")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """The grammar of a row in five lines."""
        return (
            tr("Quét thẻ căn cước, rồi gõ từng dòng: gks 1x4 là giấy khai sinh, 1 trang, 4 bản."),
            tr(
                "hb 24x2p: thêm photo tại xã. ck syll 1: chữ ký. dt gks 1: bản điện tử, Ctrl+O chọn tệp quét."
            ),
            tr("Sau dấu ; là số hiệu, hạn, giấy nước ngoài: bang 1x3; A 0451278; hh 14/03/2031; nn."),
            tr("Enter đến ô đối chiếu, Space đánh dấu, mở dòng mới. Điều cần xem: Alt+Enter. Ai ký: Ctrl+G."),
            tr("Việc nhiều quá trong ngày: Ctrl+H hẹn thêm ngày có căn cứ. Số chỉ có khi cấp số ở bàn ký."),
        )

    def on_shown(self, argument: object) -> None:
        """Opens the draft the first time; a scanned card or a found person fills the cells."""
        if not self._opened:
            self._opened = True
            self.papers.stack.loading()
            self.model.open()
        if isinstance(argument, ScanResult) and argument.kind == "card":
            self.on_scan(argument.text)
        elif isinstance(argument, EntryId):
            self.model.reopen(argument)
        elif isinstance(argument, SearchHit) and argument.group == "person":
            self._take_name(argument.title)
        if self.model.form.rows:
            self.papers.go_to_tick(min(self.model.cursor, len(self.model.form.rows)))
        else:
            self.person.identity.edit.setFocus()

    def on_hidden(self) -> None:
        """Keeps what is being typed."""
        if self.may_write:
            self.papers.close_text()

    def on_commit(self) -> None:
        """F9: what is being typed is taken over, then the form is looked at and written."""
        if not self.may_write or self.model.busy:
            return
        self.papers.close_text()
        self.signers.close()
        self.later.close()
        if focus := QApplication.focusWidget():
            focus.clearFocus()
        self.setFocus()
        self.model.commit()

    def on_escape(self) -> bool:
        """An opened row closes as it was; then the shell leaves, with the draft kept."""
        editor = self.papers.editor
        if editor.is_open() and editor.isModified() and self.model.form.rows:
            row = editor.row()
            editor.dismiss()
            self.model.save()
            self.papers.go_to_tick(row)
            return True
        return False

    def on_scan(self, code: str) -> bool:
        """A card fills the requester; slips and copies are the shell's."""
        scan = classify_scan(code)
        if not self.may_write or scan.kind not in (ScanKind.IDENTITY_CARD, ScanKind.PERSONAL_NUMBER):
            return False
        if scan.kind is ScanKind.IDENTITY_CARD and self.signers.take_card(scan.text):
            return True
        if scan.kind is ScanKind.IDENTITY_CARD:
            self.papers.close_text()
            self.model.read_card(scan.text)
        else:
            self.person.identity.edit.setFocus()
            self.person.identity.edit.setText(scan.text)
            self.person.identity.edit.textEdited.emit(scan.text)
            self.model.leave_person()
        return True

    def on_action(self, action: Action) -> bool:
        """Keys of the form and of its list."""
        if action is Action.NEXT_TASK:
            return self._next_problem()
        run = {
            Action.TICK: self.papers.tick,
            Action.OPEN: lambda: self.papers.open_row(self.papers.current().row),
            Action.DUPLICATE_ROW: self.rows.duplicate,
            Action.DELETE_ROW: self.rows.delete,
            Action.REUSE_ROWS: self.rows.reuse,
            Action.SEEN: self.model.see,
            Action.PAY_WHEN: self.money.when.choose_next,
            Action.GIVE_BACK: self.rows.refuse,
            Action.OPEN_EXISTING: self.scans.choose,
            Action.SIGNERS: self.signers.open_current,
            Action.ASK_BACK: self.later.ask,
            Action.PREVIEW: self.model.draw_strip,
            Action.SCHOOL_LOT: lambda: self.context.shell.open_screen("groups"),
            Action.PART_1: self.person.identity.edit.setFocus,
            Action.PART_2: self.papers.open_last,
            Action.PART_3: self.money.given.edit.setFocus,
            Action.PART_4: self.text.signatory.setFocus,
        }.get(action)
        if run is None or not self.may_write:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Register, signatories or fees may have changed."""
        if self._opened and areas & AREAS:
            self.model.read_surroundings()

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self.draw)
        model.surroundings_changed.connect(self.draw_surroundings)
        model.person_filled.connect(self.fill)
        model.replaced.connect(self._offer_person_back)
        model.card_incomplete.connect(self._ask_to_compare)
        model.restored.connect(self._restore)
        model.opened.connect(self._rows_open)
        model.not_opened.connect(self._not_opened)
        model.kept.connect(self._say_kept)
        model.kinds_found.connect(self.papers.editor.show_kinds)
        model.strip_drawn.connect(self._show_strip)
        model.blocked.connect(self._next_problem)
        model.committed.connect(self._committed)
        model.refused.connect(self._refused)
        model.failed.connect(self.context.shell.show_error)
        self.person.typed.connect(model.set_person)
        self.person.left.connect(model.leave_person)
        self.person.drop_asked.connect(self._ask_drop)
        self.papers.written.connect(model.write_row)
        self.papers.row_closed.connect(self.signers.after_typing)
        self.papers.tick_asked.connect(self.rows.tick)
        self.papers.moved.connect(self._remember_row)
        self.papers.ended.connect(lambda: self.money.given.edit.setFocus(Qt.FocusReason.TabFocusReason))
        self.papers.refuse_asked.connect(self.rows.refuse)
        self.papers.editor.asked_kinds.connect(model.suggest)
        self.papers.editor.textEdited.connect(self._keep_typing)
        self.money.when_changed.connect(model.set_pay)
        self.money.given_changed.connect(model.set_given)
        self.text.signatory_chosen.connect(self._choose_signatory)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # --- acting ---

    def _remember_row(self, row: int) -> None:
        self.model.cursor = row
        self.draw_notice()

    def _keep_typing(self, text: str) -> None:
        self.model.keep_typing(self.papers.editor.row(), text)

    def _ask_drop(self) -> None:
        form = self.model.form
        name = form.person.name or form.person.id_number or tr("chưa có tên")
        self.context.shell.ask_discard(
            tr("Bỏ nháp của {name}?").format(name=name),
            tr("{n} dòng giấy tờ đã nhập sẽ mất.").format(n=len(form.rows)),
            tr("Bỏ nháp"),
            self.model.drop_draft,
        )

    def _choose_signatory(self, place: int) -> None:
        choices = self.model.signatories
        self.model.choose_signatory(choices[place] if 0 <= place < len(choices) else None)

    def _take_name(self, name: str) -> None:
        if not self.model.form.person.name:
            self.person.name.edit.setText(name)
            self.person.name.edit.textEdited.emit(name)

    # --- answers ---

    def _restore(self, cursor: int) -> None:
        self.draw()
        if self.model.form.rows and self.isVisible():
            self.papers.go_to_tick(min(cursor, len(self.model.form.rows)))

    def _rows_open(self) -> None:
        self.papers.stack.loaded(1)

    def _not_opened(self, error: BaseException) -> None:
        if is_bug(error):
            self.context.shell.show_error(error)
        words = words_of(error)
        self.papers.stack.failed(words.title, words.remedy or words.meaning, self.model.open)

    def _say_kept(self) -> None:
        self.context.shell.tell(tr("Còn nháp đang nhập. Lưu hoặc bỏ nháp, rồi mở lại phiếu cần sửa."))

    def _ask_to_compare(self, words: str) -> None:
        self.context.shell.tell(words, seconds=_TIME_TO_COMPARE)

    def _offer_person_back(self, before: PersonForm) -> None:
        words = tr("Thẻ vừa quét thay người yêu cầu {name}.").format(name=before.name or before.id_number)
        known = self.model.known
        words = " ".join((words, *(known.card_notes if known is not None else ())))
        self.context.shell.tell_undo(words, lambda: self.model.put_back(before))

    def _committed(self, done: Committed, unprinted: tuple[PrintJobView, ...]) -> None:
        self._prints.tell(done.sentence, done.jobs, unprinted)
        self.person.identity.edit.setFocus()
        self.context.shell.legend_changed()

    def _refused(self, done: Committed, unprinted: tuple[PrintJobView, ...]) -> None:
        self._prints.tell(done.sentence, done.jobs, unprinted)
        if self.papers.current_original() is None:
            self.papers.open_last()  # nothing left to compare: the keys stand where the next row is typed

    def _show_strip(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        shown = QLabel()
        shown.setAccessibleName(tr("Dải 80 mm sẽ in"))
        if picture.width() > 300:
            picture = picture.scaledToWidth(300, Qt.TransformationMode.SmoothTransformation)
        shown.setPixmap(picture)
        column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.context.shell.open_panel(tr("Dải 80 mm sẽ in"), paper)

    def _next_problem(self) -> bool:
        """To the next place that stops F9; False when there is none."""
        self.draw()
        row = self._problems.go_on()
        if row is not None and row >= 0:
            self.signers.open(row)
        return row is not None

    def _focus_moved(self, _old: QObject, now: QObject) -> None:
        part = {self.papers.editor: "text", self.papers.table: "list"}.get(now, "")  # type: ignore[call-overload]
        if part != self._part:
            self._part = part
            self.context.shell.legend_changed()
