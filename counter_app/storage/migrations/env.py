"""How alembic runs here: on the connection it is given, inside the caller's transaction."""

from alembic import context

from counter_app.storage.this_pc.local_tables import KEPT

context.configure(
    connection=context.config.attributes["connection"], target_metadata=KEPT, transactional_ddl=False
)
context.run_migrations()
