"""``python -m counter_app``."""

import sys

from counter_app.main import main

if __name__ == "__main__":
    sys.exit(main())
