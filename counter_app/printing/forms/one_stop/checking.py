"""Is a template fit for use? Found before it is ever printed: words say what is wrong and where.

Order, labels and sentences are free; what a form is there for may not be missing, fields nobody fills may
not be asked for, sizes must be printable, and text is text: no markup, no hidden signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec

from counter_app.printing.forms.one_stop import template as t
from counter_app.printing.forms.one_stop.vocabulary import (
    FORMS,
    ONE_STOP,
    PLACE_OF_FIELD,
    RESIDENCE,
    SETS,
    Vocabulary,
    fields_in,
)

MARKUP: Final = re.compile(r"<[a-zA-Z/!?]|&#|&[a-zA-Z]+;")
MAX_TEXT: Final = 600
MAX_PARTS: Final = 60
NARROWEST: Final = 4.5
"""Millimetres of the narrowest column in which a tick or a number can stand."""
TEXT_SIZES: Final = (7.0, 36.0)
HEIGHTS: Final = (0.0, 60.0)
WRITTEN_WIDTH: Final = {"A5": 126.0, "A4": 182.0, "A4_LANDSCAPE": 269.0}
"""Millimetres between the margins, by size."""
ALWAYS_SHOWN: Final = frozenset({"code", "official_code", "unit", "superior", "issued_on", "place"})
"""Drawn on every form by the program: heading, date line, code."""
RESIDENCE_FORMS: Final = frozenset({"01", "02", "03"})


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong with a template, in both languages."""

    vi: str
    en: str


def problems(template: t.Template) -> tuple[Problem, ...]:
    """Return everything that is wrong with a template; empty: it may be used."""
    vocabulary = FORMS.get(template.form)
    if vocabulary is None or template.set not in SETS:
        return (
            Problem(
                f"Không có mẫu “{template.form}” trong bộ “{template.set}”.",
                f"There is no form “{template.form}” in the set “{template.set}”.",
            ),
        )
    return (
        *_validity(template),
        *_texts(template),
        *_fields(template, vocabulary),
        *_missing(template, vocabulary),
        *_sizes(template),
    )


def _validity(template: t.Template) -> Iterator[Problem]:
    """Dates in order, a set that has this form, places to sign."""
    if template.set == RESIDENCE and template.form not in RESIDENCE_FORMS:
        yield Problem(
            f"Bộ mẫu cư trú không có mẫu {template.form}.", f"The residence set has no form {template.form}."
        )
    first, last = template.valid_from, template.valid_to
    if first is not None and last is not None and first > last:
        yield Problem("Ngày hết hiệu lực trước ngày có hiệu lực.", "It ends before it begins.")
    signs = any(isinstance(part, t.Signing) for part in template.parts)
    if not signs and template.form != "06":
        yield Problem("Thiếu chỗ ký.", "There is no place to sign.")


def _texts(template: t.Template) -> Iterator[Problem]:
    """Text is text: composed letters, no markup, no hidden signs, not longer than a paper can take."""
    for text in _all_texts(template):
        shown = text[:40]
        if MARKUP.search(text):
            yield Problem(f"Có mã đánh dấu trong “{shown}”.", f"There is markup in “{shown}”.")
        if not unicodedata.is_normalized("NFC", text) or any(
            unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in text.replace("\n", "")
        ):
            yield Problem(f"Có ký tự ẩn trong “{shown}”.", f"There is a hidden sign in “{shown}”.")
        if len(text) > MAX_TEXT:
            yield Problem(f"Câu quá dài: “{shown}…”.", f"Too long a sentence: “{shown}…”.")
        if "{" in PLACE_OF_FIELD.sub("", text) or "}" in PLACE_OF_FIELD.sub("", text):
            yield Problem(f"Dấu ngoặc nhọn sai trong “{shown}”.", f"A stray brace in “{shown}”.")


def _all_texts(template: t.Template) -> Iterator[str]:
    """All words of a template that are printed."""
    yield from (template.title, template.shown, template.foot, template.number_line, *template.copies)
    for part in template.all_parts:
        if isinstance(part, t.Labelled):
            yield part.label
        elif isinstance(part, t.Words):
            yield part.text
        elif isinstance(part, t.Table):
            for column in part.columns:
                yield from (column.label, column.under)
        elif isinstance(part, t.Signing):
            for place in part.places:
                yield from (place.role, place.hint)


def _used(template: t.Template) -> frozenset[str]:
    """Return all fields that a template names outside its tables."""
    used = set(fields_in(template.number_line))
    for part in template.all_parts:
        if isinstance(part, t.Labelled):
            used.add(part.field)
        elif isinstance(part, t.Words):
            used.update(fields_in(part.text))
        elif isinstance(part, t.Signing):
            for place in part.places:
                used.update(fields_in(place.role))
                used.update([place.name] if place.name else [])
    return frozenset(used)


def _tables(template: t.Template) -> list[t.Table]:
    """Return the tables of a template."""
    return [part for part in template.all_parts if isinstance(part, t.Table)]


def _fields(template: t.Template, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Only fields that somebody fills."""
    for field in sorted(_used(template) - vocabulary.fields):
        yield _unknown(field, template)
    for table in _tables(template):
        known = vocabulary.tables.get(table.rows)
        if known is None:
            yield _unknown(table.rows, template)
            continue
        for column in table.columns:
            if column.field not in known:
                yield _unknown(column.field, template)


def _unknown(field: str, template: t.Template) -> Problem:
    """Words for a field that this form does not have."""
    return Problem(
        f"Không có trường “{field}” cho {template.shown}.", f"{template.shown} has no field “{field}”."
    )


def _missing(template: t.Template, vocabulary: Vocabulary) -> Iterator[Problem]:
    """All that the form is there for."""
    cells = {column.field for table in _tables(template) for column in table.columns}
    wanted = vocabulary.required - _used(template) - ALWAYS_SHOWN
    for field in sorted(wanted | (vocabulary.required_cells - cells)):
        yield Problem(
            f"Thiếu trường “{field}” của {template.shown}.", f"{template.shown} lacks the field “{field}”."
        )


def _sizes(template: t.Template) -> Iterator[Problem]:
    """Sizes that can be printed and read."""
    if template.form == "07" and template.size != "A4_LANDSCAPE":
        yield Problem("Sổ theo dõi in khổ A4 ngang.", "The register is printed on lying A4.")
    if not (
        1 <= len(template.copies) <= 3 and len(template.parts) >= 1 and len(template.all_parts) <= MAX_PARTS
    ):
        yield Problem("Số liên hoặc số phần không hợp lệ.", "Too many or too few copies or parts.")
    sizes = [template.text_size, template.title_size]
    heights: list[float] = []
    for part in template.all_parts:
        if isinstance(part, t.Words) and part.size:
            sizes.append(part.size)
        elif isinstance(part, t.Table):
            sizes.append(part.size)
            heights.append(part.room)
            yield from _columns(template, part)
        elif isinstance(part, t.Signing):
            heights.append(part.room)
            if not 1 <= len(part.places) <= 4:
                yield Problem("Chỗ ký phải từ 1 đến 4.", "There may be 1 to 4 places to sign.")
        elif isinstance(part, t.Gap):
            heights.append(part.height)
    for value, (least, most), vi, en in (
        *((size, TEXT_SIZES, "Cỡ chữ", "Text size") for size in sizes),
        *((height, HEIGHTS, "Chiều cao", "Height") for height in heights),
    ):
        if not least <= value <= most:
            yield Problem(
                f"{vi} {value:g} không in được ({least:g} đến {most:g}).",
                f"{en} {value:g} cannot be printed ({least:g} to {most:g}).",
            )


def _columns(template: t.Template, table: t.Table) -> Iterator[Problem]:
    """Columns wide enough for what stands in them."""
    total = sum(column.share for column in table.columns)
    if not table.columns or any(column.share <= 0 for column in table.columns):
        yield Problem("Bảng có cột không có bề rộng.", "A table has a column without width.")
        return
    for column in table.columns:
        width = WRITTEN_WIDTH[template.size] * column.share / total
        if width < NARROWEST:
            yield Problem(
                f"Cột “{column.label}” chỉ rộng {width:.1f} mm.",
                f"The column “{column.label}” is only {width:.1f} mm wide.",
            )


def default_set(form: str, form_set: str) -> str:
    """Return the set that a form is taken from: what residence does not have is one-stop's."""
    return form_set if form_set == RESIDENCE and form in RESIDENCE_FORMS else ONE_STOP
