"""``commune-counter check``: pictures of copies against a file of the list; no store, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.acts import OK, WRONG, Done, Options
from counter_app.devices.barcode_reader import MAX_BYTES as MAX_PICTURE
from counter_app.devices.barcode_reader import CodeKind, PictureRefused, read_codes
from counter_app.domain.certification.lines.listed_copy import describe_listed
from counter_app.domain.errors import DomainError
from counter_app.services.check.words import list_refused
from sync.protocol.journals.check_list import MAX_BYTES, read_check_list
from sync.protocol.journals.copy_verdict import NOT_A_COPY, VALID, ListVerdict, check
from sync.protocol.refusals import Refusal


def check_pictures(options: Options, now: int) -> Done:
    """A verdict for every QR of the pictures; exit code 1 unless all are valid.

    ``now`` is the checker's clock in ms. Raises DomainError ``list.*``, ``check.key``; OSError for a file.
    """
    with Path(str(options["list"])).open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    try:
        held = read_check_list(data, _key(str(options["key"])), now)
    except Refusal as refused:
        raise list_refused(refused) from refused
    found = [
        _told(Path(str(path)), verdict)
        for path in options["picture"]
        for verdict in [check(text, held) for text in _texts(Path(str(path)))] or [ListVerdict(NOT_A_COPY)]
    ]
    return (OK if all(one["kind"] == VALID for one in found) else WRONG), found


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise DomainError(
            "Khóa của tỉnh là 64 chữ số hex.", remedy="Chép khóa mà commune-hub list publish in ra.",
            code="check.key", title_en="The province's key is 64 hex digits.",
            remedy_en="Copy the key that commune-hub list publish prints.",
        )  # fmt: skip
    return key


def _texts(path: Path) -> list[str]:
    """QR texts of one picture; none where the file is no picture that we open. Raises OSError."""
    with path.open("rb") as file:
        content = file.read(MAX_PICTURE + 1)
    try:
        return [code.text for code in read_codes(content) if code.kind is CodeKind.QR]
    except PictureRefused:
        return []


def _told(path: Path, verdict: ListVerdict) -> dict[str, Any]:
    words, code = describe_listed(verdict), verdict.code
    number = "" if code is None else f"{code.number:02d}/{code.year}"
    return {
        "file": path.name, "kind": verdict.kind, "unit": verdict.unit_name, "number": number,
        "words": words.title, "english": words.title_en,
    }  # fmt: skip
