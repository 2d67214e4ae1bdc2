"""Words that must never leave a PC in a diagnostics bundle, and finding them in whatever writing."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
import zipfile
from urllib.parse import quote

NAME = "LÒ THỊ CHIM YẾN"
OFFICIAL = "Vừ A Hoàng Yến"
CARD = "012086000777"
PHONE = "0987654321"
ADDRESS = "Bản Chim Yến, xã Hót"
TOKEN = "tkn-5up3rS3cretC4nary"
PASSWORD = "mật khẩu chim yến"
WINDOW = "HP LaserJet của chị Yến"
CANARIES = (NAME, OFFICIAL, CARD, PHONE, ADDRESS, TOKEN, PASSWORD, WINDOW)


def writings(canary: str) -> set[bytes]:
    """A canary as it may hide: other normal forms, without marks, either case, encoded."""
    plain = unicodedata.normalize("NFD", canary)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
    texts = {canary, plain, bare, canary.upper(), canary.lower(), bare.lower(), bare.upper()}
    texts |= {json.dumps(canary)[1:-1], quote(canary), canary.replace(" ", "_"), bare.replace(" ", "")}
    found: set[bytes] = set()
    for text in texts:
        for data in (text.encode(), text.encode("utf-16-le")):
            found |= {data, data.hex().encode(), base64.b64encode(data).rstrip(b"=")[:-1]}
            found |= {base64.b64encode(b"x" + data)[2:-4], base64.b64encode(b"xx" + data)[3:-4]}
    return {one for one in found if len(one) > 7}


def seen_in(data: bytes) -> list[str]:
    """Canaries in a bundle: in its bytes, in the names of its pages, in the pages."""
    parts = [data]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for info in file.infolist():
            parts += [info.filename.encode(), info.comment, info.extra, file.read(info)]
        parts.append(file.comment)
    whole = b"\n".join(parts)
    low = whole.lower()
    return [c for c in CANARIES if any(w in whole or w.lower() in low for w in writings(c))]
