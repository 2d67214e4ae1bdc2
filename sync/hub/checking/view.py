"""``GET /v1/check-list``: the signed list for whoever asks; it holds no name and needs no token."""

from __future__ import annotations

from litestar import Response, get
from litestar.datastructures import State

from sync.hub.checking.publishing import Published
from sync.protocol.journals.check_list import SUFFIX

MEDIA_TYPE = "application/octet-stream"


@get("/v1/check-list", media_type=MEDIA_TYPE, sync_to_thread=True)
def check_list(state: State) -> Response[bytes]:
    """The newest list, a file ``*.mcl`` under the province's signature (docs/format.md, chapter 12b)."""
    published: Published = state.published
    made, data = published.current()
    return Response(
        data,
        media_type=MEDIA_TYPE,
        headers={"content-disposition": f'attachment; filename="{made.number}{SUFFIX}"'},
    )
