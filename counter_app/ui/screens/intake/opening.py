"""A dossier that another page sends to intake: the answer begun there, and the way back."""

from __future__ import annotations

from counter_app.services.ports.intake import ASK
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.screens.intake.intake_acts import IntakeActs
from counter_app.ui.screens.intake.papers_card import PapersCard
from counter_app.ui.screens.intake.view_model import IntakeModel


class Opening:
    """What was asked for, until the page is left."""

    def __init__(self, model: IntakeModel, papers: PapersCard, acts: IntakeActs, shell: Shell) -> None:
        """Nothing asked."""
        self._model, self._papers, self._acts, self._shell = model, papers, acts, shell
        self._asked: Opened | None = None

    def ask(self, asked: Opened) -> None:
        """Opens the dossier; its answer begins when it is here."""
        self._asked = asked
        self._model.open_dossier(asked.dossier)

    def forget(self) -> None:
        """The page is left."""
        self._asked = None

    def begin_answer(self) -> None:
        """B or R pressed in the list of online dossiers: begun once dossier, papers and grounds are here."""
        asked, model = self._asked, self._model
        if asked is None or not asked.answer or model.form.dossier != asked.dossier or not model.grounds:
            return
        if not self._papers.model.rowCount():
            return
        self._papers.start()  # what the dialog gives the keys back to
        self._asked = asked._replace(answer="")
        if asked.answer == ASK:
            self._acts.ask_supplement()
        else:
            self._acts.refuse()

    def go_back(self) -> bool:
        """To the page the dossier came from; False when it came from none."""
        asked = self._asked
        if asked is None or not asked.back:
            return False
        self._shell.open_screen(asked.back)
        return True
