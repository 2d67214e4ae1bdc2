"""What an online dossier brings, beside the list, before anybody opens it (``ux.md`` 4.3b)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.dossiers import DossierView, PaperLine
from counter_app.ui.i18n import tr
from counter_app.ui.screens.dossier.rows import paper_badge
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import Icon, label, rule


class PreviewCard(Card):
    """Who, what, which papers. ``open_asked``, ``ask_asked``, ``refuse_asked``: the three ways on."""

    open_asked = Signal()
    ask_asked = Signal()
    refuse_asked = Signal()

    def __init__(self) -> None:
        """Nothing shown."""
        super().__init__(tr("Xem trước"))
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._holder)
        self._shown: QWidget | None = None
        self.add(scrolled(inner), 1)
        self.open_button = Button(tr("Mở để tiếp nhận"), "file-check", "Enter", on_click=self.open_asked.emit)
        self.ask_button = Button(tr("Yêu cầu bổ sung"), "file-text", "B", on_click=self.ask_asked.emit)
        self.refuse_button = Button(tr("Từ chối"), "ban", "R", on_click=self.refuse_asked.emit)
        self.buttons = (self.open_button, self.ask_button, self.refuse_button)
        for button in self.buttons:
            button.show_cap(True)  # the list has the keys: these are its letters
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.add(button)
        self.show_view(None)

    def show_view(self, view: DossierView | None) -> None:
        """Another dossier; None while nothing is under the bar."""
        for button in self.buttons:
            button.setVisible(view is not None)
        self._show(QWidget() if view is None else _content(view))
        self.setAccessibleName("" if view is None else f"{view.title}. {_count_words(view)}")

    def show_words(self, words: str) -> None:
        """Why nothing can be shown."""
        self.show_view(None)
        holder = QWidget()
        column = _column(holder)
        column.addWidget(label(words, "caption", "text2", wrap=True))
        column.addStretch(1)
        self._show(holder)
        self.setAccessibleName(words)

    def papers(self) -> list[str]:
        """The papers as they are shown, for a reader who cannot see them."""
        shown = self._shown
        return [] if shown is None else [one.accessibleName() for one in shown.findChildren(PaperPart)]

    def _show(self, shown: QWidget) -> None:
        if self._shown is not None:
            self._holder.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = shown
        self._holder.addWidget(shown)


class PaperPart(QWidget):
    """One paper: its whole name, however long, and how it came."""

    def __init__(self, paper: PaperLine) -> None:
        """Built once."""
        super().__init__()
        words, kind, icon = paper_badge(paper.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(Icon(icon, kind, 17, words), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(paper.name, "caption_strong", wrap=True))
        texts.addWidget(label(words, "caption", kind if kind in ("ok", "bad", "warn", "conf") else "text2"))
        row.addLayout(texts, 1)
        self.setAccessibleName(f"{paper.name}, {words}")


def _content(view: DossierView) -> QWidget:
    holder = QWidget()
    column = _column(holder)
    column.addWidget(label(view.title, "strong", wrap=True))
    for name, value in (*view.party, *view.companions, *view.codes, *view.money):
        line = tr("{what}: {words}").format(what=name, words=value)
        column.addWidget(label(line, "caption", "text2", wrap=True))
    column.addWidget(rule())
    column.addWidget(label(_count_words(view), "caption_strong", "text2"))
    for paper in view.papers:
        column.addWidget(PaperPart(paper))
    column.addStretch(1)
    return holder


def _count_words(view: DossierView) -> str:
    if not view.papers:
        return tr("Không gửi kèm giấy tờ nào.")
    return tr("{n} giấy tờ gửi kèm").format(n=len(view.papers))


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(4)
    return column
