"""Triggers that refuse to change or to delete rows, whoever asks."""

from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION rows_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Rows of % are only added.', TG_TABLE_NAME; END $$
"""


def only_added(table: str) -> None:
    """Make the database refuse UPDATE, DELETE and TRUNCATE on a table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        for each, what in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            op.execute(
                f"CREATE TRIGGER {table}_{each.lower()}_guard BEFORE {what} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION rows_are_only_added()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_{what.lower()}_guard BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are only added.'); END"
        )
