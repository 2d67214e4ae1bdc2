"""Under a session bus of its own: ``make`` a store whose key the system keeps, or ``open`` it again.

``python -m tests.system.keyring_child make|open|locked HOME``; prints what it saw.
"""

from __future__ import annotations

import sys
from pathlib import Path

from counter_app.devices.secrets import KeyringSecrets, SecretError, keyring_works
from counter_app.paths import Paths
from counter_app.services.enrolment.opening import make_store, open_store


def main(act: str, home: str) -> int:
    """One act; the exit code is 0 when it went as a person would want."""
    paths = Paths(Path(home))
    if act == "locked":
        try:
            KeyringSecrets("commune-counter-test").put("probe", "x")
        except SecretError as error:
            print("words", error.code)
            return 0
        return 1
    opened = make_store(paths, None) if act == "make" else open_store(paths, None)
    print(opened.secrets.place, keyring_works("commune-counter-test"), opened.verdict.value)
    print("file", paths.secrets.exists())
    opened.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
