"""Faults of a row with its number in front; rows are counted from 1 on screen."""

from __future__ import annotations

from counter_app.domain.errors import DomainError


def at_row(index: int, error: DomainError) -> DomainError:
    """The same error with its row in front."""
    vi, en = error.words("vi"), error.words("en")
    return DomainError(
        f"Dòng {index + 1}: {vi.title[0].lower()}{vi.title[1:]}",
        vi.meaning,
        vi.remedy,
        f"originals.{index}.{error.field}",
        code=error.code,
        title_en=f"Row {index + 1}: {en.title}",
        meaning_en=en.meaning,
        remedy_en=en.remedy,
    )


def row_fault(index: int, field: str, code: str, vi: str, en: str, *, remedy: tuple[str, str]) -> DomainError:
    """A fault of one field of a row; ``remedy`` in both languages, empty when the words say it all."""
    return DomainError(
        f"Dòng {index + 1}: {vi}.",
        remedy=remedy[0],
        field=f"originals.{index}.{field}",
        code=code,
        title_en=f"Row {index + 1}: {en}.",
        remedy_en=remedy[1],
    )


NO_REMEDY = ("", "")
