"""``commune-hub ticket`` and ``commune-hub ask``: counters' troubles answered, a PC asked from afar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.domain.dates import moment_text
from counter_app.domain.tickets.entries import WISHES
from sync.hub.commands import Done, existing, new_topic
from sync.hub.tickets import acting, views


def declare(topics: Any) -> None:
    """Add both topics."""
    example = "ticket answer SC-1025-1-77 'Đã gửi trục mực mới'"
    parser = new_topic(topics, "ticket", "troubles that counters told, and answers", example, show_list)
    acts = parser.add_subparsers(dest="act", required=True)
    listed = new_topic(acts, "list", "those that wait first", "ticket list --unit 03390", show_list)
    listed.add_argument("--unit", default="")
    listed.add_argument("--status", choices=("open", "answered", "closed"), default="")
    shown = new_topic(acts, "show", "one, with words, checks, answers", "ticket show SC-1025-1-77", show_one)
    shown.add_argument("number")
    shown.add_argument("--bundle", type=Path, help="write its diagnostics bundle (zip) here, if it came")
    said = new_topic(acts, "answer", "words that the counter's screen shows", example, answer)
    said.add_argument("number")
    said.add_argument("words")
    said.add_argument("--close", action="store_true", help="and that ends it")
    closed = new_topic(acts, "close", "end it, with words or without", "ticket close SC-1025-1-77", close)
    closed.add_argument("number")
    closed.add_argument("words", nargs="?", default="")
    asking = new_topic(topics, "ask", "ask one PC from afar; done when idle", "ask 1025 doctor", ask)
    asking.add_argument("device", type=int, help="the PC's number, see device list")
    asking.add_argument("wish", choices=WISHES, help="never code: a closed list")
    asking.add_argument("--words", default="", help="why, for the people at the counter")
    asked = new_topic(topics, "asked", "what PCs were asked and did", "asked --unit 03390", show_asked)
    asked.add_argument("--unit", default="")


def show_list(folder: Path, options: argparse.Namespace) -> Done:
    """Tickets of a unit or of all."""
    with existing(folder) as hub:
        hub.read()
        units = [options.unit] if options.unit else hub.units()
        with hub.database.read() as connection:
            found = views.tickets(connection, units, options.status)
    return 0, [
        {"number": one.number, "status": one.status, "unit": one.unit, "pc": one.pc, "screen": one.screen,
         "opened": _moment(one.opened_at), "changed": _moment(one.changed_at)} for one in found
    ]  # fmt: skip


def show_one(folder: Path, options: argparse.Namespace) -> Done:
    """One ticket. Exit code 1 when its bundle was wanted and has not come. Raises KeyError, OSError."""
    with existing(folder) as hub:
        hub.read()
        with hub.database.read() as connection:
            unit, state = acting.found(connection, options.number)
        told = state.standing
        shown: dict[str, Any] = {
            "number": state.number, "unit": unit, "status": state.status, "screen": state.screen,
            "opened": _moment(state.opened_at), "words": state.words, "version": told.version,
            "free_mb": told.free_mb, "oldest_unsent": _moment(told.oldest_unsent),
            "last_backup": _moment(told.last_backup),
            "not_well": [f"{one.check}={one.verdict}" for one in told.checks if one.verdict != "good"],
            "bundle": state.bundle.digest.hex(), "bundle_bytes": state.bundle.size,
            "answers": [f"{_moment(at)} {words}" for at, words in state.answers],
        }  # fmt: skip
        if options.bundle is None:
            return 0, shown
        data = acting.bundle(hub, unit, state.bundle.digest)
    if data is None:
        return 1, {**shown, "written": ""}
    options.bundle.write_bytes(data)
    return 0, {**shown, "written": str(options.bundle)}


def answer(folder: Path, options: argparse.Namespace) -> Done:
    """Answer. Raises KeyError, DomainError ``ticket.*``."""
    return _answered(folder, options, closes=options.close)


def close(folder: Path, options: argparse.Namespace) -> Done:
    """End a ticket. Raises KeyError, DomainError ``ticket.*``."""
    return _answered(folder, options, closes=True)


def _answered(folder: Path, options: argparse.Namespace, *, closes: bool) -> Done:
    with existing(folder) as hub:
        hub.read()
        state = acting.answer(hub, options.number, options.words, closes=closes)
    return 0, {"number": state.number, "status": state.status, "answers": len(state.answers)}


def ask(folder: Path, options: argparse.Namespace) -> Done:
    """Ask a PC. Raises KeyError, DomainError ``afar.wish``."""
    with existing(folder) as hub:
        entry = acting.ask(hub, options.device, options.wish, options.words)
    return 0, {"device": options.device, "wish": options.wish, "entry": f"{entry.journal}/{entry.seq}"}


def show_asked(folder: Path, options: argparse.Namespace) -> Done:
    """Requests, newest first."""
    with existing(folder) as hub:
        hub.read()
        units = [options.unit] if options.unit else hub.units()
        with hub.database.read() as connection:
            found = views.requests(connection, units)
    return 0, [
        {"unit": one.unit, "device": one.device, "wish": one.wish, "status": one.status,
         "asked": _moment(one.asked_at), "answered": _moment(one.answered_at)} for one in found
    ]  # fmt: skip


def _moment(at: int) -> str:
    return moment_text(at, "%H:%M %d/%m/%Y")
