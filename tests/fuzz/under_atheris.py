"""``python -m tests.fuzz.under_atheris TARGET CORPUS [libFuzzer's options]``: one target, chosen by coverage.

The parsers are instrumented as they are imported, so atheris comes before them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

NAMES = (
    "sync.protocol",
    "sync.client",
    "sync.hub.attachments",
    "counter_app.domain",
    "counter_app.services.groups",
)


def main(arguments: list[str]) -> None:
    """Fuzz until told to stop; libFuzzer ends the process."""
    name, folder, *options = arguments
    with atheris.instrument_imports(include=list(NAMES)):
        from tests.fuzz.every import TARGETS
    target = TARGETS[name]
    corpus = target.corpus()
    for number, example in enumerate(corpus):
        (Path(folder) / f"example-{number}").write_bytes(example)
    words = Path(folder).with_suffix(".words")
    words.write_text("".join(f'"{_quoted(token)}"\n' for token in target.tokens if token), "ascii")
    with target.around():
        act = target.make()

        def once(data: bytes) -> None:
            try:
                act(data)
            except target.expected:
                return

        known = [f"-dict={words}"] if target.tokens else []
        atheris.Setup([sys.argv[0], *options, *known, folder], once)
        atheris.Fuzz()


def _quoted(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    main(sys.argv[1:])
