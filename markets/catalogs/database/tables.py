"""The tables of a catalog's database. Rows of `ADDED_ONLY` are never changed or deleted: triggers refuse it.

`migrations/` creates them; a test holds the two against each other.
"""

import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData()


class Utc(TypeDecorator[datetime.datetime]):
    """A time, stored in UTC without a time zone, which SQLite does not have."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> Any:
        """Return the time as it is stored."""
        return value and value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime.datetime | None:
        """Return a stored time with its zone."""
        stored: datetime.datetime | None = value
        return stored and stored.replace(tzinfo=datetime.UTC)


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("is_everyones", Boolean, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("market_key", Text, nullable=False),
    Column("geography_key", Text, nullable=False),
    Column("publisher_key", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("mark", String(64), nullable=False, index=True),
    UniqueConstraint("workspace_id", "market_key", "geography_key", "publisher_key", "date"),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("edition_id", ForeignKey("editions.id"), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_changes_workspace_id_number", "workspace_id", "number"),
)

headings = Table(
    "headings",
    metadata,
    Column("edition_id", ForeignKey("editions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("change", ForeignKey("changes.number"), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("author", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("market", Text, nullable=False),
    Column("geography", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("scale", Text, nullable=False),
    Column("base_year", Integer),
    Column("aliases", JSON, nullable=False),
    Column("file", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("edition_id", ForeignKey("editions.id"), primary_key=True),
    Column("fact", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("change", ForeignKey("changes.number"), nullable=False),
    Column("position", Float(53), nullable=False),
    Column("kind", String(9)),
    Column("segment", Text),
    Column("name", Text),
    Column("year", Integer),
    Column("first_year", Integer),
    Column("last_year", Integer),
    Column("value", Text),
    Column("number_value", Numeric(30, 12)),
    Column("about", Text),
    Column("unit", Text),
    Column("scale", Text),
    Column("by", Text),
    Column("rank", Integer),
    Column("complete", Boolean),
    Column("aliases", JSON),
    Column("origin", Text),
    Column("locator", Text),
    Column("words", Text),
    Column("is_withdrawn", Boolean, nullable=False),
)

segments = Table(
    "segments",
    metadata,
    Column("edition_id", Integer, primary_key=True),
    Column("fact", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False),
    ForeignKeyConstraint(
        ["edition_id", "fact", "number"], ["facts.edition_id", "facts.fact", "facts.number"]
    ),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text),
    Column("subject", Text),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("issuer", "subject"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True, index=True),
    Column("role", String(6), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc),
    Column("used_at", Utc),
    Column("revoked_at", Utc),
    Column("is_for_excel", Boolean, nullable=False, server_default=false()),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("expires_at", Utc, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("request", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("workspace_id", ForeignKey("workspaces.id"), index=True),
    Column("target", Text, nullable=False),
    Column("is_refused", Boolean, nullable=False),
    Column("detail", Text, nullable=False),
    Column("change", ForeignKey("changes.number"), unique=True),
)

ADDED_ONLY = ("changes", "editions", "headings", "facts", "segments", "audit")
