"""A version as its difference from another: zstd with the old, stored zip as what may be referred to.

Stored zips are alike wherever their sources are; sixteen changed modules of a program make some kilobytes.
"""

from __future__ import annotations

from typing import Final

from backports import zstd

from counter_app.updates.words import UpdateError

_LEVEL: Final = 19
_SMALLEST_WINDOW: Final = 20
_LARGEST_WINDOW: Final = 28
"""256 MB: more than an application may have, and no stranger's bytes can ask for more."""


def make(old: bytes, new: bytes) -> bytes:
    """The bytes that turn ``old`` into ``new``; made once, by the publisher."""
    window = max(_SMALLEST_WINDOW, (len(old) + len(new)).bit_length())
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.window_log: min(window, _LARGEST_WINDOW - 1),
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    return zstd.compress(new, options=options, zstd_dict=_referred(old).as_prefix)


def apply(old: bytes, difference: bytes, size: int) -> bytes:
    """``old`` turned into the ``size`` bytes of the new one; never more than that is made.

    Raises UpdateError ``update.damaged``; whether it is the right one is for the caller's digest.
    """
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
    unpacking = zstd.ZstdDecompressor(zstd_dict=_referred(old).as_prefix, options=options)
    try:
        made = unpacking.decompress(difference, max_length=size + 1)
    except (zstd.ZstdError, EOFError) as error:
        raise UpdateError("update.damaged", str(error)) from error
    if len(made) != size or not unpacking.eof or unpacking.unused_data:
        raise UpdateError("update.damaged", f"{len(made)} bytes instead of {size}")
    return made


def _referred(old: bytes) -> zstd.ZstdDict:
    return zstd.ZstdDict(old, is_raw=True)
