"""The page of the exchange: keys and focus; sentences stand in ``words``, widgets in ``page``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.organisation import roles
from counter_app.services.ports.exchange import FileContents, FilePlace, FileResult
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.sync.file_panel import FilePanel
from counter_app.ui.screens.sync.page import SyncPage
from counter_app.ui.screens.sync.question_panel import QuestionPanel
from counter_app.ui.screens.sync.view_model import RECEIVED, WAITING, SyncModel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.screen import Screen

AREAS = frozenset({"sync", "received", "questions", "requests", "registers", "money", "files"})
ANSWERS = (roles.TAKE_IN, roles.NUMBER, roles.CONFIRM_SIGNED)


class SyncView(Screen):
    """Which things the province lacks, what it asks, and files carried by hand."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = SyncModel(program.exchange, context.background, program.now)
        self.panel = QuestionPanel(
            can_answer=any(context.may(act) for act in ANSWERS),
            on_commit=self.on_commit,
            on_explain=self._explain,
            on_ask_back=self._ask_back,
        )
        self.parts = SyncPage(self, self.panel)
        self.file_panel: FilePanel | None = None
        self._arrived = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Đồng bộ với tỉnh")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the lists, or of the panel while a value is being corrected."""
        always = (
            KeyHint("F5", tr("Thử ngay")),
            KeyHint("Ctrl E", tr("Xuất gói")),
            KeyHint("Ctrl O", tr("Nhập gói")),
            KeyHint("Ctrl D", tr("So với tỉnh")),
        )
        if self._file_open():
            commit = tr("Nhập gói") if self.file_panel and self.file_panel.reads else tr("Xuất gói")
            return (KeyHint("↑ ↓", tr("Chọn")), KeyHint("F9", commit), KeyHint("Esc", tr("Đóng")))
        if not self._can_answer():
            return (KeyHint("↑ ↓", tr("Chọn")), KeyHint("1–2", tr("Đổi nhóm")), *always)
        exits = (KeyHint("Ctrl T", tr("Giải trình")), KeyHint("Ctrl H", tr("Hỏi lại tỉnh")))
        commit_keys = (
            (KeyHint("F9", tr("Lưu đính chính")),) if self.panel.commit.isVisibleTo(self.panel) else ()
        )
        return (KeyHint("↑ ↓", tr("Chọn")), KeyHint("Enter", tr("Mở")), *commit_keys, *exits, *always)

    def help_lines(self) -> tuple[str, ...]:
        """What the figures mean."""
        return (
            tr("Đã lưu trên máy này luôn bằng Tỉnh đã nhận cộng Chờ gửi tỉnh."),
            tr("Mất mạng vẫn làm việc đủ; mục chờ tự gửi khi có mạng."),
            tr("Tỉnh hỏi lại không làm hồ sơ mất hiệu lực: đính chính, giải trình hoặc hỏi lại tỉnh."),
            tr("Đối chiếu so từng mục của máy này với tỉnh; máy tự làm mỗi đêm từ 02:00."),
            tr("Mất mạng lâu: xuất gói ra USB hoặc gửi bằng thư công vụ, rồi nhập gói trả lời."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads again; focus goes to what the province asks, else to what waits."""
        self._arrived = True
        self.parts.stack.loading()
        self.model.read()
        self._focus_list()

    def on_commit(self) -> None:
        """F9: the file panel's act while it stands, else the correction."""
        panel = self.file_panel
        if panel is not None and self._file_open():
            self._commit_file(panel)
            return
        view = self.model.question
        if view is None or not self._can_answer() or not view.can_correct:
            return
        value = self.panel.value()
        if not value:
            self.panel.field.show_error(tr("Nhập giá trị đúng."))
            self.panel.field.edit.setFocus()
            return
        self.panel.field.show_error("")
        self.model.correct(value)

    def on_escape(self) -> bool:
        """From the field back to the list; from the list to the first screen."""
        if self.panel.field.edit.hasFocus():
            self._focus_list()
            return True
        return False

    def on_action(self, action: Action) -> bool:
        """Keys of the page."""
        acts: dict[Action, Callable[[], None]] = {
            Action.REFRESH: self._refresh,
            Action.EXPORT: lambda: self._open_files(reads=False),
            Action.OPEN_EXISTING: lambda: self._open_files(reads=True),
            Action.EXPLAIN: self._explain,
            Action.ASK_BACK: self._ask_back,
            Action.DUPLICATE_ROW: self._compare,
            Action.TAB_1: lambda: self._choose(WAITING),
            Action.TAB_2: lambda: self._choose(RECEIVED),
        }
        if (act := acts.get(action)) is not None:
            act()
            return True
        if action is Action.NEXT_TASK and self.model.asked:
            self._next_question()
            return True
        if action is Action.OPEN and self.parts.asked.hasFocus():
            self.panel.field.edit.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Anything saved changes the figures."""
        if areas & AREAS:
            self.model.read()

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "parts"):
            self.parts.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Focus came or went: other keys work now."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.context.shell.legend_changed()
        return False

    # --- inside ---

    def _listen(self) -> None:
        model, parts = self.model, self.parts
        model.figures_changed.connect(self._show_figures)
        model.asked_changed.connect(self._show_asked)
        model.items_changed.connect(self._show_items)
        model.question_changed.connect(self._show_question)
        model.told.connect(self.context.shell.tell)
        model.answered.connect(self._answered)
        model.places_found.connect(self._show_places)
        model.file_seen.connect(self._file_seen)
        model.file_done.connect(self._file_done)
        model.failed.connect(self._failed)
        model.list_failed.connect(self._list_failed)
        parts.asked.current_changed.connect(self._open_row)
        parts.tabs.chosen.connect(model.choose)
        parts.try_now.clicked.connect(lambda _checked=False: self._try())
        parts.compare.clicked.connect(self._compare)
        parts.export.clicked.connect(lambda _checked=False: self._open_files(reads=False))
        parts.import_.clicked.connect(lambda _checked=False: self._open_files(reads=True))
        for widget in (parts.asked, parts.items, self.panel.field.edit):
            widget.installEventFilter(self)

    def _show_figures(self) -> None:
        assert self.model.status is not None
        self.parts.show_figures(self.model.status, self.model.now)

    def _show_asked(self) -> None:
        to_list = self._arrived or self.parts.asked.hasFocus()
        self.parts.asked.blockSignals(True)
        self.parts.show_asked(self.model)
        self.parts.asked.blockSignals(False)
        self._open_row(self.parts.asked.current_row())
        self._arrived = False
        if to_list and not self._file_open():
            self._focus_list()

    def _show_items(self) -> None:
        row = max(self.parts.items.current_row(), 0)
        self.parts.items_model.show_rows(self.model.items)
        self.parts.items.go_to(min(row, len(self.model.items) - 1))
        self.parts.stack.loaded(len(self.model.items))

    def _open_row(self, row: int) -> None:
        asked = self.model.asked
        self.model.open(asked[row] if 0 <= row < len(asked) else None)

    def _show_question(self) -> None:
        if not self.panel.field.edit.hasFocus() or self.model.question is None:
            self.panel.show_question(self.model.item, self.model.question)
        self.context.shell.legend_changed()

    def _next_question(self) -> None:
        row = (self.parts.asked.current_row() + 1) % len(self.model.asked)
        self.parts.asked.go_to(row)
        self.parts.asked.setFocus()

    def _choose(self, which: str) -> None:
        self.parts.tabs.choose(which)

    def _refresh(self) -> None:
        if self._file_open():
            self.model.find_places()
        else:
            self._try()

    def _try(self) -> None:
        self.context.shell.tell(tr("Đang hỏi tỉnh …"))
        self.model.try_now()

    def _compare(self) -> None:
        self.context.shell.tell(tr("Đang đối chiếu từng mục với tỉnh …"))
        self.model.compare()

    def _explain(self) -> None:
        if self.model.question is None or not self._can_answer():
            return
        reasons = (
            ("papers", tr("Đúng theo giấy tờ đã xuất trình")),
            ("day", tr("Đúng theo quy định áp dụng ngày hôm đó")),
            ("decision", tr("Có văn bản của người có thẩm quyền, gửi sau")),
        )
        self._ask_words(tr("Giải trình với tỉnh"), reasons, self.model.explain, tr("Lưu giải trình, gửi"))

    def _ask_back(self) -> None:
        if self.model.question is None or not self._can_answer():
            return
        reasons = (
            ("meaning", tr("Chưa rõ tỉnh hỏi chỗ nào")),
            ("source", tr("Tỉnh lấy giá trị này từ đâu")),
        )
        self._ask_words(tr("Hỏi lại tỉnh"), reasons, self.model.ask_back, tr("Gửi câu hỏi"))

    def _ask_words(
        self, title: str, reasons: tuple[tuple[str, str], ...], send: Callable[[str], None], commit: str
    ) -> None:
        known = dict(reasons)

        def chosen(code: str, typed: str) -> None:
            first = known.get(code, "")
            both = tr("{first}: {second}").format(first=first, second=typed) if first and typed else ""
            send(both or first or typed)

        item = self.model.item
        words = item.title if item is not None else ""
        self.context.shell.ask_reason(title, reasons, chosen, words=words, commit_words=commit)

    def _open_files(self, *, reads: bool) -> None:
        self.file_panel = FilePanel(reads=reads, on_commit=self.on_commit, on_look=self.model.look)
        title = tr("Nhập gói") if reads else tr("Xuất gói gửi tỉnh")
        self.context.shell.open_panel(title, self.file_panel)
        self.model.find_places()
        self.context.shell.legend_changed()

    def _show_places(self, places: tuple[FilePlace, ...]) -> None:
        if self.file_panel is not None and self._file_open():
            self.file_panel.show_places(places)

    def _file_seen(self, path: str, seen: FileContents) -> None:
        if self.file_panel is not None and self._file_open():
            self.file_panel.show_contents(path, seen)

    def _commit_file(self, panel: FilePanel) -> None:
        path = panel.path()
        if not path:
            panel.path_field.show_error(tr("Chọn tệp gói.") if panel.reads else tr("Chọn nơi ghi gói."))
            return
        panel.path_field.show_error("")
        if panel.reads and panel.seen_path != path:
            self.model.look(path)  # a typed path: its contents are shown before anything is taken
        elif panel.reads:
            self.model.import_(path)
        else:
            self.model.export(path)

    def _file_done(self, result: FileResult) -> None:
        if self._file_open():
            self.context.shell.close_panel()
        self.file_panel = None
        self.context.shell.tell(result.sentence, seconds=12.0)
        self.context.shell.legend_changed()
        self._focus_list()

    def _answered(self, sentence: str) -> None:
        self.context.shell.tell(sentence)
        self._focus_list()

    def _failed(self, error: BaseException) -> None:
        field = field_of(error)
        if self.file_panel is not None and self._file_open() and field in ("file", "folder"):
            self.file_panel.path_field.show_error(words_of(error).sentence)
        elif field == "value":
            self.panel.field.show_error(words_of(error).sentence)
            self.panel.field.edit.setFocus()
        else:
            self.context.shell.show_error(error)

    def _list_failed(self, error: BaseException) -> None:
        words = words_of(error)
        self.parts.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _file_open(self) -> bool:
        return standing(self.file_panel) is not None

    def _can_answer(self) -> bool:
        return self.panel.can_answer and self.model.question is not None

    def _focus_list(self) -> None:
        target = self.parts.asked if self.model.asked else self.parts.items
        if QApplication.focusWidget() is not target:
            target.setFocus()
