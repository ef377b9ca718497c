"""Excel does not call a function before the scripts have associated it."""

from playwright.sync_api import Route

from tests.browser import Browser
from tests.server import Server
from tests.web.cells import serve_office

IS_WAITING = "() => window.CustomFunctionMappings?.__delay__ === true"  # what Microsoft's runtime looks at


def test_excel_waits_for_the_functions_of_the_pane(browser: Browser, server: Server) -> None:
    held: list[Route] = []
    with browser.page(base_url=server.url) as page:
        serve_office(page)
        page.route("**/scripts/functions.js", lambda route: held.append(route))
        page.goto("/excel/pane.html", wait_until="commit")
        page.wait_for_function(IS_WAITING)
        while not held:
            page.wait_for_timeout(10)
        assert page.evaluate(IS_WAITING)
        held[0].continue_()
        page.wait_for_function("() => 'MARKET_SIZE' in CustomFunctions._association.mappings")
        assert not page.evaluate(IS_WAITING)
