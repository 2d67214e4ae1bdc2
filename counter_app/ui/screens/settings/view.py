"""Settings: choices by arrows, F9 keeps them and puts them in force at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.settings import MOST_SUPPORT, PaperWord, PcSettings, PhotocopyPrices
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.settings import words
from counter_app.ui.screens.settings.secret_panel import PASSWORD, PIN, SecretPanel
from counter_app.ui.screens.settings.unit_acts import UnitActs
from counter_app.ui.screens.settings.unit_card import UnitCard
from counter_app.ui.screens.settings.view_model import SettingsModel
from counter_app.ui.screens.settings.words_panel import WordsPanel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label, rule

PRICES = "prices"
"""Argument that opens the price of photocopies, as F4 asks for it."""


class SettingsView(Screen):
    """This PC at the left, the unit at the right."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = SettingsModel(context.program.settings, context.program.session, context.background)
        self.theme = Segmented(words.themes())
        self.scale = Segmented(words.scales())
        self.language = Segmented(words.languages())
        self.letters, self.sounds = Segmented(words.on_off()), Segmented(words.on_off())
        self.idle = Segmented(words.idle())
        self.place = Segmented(words.places())
        self.acts = UnitActs(self.model, context, self)
        may = self.acts.may
        self.unit = UnitCard(self.acts.open_settings if may else None, self.acts.open_prices if may else None)
        self.support = Field(tr("Tên và số điện thoại"))
        self.support.edit.setMaxLength(MOST_SUPPORT)
        self.phone = Field(tr("Điện thoại bộ phận một cửa"), hint=tr("in trên phiếu bổ sung; lãnh đạo ghi"))
        self.commit = commit_button(tr("Lưu cài đặt"), "check", self.on_commit)
        self._secret: SecretPanel | None = None
        self._words: WordsPanel | None = None
        self._build()
        self.model.changed.connect(self._show)
        self.model.kept.connect(self._kept)
        self.model.failed.connect(context.shell.show_error)
        self.model.words_read.connect(self._words_read)
        self.model.word_kept.connect(self._word_kept)
        self.model.word_refused.connect(self._word_refused)
        self.model.secret_changed.connect(self._secret_changed)
        self.model.secret_refused.connect(self._secret_refused)

    def title(self) -> str:
        """The name of the page."""
        return tr("Cài đặt")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        keys = (KeyHint("Ctrl 2", tr("Thiết lập của đơn vị")), KeyHint("Ctrl 3", tr("Giá sao chụp")))
        unit = keys if self.acts.may else ()
        return (
            KeyHint("Tab", tr("Mục kế tiếp")),
            KeyHint("← →", tr("Đổi lựa chọn")),
            *unit,
            KeyHint("F9", tr("Lưu cài đặt")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Cài đặt ở đây chỉ của máy này, không gửi đi đâu."),
            tr("Phím chữ cái (R, P, B, Q) chỉ tác dụng trong danh sách; tắt được nếu hay bấm nhầm."),
            tr("Cài đặt của đơn vị đổi bằng quyết định của người đứng đầu, có ghi vào nhật ký."),
        )

    def _kept(self) -> None:
        self.context.shell.tell(tr("Đã lưu cài đặt của máy này."))

    def on_shown(self, argument: object) -> None:
        """Reads them; ``PIN`` as argument opens the drawer for it."""
        self.model.read()
        _focus_checked(self.theme)
        if argument in (PIN, PASSWORD):
            self.open_secret(str(argument))
        elif argument == PRICES:
            self.acts.open_prices()

    def on_action(self, action: Action) -> bool:
        """Ctrl+2 the unit's settings, Ctrl+3 the price of photocopies."""
        run = {Action.PART_2: self.acts.open_settings, Action.PART_3: self.acts.open_prices}.get(action)
        if run is None:
            return False
        run()
        return True

    def on_commit(self) -> None:
        """F9: what the drawer holds while it stands, else the choices."""
        if self.acts.commit():
            return
        if (words := self._open_words()) is not None:
            self.model.keep_word(*words.typed())
            return
        secret = self._open_secret()
        if secret is None:
            self.model.keep(self.chosen())
            return
        secret.clear_errors()
        self.model.change_secret(secret.form())

    def on_escape(self) -> bool:
        """Leaves the drawer; what was not kept goes back to what is kept; then the shell leaves."""
        if self.acts.leave():
            return True
        if self._open_secret() is not None:
            self._leave_secret()
            return True
        changed = self.chosen() != self.model.pc
        if changed:
            self._show()
        return changed

    def open_words(self) -> None:
        """The drawer for the unit's short words."""
        self._words = WordsPanel()
        self._words.confirm.clicked.connect(lambda _checked=False: self.on_commit())
        self._words.later.clicked.connect(lambda _checked=False: self.context.shell.close_panel())
        self.context.shell.open_panel(tr("Tên tắt giấy tờ"), self._words)
        self._words.begin_anew()
        self.model.read_words()

    def _open_words(self) -> WordsPanel | None:
        return standing(self._words)

    def _words_read(self, words: Sequence[PaperWord]) -> None:
        if (panel := self._open_words()) is not None:
            panel.show_words(words)

    def _word_kept(self) -> None:
        if (panel := self._open_words()) is not None:
            word, paper = panel.typed()
            done = tr("Đã đặt tên tắt {word}.") if paper else tr("Đã bỏ tên tắt {word}.")
            self.context.shell.tell(done.format(word=word))
            panel.begin_anew()

    def _word_refused(self, error: BaseException) -> None:
        panel = self._open_words()
        if panel is None or not panel.take_error(field_of(error) or "", words_of(error).sentence):
            self.context.shell.show_error(error)

    def open_secret(self, kind: str) -> None:
        """The drawer for the own PIN or password."""
        self._secret = SecretPanel(kind)
        self._secret.confirm.clicked.connect(lambda _checked=False: self.on_commit())
        self._secret.later.clicked.connect(lambda _checked=False: self._leave_secret())
        self.context.shell.open_panel(tr("Đổi PIN") if kind == PIN else tr("Đổi mật khẩu"), self._secret)
        self._secret.password.edit.setFocus()

    def _open_secret(self) -> SecretPanel | None:
        return standing(self._secret)

    def _leave_secret(self) -> None:
        self._secret = None
        self.context.shell.close_panel()

    def _secret_changed(self, kind: str) -> None:
        self._leave_secret()
        if kind == PIN:
            self.context.shell.pin_was_set()
        self.context.shell.tell(tr("Đã đổi PIN.") if kind == PIN else tr("Đã đổi mật khẩu."))

    def _secret_refused(self, error: BaseException) -> None:
        secret = self._open_secret()
        if secret is None or not secret.take_error(field_of(error) or "", words_of(error).sentence):
            self.context.shell.show_error(error)

    def chosen(self) -> PcSettings:
        """What stands on the page."""
        return replace(
            self.model.pc,
            theme=self.theme.current(),
            scale=int(self.scale.current()),
            language=self.language.current(),
            letter_keys=self.letters.current() == "on",
            sounds=self.sounds.current() == "on",
            idle_minutes=int(self.idle.current()),
            support=self.support.text(),
            contact_phone=self.phone.text(),
            on_the_move=self.place.current() == "move",
        )

    def _show(self) -> None:
        pc = self.model.pc
        for choice, code in (
            (self.theme, pc.theme),
            (self.scale, str(pc.scale)),
            (self.language, pc.language),
            (self.letters, "on" if pc.letter_keys else "off"),
            (self.sounds, "on" if pc.sounds else "off"),
            (self.idle, str(pc.idle_minutes)),
            (self.place, "move" if pc.on_the_move else "seat"),
        ):
            held = self.window().focusWidget() in choice.findChildren(QPushButton)
            choice.choose(code, quiet=True)
            if held:  # the choice that has focus may be another one now
                _focus_checked(choice)
        self.unit.show_settings(self.model.unit, self.model.prices or PhotocopyPrices())
        self.support.fill(pc.support)
        self.phone.fill(pc.contact_phone)

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        choices = Card(tr("Máy này"))
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 6, 0)
        lines.setSpacing(10)
        for place, (name, second, choice) in enumerate(self._lines()):
            choice.setAccessibleName(name)
            if place:
                lines.addWidget(rule())
            lines.addLayout(_line(name, second, choice))
        if self.context.may(roles.TAKE_IN):
            lines.addWidget(rule())
            name, button = (
                tr("Tên tắt giấy tờ"),
                Button(tr("Sửa tên tắt"), "pencil", on_click=self.open_words),
            )
            lines.addLayout(_line(name, tr("Dùng chung ở mọi quầy của đơn vị."), button))
        lines.addStretch(1)
        choices.add(scrolled(inner), 1)
        main.addWidget(choices, 1)
        side.addWidget(self.unit, 3)
        help_card = Card(tr("Người hỗ trợ"))
        help_card.add(self.support)
        words = tr("Hiện ở Trợ giúp (F1). Tỉnh ghi sẵn khi ghi danh; sửa được tại đây.")
        help_card.add(label(words, "caption", "text2", wrap=True))
        help_card.add(self.phone)
        side.addWidget(help_card)
        own = QHBoxLayout()
        own.setSpacing(8)
        own.addWidget(Button(tr("Đổi PIN"), "lock", on_click=lambda: self.open_secret(PIN)))
        own.addWidget(Button(tr("Đổi mật khẩu"), "key", on_click=lambda: self.open_secret(PASSWORD)))
        side.addLayout(own)
        if self.context.may("reads"):
            words = tr("Ai đã xem dữ liệu")
            side.addWidget(Button(words, "eye", on_click=lambda: self.context.shell.open_screen("reads")))
        if self.context.may("contradictions"):
            side.addWidget(Button(tr("Đối chiếu việc trùng"), "git-merge", on_click=self._contradictions))
        side.addWidget(self.commit)
        column.addLayout(row, 1)

    def _contradictions(self) -> None:
        self.context.shell.open_screen("contradictions")

    def _lines(self) -> tuple[tuple[str, str, Segmented], ...]:
        return (
            (tr("Giao diện"), tr("Theo Windows: sáng hay tối theo hệ điều hành."), self.theme),
            (tr("Cỡ chữ"), tr("Mọi màn hình vẫn vừa 1366 × 697 đến 130 %."), self.scale),
            (tr("Ngôn ngữ"), tr("Giấy tờ in ra luôn bằng tiếng Việt."), self.language),
            (tr("Phím chữ cái trong danh sách"), tr("R, P, B, Q; phím F và Ctrl không đổi."), self.letters),
            (tr("Âm thanh"), tr("Một tiếng khi quét phải mã không biết."), self.sounds),
            (tr("Tự khóa màn hình sau"), tr("Theo vai trò: người ký 5 phút, người khác 10 phút."), self.idle),
            (tr("Nơi đặt máy"), tr("Đi lưu động: bản sao nhận tại chỗ, cấp số tại trụ sở."), self.place),
        )


def _focus_checked(choice: Segmented) -> None:
    next(one for one in choice.findChildren(QPushButton) if one.isChecked()).setFocus(
        Qt.FocusReason.TabFocusReason
    )


def _line(name: str, second: str, choice: QWidget) -> QHBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(label(name, "strong"))
    texts.addWidget(label(second, "caption", "text2", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addLayout(texts, 1)
    row.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
