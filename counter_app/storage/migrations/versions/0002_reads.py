"""Second release: the read log counts what was shown and names every subject of a list.

Rows that are there keep their chain: it covers the five columns they had.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STEPS = (
    "ALTER TABLE read_log RENAME TO read_log_0001",
    """
CREATE TABLE read_log (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    official INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    shown INTEGER NOT NULL,
    more BLOB NOT NULL,
    chain BLOB NOT NULL,
    CONSTRAINT pk_read_log PRIMARY KEY (id)
)
    """,
    "INSERT INTO read_log SELECT id, at, official, subject, screen, reason, 0, x'', chain FROM read_log_0001",
    "DROP TABLE read_log_0001",
    "CREATE INDEX ix_read_log_at ON read_log (at)",
)


def upgrade() -> None:
    """Make the table anew and carry its rows over."""
    for statement in STEPS:
        op.execute(statement)
