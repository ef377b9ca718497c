"""The help page: what a function does, its arguments, and examples that can be typed into a cell."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient
from lxml import html
from openpyxl.formula import Tokenizer
from playwright.sync_api import Page, Route, expect

from addin.web import files
from addin.web.examples import Example, examples
from addin.web.functions import metadata
from addin.web.help import help_page
from tests.accessibility import complaints
from tests.browser import Browser
from udfs.registry import FUNCTIONS, Function, cell_function
from udfs.values import CellError

ADDRESS = "https://marketbook.example.com"
ALL = [(function, example) for function in FUNCTIONS.values() for example in examples(function)]
Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(browser: Browser) -> Opened:
    """Opens the page as the add-in serves it, under its policy."""

    @contextmanager
    def page_of(**options: Any) -> Iterator[Page]:
        application = Litestar([files.router()], state=State({"site": files.Site(ADDRESS)}))
        with TestClient(application) as client, browser.page(base_url=ADDRESS, **options) as page:

            def answer(route: Route) -> None:
                answered = client.get(route.request.url.removeprefix(ADDRESS))
                route.fulfill(
                    status=answered.status_code, headers=dict(answered.headers), body=answered.content
                )

            page.route("**/*", answer)
            yield page

    return page_of


def test_every_address_of_help_leads_to_its_function() -> None:
    page = html.fromstring(help_page(FUNCTIONS.values()))
    told: Any = metadata(FUNCTIONS.values(), ADDRESS)
    for function in told["functions"]:
        path, _, place = function["helpUrl"].partition("#")
        assert path == f"{ADDRESS}/excel/help.html"
        heading = page.get_element_by_id(place).find("h2")
        assert heading is not None and heading.text == function["id"]


def test_a_function_is_explained_whole() -> None:
    said = html.fromstring(help_page(FUNCTIONS.values())).get_element_by_id("market_size").text_content()
    size = FUNCTIONS["MARKET_SIZE"]
    assert f"MARKETBOOK.{size.signature}" in said
    assert size.help in said and "In the report's unit, or in unit (a scale" in said
    assert all(parameter.help in said for parameter in size.parameters)
    assert ">>>" not in said and "`" not in said


def _called(formula: str) -> Any:
    """What the function answers to a formula's arguments, read by openpyxl."""
    tokens = [token for token in Tokenizer(formula).items if token.type != "WHITE-SPACE"]
    assert tokens[0].value.startswith("MARKETBOOK.")
    arguments: list[Any] = [None]
    for token in tokens[1:-1]:
        if token.type == "SEP":
            arguments.append(None)
        elif token.type == "OPERATOR-PREFIX":
            arguments[-1] = -1
        elif token.subtype == "NUMBER":
            arguments[-1] = float(token.value) * (-1 if arguments[-1] == -1 else 1)
        else:
            arguments[-1] = token.value[1:-1].replace('""', '"')
    return FUNCTIONS[tokens[0].value.partition(".")[2].rstrip("(")](*arguments)


def test_every_function_has_an_example() -> None:
    assert {function.name for function, _ in ALL} == set(FUNCTIONS)


@pytest.mark.parametrize(
    "example",
    [example for _, example in ALL if example.value and "..." not in example.value],
    ids=lambda example: example.formula,
)
def test_an_example_gives_what_is_said(example: Example) -> None:
    value = _called(example.formula)
    shown = value.value if isinstance(value, CellError) else value
    if isinstance(shown, float):
        assert shown == pytest.approx(float(example.value), rel=1e-4)
    else:
        assert str(shown) == example.value


@pytest.fixture
def hostile() -> Iterator[Function]:
    """A function whose help has markup in it."""

    @cell_function("market", "[year]")
    def market_markup(_: Any) -> Any:
        """Returns <script>alert(1)</script> & `<b>`.

        >>> market_markup('<img src=x onerror="alert(1)">')
        1
        """

    yield market_markup
    from udfs import registry

    del registry._functions["MARKET_MARKUP"]


def test_markup_in_a_docstring_is_text(hostile: Function) -> None:
    page = html.fromstring(help_page([hostile]))
    assert not page.xpath("//script | //img | //b")
    assert "<script>alert(1)</script> & <b>" in page.text_content()
    assert '=MARKETBOOK.MARKET_MARKUP("<img src=x onerror=""alert(1)"">")' in page.text_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_readable_on_a_phone(opened: Opened, scheme: str) -> None:
    with opened(viewport={"width": 320, "height": 640}, color_scheme=scheme) as page:
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto("/excel/help.html#market_size")
        expect(page.get_by_role("heading", name="MARKET_SIZE")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate("getComputedStyle(document.querySelector('.names')).listStyleType") == "none"
        assert refused == []
        assert complaints(page) == []
