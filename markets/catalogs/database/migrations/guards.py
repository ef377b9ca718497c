"""Triggers that refuse to change or to delete rows, whoever asks."""

from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION rows_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Rows of % are only added.', TG_TABLE_NAME; END $$
"""


def only_added(table: str, *keys: str) -> None:
    """Make the database refuse UPDATE, DELETE and TRUNCATE on a table.

    `keys` are its unique keys, each as columns with commas between: in SQLite, INSERT OR REPLACE deletes
    the rows with the same key, and no trigger for DELETE sees it.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        for each, what in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            _guard(f"{table}_{each.lower()}_guard BEFORE {what} ON {table} FOR EACH {each}")
        return
    refused = f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are only added.'); END"
    for what in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_{what.lower()}_guard BEFORE {what} ON {table} {refused}")
    for number, key in enumerate(keys, 1):
        same = " AND ".join(f"{column} = NEW.{column}" for column in key.split(", "))
        known = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own
        op.execute(
            f"CREATE TRIGGER {table}_replace_guard_{number} BEFORE INSERT ON {table} WHEN {known} {refused}"
        )


def _guard(trigger: str) -> None:
    op.execute(f"CREATE TRIGGER {trigger} EXECUTE FUNCTION rows_are_only_added()")
