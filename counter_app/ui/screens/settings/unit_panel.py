"""The drawer in which the head changes a setting of the unit: which one, how it stands, the new value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.settings import UnitForm, UnitSetting
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.screens.settings import words
from counter_app.ui.widgets.button import PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import named
from counter_app.ui.widgets.text import label


def secret_field() -> Field:
    """Where the head gives his own PIN or password."""
    field = Field(tr("PIN hoặc mật khẩu của bạn"), required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class UnitPanel(QWidget):
    """``form()`` is what is chosen; the secret is never trimmed."""

    def __init__(self) -> None:
        """No settings yet."""
        super().__init__()
        self._settings: tuple[UnitSetting, ...] = ()
        self.which, self.value = Picker(tr("Thiết lập")), Picker(tr("Cách mới"))
        self.ground = Field(tr("Căn cứ, lý do"), hint=tr("số, ngày văn bản, hoặc lý do"))
        self.secret = secret_field()
        self.confirm = Button(tr("Áp dụng ở mọi quầy"), "check", "F9", PRIMARY)
        self.now, self.story = label("", "strong", wrap=True), label("", "caption", "text2", wrap=True)
        self.meaning = label("", "caption", "text2", wrap=True)
        self._error = label("", "caption", "bad", wrap=True)
        self._error.hide()
        for line in (self.now, self.story, self.meaning):
            line.setTextFormat(Qt.TextFormat.PlainText)
        self._build()
        self.which.picked.connect(self._chosen)
        self.chain = FocusChain((self.which, self.value, self.ground.edit, self.secret.edit), parent=self)

    def _build(self) -> None:
        about = tr("Áp dụng ngay ở mọi quầy; quầy mất mạng áp dụng khi nhận được. Việc đã ghi không đổi.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        column.addWidget(named(tr("Thiết lập"), self.which))
        column.addWidget(self.now)
        column.addWidget(self.story)
        column.addWidget(self.meaning)
        column.addWidget(named(tr("Cách mới"), self.value))
        column.addWidget(self._error)
        for widget in (self.ground, self.secret, label(about, "caption", "text2", wrap=True)):
            column.addWidget(widget)
        column.addWidget(self.confirm)
        column.addStretch(1)

    def show_settings(self, settings: Sequence[UnitSetting]) -> None:
        """Those that are chosen from a list; the one in front stays in front."""
        place = max(self.which.currentIndex(), 0)
        self._settings = tuple(one for one in settings if one.choices)
        self.which.show_choices([words.unit_setting(one.code) for one in self._settings], place)
        self._chosen(place)

    def go_to(self, code: str) -> None:
        """Stands on one setting."""
        codes = [one.code for one in self._settings]
        if code in codes:
            self.which.setCurrentIndex(codes.index(code))
            self._chosen(codes.index(code))

    def form(self) -> UnitForm | None:
        """What is chosen; None before the settings were read."""
        setting = self._current()
        if setting is None:
            return None
        value = setting.choices[max(self.value.currentIndex(), 0)]
        return UnitForm(setting.code, value, self.ground.text(), nfc(self.secret.edit.text()))

    def take_error(self, field: str, said: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        self._error.setVisible(field == "value")
        if field == "value":
            self._error.setText(said)
            self.value.setFocus()
            return True
        known = {"ground": self.ground, "pin": self.secret, "password": self.secret}
        return field in known and point_at(known[field], said)

    def clear_errors(self) -> None:
        """Before the next F9."""
        self._error.hide()
        for field in (self.ground, self.secret):
            field.show_error("")

    def begin_anew(self) -> None:
        """Nothing typed stays for the next setting."""
        for field in (self.ground, self.secret):
            field.fill("")
        self.clear_errors()
        self.which.setFocus(Qt.FocusReason.TabFocusReason)

    def _current(self) -> UnitSetting | None:
        place = self.which.currentIndex()
        return self._settings[place] if 0 <= place < len(self._settings) else None

    def _chosen(self, _place: int) -> None:
        """How the chosen setting stands, and what it may become."""
        setting = self._current()
        if setting is None:
            return
        self._error.hide()
        now = words.unit_value(setting.code, setting.value)
        self.now.setText(tr("Đang áp dụng: {value}").format(value=now))
        self.story.setText(words.unit_story(setting))
        self.meaning.setText(words.unit_meaning(setting.code))
        choices = [words.unit_value(setting.code, one) for one in setting.choices]
        self.value.show_choices(choices, setting.choices.index(setting.value))


def point_at(field: Field, said: str) -> bool:
    """Words under a field, the keys in it; what stands there is replaced by typing."""
    field.show_error(said)
    field.edit.setFocus()
    field.edit.selectAll()
    return True
