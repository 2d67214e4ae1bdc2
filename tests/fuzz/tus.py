"""Headers of the attachments' route (tus 1.0, ranges, passes) at a real hub: no answer is a 5xx."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sync.hub.serving.app import make_app
from sync.protocol.meeting.file_pass import write_pass
from tests.fuzz.asking import Asking
from tests.fuzz.enrolled import UNIT, enrol, make_hub
from tests.fuzz.target import Act, Target

SEP = b"\n"
_CHECKED_PART = (
    b"content-type: application/offset+octet-stream\nupload-offset: 0\n"
    b"content-length: 4\nupload-checksum: sha1 aGk=\n\nabcd"
)
METHODS = ("HEAD", "PATCH", "POST", "DELETE", "GET", "OPTIONS", "PUT")


def _files() -> Act:
    """``method \\n path \\n name: value ... \\n\\n body``; ``@PASS`` stands for a device's own pass."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-tus-")  # gone with the act
    hub = make_hub(Path(folder.name))
    device = enrol(hub)
    good = write_pass(UNIT, device.journal, hub.now(), device.key, hub.public_key).encode()
    asking = Asking(make_app(hub))

    def act(data: bytes) -> None:
        head, _, body = data.partition(b"\n\n")
        lines = head.split(SEP)
        method = METHODS[lines[0][0] % len(METHODS)] if lines[0] else "GET"
        path = "/v1/files" + lines[1].decode("latin-1") if len(lines) > 1 else "/v1/files"
        pairs = [one.partition(b": ") for one in lines[2:]]
        headers = [(name.lower(), value.replace(b"@PASS", good)) for name, _, value in pairs if name]
        answered = asking.ask(method, path, headers, body)
        assert answered.status < 500, (answered, folder.name)

    return act


def _requests() -> list[bytes]:
    tus = b"tus-resumable: 1.0.0\nauthorization: @PASS"
    name = b"ab" * 16
    return [
        bytes([METHODS.index(method)]) + SEP + path + SEP + tus + SEP + more
        for method, path, more in (
            ("POST", b"", b"upload-length: 100\nupload-metadata: name " + b"YWI=" * 8),
            ("HEAD", b"/" + name, b"x-http-method-override: PATCH"),
            (
                "PATCH",
                b"/" + name,
                _CHECKED_PART,
            ),
            ("DELETE", b"/" + name, b""),
            ("GET", b"/" + name, b"range: bytes=0-100"),
            ("OPTIONS", b"", b""),
            ("POST", b"", b"upload-defer-length: 1"),
        )
    ]


TARGETS = (
    Target(
        "tus-headers",
        _files,
        _requests,
        (),
        (
            b"\xb2",
            b": ",
            b"99999999999999999999",
            b"-1",
            b"bytes=",
            b"%00",
            b"..",
            b"/",
            b"sha256 ",
            b"@PASS",
        ),
        weight=300,
        goal=100_000,
        modules=("sync.hub.attachments",),
    ),
)
