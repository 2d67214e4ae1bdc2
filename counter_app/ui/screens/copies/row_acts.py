"""What keys do to a row of the list: tick, duplicate, delete, take again, refuse."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.certification.taking_in.matters import OF_COPIES
from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.view_model import CopiesModel


class RowActs(QObject):
    """Joins list, model and shell; what is being typed is taken over first."""

    def __init__(self, model: CopiesModel, papers: PapersCard, shell: Shell) -> None:
        """Owned by the screen."""
        super().__init__()
        self._model, self._papers, self._shell = model, papers, shell

    def tick(self, row: int) -> None:
        """Turns the tick; a row ticked now opens the next one."""
        if not self._model.busy and self._model.tick(row):
            self._papers.after_tick(row, self._model.form)

    def duplicate(self) -> None:
        """The row once more below itself."""
        row = self._row()
        if row is not None:
            self._model.duplicate_row(row)
            self._papers.go_to_tick(row + 1)

    def delete(self) -> None:
        """Takes the row away; the bar gives it back for 8 s."""
        row = self._row()
        if row is None:
            return
        name = self._papers.current().name
        taken = self._model.delete_row(row)
        words = tr("Đã xóa dòng {n} ({name}).").format(n=row + 1, name=name)
        self._shell.tell_undo(words, lambda: self._model.restore_row(row, taken))
        self._papers.go_to_tick(min(row, len(self._model.form.rows)))

    def reuse(self) -> None:
        """The rows of the last request again, none compared; once more: those of the one before it."""
        if self._model.busy or (taken := self._model.reuse_rows()) is None:
            return
        self._papers.go_to_tick(len(self._model.form.rows) - len(taken.rows))
        known = self._model.known
        words = tr("Dòng của phiếu {slip} ngày {day}.").format(slip=taken.slip, day=taken.day)
        if known is not None and len(known.earlier) > 1:
            count, place = len(known.earlier), known.earlier.index(taken) + 1
            words = tr("{words} Phiếu {n}/{count}; Ctrl+R: phiếu trước nữa.").format(
                words=words, n=place, count=count
            )
        self._shell.tell(words)

    def refuse(self) -> None:
        """Asks for the ground and prints the refusal of the row under the bar."""
        row = self._row()
        if row is None:
            return
        name = self._papers.current().name
        matter = matter_of(self._model.form.rows[row].text)
        grounds = self._model.around.grounds.get(matter, ())
        if not grounds:
            self._shell.tell(tr("Chưa có danh sách căn cứ từ chối giao dịch. Từ chối bằng văn bản riêng."))
            return
        self._shell.ask_reason(
            tr("Từ chối chứng thực: {name}").format(name=name),
            tuple((ground.code, ground.words) for ground in grounds),
            lambda code, words: self._model.refuse(row, name, code, words),
            words=_basis(matter),
            commit_words=tr("Từ chối, in phiếu"),
        )

    def _row(self) -> int | None:
        if self._model.busy:
            return None
        self._papers.close_text()
        return self._papers.current_original()


def _basis(matter: str) -> str:
    """The article a refusal rests on: 22 of copies, 25 of signatures, and of transactions what it leaves."""
    if matter in OF_COPIES:
        return tr("Căn cứ Điều 22 Nghị định 23/2015/NĐ-CP. Không cấp số, không thu phí.")
    return tr("Căn cứ Điều 25 Nghị định 23/2015/NĐ-CP. Không cấp số, không thu phí.")
