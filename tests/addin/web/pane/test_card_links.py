"""The title of a report on a market's card leads to it, outside of the pane."""

from playwright.sync_api import Page, Route, expect

from tests.addin.web.pane.conftest import choose
from tests.conftest import SEED

ADDRESS = "https://reports.example/medical-imaging?year=2025"


def test_the_title_of_a_report_is_a_link_to_it(pane: Page) -> None:
    def with_address(route: Route) -> None:
        answer = route.fetch()
        card = answer.json()
        card["sources"][0]["url"] = ADDRESS
        route.fulfill(response=answer, json=card)

    pane.route("**/api/excel/market?*", with_address)
    choose(pane, SEED)
    link = pane.locator("#card a")
    expect(link).to_have_attribute("href", ADDRESS)
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
