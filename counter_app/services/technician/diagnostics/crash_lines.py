"""What a dying interpreter wrote (``faulthandler``), through forms that hold no words of people."""

from __future__ import annotations

import re
from typing import Final

from counter_app.services.technician.diagnostics.log_lines import own_place

MOST_LINES: Final = 400
_FRAME = re.compile(r'  File "(.{1,400})", line (\d{1,6}) in ([A-Za-z_<][A-Za-z0-9_<>.]{0,80})')
_FATAL = re.compile(
    r"(Fatal Python error: (Segmentation fault|Aborted|Bus error|Floating point exception|Illegal instruction"
    r"|Stack overflow|Cannot recover from stack overflow\.?)"
    r"|Windows fatal exception: (access violation|stack overflow|int divide by zero|code 0x[0-9a-f]{1,8}))"
)
_THREAD = re.compile(
    r"(Current thread|Thread) 0x[0-9a-f]{1,16} (\[[a-z_-]{1,30}\] )?\(most recent call first\):"
)


def readable(text: str) -> list[str]:
    """The newest crash lines that may leave the PC; a frame outside our source is only counted as such."""
    found = []
    for line in text.splitlines()[-10 * MOST_LINES :]:
        if _FATAL.fullmatch(line) or _THREAD.fullmatch(line):
            found.append(line)
        elif frame := _FRAME.fullmatch(line):
            place = own_place(frame[1])
            found.append(f"  {place}:{frame[2]} {frame[3]}" if place else "  (library)")
    return found[-MOST_LINES:]
