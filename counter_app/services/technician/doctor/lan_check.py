"""The office LAN in the self-test: siblings in contact, or what keeps them away."""

from __future__ import annotations

from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import GOOD, LOOK, NOT_HERE
from counter_app.services.technician.doctor.bench import Found


def lan_found(neighbours: Neighbours | None) -> Found:
    """One line: who is in contact at which port, a port that is blocked, clocks that differ."""
    if neighbours is None or neighbours.node is None:
        return Found(NOT_HERE, say("Không dùng trên máy này.", "Not used on this PC."))
    clocks = neighbours.clock_words()
    if clocks:
        return Found(LOOK, clocks, say("Sửa ngày giờ máy sai.", "Set the wrong one."))
    words, remedy = neighbours.trouble()
    if words:
        return Found(LOOK, words, remedy)
    port = neighbours.node.port
    names = ", ".join(row.name for row in neighbours.rows() if row.connected)
    if not names:
        return Found(
            GOOD, say(f"Cổng {port} mở; chưa có máy khác.", f"Port {port} is open; no other PC yet.")
        )
    return Found(GOOD, say(f"Đang nối {names}; cổng {port}", f"In contact with {names}; port {port}"))
