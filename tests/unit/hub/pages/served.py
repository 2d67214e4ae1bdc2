"""The hub's pages over a real line: TLS on a free port, in a thread of this process, ended with the block."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from sync.hub.hub import Hub
from sync.hub.serving.app import make_app
from sync.hub.serving.ca import LOCAL_NAMES, server_files


@contextlib.contextmanager
def served(hub: Hub, folder: Path) -> Iterator[str]:
    """The address of ``hub`` while the block runs."""
    files = server_files(folder, LOCAL_NAMES, datetime.now(UTC))
    config = uvicorn.Config(
        make_app(hub),
        ssl_certfile=files.certificate,
        ssl_keyfile=files.key,
        lifespan="off",
        log_level="error",
    )
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
