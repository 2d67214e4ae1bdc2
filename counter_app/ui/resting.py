"""Memory is given back while nobody works: old PCs have 4 GB for everything."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from functools import cache

from counter_app.ui.background import Background

TURNS = 30
"""The frame looks at its clock each ten seconds: five minutes."""


class Rest:
    """What the frame tells of its quiet moments."""

    def __init__(self, background: Background) -> None:
        """``background`` gives back; nothing is done before somebody is told."""
        self._background = background
        self._turns = 0

    def covered(self) -> None:
        """The sign-in page covers the window: nobody types, a pause is seen by nobody.

        Pages of who was here before lie in cycles with their models until a full collection, which Python
        puts off while the program is large; it has to run on this thread, which the widgets belong to.
        """
        gc.collect()
        self._give_back()

    def ticked(self) -> None:
        """The frame looked at its clock."""
        self._turns = (self._turns + 1) % TURNS
        if not self._turns:
            self._give_back()

    def _give_back(self) -> None:
        self._background.run_query(give_back, lambda _nothing: None)


def give_back() -> None:
    """Free pieces of the C library's heap go back to the system; nothing where it does that by itself."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """glibc's ``malloc_trim``, which keeps twenty MB of this program otherwise; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
