"""A national portal that misbehaves: a real HTTP server on loopback, written from ``law.md`` 2.2-2.3 and
``portal_api.json`` (the names recorded from client code), never from the adapters it tries.

Faults are taken one a request from ``faults``. Those ending in ``_after`` do what was asked and spoil only
the answer: what a sender must not do twice. ``taken`` is called when a request was done and not yet answered.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

API = json.loads((Path(__file__).parent / "portal_api.json").read_text("utf-8"))
RECORD = set(API["DongBoHoSoMC"]["fields"])
LISTS = {name: set(fields) for name, fields in API["DongBoHoSoMC"]["lists"].items()}
STEP = set(API["CapNhatTienDoHoSoMC"])
USER, SECRET = "don-vi-tap-huan", "mat-khau-tap-huan"

SPOILED = {
    "html": b"<!DOCTYPE html><title>502</title>",
    "list": b"[1, 2]",
    "no_code": b'{"result": []}',
    "null_code": b'{"error_code": null, "result": []}',
    "true_code": b'{"error_code": true}',
    "latin": b'{"error_code": 0, "error_message": "\xe1\xbb"}',
    "empty": b"",
    "text_rows": b'{"error_code": "00", "result": "ok", "MaHoSo": 5}',
    "deep": b"[" * 50_000,
}
BROKEN = ("500", "drop", "half", "session", "refuse")
BEFORE = (*BROKEN, *SPOILED)
AFTER = ("500_after", "drop_after", "half_after", *(f"{name}_after" for name in SPOILED))


class Portal:
    """What the portal holds. ``told``: the states each dossier took by our requests, in order."""

    def __init__(self, generation: str = "legacy") -> None:
        self.generation = generation
        self.forget()
        self.hold = threading.Event()
        self.wrong: list[str] = []
        self.taken: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                portal._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def forget(self) -> None:
        """A portal of the first day."""
        self.records: dict[str, dict[str, Any]] = {}
        self.states: dict[str, int] = {}
        self.told: dict[str, list[int]] = {}
        self.lines: list[tuple[str, str, int]] = []
        self.created: list[str] = []
        self.given: dict[str, str] = {}
        self.online: list[object] = []
        self.asked: list[str] = []
        self.offices: list[str] = []
        self.faults: deque[str] = deque()
        self.sessions: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Portal:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hold.set()
        self._server.shutdown()
        self._server.server_close()

    def jump(self, code: str, state: int) -> None:
        """The portal takes a state by itself: the citizen withdraws, somebody clicks."""
        self.states[code] = state

    # What a request meets.

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers["Content-Length"]))
        body = json.loads(raw)
        with self._lock:
            signing_in = handler.path in ("/mapi/login", "/oauth/token")
            fault = "" if signing_in or not self.faults else self.faults.popleft()
            if fault == "session":
                self.sessions.clear()
            if fault and not fault.endswith("_after") and fault not in ("session", "refuse", "slow"):
                status, answer = 200, {}
            elif fault == "refuse":
                status, answer = 200, {"error_code": 99, "error_message": "Hồ sơ không hợp lệ"}
            else:
                status, answer = self._checked(handler, body)
        self.taken()
        kind = fault.removesuffix("_after")
        if kind == "slow":
            self.hold.wait(5)
        if kind == "drop":
            handler.close_connection = True
            return
        data = json.dumps(answer, ensure_ascii=False).encode()
        if kind in SPOILED:
            data = SPOILED[kind]
        with contextlib.suppress(OSError):  # who asked has gone
            self._reply(handler, 500 if kind == "500" else status, data, kind == "half")

    def _reply(self, handler: BaseHTTPRequestHandler, status: int, data: bytes, half: bool) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2] if half else data)

    def _checked(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            return self._answer(handler, body)
        except (AssertionError, KeyError, TypeError) as error:  # what we sent is not what the portal knows
            self.wrong.append(f"{type(error).__name__}: {error}")
            return 500, {}

    def _answer(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if handler.path == "/mapi/login":
            good = (body.get("username"), body.get("password")) == (USER, SECRET)
            return 200, {"error_code": 0, "session": self._session()} if good else {"error_code": 1}
        if handler.path == "/oauth/token":
            good = (body.get("client_id"), body.get("client_secret")) == (USER, SECRET)
            return (200, {"access_token": self._session()}) if good else (401, {})
        if self.generation == "legacy":
            if body["session"] not in self.sessions:
                return 200, {"error_code": "-1", "error_message": "Phiên hết hạn"}
            assert set(body) == {"session", "madonvi", "service", "isUpdating", "data"}, sorted(body)
            assert body["isUpdating"] in ("True", "False")
            assert isinstance(body["data"], list)
            self.offices.append(body["madonvi"])
            service, row = body["service"], body["data"][0]
            self.asked.append(service)
            return 200, self._legacy(service, row, body["isUpdating"] == "True")
        if handler.headers.get("Authorization", "").removeprefix("Bearer ") not in self.sessions:
            return 401, {}
        self.asked.append(handler.path)
        return 200, self._newer(handler.path, body)

    def _session(self) -> str:
        session = f"phien-{len(self.asked)}-{len(self.sessions)}"
        self.sessions.add(session)
        return session

    def _legacy(self, service: str, row: dict[str, Any], updating: bool) -> dict[str, Any]:
        code = row.get("MaHoSo", "")
        if service == "DongBoHoSoMC":
            return self._record(code, row, updating)
        if service == "CapNhatTienDoHoSoMC":
            assert set(row) == STEP, set(row) ^ STEP
            return self._step(code, row["ThoiDiemXuLy"], row["TrangThai"])
        if service == "TraCuuHoSo":
            return self._look(code)
        if service == "LayMaHoSo":
            own = row["MaHoSoTam"]
            return {"error_code": "00", "MaHoSo": self.given.setdefault(own, f"H35.20-{own}")}
        assert service == "LayDanhSachHoSo", service
        return {"error_code": 0, "result": self.online}

    def _newer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        code = body.get("MaHoSo", "")
        if path == "/GetNextValue":
            number = len(self.given) + 1
            self.given[f"{number}"] = f"G09.20-20261120-{number:07d}"
            return {"error_code": 0, "MaHoSo": self.given[f"{number}"]}
        if path == "/NoiHoSo":
            return self._record(code, body, code in self.records, strict=False)
        if path == "/CapNhatTienTrinh":
            line = (code, body["ThoiDiemXuLy"], int(body["TrangThai"]))
            if line not in self.lines:
                self.lines.append(line)
            return {"error_code": 0}
        if path == "/CapNhatTrangThai":
            return self._step(code, "", body["TrangThai"])
        return self._look(code) if path == "/TraCuuHoSo" else {"error_code": 0, "result": self.online}

    def _record(self, code: str, row: dict[str, Any], updating: bool, strict: bool = True) -> dict[str, Any]:
        if strict:
            assert set(row) == RECORD | set(LISTS), set(row) ^ (RECORD | set(LISTS))
            for name, fields in LISTS.items():
                assert all(set(one) == fields for one in row[name]), name
        if updating != (code in self.records):
            return {"error_code": 97, "error_message": "Không có hồ sơ" if updating else "Mã hồ sơ đã có"}
        if not updating:
            self.created.append(code)
            self.told[code] = []
        self.records[code] = row
        self._take(code, int(row["TrangThaiHoSo"]))
        return {"error_code": "00", "error_message": ""}

    def _step(self, code: str, at: str, state: str) -> dict[str, Any]:
        if code not in self.records:
            return {"error_code": 96, "error_message": "Không có hồ sơ"}
        if at:
            self.lines.append((code, at, int(state)))
        self._take(code, int(state), again=True)
        return {"error_code": 0}

    def _take(self, code: str, state: int, again: bool = False) -> None:
        if again or self.states.get(code) != state:
            self.told[code].append(state)
        self.states[code] = state

    def _look(self, code: str) -> dict[str, Any]:
        if code not in self.records:
            return {"error_code": 404, "error_message": "Không tìm thấy"}
        row = {"MaHoSo": code, "TrangThaiHoSo": str(self.states[code])}
        return {"error_code": 0, "result": [row]}

    def file_online(self, code: str, **changes: object) -> dict[str, object]:
        """A citizen files a dossier on the portal; returns the row as it is shown."""
        row: dict[str, object] = {
            "MaHoSo": code, "MaTTHC": "1.004873.000.00.00.H35", "ChuHoSo": "PHÀN TẬP HUẤN ẰNG",
            "SoGiayToChuHoSo": "012064101628", "NgayNopHoSo": "20261120073500", "LoaiDoiTuong": "1",
            "SoDienThoai": "0900000000", "Email": "", "DonViXuLy": "H35.20",
        } | changes  # fmt: skip
        self.online.append(row)
        self.records[code], self.states[code], self.told[code] = dict(row), 1, []
        return row
