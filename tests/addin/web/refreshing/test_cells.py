"""What Excel says of a cell makes the same entry as the cell has in a file; what is entered comes back."""

from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addin.entries import entry
from addin.web.refreshing.formulas import namespaced, without_intersections
from addin.web.refreshing.opened import opened
from addin.web.refreshing.wire import Block, OpenedSheet, RefreshRequest
from markets.errors import MarketbookError
from tests.workbook.package.test_formulas import KINDS
from udfs.registry import FUNCTIONS
from workbook.dependency_graph import OURS
from workbook.formulas import Expr
from workbook.package import Calls, Content, ErrorValue, PackageError, sheet_contents
from workbook.report import Cell

TYPES = {float: "Double", bool: "Boolean", str: "String"}


def read(formula: Any, value: Any, kind: str) -> Content | None:
    """What a cell has, in the package that is made of what Excel says of it."""
    sheet = OpenedSheet("Overview", [Block("B7", [[formula]], [[value]], [[kind]])])
    return sheet_contents(opened(RefreshRequest([sheet], {}, {})), "Overview").get("B7")


def excel(entered: str | float) -> tuple[Any, Any, str]:
    """What Excel says of a cell in which something was entered: formula, value and type."""
    if isinstance(entered, str) and entered.startswith("="):
        return entered, "", "String"
    value = entered.removeprefix("'") if isinstance(entered, str) else entered
    return value, value, TYPES[type(value)] if value != "" else "Empty"


characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@\n\r\t_xX0<>&\"\x01\x0b")
texts = st.text(characters, max_size=30)
numbers = st.floats(-9.99e307, 9.99e307)  # the largest that Excel has


@given(texts)
@example("_x000D_")
@example("'tis")
@example("=A1")
@example("  ")
@example("#N/A")
@example("a\r\nb")
@settings(deadline=None)
def test_a_text_stays_the_text(text: str) -> None:
    found = read(text, text, "String")
    if text == "":
        assert found is None
    elif text.startswith("=") and len(text) == 1:
        assert found == Content(None, "=")
    else:
        assert found == Content(None, text)


@given(numbers)
@example(0.30000000000000004)
@example(-0.0)
@example(5e-324)
@example(1e15)
def test_a_number_stays_the_number(number: float) -> None:
    assert read(number, number, "Double") == Content(None, number)


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_stays_one(truth: bool) -> None:
    found = read(truth, truth, "Boolean")
    assert found is not None
    assert found.value is truth


def test_an_error_is_none_of_the_texts() -> None:
    error, text = read("#N/A", "#N/A", "Error"), read("#N/A", "#N/A", "String")
    assert error is not None
    assert text is not None
    assert isinstance(error.value, ErrorValue)
    assert not isinstance(text.value, ErrorValue)


def test_blank_cells_are_none() -> None:
    assert read("", "", "Empty") is None
    assert read(None, None, "Empty") is None


@pytest.mark.parametrize("value", ["", 1.0, True, None, "#BUSY!"])
def test_a_formula_stays_one_whatever_it_shows(value: Any) -> None:
    found = read('=A1&"<&>"', value, "Error" if value == "#BUSY!" else "Unknown")
    assert found is not None
    assert found.formula == 'A1&"<&>"'


@given(texts | numbers)
@example("true")
@example("1e5")
@example("May 2024")
@settings(deadline=None)
def test_what_is_entered_comes_back(content: str | float) -> None:
    cell = Cell(content, "Text")
    sent = entry(cell, namespaced)
    found = None if sent is None else read(*excel(sent))
    if content == "":
        assert found is None
    else:
        expected = float(f"{content:.16g}") if isinstance(content, float) else content
        assert found == Content(None, expected)


@pytest.mark.parametrize(
    "text", ["007", "1.5", "=A1", "+1", "-x", "@x", "true", "FALSE", "May 2024", "12/3", "'a", " a"]
)
def test_a_text_that_excel_would_read_otherwise_begins_with_an_apostrophe(text: str) -> None:
    assert entry(Cell(text, "Text")) == f"'{text}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_gets_the_namespace_and_loses_it(name: str) -> None:
    formula = f'IF(A1="{name}(",{name}(B1,2),{name.lower()}&"")'
    spelled = namespaced(formula)
    assert spelled.count("MARKETBOOK.") == 1
    assert Calls(OURS).plain(spelled) == formula
    assert entry(Cell(Expr(formula, 1.0), "Size"), namespaced) == f"={spelled}"


@given(
    st.lists(
        st.sampled_from(
            [
                *chain.from_iterable(KINDS.values()),
                "@",
                "MARKET_SIZE(",
                ")",
                "'My @'!A1",
                "Sizes[@Year]",
                '"@"',
            ]
        ),
        max_size=8,
    )
)
def test_only_the_sign_of_an_intersection_goes(pieces: list[str]) -> None:
    formula = "".join(pieces)
    kept = without_intersections(formula)
    assert without_intersections(kept) == kept
    assert kept.replace("@", "") == formula.replace("@", "")


def test_texts_and_columns_keep_their_at_signs() -> None:
    assert (
        without_intersections("@SUM(@A1,Sizes[@Year],\"a@b\",'a@b'!A1)")
        == "SUM(A1,Sizes[@Year],\"a@b\",'a@b'!A1)"
    )


@given(st.text(characters, max_size=20), st.text(max_size=10))
@settings(deadline=None)
def test_any_formula_is_read_or_refused_with_a_sentence(formula: str, value: str) -> None:
    try:
        found = read(f"={formula}", value, "String")
    except (MarketbookError, PackageError) as error:
        assert str(error)
    else:
        assert found is not None
