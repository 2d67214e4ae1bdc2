"""Trained zstd dictionaries shipped with the program, by the id that a frame names.

A dictionary is never changed or withdrawn: its id is in bundles on sticks. ``tools/train_dictionary`` makes
them from made-up records; without one ``pack_bundle`` writes frames of id 0.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from backports import zstd

MAX_DICTIONARY_BYTES = 131_072
FOLDER = "dictionaries"
SHIPPED = (1_255_806_897, 488_954_168)
"""Ids in the order they were shipped, only ever appended to; a *generation* is a place in it, from 1."""
NEWEST = SHIPPED[-1]
"""Id of the dictionary to pack with, where the reader has it."""
GENERATION = len(SHIPPED)
FIRST_SAID = 2
"""The generation of every program from before requests said theirs (format 1 of the exchange)."""


@lru_cache(maxsize=16)
def load_dictionary(number: int) -> bytes | None:
    """The dictionary with this id, or None: the ``Dictionaries`` look-up for ``unpack_bundle``."""
    if number <= 0:
        return None
    file = resources.files("sync.protocol") / FOLDER / f"{number}.zdict"
    if not file.is_file():
        return None
    return file.read_bytes()


def newest_dictionary() -> bytes | None:
    """The dictionary to pack small bundles with; None when this installation lacks it."""
    return load_dictionary(NEWEST)


def dictionary_of(generation: int) -> bytes | None:
    """The newest dictionary that a reader of ``generation`` has and we have; None for generation 0."""
    known = min(generation, len(SHIPPED))
    return load_dictionary(SHIPPED[known - 1]) if known > 0 else None


def train_dictionary(samples: list[bytes], size: int = 32_768) -> tuple[int, bytes]:
    """``(id, dictionary)`` trained on the contents of many small bundles (``bundle_contents``).

    Raises ValueError above 128 KiB and zstd.ZstdError when the samples are too few or too alike.
    """
    if size > MAX_DICTIONARY_BYTES:
        raise ValueError(f"a dictionary of {size} bytes")
    trained = zstd.train_dict(samples, size)
    return trained.dict_id, trained.dict_content
