"""Third release: files that entries name travel to the province; this PC remembers how far each is."""

from alembic import op

revision = "0003"
down_revision = "0002"

STEPS = (
    """
CREATE TABLE attachments (
    digest BLOB NOT NULL,
    way TEXT NOT NULL,
    folder TEXT NOT NULL,
    subject INTEGER NOT NULL,
    state TEXT NOT NULL,
    salt BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    length INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    life INTEGER NOT NULL,
    CONSTRAINT pk_attachments PRIMARY KEY (digest, way),
    CONSTRAINT ck_attachments_way CHECK (way IN ('out', 'in'))
)
    """,
    "CREATE INDEX ix_attachments_waiting ON attachments (way, state)",
)


def upgrade() -> None:
    """Make the table."""
    for statement in STEPS:
        op.execute(statement)
