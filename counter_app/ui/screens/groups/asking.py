"""What the page asks before it acts: which paper is missing, why a group ends or is printed again."""

from __future__ import annotations

from counter_app.services.ports.groups import GroupRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.groups.view_model import GroupsModel


class Asking:
    """The one dialog of the window, with the words of this page."""

    def __init__(self, model: GroupsModel, shell: Shell) -> None:
        """Asks nothing yet."""
        self._model, self._shell = model, shell

    def paper(self, place: int) -> None:
        """R: which paper this person did not bring; a paper left out comes back the same way."""
        model, view = self._model, self._model.view
        if place < 0 or view is None or model.is_fixed or not view.papers:
            return
        person = model.form.people[place]
        papers = tuple(
            (str(n), paper.name + (tr(" (đã bỏ, lấy lại)") if n in person.without else ""))
            for n, paper in enumerate(view.papers[:9])
        )
        self._shell.ask_reason(
            tr("{name} không mang giấy nào?").format(name=person.name),
            papers,
            lambda code, _text: model.turn_paper(place, int(code)) if code.isdigit() else None,
            commit_words=tr("Bỏ, lấy lại giấy này"),
        )

    def end(self) -> None:
        """Why a group that stopped half way ends here."""
        model = self._model
        reasons = (
            ("back", tr("Trường đem về bổ sung")),
            ("away", tr("Người nộp ra về")),
            ("wrong", tr("Danh sách sai")),
        )
        self._shell.ask_reason(
            tr("Kết thúc nhóm tại đây?"),
            reasons,
            lambda code, text: model.end(text or dict(reasons)[code]),
            words=tr("Người đã ghi giữ nguyên; phiếu và biên lai chỉ tính người đã ghi."),
            commit_words=tr("Kết thúc nhóm"),
        )

    def print_again(self, row: GroupRow) -> None:
        """Why slip and list of a group are printed once more."""
        model = self._model
        reasons = (
            ("lost", tr("Trường làm mất phiếu")),
            ("bad", tr("Bản in hỏng, mờ")),
            ("more", tr("Cần thêm một bản")),
        )
        self._shell.ask_reason(
            tr("In lại phiếu và danh sách của {name}?").format(name=row.name),
            reasons,
            lambda code, text: model.print_again(row, text or dict(reasons)[code]),
            words=tr("Bản in lại ghi rõ “Bản in lần 2”."),
            commit_words=tr("In lại phiếu, danh sách"),
        )
