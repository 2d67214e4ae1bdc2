"""The document of a subject: folded as the domain folds, found by its pieces, ordered by time."""

from __future__ import annotations

import random
import threading

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.fold_text import fold
from counter_app.storage.keeping.integrity import check_pages
from counter_app.storage.readings import found
from counter_app.storage.readings.found import document_id, words
from counter_app.storage.readings.upkeep import digests
from counter_app.storage.search import search
from counter_app.storage.store import Store
from sync.protocol.naming.ids import EntryId


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


def test_two_subjects_on_one_row_of_the_index_are_both_found(counters, monkeypatch):
    """Two lives of one device at the same second and place: neither hides the other, and a rebuild works."""
    from tests.unit.storage.test_readings import rebuilt_differs, rows

    monkeypatch.setattr(found, "document_id", lambda at, subject: at // 10**12)
    counter = counters(1)
    for name in ("Giàng Thị Một", "Giàng Thị Hai", "Giàng Thị Ba"):
        counter.request(name)
    held = rows(counter.store, "SELECT title FROM documents ORDER BY id")
    assert held == [("Giàng Thị Một",), ("Giàng Thị Hai",), ("Giàng Thị Ba",)]
    hits = "SELECT count(*) FROM document_words WHERE document_words MATCH 'giang'"
    assert rows(counter.store, hits) == [(3,)]
    assert rebuilt_differs(counter.store) == ()


def test_two_lives_of_one_device_do_not_share_a_row():
    at = 1_795_147_200_000
    assert document_id(at, EntryId(257, 9)) != document_id(at, EntryId(258, 9))
    assert document_id(at, EntryId(3 << 8 | 1, 9)) != document_id(at, EntryId(515 << 8 | 1, 9))


def _pieces(counter) -> int:
    """Segments of the index of words."""
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM document_words_idx").scalar_one()


def _settings(counter) -> dict[str, int]:
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT k, v FROM document_words_config WHERE k IN ('automerge', 'crisismerge')"
        )
        return {row[0]: row[1] for row in rows}


def test_acts_leave_the_index_in_pieces_and_idle_time_merges_them(counter):
    for place in range(24):
        counter.request(f"Vàng Thị Mẩy {place}", (1,))
    assert _pieces(counter) >= 24  # FTS5's own merging would have left a few
    with counter.store.read() as connection:
        before = digests(connection)
    turns = 0
    while counter.store.merge_words():
        turns += 1
        assert turns < 100, "merging never ends"
    assert turns
    assert _pieces(counter) < 8
    with counter.store.read() as connection:
        assert digests(connection) == before
        assert len(search(connection, "vang may")) == 24
    assert not counter.store.merge_words()


def test_a_merged_index_is_no_damage_to_who_checked_before(counter):
    """FTS5 checks by what its connection knew; the self-test of a running program called a merge damage."""
    chance = random.Random(1)
    syllables = [f"{a}{b}n" for a in "bcdghklmnt" for b in "aeiou"]
    held = list(range(1, 40))
    with counter.store.engine.connect() as same:
        for turn in range(160):
            with counter.store.write() as connection:
                row = held[chance.randrange(len(held))] if turn > len(held) else held[turn % len(held)]
                if turn > len(held):
                    connection.exec_driver_sql("DELETE FROM document_words WHERE rowid = ?", (row,))
                words = " ".join(chance.choices(syllables, k=9))
                connection.exec_driver_sql(
                    "INSERT INTO document_words (rowid, folded) VALUES (?, ?)", (row, words)
                )
            if turn % 3 == 0:
                counter.store.merge_words()
            if turn % 20 == 0:
                with same.begin():
                    assert check_pages(same) == []


def test_nothing_is_merged_while_somebody_writes(counter):
    for place in range(8):
        counter.request(f"Vàng Thị Mẩy {place}", (1,))
    held = _pieces(counter)
    said: list[bool] = []
    with counter.store.write():
        other = threading.Thread(target=lambda: said.append(counter.store.merge_words()))
        other.start()
        other.join(20)
    assert said == [True]  # there is more to do, another time
    assert _pieces(counter) == held


def test_a_store_of_an_older_program_stops_merging_within_acts(counter):
    wanted = {"automerge": 0, "crisismerge": 1_000}
    assert _settings(counter) == wanted
    with counter.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO document_words (document_words, rank) VALUES ('automerge', 4)"
        )
    path, key = counter.store.path, counter.store.key
    counter.store.close()
    counter.store = Store.open(path, key)
    assert _settings(counter) == wanted
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert _settings(counter) == wanted


def test_changed_words_leave_the_index(counter, monkeypatch):
    """Words are taken out of the index before new ones stand there: the old ones find nothing."""
    request = counter.request("Vàng Thị Mẩy", (1,))
    monkeypatch.setattr(found, "words", lambda *_parts: "moi")
    with counter.store.write() as connection:
        counter.store.readings.refold(connection, [request])
        assert search(connection, "vang") == []
        assert [hit.subject for hit in search(connection, "mới")] == [request]
