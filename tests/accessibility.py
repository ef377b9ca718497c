"""The rules of accessibility, as axe-core checks them in a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.missing import missing

_AXE = Path(__file__).parents[1] / ".oidc/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    """Return what the rules of WCAG 2.2, A and AA, say against a page."""
    if not _AXE.exists():
        missing("axe-core is missing. On Debian, 'make test' as root installs it.")
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("tags => axe.run(document, {runOnly: tags})", _TAGS)
    return [
        f"{page.url}: {each['id']}: {node['html'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
