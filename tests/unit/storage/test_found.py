"""The document of a subject: folded as the domain folds, found by its pieces, ordered by time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.fold_text import fold
from counter_app.storage.readings.found import document_id, words
from sync.protocol.ids import EntryId


@given(st.text(st.characters(exclude_characters="-/", exclude_categories=["Cs"]), max_size=40))
def test_word_by_word_is_the_domains_own_folding(text):
    assert words(text) == fold(text)


def test_pieces_of_joined_numbers_are_words_too():
    assert words("01-0018").split() == ["01-0018", "01", "0018"]
    assert words("1842/2026", "Đào").split() == ["1842/2026", "dao", "1842", "2026"]


def test_later_documents_have_larger_rows_whatever_the_counter():
    early, late = EntryId(9 * 256 + 1, 500), EntryId(1 * 256 + 1, 2)
    assert document_id(1_795_147_200_000, early) < document_id(1_795_147_201_000, late)


@given(st.integers(0, 2**63 - 1), st.integers(1, 2**31 - 1), st.integers(1, 2**32 - 1))
def test_any_clock_fits_a_row_of_sqlite(at, journal, seq):
    assert 0 <= document_id(at, EntryId(journal, seq)) < 2**63


def test_entries_of_one_second_do_not_collide():
    ids = {
        document_id(5_000, EntryId(device << 8 | 1, seq)) for device in range(1, 40) for seq in range(1, 300)
    }
    assert len(ids) == 39 * 299
