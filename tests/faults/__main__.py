"""``python -m tests.faults SCENE FOLDER POINTS MODE`` under ``LD_PRELOAD``: one series, one JSON object."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

from counter_app.devices import secrets
from tests.faults import harness
from tests.faults.scenes.table import SCENES

# A cheap key file: its argon2id is not what is tried here, and every point opens it a few times.
secrets._COST = (1, 64, 1)


def main(arguments: list[str]) -> int:
    """Run one series and print what came of it."""
    name, folder, wanted, mode = arguments
    harness.load()
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    scene = SCENES[name](place / "live")
    print(json.dumps(harness.run(scene, int(wanted), mode)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
