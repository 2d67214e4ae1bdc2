"""Text folded for search: without marks, without case (ux 6.4).

``fold`` is what the search column holds and what a query is folded with. It equates
"Nguyễn Thị Đào" with "nguyen thi dao", and the two spellings Thúy / Thuý.
"""

import unicodedata

_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})  # đ has no decomposition: by hand


def nfc(text: str) -> str:
    """Text as it is stored: composed, since some input methods emit decomposed letters."""
    return unicodedata.normalize("NFC", text)


def drop_marks(text: str) -> str:
    """Letters without tone and shape marks, đ as d; case and spaces stay."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D_STROKE))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def fold(text: str) -> str:
    """Text for searching: no marks, đ as d, no case, single spaces, trimmed.

    Folding twice gives the same; the result of an all-space text is empty.
    """
    bare = drop_marks(drop_marks(text).casefold())
    return " ".join(bare.split())
