"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Name every constraint; prefer ADD COLUMN; triggers come back by themselves afterwards."""
    ${upgrades if upgrades else "pass"}
