"""The catalog: workspaces, editions, their headings, facts and segments, and the changes that made them."""

import sqlalchemy as sa
from alembic import op

from markets.catalogs.database.migrations.guards import only_added

revision = "0001"
down_revision = None

_CURRENT_FACTS = """
CREATE VIEW current_facts AS
SELECT w.name AS workspace, h.publisher, h.title AS report, h.date AS published, h.market, h.geography,
       f.kind, f.segment, f.name, f.year, f.first_year, f.last_year, f.value AS printed,
       f.number_value AS number,
       CASE f.kind WHEN 'size' THEN TRIM(h.currency || ' ' || COALESCE(f.scale, h.scale))
                   WHEN 'cagr' THEN '%' WHEN 'share' THEN '%' ELSE f.unit END AS unit,
       f.about AS qualifier, f.by AS ranked_by, f.rank, f.locator, f.words,
       f.edition_id, f.fact, f.number AS revision, c.who AS changed_by, c.at AS changed_at, c.why
FROM facts f
JOIN headings h ON h.edition_id = f.edition_id
 AND h.number = (SELECT MAX(number) FROM headings WHERE edition_id = f.edition_id)
JOIN editions e ON e.id = f.edition_id
JOIN workspaces w ON w.id = e.workspace_id
JOIN changes c ON c.number = f.change
WHERE f.number = (SELECT MAX(number) FROM facts g WHERE g.edition_id = f.edition_id AND g.fact = f.fact)
  AND NOT f.is_withdrawn AND NOT h.is_withdrawn
"""


def upgrade() -> None:
    """Create the tables, and a view of the facts in force for SQL and BI tools."""
    _create_entries()
    _create_contents()
    only_added("editions", "id", "workspace_id, market_key, geography_key, publisher_key, date")
    only_added("changes", "number")
    only_added("headings", "edition_id, number")
    only_added("facts", "edition_id, fact, number")
    only_added("segments", "edition_id, fact, number, position")
    op.execute(_CURRENT_FACTS)


def _create_entries() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("is_everyones", sa.Boolean, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("workspace_id", sa.Integer, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("market_key", sa.Text, nullable=False),
        sa.Column("geography_key", sa.Text, nullable=False),
        sa.Column("publisher_key", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False, index=True),
        sa.UniqueConstraint("workspace_id", "market_key", "geography_key", "publisher_key", "date"),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("workspace_id", sa.Integer, sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("editions.id"), nullable=False, index=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Index("ix_changes_workspace_id_number", "workspace_id", "number"),
    )


def _create_contents() -> None:
    op.create_table(
        "headings",
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("change", sa.Integer, sa.ForeignKey("changes.number"), nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("market", sa.Text, nullable=False),
        sa.Column("geography", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("scale", sa.Text, nullable=False),
        sa.Column("base_year", sa.Integer),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("fact", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("change", sa.Integer, sa.ForeignKey("changes.number"), nullable=False),
        sa.Column("position", sa.Float(53), nullable=False),
        sa.Column("kind", sa.String(9)),
        sa.Column("segment", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("first_year", sa.Integer),
        sa.Column("last_year", sa.Integer),
        sa.Column("value", sa.Text),
        sa.Column("number_value", sa.Numeric(30, 12)),
        sa.Column("about", sa.Text),
        sa.Column("unit", sa.Text),
        sa.Column("scale", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("rank", sa.Integer),
        sa.Column("complete", sa.Boolean),
        sa.Column("aliases", sa.JSON),
        sa.Column("origin", sa.Text),
        sa.Column("locator", sa.Text),
        sa.Column("words", sa.Text),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
    )
    op.create_table(
        "segments",
        sa.Column("edition_id", sa.Integer, primary_key=True),
        sa.Column("fact", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id", "fact", "number"], ["facts.edition_id", "facts.fact", "facts.number"]
        ),
    )
