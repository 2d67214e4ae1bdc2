"""A counter with a book of paper receipts."""

from __future__ import annotations

import pytest

from tests.support.counter import make_counter


@pytest.fixture
def counter(tmp_path):
    """The clerk sits at it."""
    made = make_counter(tmp_path, receipt_book=True)
    yield made
    made.close()
