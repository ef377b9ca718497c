"""Make the pictures of the team's pages anew: a made-up team's server, looked at in Chromium."""

import datetime
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from markets.catalogs.database import Database, keys, people, schema, writing
from tests.addin.server.pages.asking import COOKIE
from tests.addin.server.pages.conftest import revised
from tests.addin.server.team import REPORT
from tests.browser import Browser
from tests.server import Server

WHO = "ann@example.com"
WIDTH = 1080
TEXT = """\
Garden Drone Market to Reach USD 4.2 Billion by 2032 | Meadow Research

BOSTON, March 3, 2026 -- According to Meadow Research, the global garden drone market was valued at
USD 1.9 billion in 2024 and is projected to reach USD 4.2 billion by 2032, at a CAGR of 10.4% from 2024
to 2032.

Sales will grow later to USD 9 billion.

Fixed wing drones held a share of 61.5% in 2024.

Market by Type
    Fixed Wing
    Rotary Wing
"""


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory(prefix="marketbook-pictures-") as scratch:
        address = str(Path(scratch) / "catalog.db")
        edition, session = _team(address)
        screen = {"width": WIDTH, "height": 800}
        with (
            Server(address) as server,
            Browser() as browser,
            browser.page(base_url=server.url, viewport=screen) as page,
        ):
            page.context.add_cookies([{"name": COOKIE, "value": session, "url": server.url}])
            page.goto(f"/editions/{edition}/facts/1")
            page.get_by_label("Figure").fill("410")
            page.get_by_label("Why", exact=True).fill("misread: page 1 prints 410")
            page.get_by_role("button", name="Correct").click()
            page.goto(f"/editions/{edition}")
            _take(page, folder / "team-market.png", until="Growth (CAGR)")
            page.goto("/workspaces/kitchen/import")
            page.get_by_label("Or a report's text").fill(TEXT)
            page.get_by_role("button", name="Read").click()
            _take(page, folder / "team-import.png")


def _team(address: str) -> tuple[int, str]:
    """Make a team with three editions of a market; return the newest, and an editor's session."""
    database = Database(address)
    schema.upgrade(database)
    with database.writing() as connection:
        kitchen = writing.workspace(connection, "kitchen", make=True)
        ann = people.invited(connection, WHO, "Ann")
        people.set_role(connection, kitchen, ann, "editor")
        author = writing.Author(WHO, kitchen)
        writing.enter(connection, author, REPORT)
        writing.enter(connection, author, revised(REPORT, "2026-06-01", y2024="512", y2030="471"))
        newest = revised(REPORT, "2026-09-01", y2024="507", y2030="530")
        edition = writing.enter(connection, author, newest).edition
        session = keys.start_session(connection, ann, datetime.timedelta(hours=1))
    database.close()
    return edition, session


def _take(page: Page, path: Path, until: str = "") -> None:
    """Take a picture of a page, down to the table with a caption if one is named."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    if until and (box := page.locator("caption", has_text=until).bounding_box()):
        picture = picture.crop((0, 0, picture.width, round(box["y"]) - 12))
    picture.quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
