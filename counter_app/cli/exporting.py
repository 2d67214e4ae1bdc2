"""``commune-counter export-all``: everything as Excel and PDF into a folder, under an official's name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram


def export_all(program: RunningProgram, options: dict[str, Any]) -> tuple[int, Any]:
    """Registers, dossiers, receipts, officials, delegations and acts of an open program."""
    from counter_app.cli.acts import OK, somebody
    from counter_app.services.arrival.going_out import GoingOut

    areas = program.areas
    with somebody(program, options):
        folder, files = GoingOut(areas.work, areas.desk, Path(str(options["out"])), _tell).run()
    return OK, [
        {"folder": str(folder)},
        *({"file": one.name, "what": one.what, "rows": one.rows, "sha256": one.digest} for one in files),
    ]


def _tell(what: str, done: int, total: int) -> None:
    """A line a step where a person sits at a terminal; a running program has none."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"{done}/{total} {what}", file=sys.stderr)
