"""Make the pictures of the task pane anew: the pane of a made-up team's server, looked at in Chromium."""

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from markets.catalogs.database import writing
from markets.catalogs.folders import BUNDLED
from markets.reports import read_report
from tests.addin.server.team import WORKSPACE, Team, team
from tests.addin.web.pane.conftest import NARROW, WIDE, choose
from tests.addin.web.pane.excel import open_workbook, press
from tests.browser import Browser
from tests.conftest import SEED
from tests.server import Server
from tests.web.made_books import book, sheet

WHO = "reader"
MARGIN = 12
PLACE = """element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left, top + scrollY, right, bottom + scrollY];
}"""
LOOK: dict[str, Any] = {"device_scale_factor": 1.5, "reduced_motion": "reduce"}
CELLS = {
    "A1": {"value": SEED},
    "A2": {"value": 2028},
    "B2": {"value": 10.6, "formula": "=MARKETBOOK.MARKET_SIZE(A1,A2)/MARKETBOOK.MARKET_SIZE(A1)"},
}


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory(prefix="marketbook-pictures-") as scratch:
        staff = _team(str(Path(scratch) / "catalog.db"))
        with Server(staff.address) as server, Browser() as browser:
            with _pane(browser, server, staff, **WIDE) as page:
                choose(page, SEED)
                page.get_by_role("group", name="Values that will appear").wait_for()
                _take(page, folder / "web-market.png", until="Sources")
            with _pane(browser, server, staff, **NARROW) as page:
                choose(page, SEED)
                page.get_by_label("What to insert").select_option("series")
                page.get_by_label("From").fill("2029")
                expect(page.locator(".preview .old")).to_have_count(0)
                page.get_by_label("From").blur()
                _take(page, folder / "web-insert.png", of="#card section >> nth=0")
            with _pane(browser, server, staff, **WIDE) as page:
                press(page, "sources")
                page.locator("#sources-list li").first.wait_for()
                _take(page, folder / "web-sources.png", of="#parts")
            with _pane(browser, server, staff, **NARROW, color_scheme="dark") as page:
                page.locator("#workbook-tab").click()
                page.locator("#search").blur()
                _take(page, folder / "web-workbook.png", of="body")
        staff.database.close()


def _team(address: str) -> Team:
    staff = team(address)
    with staff.database.writing() as connection:
        author = writing.Author(staff.email("owner"), writing.workspace(connection, WORKSPACE))
        for report in BUNDLED.glob("*.toml"):
            writing.enter(connection, author, read_report(report))
    return staff


@contextmanager
def _pane(browser: Browser, server: Server, staff: Team, **options: Any) -> Iterator[Page]:
    kept = [{"name": "marketbook-token", "value": staff.tokens[WHO]}]
    storage = {"cookies": [], "origins": [{"origin": server.url, "localStorage": kept}]}
    with browser.page(base_url=server.url, storage_state=storage, **LOOK, **options) as page:
        open_workbook(page, book(sheet("Model", CELLS), selection="B2"))
        page.goto("/excel/pane.html")
        page.get_by_role("option").first.wait_for()
        yield page


def _take(page: Page, path: Path, *, of: str = "body", until: str = "") -> None:
    """Take a picture of an element with a margin, down to a heading if one is named."""
    page.wait_for_timeout(300)  # colors fade
    scale, picture = LOOK["device_scale_factor"], Image.open(io.BytesIO(page.screenshot(full_page=True)))
    left, top, right, bottom = page.locator(of).evaluate(PLACE)
    if until:
        bottom = page.get_by_role("heading", name=until).evaluate(PLACE)[1] - MARGIN
    left, top, right, bottom = (side * scale for side in (left, top, right, bottom))
    margin = MARGIN * scale
    edges = (max(0, left - margin), max(0, top - margin), min(picture.width, right + margin), bottom + margin)
    picture.convert("RGB").crop(edges).quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
