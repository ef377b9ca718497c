"""Alembic's migrations, of which each brings a database from one schema to the next."""
