"""Ký số: files are numbered and signed in one act, by the signer's PIN and token (``ux.md`` 4.5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.digital import DigitalLot, FileLook, WaitingFile
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.signing.digital_cards import SignedCard, TokenCard, WaitingCard
from counter_app.ui.screens.signing.digital_model import DigitalModel
from counter_app.ui.screens.signing.witness import WitnessPanel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.notice import INFO, LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label

AREAS = frozenset({"signing", "requests", "registers", "settings"})


class DigitalView(Screen):
    """F9 signs all files that are ready; the lot runs in the background, Esc stops it between two files."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read and no token is asked before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = DigitalModel(program.digital, program.signing, context.background, program.now)
        self.waiting = WaitingCard(self._sentence)
        self.signed = SignedCard()
        self.token = TokenCard()
        self.elsewhere = Notice("", "", INFO, "lock")
        self._witness: WitnessPanel | None = None
        self._build()
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Ký số")

    def subtitle(self) -> str:
        """Which papers."""
        return tr("Bản sao điện tử")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (
            KeyHint("Ctrl O", tr("Chọn tệp quét")),
            KeyHint("F9", tr("Ký số")),
            KeyHint("F5", tr("Tìm lại thẻ")),
            KeyHint("R", tr("Trả lại")),
            KeyHint("Enter", tr("Xem chữ ký")),
            KeyHint("Ctrl E", tr("Xuất tệp đã ký")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """One act in five lines."""
        return (
            tr("Cắm thẻ, chọn chứng thư, gõ PIN của thẻ, F9: số và chữ ký có cùng lúc, mỗi tệp một số."),
            tr("Rút thẻ giữa chừng: tệp đã ký vẫn nguyên, số của tệp dở được giữ; F9 để ký tiếp."),
            tr("Tệp quét chỉ ở máy này, được mã hóa, và bị xóa khi đã ký."),
            tr("Xuất tệp đã ký: Ctrl+E; chương trình so với mã băm trong sổ trước khi giao."),
            tr("Không có mạng thì đóng dấu thời gian sau; đóng hai lần cũng không hại."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the lists and looks for a token."""
        self.waiting.stack.loading()
        self.model.read()
        self.model.find_keys()
        self.waiting.table.setFocus()

    def on_hidden(self) -> None:
        """No PIN stays behind."""
        if not self.model.busy:
            self.token.forget_pins()

    def on_commit(self) -> None:
        """F9: the witness panel first; else looks for the token, or signs what is ready."""
        tell = self.context.shell.tell
        if standing(self._witness) is not None:
            self._confirm_witness()
        elif self.model.busy or self.model.searching:
            return
        elif why_not := self._why_not():
            tell(why_not)
        elif not self.model.ready():
            tell(tr("Chưa có tệp nào sẵn sàng: chọn tệp quét bằng Ctrl+O."))
        elif self.token.chosen_person() is None:
            self.model.find_keys()
            if self.model.no_keys is not None:
                tell(words_of(self.model.no_keys).sentence)
        elif self.token.choices() is not None:
            self._ask_witness() if self.model.needs_witness() else self._ask_pin()

    def on_escape(self) -> bool:
        """Stops a lot that runs; then the shell leaves."""
        if self.model.busy:
            self.model.stop()
            return True
        return False

    def on_action(self, action: Action) -> bool:
        """Keys of the lists."""
        run: Callable[[], None] | None = {
            Action.OPEN_EXISTING: self._choose_scan,
            Action.GIVE_BACK: self._give_back,
            Action.OPEN: self._open,
            Action.EXPORT: self._export,
        }.get(action)
        if action is Action.REFRESH:
            self.model.read()
            self.model.find_keys()
            return False
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Reads again when requests, registers or the token's settings changed."""
        if areas & AREAS and not self.model.busy:
            self.model.read()

    # --- parts ---

    def _build(self) -> None:
        column = page(self)
        column.addWidget(self.elsewhere)
        self.elsewhere.hide()
        row, main, side = main_and_side(372)
        main.addWidget(self.waiting, 3)
        main.addWidget(self.signed, 2)
        side.addWidget(self.token, 1)
        column.addLayout(row, 1)

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.keys_changed.connect(self._show_keys)
        model.progressed.connect(self._show_progress)
        model.signed.connect(self._done)
        model.looked.connect(self._show_look)
        model.said.connect(self._say)
        model.witnessed.connect(self._witnessed)
        model.pin_refused.connect(self._ask_pin_again)
        model.failed.connect(self.context.shell.show_error)
        model.unread.connect(self._unread)
        self.waiting.attach.clicked.connect(self._choose_scan)
        self.waiting.give_back.clicked.connect(self._give_back)
        self.signed.look.clicked.connect(self._look)
        self.signed.stamp.clicked.connect(self._stamp)
        self.signed.export.clicked.connect(self._export)
        self.signed.table.opened.connect(self._look)
        self.token.stop.clicked.connect(model.stop)
        self.token.again.clicked.connect(model.find_keys)
        self.token.sign.clicked.connect(self.on_commit)

    def _show(self) -> None:
        page = self.model.page
        self.waiting.show_files(page.files)
        self.signed.show_rows(page.signed)
        why_not = self._why_not()
        self.elsewhere.show_words(why_not)
        self.elsewhere.setVisible(bool(why_not))
        self.token.show_ready(len(self.model.ready()), why_not)

    def _show_keys(self) -> None:
        self.token.show_keys(self.model.keys, self.model.no_keys, searching=self.model.searching)

    def _show_progress(self) -> None:
        self.token.show_progress(self.model.progress)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.waiting.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _say(self, sentence: str) -> None:
        self.context.shell.tell(sentence)

    def _why_not(self) -> str:
        pen = self.model.page.pen
        if not pen.here:
            return pen.words or tr("Máy này không giữ quyền cấp số.")
        return "" if self.context.may(roles.SIGN) else read_only_words(ReadOnly.NO_RIGHT, tr("ký số"))

    def _sentence(self, file: WaitingFile) -> str:
        return self.model.sentences.get((file.request, file.original), "")

    # --- signing ---

    def _ask_pin(self) -> None:
        count = len(self.model.ready())
        self.context.shell.ask_pin(
            tr("Ký số {n}").format(n=count),
            tr("{n} tệp. Số, ngày và chữ ký được ghi ngay; PIN của người ký tại máy này.").format(n=count),
            self._sign,
        )

    def _sign(self, pin: str) -> None:
        chosen = self.token.choices()
        if chosen is not None:
            self.model.sign(pin, *chosen)

    def _ask_pin_again(self, error: BaseException, again: object) -> None:
        if callable(again):
            self.context.shell.ask_pin(tr("PIN chưa đúng"), words_of(error).sentence, again)

    def _done(self, lot: DigitalLot) -> None:
        self.token.forget_pins()
        self.context.shell.tell(lot.sentence, seconds=12.0)
        if lot.fault.startswith("pin."):
            self.token.show_pin_fault(lot.fault_words)
        if lot.fault.startswith("token.") and lot.fault != "token.stopped":
            self.model.find_keys()

    def _ask_witness(self) -> None:
        self._witness = WitnessPanel(self.model.page.pen, self.model.page.now)
        self._witness.confirm.clicked.connect(self._confirm_witness)
        self.context.shell.open_panel(tr("Xác nhận trước khi cấp số"), self._witness)

    def _confirm_witness(self) -> None:
        number = self._witness.last_number() if self._witness is not None else None
        if number is None:
            return
        confirm = self.model.confirm_witness
        self.context.shell.ask_pin(
            tr("Xác nhận trước khi cấp số"),
            tr("Xác nhận này được ghi lại dưới tên người đang làm việc."),
            lambda pin: confirm(number, pin),
        )

    def _witnessed(self) -> None:
        self._witness = None
        self.context.shell.close_panel()
        self._ask_pin()

    # --- files ---

    def _choose_scan(self) -> None:
        file = self.waiting.current()
        if file is None or self.model.busy:
            return
        dialog = QFileDialog(self, tr("Chọn tệp quét"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Tệp quét (*.pdf *.jpg *.jpeg)"), tr("Mọi tệp (*)")])
        attach = self.model.attach
        dialog.fileSelected.connect(lambda path, to=file: attach(to, path))
        dialog.open()

    def _give_back(self) -> None:
        file = self.waiting.current()
        if file is None or self.model.busy:
            return
        if file.number:
            self.context.shell.tell(tr("Tệp này đã có số {n}: ký tiếp, hoặc gạch số.").format(n=file.number))
            return
        back = self.model.return_to_clerk
        self.context.shell.ask_reason(
            tr("Trả lại phiếu {code}").format(code=file.code),
            tuple((reason.code, reason.words) for reason in self.model.page.reasons[:9]),
            lambda reason, typed: back(file, reason, typed),
            words=tr("{name} · {content}. Phiếu về người nhập kèm lý do.").format(
                name=file.requester, content=file.name
            ),
            commit_words=tr("Trả lại phiếu"),
        )

    def _open(self) -> None:
        (self._choose_scan if self.waiting.table.hasFocus() else self._look)()

    def _look(self) -> None:
        row = self.signed.current()
        if row is not None:
            self.model.look(row.line)

    def _stamp(self) -> None:
        row = self.signed.current()
        if row is not None and not self.model.busy:
            self.model.stamp(row.line)

    def _export(self) -> None:
        """The file under the bar, or all that are here while the bar is in the other list."""
        row = self.signed.current()
        rows = [row] if row is not None and self.signed.table.hasFocus() else self.model.page.signed
        lines = tuple(one.line for one in rows if one.path)
        if not lines:
            self.context.shell.tell(tr("Chưa có tệp đã ký nào trên máy này."))
            return
        dialog = QFileDialog(self, tr("Xuất {n} tệp vào thư mục").format(n=len(lines)))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        export = self.model.export
        dialog.fileSelected.connect(lambda folder: export(lines, folder))
        dialog.open()

    def _show_look(self, look: FileLook) -> None:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(8)
        kind, icon = ("ok", "shield-check") if look.good else (LOOK, "shield-x")
        column.addWidget(Notice(look.title, "", kind, icon))
        for line in look.lines:
            column.addWidget(label(line, wrap=True))
        column.addStretch(1)
        self.context.shell.open_panel(tr("Chữ ký của tệp"), panel)
