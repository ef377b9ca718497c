"""What is inserted is what the preview shows, and nothing is overwritten without asking."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.addin.web.pane.conftest import choose
from tests.addin.web.pane.excel import enter, entry, make_table, protect, select
from tests.conftest import SECOND, SEED
from udfs.registry import FUNCTIONS, call
from udfs.values import CellError

KINDS = ("size", "growth", "share", "source", "series", "table")
_ARGUMENT = re.compile(r'(?:"((?:[^"]|"")*)"|(TRUE)|(\d+)|)(?:,|\)$)')


@pytest.fixture
def card(pane: Page) -> Page:
    choose(pane, SEED)
    return pane


def _pick(page: Page, what: str) -> None:
    page.get_by_label("What to insert").select_option(what)


def _formula(page: Page) -> str:
    """The formula, once its values are there."""
    expect(page.locator(".preview .old")).to_have_count(0)
    return page.locator("code").inner_text()


def _insert(page: Page) -> None:
    page.get_by_text("Insert at the selected cell").click()


def _called(formula: str) -> Any:
    """The value of a formula that is one call with texts and numbers."""
    name, _, rest = formula.removeprefix("=MARKETBOOK.").partition("(")
    given = [
        text.replace('""', '"') if text else True if yes else int(number) if number else None
        for text, yes, number in _ARGUMENT.findall(rest)
    ]
    assert name in FUNCTIONS
    return call(name, *given[: len(FUNCTIONS[name].parameters)])


def _shown(page: Page) -> list[list[str]]:
    rows = page.get_by_role("group", name="Values that will appear").get_by_role("row").all()
    return [row.locator("td, th").all_inner_texts() for row in rows]


@pytest.mark.parametrize("what", [*KINDS, "series, headings", "table, headings"])
def test_the_preview_is_what_the_formula_gives(card: Page, what: str) -> None:
    kind, _, headings = what.partition(", ")
    _pick(card, kind)
    if headings:
        card.get_by_label("With headings").check()
    value = _called(_formula(card))
    rows = value.tolist() if isinstance(value, np.ndarray) else [[value]]
    shown = _shown(card)
    assert [len(row) for row in shown] == [len(row) for row in rows]
    for cells, texts in zip(rows, shown, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            _alike(cell, text)


def _alike(cell: Any, text: str) -> None:
    if isinstance(cell, CellError):
        assert text == cell.value
    elif isinstance(cell, str):
        assert text == cell
    else:
        number = float(text.rstrip("%").replace(",", "")) / (100 if "%" in text else 1)
        assert number == pytest.approx(cell, rel=1e-3)


@pytest.mark.parametrize(
    ("what", "fields", "formula"),
    [
        ("size", {"Year": "2028"}, f'=MARKETBOOK.MARKET_SIZE("{SEED}",2028)'),
        ("size", {"Year": ""}, f'=MARKETBOOK.MARKET_SIZE("{SEED}")'),
        ("series", {"From": "2031", "To": "2033"}, f'=MARKETBOOK.MARKET_SERIES("{SEED}",,2031,2033)'),
        ("table", {}, f'=MARKETBOOK.SEGMENT_TABLE("{SEED}","Device",2023)'),
        ("share", {}, f'=MARKETBOOK.SEGMENT_SHARE("{SEED}","Computed Tomography",2023)'),
    ],
)
def test_the_formula_follows_what_is_chosen(
    card: Page, what: str, fields: dict[str, str], formula: str
) -> None:
    _pick(card, what)
    for label, text in fields.items():
        card.get_by_label(label, exact=True).fill(text)
    assert _formula(card) == formula


def test_a_segment_and_a_unit_are_chosen_from_lists(card: Page) -> None:
    card.get_by_label("Segment").select_option("Hospitals")
    card.get_by_label("Unit").select_option("USD million")
    assert _formula(card) == f'=MARKETBOOK.MARKET_SIZE("{SEED}",2023,"Hospitals","USD million")'
    assert _shown(card) == [["5,452"]]


def test_the_segment_and_the_unit_stay_for_another_insertion(card: Page) -> None:
    card.get_by_label("Segment").select_option("Hospitals")
    card.get_by_label("Unit").select_option("USD million")
    _pick(card, "series")
    assert '"Hospitals",2023,2033,"USD million"' in _formula(card)
    _pick(card, "share")
    assert _formula(card) == f'=MARKETBOOK.SEGMENT_SHARE("{SEED}","Hospitals",2023)'


@pytest.mark.parametrize(
    ("what", "number_format"),
    [("size", "[>=1000]#,##0;[>=1]#,##0.0##;0.0####"), ("share", "0.0#%"), ("source", "General")],
)
def test_the_formula_is_in_the_selected_cell_with_a_fitting_format(
    card: Page, what: str, number_format: str
) -> None:
    select(card, "C7")
    _pick(card, what)
    formula = _formula(card)
    _insert(card)
    expect(card.get_by_role("status").first).to_contain_text("Inserted at Sheet1!C7.")
    assert entry(card, "C7") == (formula, number_format)


def test_a_format_that_somebody_chose_stays_and_text_does_not(card: Page) -> None:
    enter(card, "A1", "", numberFormat="0.00 €")
    enter(card, "A2", "", numberFormat="@")
    _insert(card)
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()
    select(card, "A2")
    _insert(card)
    card.get_by_text("Inserted at Sheet1!A2.").wait_for()
    assert entry(card, "A1")[1] == "0.00 €"
    assert entry(card, "A2")[1].startswith("[>=1000]")


def test_typing_and_pressing_at_once_inserts_what_was_typed(card: Page) -> None:
    card.get_by_label("Year", exact=True).fill("2033")
    _insert(card)
    card.get_by_text("Inserted at").wait_for()
    assert entry(card, "A1")[0] == f'=MARKETBOOK.MARKET_SIZE("{SEED}",2033)'


def test_filled_cells_are_named_and_stay_if_somebody_says_no(card: Page) -> None:
    for cell in ("A3", "B3", "A4", "B5"):
        enter(card, cell, 7)
    _pick(card, "series")
    formula = _formula(card)
    _insert(card)
    expect(card.get_by_text("A3, B3, A4 and 1 more are not empty. Replace what is in them?")).to_be_visible()
    expect(card.get_by_text("Replace", exact=True)).to_be_focused()
    card.get_by_text("Cancel", exact=True).first.click()
    expect(card.get_by_text("are not empty")).to_have_count(0)
    assert [entry(card, cell)[0] for cell in ("A1", "A3", "B5")] == ["", 7, 7]
    _insert(card)
    card.get_by_text("Replace", exact=True).click()
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()
    assert [entry(card, cell)[0] for cell in ("A1", "A3", "B5")] == [formula, "", ""]


def test_what_was_asked_about_is_replaced_though_another_cell_is_selected_meanwhile(card: Page) -> None:
    enter(card, "A1", "mine")
    _insert(card)
    card.get_by_text("A1 is not empty. Replace what is in it?").wait_for()
    select(card, "Z9")
    card.get_by_text("Replace", exact=True).click()
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()


def test_what_is_entered_meanwhile_is_asked_about_too(card: Page) -> None:
    _pick(card, "series")
    _formula(card)
    enter(card, "A3", "mine")
    _insert(card)
    card.get_by_text("A3 is not empty. Replace what is in it?").wait_for()
    enter(card, "B5", "mine too")
    card.get_by_text("Replace", exact=True).click()
    card.get_by_text("A3 and B5 are not empty.").wait_for()
    card.get_by_text("Cancel", exact=True).first.click()
    assert [entry(card, cell)[0] for cell in ("A1", "A3", "B5")] == ["", "mine", "mine too"]


def _insert_before_the_values_are_there(card: Page) -> None:
    held: list[Route] = []
    card.route("**/api/excel/calls", lambda route: held.append(route))
    with card.expect_request("**/api/excel/calls"):
        card.get_by_label("Year", exact=True).fill("2028")
    _insert(card)
    card.unroute("**/api/excel/calls")


def test_what_is_chosen_while_the_values_are_awaited_is_inserted(card: Page) -> None:
    _insert_before_the_values_are_there(card)
    card.get_by_label("Year", exact=True).fill("2033")
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()
    assert entry(card, "A1")[0] == f'=MARKETBOOK.MARKET_SIZE("{SEED}",2033)'


def test_an_insertion_whose_market_was_left_says_that_nothing_was_inserted(card: Page) -> None:
    _insert_before_the_values_are_there(card)
    choose(card, SECOND)
    card.get_by_text("Nothing was inserted, because another market was opened").wait_for()
    assert entry(card, "A1")[0] == ""


def test_a_preview_that_failed_is_tried_again_by_the_button(card: Page) -> None:
    card.route("**/api/excel/calls", lambda route: route.fulfill(status=500, body=""))
    card.get_by_label("Year", exact=True).fill("2028")
    expect(card.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    card.get_by_label("Close the message").click()
    _insert(card)
    expect(card.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    card.unroute("**/api/excel/calls")
    _insert(card)
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()


def _merge(page: Page) -> None:
    page.evaluate("standIn.settings.book.sheets[0].merged.push('B4:C5')")


def _spill(page: Page) -> None:
    """A formula in B1 fills B1:B4."""
    page.evaluate(
        """() => {
            const { cells } = standIn.settings.book.sheets[0];
            cells.B1 = { formula: "=SEQUENCE(4)", value: 1, spill: "B1:B4" };
            [2, 3, 4].forEach(at => { cells[`B${at}`] = { value: at }; });
        }"""
    )


def _below(page: Page) -> None:
    _spill(page)
    select(page, "A3")


def test_a_formula_that_fills_the_cells_can_be_replaced(card: Page) -> None:
    _pick(card, "series")
    formula = _formula(card)
    _spill(card)
    _insert(card)
    card.get_by_text("B1, B2, B3 and 1 more are not empty.").wait_for()
    card.get_by_text("Replace", exact=True).click()
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()
    assert [entry(card, cell)[0] for cell in ("A1", "B1", "B4")] == [formula, "", ""]


def test_one_value_can_be_in_merged_cells(card: Page) -> None:
    _merge(card)
    select(card, "B4")
    _insert(card)
    card.get_by_text("Inserted at Sheet1!B4.").wait_for()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (protect, "The cells are protected. Unprotect the sheet first."),
        (lambda page: make_table(page, "B2"), "In an Excel table, a formula has one value."),
        (_merge, "The values do not fit into merged cells."),
        (_below, "B3 is filled by the formula in B1. Select another cell."),
        (lambda page: select(page, "XFD9"), "There is no room for 11 rows and 2 columns."),
        (lambda page: select(page, "A1048570"), "There is no room for 11 rows and 2 columns."),
    ],
)
def test_where_nothing_can_be_inserted_one_sentence_says_why(
    card: Page, prepare: Callable[[Page], None], sentence: str
) -> None:
    _pick(card, "series")
    _formula(card)
    prepare(card)
    _insert(card)
    expect(card.get_by_role("alert")).to_contain_text(sentence)
    assert entry(card, "A1")[0] == ""


def test_one_value_can_be_in_an_excel_table(card: Page) -> None:
    make_table(card, "A1")
    _insert(card)
    card.get_by_text("Inserted at Sheet1!A1.").wait_for()


def test_a_refused_argument_is_explained_below_the_preview(card: Page) -> None:
    card.get_by_label("Year", exact=True).fill("soon")
    expect(card.get_by_text('The argument year is the text "soon", not a number.')).to_be_visible()
    assert _shown(card) == [["#VALUE!"]]


def test_a_segment_may_be_called_like_a_dimension(pane: Page) -> None:
    """The year of its share is that of its own dimension."""
    year = pane.evaluate(
        """async () => {
            const { fieldsOf } = await import("/excel/scripts/pane/insert_fields.js");
            const { insertions } = await import("/excel/scripts/pane/insertions.js");
            const named = name => ({ name, argument: name });
            const cut = (dimension, year, name) => ({ dimension, year, segments: [named(name)] });
            const card = { cuts: [cut("Online", 2020, "Shops"), cut("Channel", 2024, "Online")], units: [] };
            const share = insertions(card).find(({ id }) => id === "share");
            const place = document.createElement("div");
            const read = fieldsOf(share, card, place);
            const segment = place.querySelector("select");
            segment.value = "Online";
            segment.dispatchEvent(new Event("input"));
            return read().year;
        }"""
    )
    assert year == 2024


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ('X-ray "3D"', '"X-ray ""3D"""'),
        ('=HYPERLINK("x")&A1', '"=HYPERLINK(""x"")&A1"'),
        ("a\nb", '"a\nb"'),
        ("x" * 256, f'"{"x" * 255}"&"x"'),
        ("x" * 254 + '"', f'"{"x" * 254}"&""""'),
        ("x" * 254 + "🫀", f'"{"x" * 254}"&"🫀"'),
    ],
)
def test_texts_are_quoted_as_excel_reads_them(pane: Page, name: str, quoted: str) -> None:
    written = pane.evaluate(
        """async name => {
            const { call } = await import("/excel/scripts/pane/formula_text.js");
            return call("F", [name, null, true, null]);
        }""",
        name,
    )
    assert written == f"=F({quoted},,TRUE)"
