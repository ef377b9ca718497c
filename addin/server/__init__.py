"""The team's server: an ASGI application over the catalog's database. Needs the extra `server`."""
