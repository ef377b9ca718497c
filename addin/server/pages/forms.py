"""Texts of forms."""

from collections.abc import Mapping
from typing import Any


def text(form: Mapping[str, Any], name: str) -> str:
    """Return a field's text without spaces around it; blank if it is not there."""
    sent = form.get(name)
    return sent.strip() if isinstance(sent, str) else ""
