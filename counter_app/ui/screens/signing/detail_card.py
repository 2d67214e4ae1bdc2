"""The right pane of moment 2: the request's own list of papers, and what the machine has checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.services.ports.signing import NEEDS_LOOK, CheckLine, DetailLine, PileDetail
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import check_state
from counter_app.ui.widgets.button import DANGER, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.text import ElidedLabel, Icon, label, rule


class PaperLine(QWidget):
    """One original: index, name, pages x copies, its particulars, an amber notice."""

    def __init__(self) -> None:
        """Empty; ``show_line`` fills it. Lines are reused: walking down a pile makes no widget."""
        super().__init__()
        self._index = label("", "bold", "primary")
        self._name = ElidedLabel("", "strong")
        self._quantity = label("", "strong")
        self._second = label("", "caption", "text2", wrap=True)
        self._notice = label("", "caption_strong", "warn", wrap=True)
        self._mark = Icon("alert-triangle", "warn", 17)
        first, notice = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._index)
        first.addWidget(self._name, 1)
        first.addWidget(self._quantity)
        notice.setSpacing(4)
        notice.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        notice.addWidget(self._notice, 1)
        below = QVBoxLayout()
        below.setContentsMargins(15, 0, 0, 0)
        below.setSpacing(1)
        below.addWidget(self._second)
        below.addLayout(notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 3)
        column.setSpacing(1)
        column.addLayout(first)
        column.addLayout(below)

    def show_line(self, line: DetailLine) -> None:
        """Writes one original."""
        self._index.setText(str(line.index))
        self._name.setText(line.name)
        self._quantity.setText(line.quantity)
        self._second.setText(line.second_line)
        self._notice.setText(line.notice)
        for part in (self._mark, self._notice):
            part.setVisible(bool(line.notice))
        self.setAccessibleName(f"{line.index} {line.name} {line.quantity} {line.notice}".strip())


class CheckView(QWidget):
    """One machine check with its outcome as icon and words."""

    def __init__(self) -> None:
        """Empty; ``show_check`` fills it."""
        super().__init__()
        self._icon = Icon("circle-check", "ok", 17)
        self._words = label("", "body", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_check(self, check: CheckLine) -> None:
        """Writes one check."""
        self._icon.show_icon(
            "circle-check" if check.passed else "alert-circle", "ok" if check.passed else "bad"
        )
        self._words.setText(check.words)
        self.setAccessibleName(check.words)


class DetailCard(Card):
    """Name, verdict, papers, checks; below, what may be done with this one request."""

    def __init__(self) -> None:
        """Shows nothing yet."""
        super().__init__()
        self._name, self._badge = ElidedLabel("", "h2"), Badge("", "wait")
        self._place = label("", "body", "text2")
        self._summary = label("", "caption", "text2", wrap=True)
        self._lines: list[PaperLine] = []
        self._checks: list[CheckView] = []
        self._foot = label("", "caption", "text2", wrap=True)
        self.look = Button(tr("Mở xem phiếu này"), "eye", "Enter")
        self.number = Button(tr("Cấp số phiếu này"), "printer", "F9")
        self.give_back = Button(tr("Trả lại ..."), "arrow-back-up", "R", DANGER)
        head, keys = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        for widget, stretch in ((self._name, 1), (self._badge, 0), (self._place, 0)):
            head.addWidget(widget, stretch)
        keys.setSpacing(8)
        for button in (self.look, self.number, self.give_back):
            button.setSizePolicy(
                button.sizePolicy().Policy.MinimumExpanding, button.sizePolicy().Policy.Fixed
            )
            keys.addWidget(button)
        self.add(head)
        self.add(self._summary)
        self.add(rule())
        self.add(self._paper(), 1)
        self._blank = QWidget()
        self.add(self._blank, 1)
        self.add(keys)
        self.show_detail(None, "", opened=False)

    def show_detail(self, detail: PileDetail | None, place: str, *, opened: bool) -> None:
        """Writes a request; ``place`` such as ``1 / 7``; ``opened`` it may be numbered alone."""
        self._place.setText(place)
        self._badge.setVisible(detail is not None)
        self._area.setVisible(detail is not None)
        self._blank.setVisible(detail is None)
        self._name.setText(detail.name if detail else tr("Chưa chọn phiếu nào"))
        self._summary.setText(detail.summary if detail else "")
        self.give_back.setVisible(detail is not None)
        self.number.setVisible(detail is not None)
        self.look.hide()
        if detail is None:
            return
        state = check_state(detail.check)
        self._badge.show_state(tr(state.words), state.kind, state.icon)
        self._show_lines(detail.lines)
        self._show_checks(detail.checks)
        self._foot.setText(detail.footnote)
        self._foot.setVisible(bool(detail.footnote))
        self.show_opened(detail.check, opened=opened)

    def show_opened(self, check: str, *, opened: bool) -> None:
        """What needs a look is opened first; only then the button that numbers it stands there."""
        first_look = check == NEEDS_LOOK and not opened
        self.look.setVisible(first_look)
        self.number.setVisible(not first_look)

    def show_caps(self, shown: bool) -> None:
        """Key caps stand only on the part that has focus."""
        self.look.show_cap(shown)
        self.number.show_cap(shown)
        self.give_back.show_cap(shown)

    def words(self) -> str:
        """All that is read here, for tests and screen readers."""
        parts = [self._name.text(), self._summary.text()]
        parts += [line.accessibleName() for line in self._lines if not line.isHidden()]
        parts += [check.accessibleName() for check in self._checks if not check.isHidden()]
        return "\n".join(parts)

    def _paper(self) -> QScrollArea:
        content = QWidget()
        content.setObjectName("plain")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 2, 6, 0)
        column.setSpacing(4)
        self._line_column, self._check_column = QVBoxLayout(), QVBoxLayout()
        for one in (self._line_column, self._check_column):
            one.setSpacing(5)
        column.addLayout(self._line_column)
        column.addWidget(rule())
        column.addWidget(self._foot)
        column.addWidget(label(tr("Máy đã tự kiểm tra"), "caption_strong", "text2"))
        column.addLayout(self._check_column)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        return self._area

    def _show_lines(self, lines: Sequence[DetailLine]) -> None:
        while len(self._lines) < len(lines):
            self._lines.append(PaperLine())
            self._line_column.addWidget(self._lines[-1])
        for place, view in enumerate(self._lines):
            view.setVisible(place < len(lines))
            if place < len(lines):
                view.show_line(lines[place])
        self._area.verticalScrollBar().setValue(0)

    def _show_checks(self, checks: Sequence[CheckLine]) -> None:
        while len(self._checks) < len(checks):
            self._checks.append(CheckView())
            self._check_column.addWidget(self._checks[-1])
        for place, view in enumerate(self._checks):
            view.setVisible(place < len(checks))
            if place < len(checks):
                view.show_check(checks[place])
