"""The version in a manifest. Excel keeps the manifest that it has, until one of a higher version comes."""

import re
from importlib.metadata import version


def manifest_version() -> str:
    """Return Marketbook's version as manifests have it."""
    return _numbers(version("marketbook"))


def _numbers(ours: str) -> str:
    """Return a version as numbers only, and at least 1.0.

    >>> _numbers("0.1.0"), _numbers("2.0rc1")
    ('1.0.1.0', '1.2.0')
    """
    release = re.match(r"\d+(\.\d+){0,2}", ours)
    return f"1.{release[0] if release else 0}"
