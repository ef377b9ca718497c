"""Open Packaging Conventions: parts and relationships, bytes in, bytes out."""
