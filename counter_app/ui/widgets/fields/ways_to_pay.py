"""Cash or transfer: how money came, or how it goes back."""

from __future__ import annotations

from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.choices import Segmented

CASH, TRANSFER = "cash", "transfer"


def ways_to_pay() -> Segmented:
    """Cash or transfer, as a person chooses with the arrows."""
    choice = Segmented(((CASH, tr("Tiền mặt")), (TRANSFER, tr("Chuyển khoản"))))
    choice.setAccessibleName(tr("Tiền mặt hoặc chuyển khoản"))
    return choice
