"""What a bundle file holds, what of it was taken and what is missing in front of it: by counter, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter_app.domain.errors import DomainError
from counter_app.services.ports.exchange import BLOCKED, NOTHING_NEW, PART, WHOLE, FileContents
from counter_app.services.ports.saying import counted, say
from sync.client import files
from sync.client.files import Contents, Stretch
from sync.protocol.naming.ids import is_province

NameOf = Callable[[int], str]
"""Name of the counter that writes a journal, "" for one not known here."""
_VERDICTS = {
    files.APPLIED: WHOLE,
    files.PARTLY: PART,
    files.INCOMPLETE: BLOCKED,
    files.NOTHING_NEW: NOTHING_NEW,
}


def place_name(journal: int, name_of: NameOf, language: str = "") -> str:
    """Whose journal it is: ``tỉnh``, ``QUẦY-02``, ``máy 7``; in one ``language`` or in the screen's."""
    vi = "tỉnh" if is_province(journal) else name_of(journal) or f"máy {journal >> 8}"
    en = "the province" if is_province(journal) else name_of(journal) or f"PC {journal >> 8}"
    return {"vi": vi, "en": en}.get(language) or say(vi, en)


def incomplete(gaps: Sequence[Stretch], sender: int, name_of: NameOf) -> DomainError:
    """Nothing could be taken yet: what is missing, from whom, and what to ask for: ``file.incomplete``."""
    vi, en = _missing(gaps, name_of)
    giver, giver_en = place_name(sender, name_of, "vi"), place_name(sender, name_of, "en")
    return DomainError(
        "Chưa nhận được mục nào của gói: thiếu các mục trước đó.",
        f"Còn thiếu {vi}. Máy này chưa thay đổi gì.",
        f"Xuất gói từ máy này, nhập vào {giver}, rồi xuất lại ở {giver}: gói mới làm riêng cho máy này. "
        "Hoặc nối tỉnh. Giữ gói này, sau đó nhập lại được.",
        "file", code="file.incomplete",
        title_en="Nothing of the bundle could be taken: earlier items are missing.",
        meaning_en=f"Still missing: {en}. Nothing was changed on this PC.",
        remedy_en=f"Export from this PC, import at {giver_en}, export there again: the new file is made for "
        "this PC. Or meet the province. Keep this bundle, it can be imported again.",
    )  # fmt: skip


def partly_sentence(taken: Sequence[Stretch], gaps: Sequence[Stretch], sender: int, name_of: NameOf) -> str:
    """Exactly what was taken, what waits for what, and what to ask for."""
    vi, en = _missing(gaps, name_of)
    giver = place_name(sender, name_of)
    return say(
        f"Đã nhập {_list(taken, name_of, 'vi')}. Phần còn lại chưa nhận được, thiếu {vi}. "
        f"Xuất gói từ máy này, nhập vào {giver}, xuất lại ở đó; hoặc nối tỉnh, rồi nhập lại gói này.",
        f"Imported: {_list(taken, name_of, 'en')}. The rest waits; still missing: {en}. "
        f"Export from this PC, import at {giver}, export there again; or meet the province. Then try again.",
    )


def contents_of(looked: Contents, unit: str, name_of: NameOf) -> FileContents:
    """What importing would bring, before anything is changed; ``unit`` the unit it is sealed for, in words.

    A file that was opened is always of this unit: another's is refused before.
    """
    giver = place_name(looked.sender, name_of)
    remedy = say(
        f"Xuất gói từ máy này, nhập vào {giver}, xuất lại ở đó; hoặc nối tỉnh, rồi nhập lại gói này.",
        f"Export from this PC, import at {giver}, export there again; or meet the province. Then try again.",
    )
    return FileContents(
        _VERDICTS[looked.code], giver, unit, looked.newest,
        brings=tuple(_sums(looked.brings, name_of).items()),
        missing=tuple(say(vi, en) for vi, en in _gaps(looked.gaps, name_of)),
        word=looked.word, sentence=_contents_sentence(looked, name_of), remedy=remedy if looked.gaps else "",
        oldest=looked.oldest,
    )  # fmt: skip


def _contents_sentence(looked: Contents, name_of: NameOf) -> str:
    giver = place_name(looked.sender, name_of)
    parts = [say(f"Gói của {giver}:", f"A bundle of {giver}:")]
    parts.append(
        say(
            f"{_list(looked.brings, name_of, 'vi')} mới.", f"{_list(looked.brings, name_of, 'en')}, new here."
        )
        if looked.brings
        else say("không có mục nào nhận được ngay.", "nothing that can be taken now.")
    )
    if looked.gaps:
        vi, en = _missing(looked.gaps, name_of)
        parts.append(say(f"Còn thiếu {vi}.", f"Still missing: {en}."))
    if looked.word:
        parts.append(say("Có xác nhận mới của tỉnh.", "It brings a new word of the province."))
    return " ".join(parts)


def _sums(stretches: Sequence[Stretch], name_of: NameOf, language: str = "") -> dict[str, int]:
    """Entries of one writer added up, in order of naming."""
    sums: dict[str, int] = {}
    for one in stretches:
        name = place_name(one.journal, name_of, language)
        sums[name] = sums.get(name, 0) + one.entries
    return sums


def _list(stretches: Sequence[Stretch], name_of: NameOf, language: str) -> str:
    """``12 mục của QUẦY-01, 3 mục của tỉnh``."""
    sums = _sums(stretches, name_of, language)
    if language == "vi":
        return ", ".join(f"{count} mục của {name}" for name, count in sums.items())
    return ", ".join(f"{counted(count, 'item', 'items')} of {name}" for name, count in sums.items())


def _gaps(gaps: Sequence[Stretch], name_of: NameOf) -> list[tuple[str, str]]:
    """Each gap in both languages, with the numbers a technician looks for."""
    told = []
    for gap in gaps:
        span = str(gap.first) if gap.entries == 1 else f"{gap.first}-{gap.last}"
        vi = f"{gap.entries} mục ({span}) của {place_name(gap.journal, name_of, 'vi')}"
        items = counted(gap.entries, "item", "items")
        told.append((vi, f"{items} ({span}) of {place_name(gap.journal, name_of, 'en')}"))
    return told


def _missing(gaps: Sequence[Stretch], name_of: NameOf) -> tuple[str, str]:
    """All gaps as one list, in both languages."""
    told = _gaps(gaps, name_of)
    return ", ".join(vi for vi, _ in told), ", ".join(en for _, en in told)
