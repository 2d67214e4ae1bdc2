"""Một cửa cấp xã: the desktop program of a commune's one-stop counter.

`__version__` is the one place where the version of the distribution is written; the build reads it.
"""

__version__ = "0.1.0"
