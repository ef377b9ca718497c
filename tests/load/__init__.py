"""A server under load, and killed during imports. What it told is then held against its database."""
