"""The draft of certified copies: the form and the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.ports.copies import CopiesPort, RequestForm
from counter_app.ui import draft_keeper
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry


class DraftKeeper(draft_keeper.DraftKeeper):
    """Keeps what stands on the page of certified copies."""

    def __init__(self, port: CopiesPort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""

        def save(kept: tuple[RequestForm, int]) -> int:
            form, cursor = kept
            moment = now()
            blank = entry.is_blank(form)
            port.save_draft(None if blank else entry.stamped(form, moment), cursor)
            return 0 if blank else moment

        super().__init__(save, background)

    def keep(self, form: RequestForm, cursor: int) -> None:
        """Saves the form as it stands; a blank one takes the draft away."""
        self.put((form, cursor))
