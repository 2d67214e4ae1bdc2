"""What the document of a procedure is likely called (Luật Hộ tịch 2014 arts. 16, 18, 34; [U], so data)."""

from __future__ import annotations

import msgspec

from counter_app.domain.catalogue.procedure import bare_title

_ISSUE = "cấp "
_LONGEST = 120


class ResultTitles(msgspec.Struct, frozen=True):
    """``titles``: procedure's name to document's; ``issued``: words after "Cấp" that begin a document's name.

    ``status`` is the mark of evidence (V, S, U) of ``source``.
    """

    as_of: str
    source: str
    status: str
    titles: dict[str, str]
    issued: tuple[str, ...]
    note: str = ""

    def title_of(self, procedure: str) -> str:
        """``Cấp giấy xác nhận …`` gives ``Giấy xác nhận …``; at most 120 characters, cut at a word.

        A proposal only: the handler writes what stands on the paper.
        """
        bare = bare_title(procedure)
        rest = bare[len(_ISSUE) :] if bare.lower().startswith(_ISSUE) else ""
        if any(rest.lower().startswith(f"{word} ") for word in self.issued):
            bare = rest
        found = self.titles.get(bare, bare[:1].upper() + bare[1:])
        return found if len(found) <= _LONGEST else found[:_LONGEST].rsplit(" ", 1)[0]


def parse_result_titles(data: bytes) -> ResultTitles:
    """The table as shipped. Raises ``msgspec.DecodeError`` when it is no such table."""
    return msgspec.json.decode(data, type=ResultTitles)
