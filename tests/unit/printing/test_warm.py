"""After prewarming, a paper imports nothing more and reads no font file."""

from __future__ import annotations

import subprocess
import sys


def test_a_paper_after_prewarming_needs_no_further_library() -> None:
    code = (
        "import sys\nfrom tools import papers_sample\n"
        "from counter_app.printing.warm import prewarm\nprewarm()\n"
        "before = set(sys.modules)\npapers_sample.appointment_paper()\npapers_sample.strip_paper()\n"
        "print(sorted(m.split('.')[0] for m in set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
