"""When the drawer of signers opens, what goes through it, and where the keys go on after it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.certification.taking_in.circumstances import AUTHORISATION_PAPER
from counter_app.domain.certification.taking_in.matters import OF_COPIES, OF_SIGNATURES, SIGNATURE
from counter_app.domain.certification.taking_in.row_grammar import matter_of
from counter_app.services.ports.copies import STOP, KnownPerson, SigningForm
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.signers.panel import SignersPanel
from counter_app.ui.screens.copies.view_model import CopiesModel
from counter_app.ui.standing import standing


class SignersActs(QObject):
    """Joins model, list and drawer; there is one drawer at a time."""

    def __init__(self, model: CopiesModel, papers: PapersCard, shell: Shell) -> None:
        """Owned by the screen; nothing is open."""
        super().__init__()
        self._model, self._papers, self._shell = model, papers, shell
        self._panel: SignersPanel | None = None
        model.changed.connect(self.refresh)
        model.signer_found.connect(self._found)

    def open_current(self) -> None:
        """Ctrl+G: the drawer of the row under the bar."""
        if self._model.busy:
            return
        self._papers.close_text()
        row = self._papers.current_original()
        if row is not None:
            self.open(row)

    def open(self, row: int) -> None:
        """The drawer of a row; a copy has no signers, which is said."""
        form = self._model.form
        matter = matter_of(form.rows[row].text)
        if matter in OF_COPIES:
            self._shell.tell(tr("Dòng {n} là bản sao, không có người ký. Chữ ký: gõ ck.").format(n=row + 1))
            return
        self._papers.go_to_tick(row)
        panel = SignersPanel(row, matter, form.rows[row].signing, form.person)
        panel.changed.connect(self._keep)
        panel.number_left.connect(self._model.look_up_signer)
        panel.done.connect(self._done)
        self._panel = panel
        self._shell.open_panel(tr("Dòng {n}: ai ký, ở đâu").format(n=row + 1), panel)
        self.refresh()
        panel.start()

    def after_typing(self, row: int) -> None:
        """Enter on a row that nobody can sign without being asked: parties of a deal, a translator."""
        rows = self._model.form.rows
        if self._model.busy or row >= len(rows) or rows[row].signing != SigningForm():
            return
        if matter_of(rows[row].text) not in (*OF_COPIES, SIGNATURE):
            self.open(row)

    def take_card(self, text: str) -> bool:
        """A card scanned while the drawer stands is that of somebody who signs."""
        if self._open() is None:
            return False
        self._model.read_signer_card(text)
        return True

    def close(self) -> None:
        """Puts the drawer away, if it is this one."""
        if self._open() is not None:
            self._shell.close_panel()
        self._panel = None

    def refresh(self) -> None:
        """Faults and lists as they stand now."""
        panel = self._open()
        if panel is None or panel.row >= len(self._model.form.rows):
            return
        panel.show_choices(self._model.around.choices, authorisation=self._is_authorisation(panel.row))
        panel.show_faults(self._model.notices(STOP))
        rows = self._model.view.rows if self._model.view is not None else ()
        panel.show_place(next((one.text for one in rows if one.row == panel.row and one.text), None))

    def _is_authorisation(self, row: int) -> bool:
        """Whether a signature on a paper of authorisation is asked for; the reading knows its kind."""
        view = self._model.view
        papers = [one.paper for one in view.rows if one.row == row] if view is not None else []
        return AUTHORISATION_PAPER in papers and matter_of(self._model.form.rows[row].text) in OF_SIGNATURES

    def _keep(self, form: SigningForm) -> None:
        panel = self._open()
        if panel is not None:
            self._model.set_signing(panel.row, form)

    def _found(self, known: KnownPerson, from_card: bool) -> None:
        panel = self._open()
        if panel is None:
            return
        if from_card:
            panel.take_card(known.person)
        else:
            panel.take_known(known.person)

    def _done(self) -> None:
        panel = self._open()
        self.close()
        if panel is not None:
            self._papers.go_to_tick(panel.row)

    def _open(self) -> SignersPanel | None:
        return standing(self._panel)
