"""The fleet: every PC that counts, when it was met, what it kept back."""

from __future__ import annotations

from litestar import Response, get

from sync.hub import clock
from sync.hub.pages.site import Asked, site_of
from sync.hub.portal.service import status
from sync.hub.reading.fleet import fleet


@get("/fleet", sync_to_thread=True, include_in_schema=False)
def fleet_page(request: Asked) -> Response[bytes]:
    """The PCs of every unit the viewer may see."""
    site = site_of(request)
    viewer = site.require(request)
    site.hub.contacts.write()
    with site.hub.database.read() as connection:
        devices = fleet(connection, site.units_of(viewer), site.hub.now())
        portal = status(connection)
        behind = clock.behind(connection, site.hub.now())
    return site.page(request, "fleet.html", viewer, devices=devices, portal=portal, behind=behind)
