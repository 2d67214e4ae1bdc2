"""The draft of a dossier that is being taken in."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.ports.intake import IntakeForm, IntakePort
from counter_app.ui import draft_keeper
from counter_app.ui.background import Background
from counter_app.ui.screens.intake import entry


class DraftKeeper(draft_keeper.DraftKeeper):
    """Keeps what stands on the intake page."""

    def __init__(self, port: IntakePort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""

        def save(form: IntakeForm) -> int:
            moment = now()
            if entry.is_blank(form):
                port.discard_draft()
                return 0
            port.save_draft(form)
            return moment

        super().__init__(save, background)

    def keep(self, form: IntakeForm) -> None:
        """Saves the form as it stands, a blank one takes the draft away; an opened dossier is no draft."""
        if form.dossier is None:
            self.put(form)
