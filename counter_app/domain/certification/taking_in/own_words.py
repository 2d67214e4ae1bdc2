"""Short words of papers that a unit chose itself, before those that come with the program (ux 4.4).

They are settings of the unit, so every counter of it types the same: key ``alias.<word>``, value the key of
a kind of paper, or ``=`` and the name of a paper of its own; an empty value takes the word away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKind, PaperKinds
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold, nfc
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import OfficialState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

ALIAS = "alias."
OWN_NAME = "="
OWN_KIND = "own."
"""Key of a kind that only this unit has: ``own.tkb``."""
MOST_WORDS = 80
MOST_NAME = 100
_WORD = re.compile(r"[a-z][a-z0-9]{0,11}")


def own_words(policies: Mapping[str, str]) -> dict[str, str]:
    """Word -> kind's key or ``=name``, of a unit's settings; words that were taken away are left out."""
    return {
        name.removeprefix(ALIAS): value
        for name, value in sorted(policies.items())
        if name.startswith(ALIAS) and value
    }


def with_own_words(kinds: PaperKinds, words: Mapping[str, str]) -> PaperKinds:
    """The kinds with the unit's words, its own kinds first; a word of a kind that is gone is passed over."""
    by_key: dict[str, list[str]] = {}
    own: list[PaperKind] = []
    for word, value in words.items():
        if value.startswith(OWN_NAME):
            name = value.removeprefix(OWN_NAME)
            own.append(PaperKind(f"{OWN_KIND}{word}", name, name, (word,)))
        else:
            by_key.setdefault(value, []).append(word)
    shipped = (
        msgspec.structs.replace(kind, aliases=(*by_key.get(kind.key, ()), *kind.aliases))
        for kind in kinds.kinds
    )
    return PaperKinds((*own, *shipped))


def set_own_word(
    actor: OfficialState, unit: EntryId, typed: tuple[str, str], kinds: PaperKinds, words: Mapping[str, str]
) -> tuple[Draft, ...]:
    """A short word and its paper as typed (alias or name of a kind, else a name of its own; empty: away).

    ``kinds`` are those in force with the unit's ``words``. Raises DomainError ``role.*``, ``alias.word``,
    ``alias.reserved``, ``alias.taken``, ``alias.none``, ``alias.name``, ``alias.many``.
    """
    roles.require(actor, roles.TAKE_IN)
    word, paper = fold(typed[0]), " ".join(nfc(typed[1]).split())
    _check_word(word)
    if not paper:
        if word not in words:
            raise _fault("none", f"Đơn vị chưa đặt tên tắt “{word}”.", f"The unit has no word “{word}”.",
                         ("Điền giấy tờ để đặt mới.", "Fill in the paper to set it."))  # fmt: skip
        return (draft(UnitPolicySet(f"{ALIAS}{word}", ""), unit),)
    value = _value(paper, kinds)
    _check_free(word, value, kinds, words)
    if word not in words and len(words) >= MOST_WORDS:
        raise _fault("many", f"Đơn vị có nhiều nhất {MOST_WORDS} tên tắt riêng.",
                     f"A unit has at most {MOST_WORDS} words of its own.",
                     ("Bỏ bớt một tên tắt.", "Take one away."))  # fmt: skip
    return (draft(UnitPolicySet(f"{ALIAS}{word}", value), unit),)


def _check_word(word: str) -> None:
    if not _WORD.fullmatch(word):
        raise _fault("word", "Tên tắt chưa đúng.", "This is no short word.",
                     ("Gõ 1 đến 12 chữ không dấu, không cách, chữ cái đứng đầu, ví dụ tkb.",
                      "Type 1 to 12 letters or digits without blanks, a letter first."))  # fmt: skip
    if word in MATTER_WORDS or word in ("khac", "p", "x"):
        raise _fault("reserved", f"“{word}” đã có nghĩa khác khi gõ dòng.",
                     f"“{word}” means something else in a row.",
                     ("Chọn tên tắt khác.", "Choose another word."))  # fmt: skip


def _value(paper: str, kinds: PaperKinds) -> str:
    """The kind that is meant, else a name of the unit's own."""
    folded = fold(paper)
    known = next((kind for kind in kinds.kinds if kind.is_called(folded)), None)
    if known is not None and known.key != OTHER and not known.key.startswith(OWN_KIND):
        return known.key
    if not 2 <= len(paper) <= MOST_NAME:
        raise _fault("name", f"Tên giấy tờ dài từ 2 đến {MOST_NAME} ký tự.",
                     f"The name of a paper has 2 to {MOST_NAME} characters.",
                     ("Gõ tên như ghi trong sổ.", "Type it as the register says it."),
                     field="paper")  # fmt: skip
    return f"{OWN_NAME}{paper[0].upper()}{paper[1:]}"


def _check_free(word: str, value: str, kinds: PaperKinds, words: Mapping[str, str]) -> None:
    """A word means one paper: another kind's word is refused, the unit's own may be given another meaning."""
    for kind in kinds.kinds:
        if word not in kind.aliases or word in words:
            continue
        if kind.key == value:
            raise _fault("taken", f"“{word}” đã là tên tắt của {kind.name}.",
                         f"“{word}” is the word of {kind.name_en} already.",
                         ("Không phải đặt lại.", "There is nothing to set."))  # fmt: skip
        raise _fault("taken", f"“{word}” đang là {kind.name}.", f"“{word}” is {kind.name_en}.",
                     ("Chọn tên tắt khác.", "Choose another word."))  # fmt: skip


def _fault(code: str, vi: str, en: str, remedy: tuple[str, str], *, field: str = "word") -> DomainError:
    return DomainError(
        vi, remedy=remedy[0], field=field, code=f"alias.{code}", title_en=en, remedy_en=remedy[1]
    )
