"""A citizen's copies checked by somebody who has the province's list and the paper, nothing else.

``python -m tests.journeys.season.check_papers LIST KEY AT PDF...`` draws each page as a scanner would see it,
reads the codes off the picture and says for each ``[paper, page, number, verdict]`` as one line of JSON. LIST
is the signed file as ``commune-hub list publish`` writes it, KEY the province's public key in hex, AT the
moment of checking in ms. A list that does not count ends the process with its code and status 3.
No counter, no store, no network: this process imports ``sync.protocol`` alone and says so at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp

from sync.protocol.journals.check_list import read_check_list
from sync.protocol.journals.copy_verdict import check
from sync.protocol.refusals import Refusal

SCAN_DPI = 200
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
"""Among all kinds of codes, lines of a text are now and then read as a bar code."""
REFUSED = 3


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
    told, key, at, *papers = arguments
    try:
        held = read_check_list(Path(told).read_bytes(), bytes.fromhex(key), int(at))
    except Refusal as refused:
        print(json.dumps([refused.code]))
        return REFUSED
    for paper in papers:
        for page, text in codes(Path(paper)):
            verdict = check(text, held)
            code = verdict.code
            shown = (0, 0) if code is None else (code.number, code.year)
            print(json.dumps([Path(paper).name, page, *shown, verdict.kind]))
    loaded = sorted(
        name for name in sys.modules if name.startswith(("counter_app", "sync.hub", "sync.client"))
    )
    print(json.dumps(["loaded", len(loaded), 0, 0, ",".join(loaded[:3])]))
    return 1 if loaded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
