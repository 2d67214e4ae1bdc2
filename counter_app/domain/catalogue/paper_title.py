"""A short title of a paper from the portal's sentence, for lists; papers and tooltips keep the whole one.

The portal writes the case, the paper and its provisos into one sentence ("Trường hợp trẻ em bị bỏ rơi
thì phải có biên bản về việc … do cơ quan có thẩm quyền lập"). The title keeps what is handed in. Nothing is
decided by it: an unlucky cut costs words, not rights.
"""

from __future__ import annotations

import re

MOST = 90

_CASE = re.compile(
    r"^(?:đối với |trong )?trường hợp .{5,400}?"
    r"(?:thì phải có|phải có|thì nộp|phải nộp|thì có|thì|nộp|cần có)\s+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r";|\s\(|:|\.\s|,?\s(?:trong trường hợp|trường hợp|theo quy định|theo mẫu số|theo phụ lục|để chứng minh"
    r"|đối với|do cơ quan|do người|nếu|trừ)\b",
    re.IGNORECASE,
)
_SHORTEST = 8


def paper_title(text: str) -> str:
    """The paper's own name, at most ``MOST`` characters, with a capital first."""
    bare = " ".join(text.split()).lstrip("-+* ")
    without = _CASE.sub("", bare, count=1)
    bare = without if len(without) >= _SHORTEST else bare
    ends = [found.start() for found in _ENDS.finditer(bare) if found.start() >= _SHORTEST]
    short = bare[: ends[0]] if ends else bare
    short = short.rstrip(" ,.-")
    if len(short) > MOST:
        short = short[:MOST].rsplit(" ", 1)[0].rstrip(" ,") + " …"
    return short[:1].upper() + short[1:]
