"""One dossier: its history, what may be done with it now, its fields for other software (``ux.md`` 4)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import DossierView

    return DossierView(context)


ENTRY = ScreenEntry(
    name="dossier",
    title=translated("Hồ sơ"),
    permission="dossier",
    shortcut="",
    icon="file-description",
    load=_load,
    on_rail=False,
)
