"""A citizen's copies checked by somebody who has the province's list and the paper, nothing else.

``python -m tests.journeys.season.check_papers LIST PDF...`` draws each page as a scanner would see it, reads
the codes off the picture and says for each ``[paper, page, number, verdict]`` as one line of JSON. LIST is
JSON: ``unit``, ``keys`` (journal -> public key of the PC, hex) and ``annulled`` and ``struck``
([register, year, number]): papers that came back unsigned must not pass for copies either.
No counter, no store, no network: this process imports ``sync.protocol`` alone and says so at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

from sync.protocol.journals.copy_code import read_copy_code
from sync.protocol.refusals import NotAuthentic, NotOurs, Refusal

SCAN_DPI = 200
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
"""Among all kinds of codes, lines of a text are now and then read as a bar code."""
VALID, ANNULLED, STRUCK, FORGED, NO_KEY, UNREADABLE, OTHER = (
    "valid", "annulled", "struck", "forged", "no key", "unreadable", "not a copy",
)  # fmt: skip


class ProvinceList:
    """What the province publishes for everybody."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.unit: str = told["unit"]
        self.keys = {int(journal): bytes.fromhex(key) for journal, key in told["keys"].items()}
        self.without_value = {tuple(number): name for name in (ANNULLED, STRUCK) for number in told[name]}

    def verdict(self, text: str) -> tuple[int, str]:
        """Number and verdict on one code; number 0 where none can be read."""
        try:
            signed = read_copy_code(text)
        except NotOurs:
            return 0, OTHER
        except Refusal:
            return 0, UNREADABLE
        code = signed.code
        key = self.keys.get(code.journal)
        if key is None or code.unit != self.unit:
            return code.number, NO_KEY
        try:
            signed.verify(key)
        except NotAuthentic:
            return code.number, FORGED
        return code.number, self.without_value.get((code.register, code.year, code.number), VALID)


def codes(paper: Path) -> Iterator[tuple[int, str]]:
    """(page from 1, text) of every QR on a drawn paper; a page without any comes with ""."""
    document = pypdfium2.PdfDocument(str(paper))
    try:
        for number, page in enumerate(document, 1):
            picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
            found = zxingcpp.read_barcodes(picture, formats=QR_ONLY)
            for one in found:
                yield number, one.text
            if not found:
                yield number, ""
    finally:
        document.close()


def main(arguments: list[str]) -> int:
    """Prints a line a code; 0 when the process stayed clean of the counter's own code."""
    told, *papers = arguments
    province = ProvinceList(json.loads(Path(told).read_text(encoding="utf-8")))
    for paper in papers:
        for page, text in codes(Path(paper)):
            number, verdict = province.verdict(text)
            print(json.dumps([Path(paper).name, page, number, verdict]))
    loaded = sorted(
        name for name in sys.modules if name.startswith(("counter_app", "sync.hub", "sync.client"))
    )
    print(json.dumps(["loaded", len(loaded), 0, ",".join(loaded[:3])]))
    return 1 if loaded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
