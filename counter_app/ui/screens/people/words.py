"""Terms of written acts in words."""

from __future__ import annotations

from counter_app.services.ports.officials import ActView
from counter_app.ui.formatting import day
from counter_app.ui.i18n import tr


def term_words(act: ActView) -> str:
    """From when to when."""
    if not act.last_day:
        return tr("từ {first}, không hạn").format(first=day(act.valid_from))
    return tr("{first} – {last}").format(first=day(act.valid_from), last=day(act.last_day))
