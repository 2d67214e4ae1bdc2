"""Why a request for files is not served: an HTTP status, a stable code, one sentence for a log."""

from __future__ import annotations


class FileRefused(Exception):
    """``status`` as tus and HTTP name it; ``code`` for programs; ``detail`` without personal data."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def unknown() -> FileRefused:
    """No such file for this unit; another unit's files are never told apart from none."""
    return FileRefused(404, "unknown", "no such file")
