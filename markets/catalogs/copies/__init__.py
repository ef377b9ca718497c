"""The catalog of a server, from a copy on this computer that is kept up to date. Needs the extra `team`."""
