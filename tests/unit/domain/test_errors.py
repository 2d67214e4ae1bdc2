"""Errors and notices carry the words of both languages."""

import contextlib

import pytest

from counter_app.domain.errors import DomainError, Notice


def make() -> DomainError:
    return DomainError(
        "Tiêu đề",
        "Nghĩa",
        "Cách",
        "cell",
        code="a.b",
        title_en="Title",
        meaning_en="Meaning",
        remedy_en="Remedy",
    )


def test_words_in_both_languages() -> None:
    error = make()
    assert error.words().sentence == "Tiêu đề Nghĩa Cách"
    assert error.words("en").sentence == "Title Meaning Remedy"
    assert (error.code, error.field, str(error)) == ("a.b", "cell", "Tiêu đề")


def test_empty_parts_leave_no_gaps() -> None:
    assert DomainError("Một", remedy="Hai").words().sentence == "Một Hai"


def test_without_english_the_vietnamese_title_stands() -> None:
    assert DomainError("Chỉ tiếng Việt").words("en").title == "Chỉ tiếng Việt"


@pytest.mark.parametrize("name", ["title", "meaning", "remedy", "field", "code"])
def test_words_are_read_only(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(make(), name, "x")


def test_passes_through_context_managers_which_write_the_traceback() -> None:
    @contextlib.contextmanager
    def around():  # type: ignore[no-untyped-def]
        yield

    with pytest.raises(DomainError), around():
        raise make()


def test_notice_speaks_both_languages() -> None:
    notice = Notice("n", "vi", "en")
    assert (notice.text(), notice.text("en")) == ("vi", "en")
