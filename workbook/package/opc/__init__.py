"""The package as the Open Packaging Conventions see it: archive, parts, relationships, markup."""
