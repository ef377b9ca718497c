"""In which pages a real browser shows the add-in."""

import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient
from playwright.sync_api import Route, expect

from addin.web import files
from tests.browser import Browser

ADDIN = "https://marketbook.example.com"
EXCEL = "https://excel.officeapps.live.com"
OFFICES = (
    EXCEL,
    "https://onedrive.live.com",
    "https://tenant.sharepoint.com",
    "https://excel.cloud.microsoft",
    "https://teams.microsoft.com",
)
OTHERS = ("https://evil.example.com", "https://live.com.example.com", "http://onedrive.live.com")


def _is_shown(browser: Browser, outermost: str) -> bool:
    """Whether the add-in is shown by Excel's page that is itself in another page."""
    application = Litestar([files.router()], state=State({"site": files.Site(ADDIN)}))
    with TestClient(application) as client, browser.page() as page:

        def answer(route: Route) -> None:
            address = route.request.url
            if address.startswith(ADDIN):
                answered = client.get(address.removeprefix(ADDIN))
                headers = dict(answered.headers)
                route.fulfill(status=answered.status_code, headers=headers, body=answered.content)
            else:
                inner = f"{ADDIN}/excel/help.html" if address == f"{EXCEL}/book" else f"{EXCEL}/book"
                body = f'<iframe src="{inner}"></iframe>'
                route.fulfill(content_type="text/html", body=body)

        page.route("**/*", answer)
        page.goto(f"{EXCEL}/book" if outermost == EXCEL else outermost, wait_until="load")
        expect(page.locator("iframe")).to_have_count(1)
        frame = page.frames[-1]
        return frame.evaluate("document.title") == "Marketbook's worksheet functions"


@pytest.mark.parametrize("outermost", OFFICES)
def test_excel_on_the_web_shows_the_addin_wherever_microsoft_shows_excel(
    browser: Browser, outermost: str
) -> None:
    assert _is_shown(browser, outermost)


@pytest.mark.parametrize("outermost", OTHERS)
def test_no_other_site_does_around_excel(browser: Browser, outermost: str) -> None:
    assert not _is_shown(browser, outermost)
