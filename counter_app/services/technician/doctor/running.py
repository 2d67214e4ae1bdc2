"""Runs the checks one after the other, each in a thread of its own and within its time.

A check that hangs (a share that went away, a driver) is left behind as a thread that nobody waits for, and is
not begun again while it hangs. A check that crashes is a line that says so. The whole test always ends.
"""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Iterator, Sequence

from counter_app.errors import OutsideError
from counter_app.services.ports.saying import say, spoken
from counter_app.services.ports.technician import BROKEN, UNCHECKED, CheckRow
from counter_app.services.technician.doctor.bench import Bench, Check, Found
from counter_app.services.technician.doctor.catalogue import CHECKS

_SERIOUS = ("store.", "secret.")
"""What the store or its key's place says itself is a finding, not a failed check."""


class Rounds:
    """Rounds of checks of one program; remembers which of them hang."""

    def __init__(self, checks: Sequence[Check] = CHECKS) -> None:
        self._checks = tuple(checks)
        self._hanging: dict[str, threading.Thread] = {}

    def run(self, bench: Bench) -> Iterator[CheckRow]:
        """Every check, in its order; none raises."""
        for check in self._checks:
            yield check.row(self._bounded(check, bench))

    def _bounded(self, check: Check, bench: Bench) -> Found:
        before = self._hanging.get(check.code)
        if before is not None and before.is_alive():
            return _too_long(check)
        answers: queue.SimpleQueue[Found] = queue.SimpleQueue()
        context = contextvars.copy_context()  # the language in force belongs to the asking thread

        def look() -> None:
            answers.put(context.run(_looked, check, bench))

        thread = threading.Thread(target=look, name=f"doctor {check.code}", daemon=True)
        thread.start()
        try:
            found = answers.get(timeout=check.seconds)
        except queue.Empty:
            self._hanging[check.code] = thread
            return _too_long(check)
        self._hanging.pop(check.code, None)
        return found


def _looked(check: Check, bench: Bench) -> Found:
    try:
        return check.look(bench)
    except OutsideError as error:
        words = error.words(spoken())
        verdict = BROKEN if error.code.startswith(_SERIOUS) else UNCHECKED
        return Found(verdict, words.title, words.remedy)
    except Exception as error:
        cause = getattr(error, "strerror", None) or str(error).splitlines()[0:1]
        told = cause if isinstance(cause, str) else "".join(cause)
        name = type(error).__name__
        return Found(
            UNCHECKED,
            say(
                f"Không kiểm tra được: {name} {told}".strip(), f"Could not be checked: {name} {told}".strip()
            ),
            say("Chạy lại; nếu lặp lại thì gọi hỗ trợ.", "Run again; if it repeats, call for help."),
        )


def _too_long(check: Check) -> Found:
    seconds = f"{check.seconds:.0f}"
    return Found(
        UNCHECKED,
        say(
            f"Không kiểm tra được: không trả lời sau {seconds} giây.",
            f"Could not be checked: no answer within {seconds} s.",
        ),
        say("Khởi động lại máy rồi chạy lại.", "Restart the PC and run again."),
    )
