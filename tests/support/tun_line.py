"""A network device whose packets a thread carries: slow, far and lossy, the system's own TCP at both ends.

The device has the address ``HERE``; a connection to ``THERE`` enters it, and every packet comes back with its
two addresses changed for each other, so both ends are this machine and no check sum changes. Needs root and
``/dev/net/tun``.
"""

from __future__ import annotations

import contextlib
import fcntl
import heapq
import os
import struct
import subprocess
import threading
import time
from random import Random
from types import TracebackType

HERE, THERE = "10.231.77.1", "10.231.77.2"
_DEVICE = "/dev/net/tun"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_NAME = "cc-line"
_TCP = 6


def why_not() -> str:
    """Why no such line can be made here; "" when it can."""
    if os.geteuid() != 0:
        return "not root"
    if not os.access(_DEVICE, os.R_OK | os.W_OK):
        return f"no {_DEVICE}"
    try:
        subprocess.run(["ip", "link"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return "no ip command"
    return ""


class TunLine:
    """Context manager; ``port`` is where the server listens. ``up`` and ``down`` count bytes of packets.

    ``loss`` is the share of packets that vanish; ``queued_s`` how much may wait before the line.
    """

    def __init__(
        self, port: int, bytes_per_s: float = 16_000, one_way_s: float = 0.3, loss: float = 0.0,
        queued_s: float = 2.0, seed: int = 7,
    ) -> None:  # fmt: skip
        self._port = port
        self._rate, self._far, self._loss, self._queued = bytes_per_s, one_way_s, loss, queued_s
        self._chance = Random(seed)
        self._free = {True: 0.0, False: 0.0}
        self._waiting: list[tuple[float, int, bytes]] = []
        self._changed = threading.Condition()
        self._over = False
        self._device = -1
        self.up = self.down = self.lost = self.packets = 0

    def __enter__(self) -> TunLine:
        self._device = os.open(_DEVICE, os.O_RDWR)
        fcntl.ioctl(self._device, _TUNSETIFF, struct.pack("16sH", _NAME.encode(), _IFF_TUN | _IFF_NO_PI))
        for words in (
            ["addr", "add", f"{HERE}/24", "dev", _NAME],
            ["link", "set", _NAME, "mtu", "1400", "up"],
        ):
            subprocess.run(["ip", *words], check=True, capture_output=True)
        for work in (self._take, self._deliver):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run(["ip", "link", "del", _NAME], check=True, capture_output=True)
        os.close(self._device)

    def _take(self) -> None:
        while not self._over:
            try:
                packet = os.read(self._device, 65_536)
            except OSError:
                return
            if packet[0] >> 4 == 4:
                self._send(packet, time.monotonic())

    def _send(self, packet: bytes, now: float) -> None:
        """Onto the line, or lost: by chance, or because too much waits before it."""
        up = self._goes_up(packet)
        self.packets += 1
        self.up, self.down = self.up + len(packet) * up, self.down + len(packet) * (not up)
        start = max(self._free[up], now)
        if self._chance.random() < self._loss or start - now > self._queued:
            self.lost += 1
            return
        self._free[up] = start + len(packet) / self._rate
        with self._changed:
            heapq.heappush(self._waiting, (self._free[up] + self._far, self.packets, turned(packet)))
            self._changed.notify()

    def _goes_up(self, packet: bytes) -> bool:
        start = (packet[0] & 15) * 4
        return packet[9] == _TCP and int.from_bytes(packet[start + 2 : start + 4], "big") == self._port

    def _deliver(self) -> None:
        while True:
            with self._changed:
                while not self._over and not (self._waiting and self._waiting[0][0] <= time.monotonic()):
                    left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                    self._changed.wait(left if left is None or left > 0 else 0)
                if self._over:
                    return
                packet = heapq.heappop(self._waiting)[2]
            with contextlib.suppress(OSError):
                os.write(self._device, packet)


def turned(packet: bytes) -> bytes:
    """``packet`` back to where it came from: source and destination changed for each other."""
    return packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
