"""The scripted day of the practice commune, played through the real widgets."""

from __future__ import annotations

from pathlib import Path


def play(out_dir: Path) -> int:
    """Play the day and leave papers and pictures in ``out_dir``; returns the exit code.

    Raises ModuleNotFoundError while the robot is not installed (it ships with the practice commune).
    """
    from counter_app.practice.day import script  # type: ignore[attr-defined,unused-ignore]

    code: int = script.play(out_dir)
    return code
