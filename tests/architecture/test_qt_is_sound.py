"""The pinned Qt binding keeps its references to None; PySide6 6.12.0 lost one in every call."""

import sys

from PySide6.QtCore import QRect


def test_calls_that_return_nothing_lose_no_reference() -> None:
    before = sys.getrefcount(None)
    rect = QRect()
    for _ in range(1000):
        rect.setLeft(1)
    assert abs(sys.getrefcount(None) - before) < 50
