"""The steps from box to counter as they go, each with what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.services.ports.enrolment import DONE, FAILED, LOOK, NOW, StepView
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.text import Icon, label, recolour

_ICONS = {
    DONE: ("circle-check", "ok"), NOW: ("player-play", "primary"), LOOK: ("alert-triangle", "warn"),
    FAILED: ("circle-x", "bad"),
}  # fmt: skip


class ProgressCard(Card):
    """One line a step; the words below it say what is wrong and what to do."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Từng bước"), role="h2")
        self._lines: dict[str, _Step] = {}
        self._shown: tuple[StepView, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._column.addStretch(1)
        self.add(self._column, 1)

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """The steps as they stand now."""
        if tuple(steps) == self._shown:
            return
        self._shown = tuple(steps)
        for one in steps:
            if one.code not in self._lines:
                self._lines[one.code] = _Step()
                self._column.insertWidget(self._column.count() - 1, self._lines[one.code])
            self._lines[one.code].show_step(one)

    def steps(self) -> tuple[StepView, ...]:
        """What is shown."""
        return self._shown


class _Step(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._icon = Icon("circle", "text3", 20)
        self._title, self._words = label("", "strong"), label("", "caption", "text2", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)

    def show_step(self, one: StepView) -> None:
        self._icon.show_icon(*_ICONS.get(one.state, ("circle", "text3")))
        self._title.setText(one.title)
        self._words.setText(one.words)
        self._words.setVisible(bool(one.words))
        recolour(self._words, colour={LOOK: "warn", FAILED: "bad"}.get(one.state, "text2"))
        self.setAccessibleName(f"{one.title}: {_states()[one.state]}. {one.words}".strip())


def _states() -> dict[str, str]:
    return {
        DONE: tr("xong"), NOW: tr("đang làm"), LOOK: tr("cần xem"), FAILED: tr("không được"),
        "waiting": tr("chưa đến"),
    }  # fmt: skip
