"""Where the hub is: the services know, since the self-test looks there too."""

from __future__ import annotations

from counter_app.services.technician.way_to_hub import hub_address

__all__ = ["hub_address"]
