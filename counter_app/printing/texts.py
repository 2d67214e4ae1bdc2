"""Texts of papers as dated data (``resources/forms``): wording changes by date and place, code does not.

Every record carries ``valid_from``, ``valid_to`` and the evidence mark of ``law.md``: V the legal text was
read, S second-hand, U unverified. S and U records are there to be replaced by a reviewed file.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

import msgspec


class NoTextInForce(LookupError):
    """No text of this kind is valid at that date and place. Carries words for people."""

    def __init__(self, kind: str, day: date, place: str) -> None:
        super().__init__(f"no text {kind!r} for {place!r} on {day.isoformat()}")
        self.title = "Chưa có mẫu cho ngày này"
        self.meaning = f"Không có mẫu “{kind}” có hiệu lực ngày {day:%d/%m/%Y}."
        self.remedy = "Kiểm tra ngày trên máy, hoặc cập nhật bộ mẫu."


class PaperText(msgspec.Struct, frozen=True, kw_only=True):
    """One dated text: ``lines`` with named places in braces, for a kind of paper received at a place."""

    kind: str
    place: str
    valid_from: date
    valid_to: date | None
    mark: str
    source: str
    lines: tuple[str, ...]


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One ground for which an original may not be copied (NĐ 23/2015/NĐ-CP art. 22)."""

    code: str
    clause: str
    text: str
    valid_from: date
    valid_to: date | None
    mark: str


@lru_cache(maxsize=1)
def paper_texts() -> tuple[PaperText, ...]:
    """Return all texts that came with the program."""
    return msgspec.json.decode(_resource("certification_texts.json"), type=tuple[PaperText, ...])


@lru_cache(maxsize=1)
def refusal_grounds() -> tuple[Ground, ...]:
    """Return the six grounds of art. 22 in the order of the law, with their validity."""
    return msgspec.json.decode(_resource("refusal_grounds.json"), type=tuple[Ground, ...])


def _resource(name: str) -> bytes:
    """Read one data file of the program."""
    return files("resources").joinpath("forms", name).read_bytes()


def text_in_force(kind: str, day: date, place: str, texts: tuple[PaperText, ...] | None = None) -> PaperText:
    """Return the text of a kind valid on a day at a place of reception; ``any`` serves every place.

    A text for the very place wins over one for any place. Raises NoTextInForce.
    """
    known = paper_texts() if texts is None else texts
    valid = [
        t
        for t in known
        if t.kind == kind and t.place in {place, "any"} and _covers(t.valid_from, t.valid_to, day)
    ]
    if not valid:
        raise NoTextInForce(kind, day, place)
    return max(valid, key=lambda t: (t.place == place, t.valid_from))


def ground_in_force(code: str, day: date) -> Ground:
    """Return a refusal ground by its code as valid on that day. Raises NoTextInForce."""
    for ground in refusal_grounds():
        if ground.code == code and _covers(ground.valid_from, ground.valid_to, day):
            return ground
    raise NoTextInForce(f"refusal ground {code}", day, "any")


def _covers(first: date, last: date | None, day: date) -> bool:
    """Tell whether a day lies within a validity, both ends included."""
    return first <= day and (last is None or day <= last)
