"""The first release: journal, checkpoints, forks, carried entries, and this PC's own tables.

Frozen text: later changes of the declarations belong to later revisions.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
CREATE TABLE checkpoints (
    journal INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    signature BLOB NOT NULL,
    CONSTRAINT pk_checkpoints PRIMARY KEY (journal, seq)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE drafts (
    official INTEGER NOT NULL,
    screen TEXT NOT NULL,
    slot TEXT NOT NULL,
    content BLOB NOT NULL,
    saved_at INTEGER NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (official, screen, slot)
)
    """,
    """
CREATE TABLE entries (
    "key" INTEGER NOT NULL,
    journal INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    facts BLOB NOT NULL,
    body BLOB,
    digest BLOB NOT NULL,
    seal BLOB NOT NULL,
    header_hash BLOB NOT NULL,
    arrived INTEGER NOT NULL,
    CONSTRAINT pk_entries PRIMARY KEY ("key"),
    CONSTRAINT ck_entries_position CHECK (key = journal * 4294967296 + seq),
    CONSTRAINT ck_entries_counted_from_one CHECK (seq > 0),
    CONSTRAINT ck_entries_hashes CHECK (length(digest) = 32 AND length(header_hash) = 32),
    CONSTRAINT ck_entries_seal CHECK (length(seal) IN (0, 64))
)
    """,
    """
CREATE INDEX ix_entries_kind ON entries (kind, "key")
    """,
    """
CREATE TABLE entry_parents (
    parent INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    CONSTRAINT pk_entry_parents PRIMARY KEY (parent, "key")
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE entry_subjects (
    subject INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_entry_subjects PRIMARY KEY (subject, "key", position)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE hub_word (
    unit TEXT NOT NULL,
    packed BLOB NOT NULL,
    CONSTRAINT pk_hub_word PRIMARY KEY (unit)
)
    """,
    """
CREATE TABLE hub_words (
    journal INTEGER NOT NULL,
    received INTEGER NOT NULL,
    backed_up INTEGER NOT NULL,
    at INTEGER NOT NULL,
    life INTEGER NOT NULL,
    CONSTRAINT pk_hub_words PRIMARY KEY (journal)
)
    """,
    """
CREATE TABLE journal_heads (
    journal INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    covered INTEGER NOT NULL,
    CONSTRAINT pk_journal_heads PRIMARY KEY (journal),
    CONSTRAINT ck_journal_heads_covered CHECK (covered <= seq)
)
    """,
    """
CREATE TABLE lockouts (
    login TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_failure INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    CONSTRAINT pk_lockouts PRIMARY KEY (login)
)
    """,
    """
CREATE TABLE measurements (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_measurements PRIMARY KEY (id)
)
    """,
    """
CREATE INDEX ix_measurements_name ON measurements (name, id)
    """,
    """
CREATE TABLE parked (
    id INTEGER NOT NULL,
    journal INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    packed BLOB NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_parked PRIMARY KEY (id)
)
    """,
    """
CREATE UNIQUE INDEX uq_parked_digest ON parked (digest)
    """,
    """
CREATE TABLE peers (
    peer TEXT NOT NULL,
    journal INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_peers PRIMARY KEY (peer, journal)
)
    """,
    """
CREATE TABLE permits (
    act TEXT NOT NULL,
    "key" INTEGER NOT NULL,
    CONSTRAINT pk_permits PRIMARY KEY (act, "key")
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE print_jobs (
    id INTEGER NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    content BLOB NOT NULL,
    subject INTEGER NOT NULL,
    copy_no INTEGER NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    CONSTRAINT pk_print_jobs PRIMARY KEY (id),
    CONSTRAINT ck_print_jobs_state CHECK (state IN ('waiting', 'sent', 'done', 'failed', 'dropped'))
)
    """,
    """
CREATE INDEX ix_print_jobs_state ON print_jobs (state, id)
    """,
    """
CREATE TABLE read_log (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    official INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    screen TEXT NOT NULL,
    reason TEXT NOT NULL,
    chain BLOB NOT NULL,
    CONSTRAINT pk_read_log PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE reading_versions (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_reading_versions PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE sealed_keys (
    name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    CONSTRAINT pk_sealed_keys PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE sessions (
    id INTEGER NOT NULL,
    official INTEGER NOT NULL,
    post INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE set_aside (
    "key" INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_set_aside PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE settings (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE stray (
    id INTEGER NOT NULL,
    journal INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    packed BLOB NOT NULL,
    header_hash BLOB NOT NULL,
    arrived INTEGER NOT NULL,
    CONSTRAINT pk_stray PRIMARY KEY (id)
)
    """,
    """
CREATE UNIQUE INDEX uq_stray_entry ON stray (journal, seq, header_hash)
    """,
    """
CREATE TABLE subject_heads (
    subject INTEGER NOT NULL,
    head INTEGER NOT NULL,
    CONSTRAINT pk_subject_heads PRIMARY KEY (subject, head)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE carried (
    "key" INTEGER NOT NULL,
    envelope INTEGER NOT NULL,
    packed BLOB NOT NULL,
    CONSTRAINT pk_carried PRIMARY KEY ("key"),
    CONSTRAINT fk_carried_envelope FOREIGN KEY(envelope) REFERENCES entries ("key")
)
    """,
    """
CREATE TABLE print_attempts (
    id INTEGER NOT NULL,
    job INTEGER NOT NULL,
    at INTEGER NOT NULL,
    printer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    pages INTEGER NOT NULL,
    CONSTRAINT pk_print_attempts PRIMARY KEY (id),
    CONSTRAINT fk_print_attempts_job FOREIGN KEY(job) REFERENCES print_jobs (id)
)
    """,
)


def upgrade() -> None:
    """Create every table; the triggers are created after the last step (``guards``)."""
    for statement in TABLES:
        op.execute(statement)
