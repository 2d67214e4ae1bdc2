"""The office LAN in the self-test: siblings in contact, or what keeps them away."""

from __future__ import annotations

from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import GOOD, LOOK, OFFLINE, CheckRow


def lan_row(neighbours: Neighbours) -> CheckRow:
    """One row: who is in contact at which port, a port that is blocked, clocks that differ."""
    if neighbours.node is None:
        return _row(OFFLINE, say("Không dùng trên máy này.", "Not used on this PC."), "")
    clocks = neighbours.clock_words()
    if clocks:
        return _row(LOOK, clocks, say("Sửa ngày giờ máy sai.", "Set the wrong one."))
    words, remedy = neighbours.trouble()
    if words:
        return _row(LOOK, words, remedy)
    port = neighbours.node.port
    names = ", ".join(row.name for row in neighbours.rows() if row.connected)
    if not names:
        return _row(
            GOOD, say(f"Cổng {port} mở; chưa có máy khác.", f"Port {port} is open; no other PC yet."), ""
        )
    return _row(GOOD, say(f"Đang nối {names}; cổng {port}", f"In contact with {names}; port {port}"), "")


def _row(verdict: str, words: str, remedy: str) -> CheckRow:
    return CheckRow("lan", "wifi", say("Mạng nội bộ", "Office LAN"), verdict, words, remedy)
