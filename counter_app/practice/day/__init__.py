"""The scripted day of the practice commune, played through the real widgets."""

from __future__ import annotations

from pathlib import Path


def play(out_dir: Path) -> int:
    """Play the day and leave papers and pictures in ``out_dir``; 0 when every check held."""
    from counter_app.practice.day.script import play as play_script

    return play_script(out_dir)
