"""Draw the icons of the Office.js add-in: `python -m docs.make_icons`.

Office wants PNG files, in some sizes. The add-in's own icon is the server's; those of the other buttons are
in docs/icons.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser import Browser

ROOT = Path(__file__).parents[1]
OWN = ROOT / "addin/server/pages/static/icon.svg"
OTHERS = ROOT / "docs/icons"
FOLDER = ROOT / "addin/web/static/icons"
BUTTON_SIZES = (16, 32, 80)


def main() -> None:
    """Draw every icon in every size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Browser() as browser, browser.page() as page:
        for size in (32, 64, 128):
            _draw(page, OWN, size, "icon")
        for size in BUTTON_SIZES:
            _draw(page, OWN, size, "pane")
            for source in OTHERS.glob("*.svg"):
                _draw(page, source, size, source.stem)


def _draw(page: Page, source: Path, size: int, name: str) -> None:
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{source.read_text()}")
    shot = page.screenshot(omit_background=True)
    Image.open(io.BytesIO(shot)).save(FOLDER / f"{name}-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
