"""Kinds of papers and the short words clerks type for them (ux 4.4): ``gks``, ``hb``, ``bang`` …

A unit may add its own; the name is what the register's column 4 says.
"""

import msgspec

from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold
from counter_app.domain.table_files import decode_table

OTHER = "other"
"""Key of the kind that takes any name: ``khac giấy nhập học 1x2``."""


class PaperCheck(msgspec.Struct, frozen=True, gc=False):
    """What a kind of paper tells the clerk: words, ``source``, and ``status`` of what they rest on.

    ``status`` is ``verified``, ``secondary`` or ``unverified`` as in ``law.md``; ``code`` says what it is
    about: ``held`` (data a body looks up itself), ``plain`` (a plain copy will do).
    """

    code: str
    vi: str
    en: str
    source: str
    status: str


class PaperKind(msgspec.Struct, frozen=True, gc=False):
    """A kind: stored ``key``, the register's ``name``, and ``aliases`` without marks.

    ``expires``: such a paper has a last day; ``checks``: what the clerk is told of it.
    """

    key: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    expires: bool = False
    checks: tuple[PaperCheck, ...] = ()

    def is_called(self, folded: str) -> bool:
        """True if a folded text is one of its aliases or its whole name."""
        return folded in self.aliases or folded == fold(self.name)


class PaperKinds(msgspec.Struct, frozen=True):
    """All kinds known to the unit, its own first."""

    kinds: tuple[PaperKind, ...]

    def find(self, typed: str) -> PaperKind:
        """The kind of an alias or whole name; ``DomainError`` ``paper.unknown`` with the nearest names."""
        folded = fold(typed)
        for kind in self.kinds:
            if kind.is_called(folded):
                return kind
        near = self.near(folded)
        names = ", ".join(f"{kind.name} ({kind.aliases[0]})" for kind in near)
        names_en = ", ".join(f"{kind.name_en} ({kind.aliases[0]})" for kind in near)
        raise DomainError(
            f"Không thấy “{typed.strip()[:40]}”." + (f" Gần đúng: {names}." if near else ""),
            remedy="Gõ lại tên tắt, hoặc “khac” rồi tên giấy tờ.",
            field="paper",
            code="paper.unknown",
            title_en=f"“{typed.strip()[:40]}” is not known." + (f" Near: {names_en}." if near else ""),
            remedy_en="Type the short word again, or “khac” and the name of the paper.",
        )

    def get(self, key: str) -> PaperKind | None:
        """The kind with a stored key, or ``None`` (a unit's own kind that is not here)."""
        return next((kind for kind in self.kinds if kind.key == key), None)

    def near(self, folded: str, limit: int = 3) -> tuple[PaperKind, ...]:
        """Kinds to offer while typing: alias begins so, a word of the name begins so, most alike first."""
        if not folded:
            return ()
        scored = ((_likeness(kind, folded), place, kind) for place, kind in enumerate(self.kinds))
        ranked = sorted((score, place, kind.key) for score, place, kind in scored if score is not None)
        by_key = {kind.key: kind for kind in self.kinds}
        return tuple(by_key[key] for _, _, key in ranked[:limit])


def _likeness(kind: PaperKind, folded: str) -> int | None:
    """0 the nearest … 3; ``None`` when a kind has nothing of what was typed."""
    if any(alias.startswith(folded) for alias in kind.aliases):
        return 0
    name = fold(kind.name)
    if name.startswith(folded) or f" {folded}" in name:
        return 1
    if any(folded.startswith(alias) for alias in kind.aliases if len(alias) >= 2):
        return 2
    if any(sorted(alias) == sorted(folded) for alias in kind.aliases):
        return 3
    return None


def parse_paper_kinds(raw: bytes) -> PaperKinds:
    """Kinds from their JSON; ``DomainError`` ``table.file`` if it is not a list of kinds."""
    return decode_table(raw, PaperKinds, "Danh sách loại giấy tờ", "The list of kinds of papers")
