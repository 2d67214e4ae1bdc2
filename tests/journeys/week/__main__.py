"""``SIZE=full python -m tests.journeys.week``: the week with 500 acts and more in each store."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.journeys.week.story import Week


def main() -> int:
    """Run the week; 1 when anything is not as it should be."""
    requests = 55 if os.environ.get("SIZE", "full") == "full" else 4
    with tempfile.TemporaryDirectory(prefix="week-") as folder:
        week = Week(Path(folder), requests, tell=lambda words: print(words, flush=True))
        week.run()
        print("\n".join(week.table()))
        wrong = week.wrong()
        print("\n".join(wrong) or "ends equal: entries, heads and readings; the dossier went there and back")
        week.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
