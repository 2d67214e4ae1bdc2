"""The dictionary in the house is the one the tool makes, and it helps words it has not seen."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sync.protocol.carrying.bundle import Bundle, pack_bundle, unpack_bundle
from sync.protocol.carrying.dictionaries import NEWEST, load_dictionary, newest_dictionary
from sync.protocol.carrying.run import Run, RunCheckpoint
from sync.protocol.journals.entry import resolve, write_entry
from sync.protocol.naming.ids import EntryId, journal_of
from tools import train_dictionary
from tools.made_up_records import Vocabulary, record

UNSEEN = Vocabulary(
    ("Trương", "Đinh"), ("Khánh", "Bảo"), ("Ngân", "Khoa"), ("Ấp 4",), ("xã Thử, tỉnh Cà Mau",),
    ("Bằng khen",), ("Z-",), ("077",), ("096",),
)  # fmt: skip
BOOK = EntryId(journal_of(3, 1), 9)


def one_record() -> Bundle:
    chance = Random(5)
    journal, first = BOOK.journal, 400
    drafts = resolve(record(UNSEEN, chance, 3, 1_795_134_600_000, 20261120, BOOK), EntryId(journal, first))
    entries = tuple(
        write_entry(EntryId(journal, first + offset), one.facts(1_795_134_600_000, BOOK, None), one.body)
        for offset, one in enumerate(drafts)
    )
    run = Run(journal, first, bytes(8), entries, (RunCheckpoint(first + 1, chance.randbytes(64)),))
    return Bundle("00000", journal, (run,))


def test_the_same_seed_makes_the_shipped_dictionary_again(tmp_path: Path) -> None:
    assert train_dictionary.main(["--out", str(tmp_path)]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == f"{NEWEST}.zdict"
    assert path.read_bytes() == newest_dictionary()


def test_a_record_of_unseen_people_shrinks_by_a_third_at_least() -> None:
    bundle = one_record()
    small = pack_bundle(bundle, newest_dictionary())
    assert len(small) < len(pack_bundle(bundle)) * 2 / 3
    assert unpack_bundle(small, load_dictionary) == bundle


@pytest.mark.parametrize("count", [1, 40])
def test_samples_are_whole_bundles(count: int) -> None:
    for contents in train_dictionary.bundles(count, 1):
        assert unpack_bundle(b"CCB\x01\x00" + contents).runs
