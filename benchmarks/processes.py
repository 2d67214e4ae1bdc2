"""Processes as an installation starts them: with their bytecode at hand.

An installed program finds its compiled modules; a checkout whose environment says ``PYTHONDONTWRITEBYTECODE``
compiles hundreds of them at each start, which would be measured instead (170 ms of a first paper's 220).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMPILED = Path(tempfile.gettempdir()) / "commune-counter-bench-bytecode"


def environment(**more: str) -> dict[str, str]:
    """This process's environment with bytecode written and read in a folder of our own."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {"PYTHONPYCACHEPREFIX": str(COMPILED)} | more


def output_of(code: str, **more: str) -> str:
    """What ``code`` prints in a fresh interpreter. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment(**more)
    )
    return done.stdout.strip()
