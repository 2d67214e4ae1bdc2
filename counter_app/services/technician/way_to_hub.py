"""Where the hub is and whom its TLS must stand under, as the store knows it now."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.devices.secrets import SecretStore
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.technician.line_settings import address_of, proxy_of, with_password
from counter_app.storage.queries.devices import announced_authorities
from sync.client.authorities import believed
from sync.client.internet import HubAddress


def hub_address(connection: Connection, enrolment: Enrolment, secrets: SecretStore) -> HubAddress:
    """The provisioned address or the one the technician typed since, with the authorities announced since.

    The proxy is the technician's, with its password. Raises ``SecretError``.
    """
    announced, given_up = announced_authorities(connection)
    proxy = with_password(proxy_of(connection, enrolment.proxy), secrets)
    known = believed(enrolment.authority_pem, announced, given_up)
    return HubAddress(address_of(connection), known, proxy)
