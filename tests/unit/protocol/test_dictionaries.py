"""Dictionaries: looked up by id, trained on contents, never required."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from backports import zstd

from sync.protocol.carrying import dictionaries
from sync.protocol.carrying.bundle import bundle_contents, pack_bundle, unpack_bundle
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary, train_dictionary
from tests.unit.protocol.test_bundle import EMPTY, pieces_of, requests


@pytest.fixture(scope="module")
def trained() -> tuple[int, bytes]:
    """A dictionary of the unit tests' vocabulary."""
    samples = [
        bundle_contents(msgspec.structs.replace(EMPTY, runs=(run,))) for run in pieces_of(requests(800))
    ]
    return train_dictionary(samples, 4_096)


@pytest.mark.parametrize("number", [0, -1, 1, 2**32 - 1])
def test_an_unknown_id_has_no_dictionary(number: int) -> None:
    assert load_dictionary(number) is None


def test_a_shipped_dictionary_opens_what_it_closed(
    trained: tuple[int, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, content = trained
    (tmp_path / dictionaries.FOLDER).mkdir()
    (tmp_path / dictionaries.FOLDER / f"{number}.zdict").write_bytes(content)
    monkeypatch.setattr("sync.protocol.carrying.dictionaries.resources.files", lambda _: tmp_path)
    load_dictionary.cache_clear()
    bundle = msgspec.structs.replace(EMPTY, runs=(requests(4),))
    packed = pack_bundle(bundle, load_dictionary(number))
    assert len(packed) < len(pack_bundle(bundle))
    assert unpack_bundle(packed, load_dictionary) == bundle
    load_dictionary.cache_clear()


def test_the_newest_dictionary_is_shipped_under_its_own_id() -> None:
    content = newest_dictionary()
    assert content is not None
    assert zstd.ZstdDict(content).dict_id == dictionaries.NEWEST


def test_a_dictionary_has_a_limit() -> None:
    with pytest.raises(ValueError, match="dictionary of"):
        train_dictionary([b"x"], dictionaries.MAX_DICTIONARY_BYTES + 1)
