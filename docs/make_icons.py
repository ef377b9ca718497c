"""Draw the icons of the Office.js add-in from the server's icon: `python -m docs.make_icons`.

Office wants PNG files in these sizes.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser import Browser

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "addin/server/pages/static/icon.svg"
FOLDER = ROOT / "addin/web/static/icons"
SIZES = (16, 32, 64, 80, 128)


def main() -> None:
    """Draw every size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Browser() as browser, browser.page() as page:
        for size in SIZES:
            Image.open(io.BytesIO(_drawn(page, size))).save(FOLDER / f"icon-{size}.png", optimize=True)


def _drawn(page: Page, size: int) -> bytes:
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{SOURCE.read_text()}")
    return page.screenshot(omit_background=True)


if __name__ == "__main__":
    main()
