"""Where the hub is and whom its TLS must stand under, as the store knows it now."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.devices.secrets import SecretStore
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.technician.line_settings import proxy_of, with_password
from counter_app.storage.queries.devices import announced_authorities
from sync.client.authorities import believed
from sync.client.internet import HubAddress


def hub_address(connection: Connection, enrolment: Enrolment, secrets: SecretStore) -> HubAddress:
    """The address of the provisioning, with the authorities that the province announced since.

    The proxy is the technician's, with its password. Raises ``SecretError``.
    """
    announced, given_up = announced_authorities(connection)
    proxy = with_password(proxy_of(connection, enrolment.proxy), secrets)
    return HubAddress(enrolment.hub_url, believed(enrolment.authority_pem, announced, given_up), proxy)
