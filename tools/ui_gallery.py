"""Pictures of the kit: the shell with sample rows in three themes and at 130 % text, into `out/gallery/`.

Names and figures are practice data (tập huấn). Run: `python -m tools.ui_gallery` (no screen needed).
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.ui.samples import build_window

OUT = Path(__file__).resolve().parents[1] / "out" / "gallery"
SHOTS = (
    ("home", "light", 1.0, (1366, 768)),
    ("home", "dark", 1.0, (1366, 768)),
    ("home", "high_contrast", 1.0, (1366, 768)),
    ("home", "light", 1.3, (1366, 697)),
    ("copies", "light", 1.0, (1366, 697)),
    ("copies", "dark", 1.0, (1366, 768)),
    ("copies", "high_contrast", 1.0, (1366, 697)),
    ("copies", "light", 1.3, (1366, 697)),
    ("states", "light", 1.0, (1366, 768)),
)


def take(name: str, theme: str, scale: float, size: tuple[int, int], after: str = "") -> Path:
    """One picture; `after` opens an overlay first: bar, pin, reason, help."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    themes.apply(app, Theme(theme, scale))
    window = build_window(practice=after == "practice")
    window.resize(*size)
    window.show()
    window.open_screen(name)
    if after == "bar":
        window.bar.tell_undo("Đã xóa dòng 3 (học bạ, 52.000 đ).", lambda: None)
    elif after == "pin":
        box = window.dialog.ask_pin("Cấp số, in 93 lời chứng", "5 phiếu · 33 bản chính.", print)
        QTest.keyClicks(box, "123")
    elif after == "reason":
        reasons = (("pages", "Sai số trang"), ("original", "Không đối chiếu bản chính"), ("fee", "Sai phí"))
        window.dialog.ask_reason("Trả lại phiếu 02-0017", reasons, print, commit_words="Trả lại phiếu")
    elif after == "help":
        window._toggle_help()
    QTest.qWait(60)
    path = OUT / f"{name}-{theme}-{int(scale * 100)}{'-' + after if after else ''}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))
    least = window.minimumSizeHint()
    print(path.name, "minimum", least.width(), "x", least.height())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.close()
    return path


def main() -> None:
    """All pictures."""
    for shot in SHOTS:
        take(*shot)
    for overlay in ("bar", "pin", "reason", "help", "practice"):
        take("copies", "light", 1.0, (1366, 768), overlay)


if __name__ == "__main__":
    main()
