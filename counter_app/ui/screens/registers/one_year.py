"""A year in the drawer: its numbers and months, notes after binding, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import BookProgress, LaterNoteRow, YearCard
from counter_app.ui.formatting import day_and_time
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import named
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

NOTES_SHOWN = 12
"""Later notes that the drawer shows, those without a slip first; the yearly book lists them all."""


@dataclass(frozen=True)
class YearActs:
    """What the buttons of a year do; ``settle`` takes the second signatory of the minutes."""

    export: Callable[[int], None]
    slips: Callable[[int], None]
    following: Callable[[int], None]
    settle: Callable[[int, EntryId], None]


@dataclass(frozen=True)
class Refusals:
    """Why this person may not close books, and may not print minutes of settled numbers ('' = he may)."""

    closing: str
    settling: str


class OneYear(Card):
    """A year: what its numbers came to, its months, what can be done."""

    def __init__(
        self,
        card: YearCard,
        notes: Sequence[LaterNoteRow],
        people: Sequence[SecondPerson],
        acts: YearActs,
        why_not: Refusals,
    ) -> None:
        """``notes`` after binding; ``people`` may sign minutes beside the person at the counter."""
        super().__init__(tr("Sổ {symbol} năm {year}").format(symbol=card.symbol, year=card.year))
        self._card, self._acts, self._people = card, acts, tuple(people)
        self.words = [card.total, _state(card), *_months(card)]
        for text in self.words:
            self.add(label(text, "caption", "text2", wrap=True))
        self.year = card.year
        self.book = Button(tr("Ghi quyển năm (PDF)"), "book", on_click=lambda: acts.export(card.year))
        self.add(self.book)
        self.settled = self._settlement(why_not.settling)
        self.notes = self._notes(notes)
        self.slips = Button(
            tr("In {n} phiếu ghi chú bổ sung").format(n=card.unprinted), "printer",
            on_click=lambda: acts.slips(card.year),
        )  # fmt: skip
        self.slips.disable_because(why_not.closing)
        self.add(self.slips)
        if not card.unprinted:
            self.slips.hide()
        self.following = Button(
            tr("Mở sổ năm {year}").format(year=card.year + 1), "books",
            on_click=lambda: acts.following(card.year),
        )  # fmt: skip
        self.following.disable_because(why_not.closing or card.next_why_not)
        self.add(self.following)
        self.body.addStretch(1)

    def show_writing(self, progress: BookProgress | None) -> None:
        """How far the book is; None: its button writes again."""
        if progress is None:
            self.book.show_words(tr("Ghi quyển năm (PDF)"), "book")
        elif progress.stopped:
            self.book.show_words(tr("Đang dừng…"), "hourglass")
        elif not progress.done:
            self.book.show_words(tr("Đang đọc sổ… Dừng"), "hourglass")
        else:
            words = tr("Đang ghi tháng {n} trong {total}. Dừng")
            n = min(progress.done, progress.total - 1)
            self.book.show_words(words.format(n=n, total=progress.total - 1), "hourglass")

    def _settlement(self, why_not: str) -> Button:
        """Minutes of the numbers that were settled, and who signs them second."""
        words = tr("In biên bản {n} số đã giải quyết").format(n=self._card.settled)
        button = Button(words, "file-text", on_click=self._settle)
        self.second = Picker(tr("Người ký thứ hai trên biên bản"))
        self.second.show_choices([f"{one.name}, {one.title}" for one in self._people], 0)
        held: QWidget = named(tr("Người ký thứ hai trên biên bản"), self.second)
        nobody = "" if self._people else tr("Chưa có người thứ hai nào có tài khoản trên máy này.")
        button.disable_because(why_not or nobody)
        for widget in (held, button):
            self.add(widget)
            if not self._card.settled:
                widget.hide()
        if not button.isEnabled():
            held.hide()
        return button

    def _settle(self) -> None:
        place = self.second.currentIndex()
        if 0 <= place < len(self._people):
            self._acts.settle(self._card.year, self._people[place].official)

    def _notes(self, notes: Sequence[LaterNoteRow]) -> list[str]:
        """Notes after binding: number, when and who, what, whether the slip came out."""
        if not notes:
            return []
        self.add(label(tr("Ghi chú sau khi đóng quyển"), "caption_strong", "text2"))
        waiting_first = sorted(notes, key=lambda note: note.printed)
        said = []
        for note in waiting_first[:NOTES_SHOWN]:
            head = tr("Số {n} · tháng {month:02d} · {when} · {who}").format(
                n=note.number, month=note.month, when=day_and_time(note.when), who=note.who
            )
            state = tr("đã in phiếu") if note.printed else tr("chưa in phiếu")
            said.append(f"{head}: {note.words} ({state})")
            self.add(label(said[-1], "caption", "text2" if note.printed else "warn", wrap=True))
        if len(notes) > NOTES_SHOWN:
            said.append(tr("Còn {n} ghi chú nữa trong quyển năm (PDF).").format(n=len(notes) - NOTES_SHOWN))
            self.add(label(said[-1], "caption", "text2", wrap=True))
        return said


def _state(card: YearCard) -> str:
    if card.closed:
        return tr("Đã khóa sổ đến hết 31/12/{year}").format(year=card.year)
    if card.last < card.first:
        return tr("Chưa khóa sổ, bắt đầu từ số {n:02d}; cấp số ở {place}").format(
            n=card.first, place=card.holder
        )
    return tr("Chưa khóa sổ, đến số {n:02d}; cấp số ở {place}").format(n=card.last, place=card.holder)


def _months(card: YearCard) -> list[str]:
    """A sentence a month, and what was settled."""
    bound, still_open = tr("đã khóa"), tr("chưa khóa")
    found = [
        tr("Tháng {month:02d}: số {first}–{last}, {state}").format(
            month=one.month, first=one.first, last=one.last, state=bound if one.closed else still_open
        )
        for one in card.months
    ]
    if card.settled:
        found.append(tr("{n} số chưa rõ đã giải quyết, có biên bản").format(n=card.settled))
    return found
