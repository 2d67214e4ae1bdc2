"""Read by Python at each start of the installed runtime: its children find the program's zip.

``python311._pth`` makes Python deaf to ``PYTHONPATH``, so that nothing else on the PC gets between. The
program starts children (printing, scans, tokens, the practice hub) with the path of its own zip in that
variable: a zip of the program is heard that lies beside this runtime, or where the launcher says that
updates lie.
"""

import os
import sys

_homes = {os.path.dirname(sys.prefix), os.environ.get("COMMUNE_COUNTER_PROGRAM", "")} - {""}
for _named in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    _folder, _file = os.path.split(os.path.normcase(_named))
    _ours = _file.startswith("app-") and _file.endswith(".zip")
    if _ours and _folder in map(os.path.normcase, _homes):
        sys.path.insert(0, _named)
