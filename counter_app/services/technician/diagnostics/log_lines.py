"""One line of the program's log: a JSON object of few fields, each with the form it must have.

What may stand in a log is said by an allow-list of fields and not by searching for what may not: of a message
one of the known constants of our source (``"figures of the frame: %s"``), never what it was filled with; of
an exception its type, its stable code and the places in our own source it passed, never its words. Whatever
else is logged leaves only where and how grave.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import counter_app

OWN: Final = ("counter_app", "sync")
"""Our packages, in whose source places may be named."""
MOST_FRAMES: Final = 40
LEVELS: Final = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
_MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,8}")
_CODE = re.compile(r"[a-z_]{1,30}([.-][a-z_]{1,30}){0,4}")
_FRAME = re.compile(r"(counter_app|sync)[A-Za-z0-9_./]{0,120}:\d{1,6} [A-Za-z_<>][A-Za-z0-9_<>]{0,60}")
_LONGEST = 200
_ROOT = str(Path(counter_app.__file__).parents[1]).replace("\\", "/").rstrip("/") + "/"
MESSAGES: Final = frozenset({
    "unexpected error",
    "figures of the frame: %s",
    "the exchange failed",
    "%s gave bytes that are not the manifest's",
    "%d reads wait to be logged: %s",
    "a counter on the LAN was turned away: %s",
    "a talk on the LAN failed",
    "nobody caught this",
    "nobody caught this in a thread",
    "a request from afar failed",
})  # fmt: skip
"""Constants of our source that stand in the log as they are; of any other message only its place does."""


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What of a record may be written: own fields only; ``at`` in ms."""
    found: dict[str, Any] = {"at": int(record.created * 1000), "level": record.levelname}
    own = _is_own(record.name)
    found["from"] = record.name if own else record.name.partition(".")[0]
    found["line"] = record.lineno
    if own and record.msg in MESSAGES:
        found["what"] = record.msg
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        found.update(_error_fields(error))
    return found


def _error_fields(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    found: dict[str, Any] = {"error": f"{kind.__module__}.{kind.__qualname__}"}
    code = getattr(error, "code", "")
    if isinstance(code, str) and code:
        found["code"] = code
    found["path"] = frames_of(error.__traceback__)
    return found


def frames_of(passed: TracebackType | None) -> list[str]:
    """Places in our own source, innermost last: ``counter_app/main.py:40 main``; no lines of source."""
    found = []
    for frame in traceback.StackSummary.extract(traceback.walk_tb(passed), lookup_lines=False):
        place = own_place(frame.filename)
        if place:
            found.append(f"{place}:{frame.lineno} {frame.name}")
    return found[-MOST_FRAMES:]


def own_place(path: str) -> str:
    """A source file's path below our own packages' folder, "" for any other: folders name the PC's user."""
    plain = path.replace("\\", "/")
    if not plain.startswith(_ROOT):
        return ""
    below = plain[len(_ROOT) :]
    return below if below.partition("/")[0] in OWN else ""


def write_line(fields: Mapping[str, Any]) -> str:
    """The line as it stands in the file; "" for fields of another form."""
    kept = allowed(fields)
    return json.dumps(kept, ensure_ascii=True) if kept else ""


def read_lines(lines: Iterable[str]) -> list[str]:
    """Lines again through the same list: whatever else got into the file stays there."""
    found = []
    for line in lines:
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            continue
        again = write_line(fields) if isinstance(fields, dict) else ""
        if again:
            found.append(again)
    return found


def allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have their form, nothing else; empty without moment and level."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        form = _FORMS.get(name)
        if form is not None and form(value):
            found[name] = value
    return found if {"at", "level"} <= found.keys() else {}


def _is_own(name: str) -> bool:
    return name.partition(".")[0] in OWN


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _text(pattern: re.Pattern[str]) -> Any:
    return lambda value: isinstance(value, str) and len(value) <= _LONGEST and bool(pattern.fullmatch(value))


def _path(value: Any) -> bool:
    frames = isinstance(value, list) and len(value) <= MOST_FRAMES
    return frames and all(isinstance(one, str) and bool(_FRAME.fullmatch(one)) for one in value)


_FORMS: Final = {
    "at": _number,
    "level": lambda value: value in LEVELS,
    "from": _text(_MODULE),
    "line": _number,
    "what": lambda value: isinstance(value, str) and value in MESSAGES,
    "error": _text(_MODULE),
    "code": _text(_CODE),
    "path": _path,
}
