"""One case of stray acts: what can be written anew, what cannot, the choice, the second person."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.strays import ANEW, LEAVE, StrayCaseView
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.clearing import clear
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.form_card import FormCard, SecondFields
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label


class StrayCard(FormCard):
    """Empty until ``show_one``; the second person's secret goes with every other case."""

    def __init__(self) -> None:
        """Acts scroll, choice and persons stay in sight."""
        super().__init__(tr("Việc lạc"))
        self.shown: StrayCaseView | None = None
        inner = QWidget()
        self._acts = QVBoxLayout(inner)
        self._acts.setContentsMargins(0, 0, 0, 0)
        self._acts.setSpacing(4)
        self.outcome = Segmented(((ANEW, tr("Nhập lại các việc")), (LEAVE, tr("Để nguyên"))))
        self.words = Field(tr("Căn cứ"), required=True)
        self.two = SecondFields()
        self.fields = {"words": self.words, "outcome": self.words, **self.two.fields()}
        self.add(scrolled(inner), 1)
        self.add(self.outcome)
        self.add(self.words)
        self.two.add_to(self)
        self.chain = FocusChain((self.outcome, self.words, self.two.picker, self.two.secret))
        self.hide()

    def show_one(self, one: StrayCaseView | None) -> None:
        """Another case, or none; the same one again keeps what was typed."""
        if one == self.shown:
            return
        same = self.shown is not None and one is not None and one.key == self.shown.key
        self.shown = one
        if one is None:
            return
        clear(self._acts)
        self._tell(tr("Nhập lại được"), one.acts, "text")
        self._tell(tr("Không cấp lại, làm rõ từng mục"), one.left, "warn")
        self._acts.addWidget(QWidget(), 1)
        if not same:
            self.outcome.choose(ANEW if one.acts else LEAVE, quiet=True)
            self.words.fill("")
            self.words.show_error("")
            self.two.secret.fill("")

    def check(self) -> QWidget | None:
        """Ground and the second person's secret are needed."""
        return self.missing(self.words, self.two.secret)

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Ghi, hai người xác nhận")

    def _tell(self, title: str, acts: tuple[str, ...], colour: str) -> None:
        if acts:
            self._acts.addWidget(label(title, "caption_strong", "text2"))
        for one in acts:
            self._acts.addWidget(label(one, "body", colour, wrap=True))
