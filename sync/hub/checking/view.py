"""``GET /v1/check-list``: the signed list for whoever asks; it holds no name and needs no token."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State

from sync.hub.checking.publishing import Published
from sync.protocol.journals.check_list import SUFFIX

MEDIA_TYPE = "application/octet-stream"


@get("/v1/check-list", media_type=MEDIA_TYPE, sync_to_thread=True)
def check_list(state: State, request: Request[Any, Any, Any]) -> Response[bytes]:
    """The newest list, a file ``*.mcl`` under the province's signature (docs/format.md, chapter 12b).

    ``If-None-Match`` with the ETag of a list that says the same is answered by 304, without a body.
    """
    published: Published = state.published
    made, data, mark = published.marked()
    told = {"etag": f'"{mark}"', "cache-control": "no-cache"}
    if request.headers.get("if-none-match", "")[:100] == told["etag"]:
        return Response(b"", media_type=MEDIA_TYPE, status_code=304, headers=told)
    told["content-disposition"] = f'attachment; filename="{made.number}{SUFFIX}"'
    return Response(data, media_type=MEDIA_TYPE, headers=told)
