"""tus-js-client, the protocol's reference client, sends a file to the real hub over TLS."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sync.hub.hub import Hub
from sync.hub.serving.server import HubServer
from sync.protocol.meeting.attachment import open_attachment, seal_attachment, wire_name
from sync.protocol.meeting.file_pass import write_pass
from tests.unit.hub.commune import Commune

pytestmark = pytest.mark.system
VERSION = "4.3.1"
SCRIPT = """
const tus = require("tus-js-client");
const fs = require("fs");
const [url, path, name, shown] = process.argv.slice(2);
let aborted = false;
const options = {
  endpoint: url, chunkSize: 32768, retryDelays: null, headers: { Authorization: shown }, metadata: { name },
  uploadSize: fs.statSync(path).size,
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => { console.log("done " + aborted); process.exit(0); },
  onChunkComplete: async (size, sent) => {
    if (sent < 65536 || aborted) return;
    aborted = true;  // as after a cut: a new upload of the same place asks for the offset
    await upload.abort();
    const again = new tus.Upload(fs.createReadStream(path), { ...options, uploadUrl: upload.url });
    again.start();
  },
};
const upload = new tus.Upload(fs.createReadStream(path), options);
upload.start();
"""


@pytest.fixture(scope="module")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client from the npm registry; says plainly when that cannot be reached."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm or node is not installed here: the client was not run")
    folder = tmp_path_factory.mktemp("tus-js")
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"tus-js-client@{VERSION}"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"npm's registry was not reached: tus-js-client was not run ({type(error).__name__})")
    (folder / "send.js").write_text(SCRIPT)
    return folder


def test_tus_js_client_sends_a_file_and_goes_on_after_a_cut(node_folder: Path, tmp_path: Path) -> None:
    with Hub.open(tmp_path / "hub", practice=True) as hub:
        hub.add_unit("00000", "Xã tập huấn")
        commune = Commune(hub, tmp_path, "00000", hub._now, 1)  # type: ignore[arg-type]
        commune.sync()
        key = hub.unit_key("00000")
        now = time.time_ns() // 10**6
        shown = write_pass("00000", commune.journal, now, commune.device_key, hub.public_key)
    commune.close()
    assert key is not None
    data = os.urandom(200_000)
    name = wire_name(key, hashlib.sha256(data).digest())
    file = tmp_path / "sealed"
    file.write_bytes(seal_attachment(data, key))
    with HubServer(tmp_path / "hub", practice=True) as server:
        authority = tmp_path / "authority.pem"
        authority.write_text(server.authority_pem)
        command = ["node", "send.js", f"{server.url}/v1/files", str(file), name, shown]
        environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(authority)}
        done = subprocess.run(
            command, cwd=node_folder, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert (done.returncode, done.stdout.strip()) == (0, "done true"), done.stderr
    kept = tmp_path / "hub" / "files" / "00000" / f"{name}.mca"
    assert open_attachment(kept.read_bytes(), "00000", {key.version: key})[1] == data
