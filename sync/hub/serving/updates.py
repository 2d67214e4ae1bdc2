"""``/v1/updates/<name>``: versions for the counters, as plain files with ranges.

They are signed by their publisher and the same for everybody, so nobody is asked who he is. The hub neither
reads nor
judges them; a file ``paused`` beside them keeps the manifest back.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, Final

PATH: Final = "/v1/updates/"
FOLDER: Final = "updates"
MANIFEST: Final = "update.json"
PAUSED: Final = "paused"
MOST_AT_ONCE: Final = 1024 * 1024
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,119}", re.ASCII)
_RANGE: Final = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


def is_updates(path: str) -> bool:
    """True for a path this route answers."""
    return path.startswith(PATH)


class UpdateRoute:
    """The route for the files below ``<hub>/updates``."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    async def __call__(self, scope: Message, send: Send) -> None:
        """Answer one request: 200 or 206 with bytes, 404, 405, 416."""
        headers = dict(scope["headers"])
        if scope["method"] not in ("GET", "HEAD"):
            status, told, data = 405, {"allow": "GET, HEAD"}, b""
        else:
            wanted = headers.get(b"range", b"").decode("latin-1")
            status, told, data = await asyncio.to_thread(
                self._reply, scope["path"].removeprefix(PATH), wanted
            )
        told = {
            "content-length": str(len(data)),
            "accept-ranges": "bytes",
            "cache-control": "no-cache",
            **told,
        }
        raw = [(name.encode(), value.encode()) for name, value in told.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else data})

    def _reply(self, name: str, wanted: str) -> tuple[int, dict[str, str], bytes]:
        file = self._folder / name
        kept_back = name in (PAUSED, MANIFEST) and (self._folder / PAUSED).exists()
        if _NAME.fullmatch(name) is None or kept_back or file.is_symlink() or not file.is_file():
            return 404, {}, b""
        size = file.stat().st_size
        asked = _RANGE.fullmatch(wanted)
        if asked is None and size <= MOST_AT_ONCE:
            return 200, {"content-type": "application/octet-stream"}, file.read_bytes()
        first = int(asked[1]) if asked else 0
        if first >= size:
            return 416, {"content-range": f"bytes */{size}"}, b""
        last = min(int(asked[2]) if asked and asked[2] else size - 1, size - 1, first + MOST_AT_ONCE - 1)
        if last < first:
            return 416, {"content-range": f"bytes */{size}"}, b""
        with file.open("rb") as source:
            source.seek(first)
            data = source.read(last - first + 1)
        told = {"content-type": "application/octet-stream", "content-range": f"bytes {first}-{last}/{size}"}
        return 206, told, data
