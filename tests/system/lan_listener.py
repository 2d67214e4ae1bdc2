"""A stranger on the office's switch: keeps every frame of every port, ``lan_listener.py FILE``."""

from __future__ import annotations

import socket
import sys

ALL = 0x0003


def main(file: str) -> None:
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL)) as ear, open(file, "wb") as kept:
        print("listens", flush=True)
        while True:
            kept.write(ear.recv(65_536))
            kept.flush()


if __name__ == "__main__":
    main(sys.argv[1])
