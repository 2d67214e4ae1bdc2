"""What the chosen provisioning file holds, shown before anything is done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from counter_app.services.ports.enrolment import ProvisionView
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.text import ElidedLabel, label

_FOREVER = 2**52
"""Later than any calendar year of four digits, ms: the hub's "no end"."""


class HoldsCard(Card):
    """Lines of name and value; dashes until a file is looked at."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Tệp này ghi danh máy làm"))
        self.values: dict[str, QLabel] = {}
        for code, words in (
            ("unit", tr("Đơn vị")),
            ("province", tr("Tỉnh")),
            ("counter", tr("Quầy")),
            ("device", tr("Số máy")),
            ("hub", tr("Địa chỉ của tỉnh")),
            ("until", tr("Dùng được đến")),
            ("spares", tr("Giấy dự phòng")),
            ("kind", tr("Loại")),
        ):
            self.values[code] = ElidedLabel("–", "strong")
            self.values[code].setAlignment(Qt.AlignmentFlag.AlignRight)
            self.add(line(label(words, "body", "text2"), self.values[code]))

    def show_provision(self, view: ProvisionView | None) -> None:
        """Writes what is known; None writes dashes."""
        for code, value in _lines(view).items():
            self.values[code].setText(value)
            self.values[code].setAccessibleName(value)

    def text(self, code: str) -> str:
        """What stands in a line."""
        return self.values[code].text()


def _lines(view: ProvisionView | None) -> dict[str, str]:
    if view is None:
        return dict.fromkeys(("unit", "province", "counter", "device", "hub", "until", "spares", "kind"), "–")
    return {
        "unit": f"{view.unit} · {view.unit_name}" if view.unit_name else view.unit,
        "province": view.province or "–",
        "counter": f"{view.counter_name} · {view.counter_number:02d}" if view.counter_number else "–",
        "device": str(view.device) if view.device else "–",
        "hub": view.hub_url or tr("chưa nối tỉnh (dùng tệp)"),
        "until": tr("không hạn") if view.valid_until > _FOREVER else formatting.date(view.valid_until),
        "spares": str(view.spares),
        "kind": tr("TẬP HUẤN, giấy tờ không có giá trị") if view.practice else tr("tỉnh thật"),
    }
