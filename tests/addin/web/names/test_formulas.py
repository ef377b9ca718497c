"""The scripts and the files' commands know the same forms of our functions' names."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.addin.web.names.conftest import Script
from tests.workbook.package.test_calls import FORMS, OTHERS
from tests.workbook.package.test_formulas import KINDS
from workbook.dependency_graph import NAMESPACE, OURS
from workbook.package import Calls, tokens

CALLS = Calls(OURS)
TABLE = [
    *FORMS,
    *OTHERS,
    "=MARKETBOOK.MARKET_SIZE(A1,2028)",
    '=IF(A16="","",MARKET_SIZE(mb_market,A16,,mb_unit))',
    "=@MARKETBOOK.MARKET_SIZE(Sizes[[#This Row],[It's]],{1,2;3,4})",
    "='O''Brien (1)'!A1+_xldudf_MARKETBOOK_SEGMENT_SHARE(A1,B1)",
    "=BloombergUI.xla!_xldudf_MARKETBOOK_MARKET_SIZE(A1)",
    "='C:\\a%20b\\Marketbook.XLAM'!MARKET_SIZE(A1)",
    "='https://x.example/%ff%5Cmarketbook.xlam'!MARKET_SIZE(A1)",
    "='https://x.example/%zz/prices.xlam'!MARKET_SIZE(A1)",
    "=_xldudf_OTHER_MARKET_SIZES(1)+MARKET_SIZE",
    '="a""MARKET_SIZE("&"b',
    '="a""b"" & MARKET_SIZE(1)',
    "=größe.MARKET_SIZE(1)+X!MARKET_SIZE(2)",
    "=SINGLE(SINGLE(MARKET_SIZE((A1))))",
    "='Bob''s [x]'!A1+MARKET_SIZE('[b.xlsx]It''s'!$A$1:A9,,{1,-2;\"a\",#N/A},50%)",
    "=MARKET_SIZE(Table1[[#This Row],[MARKET_SIZE(]],Sales[[#Headers],[a]:['[b']]])",
    '=LET(size,MARKETBOOK.MARKET_SIZE(A1#,@B:B,(A1:A2,C1 D1)),\n  LAMBDA(x,x&"MARKET_SIZE(""")(size))',
    "=[Book 2.xlsx]Sheet1!MARKET_SIZE(1)+Sheet1!MARKET_SIZE(2)+A1:INDEX(A:A,3)",
    "=-MARKET_SIZE(1:1,$A:$C)%^2<>#REF!+_xlfn.ANCHORARRAY(A1)",
    "=" + "+".join(["MARKET_SIZE($A$1,2028)"] * 350),
]

HARD = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        *(text for texts in KINDS.values() for text in texts),
        *FORMS,
        *OTHERS,
        *("MARKET_SIZE(", "marketbook.market_size(", "_xldudf_MARKETBOOK_MARKET_CAGR(", "_xlfn.SINGLE("),
        *("MY.", "MARKETBOOK_", "XLWINGS.", "_xlpm.", "LET(", "LAMBDA(", "A1#", "{1;2}", "\n", '""'),
        *("[1]!", "marketbook.xlam!", "'x\\[marketbook.xlam]'!", "SUM(", "_xll.", "X.", "1", "é", "中", "²"),
    ]
)
MADE = st.one_of(
    st.lists(PIECES, max_size=10).map("".join),
    st.text("AMARKET_SIZE()[]!'\"1.,#@$:xldfn_éö中²\\/%{};& ", max_size=60),
)


def agree(script: Script, formulas: list[str]) -> None:
    assert script("isOurs", formulas) == [CALLS.found(formula) for formula in formulas]
    assert script("plain", formulas) == [CALLS.plain(formula) for formula in formulas]
    shown = map(in_one_spelling, script("namespaced", formulas))
    assert list(shown) == [in_one_spelling(CALLS.namespaced(formula)) for formula in formulas]


def in_one_spelling(formula: str) -> str:
    """Files and cells differ in how they write the namespace."""
    return formula.replace(f"_xldudf_{NAMESPACE}_", f"{NAMESPACE}.")


@pytest.mark.parametrize("formula", TABLE)
def test_python_and_javascript_agree(formulas_js: Script, formula: str) -> None:
    agree(formulas_js, [formula])


@pytest.mark.parametrize("formula", FORMS)
def test_a_cell_shows_the_namespace_and_not_what_a_file_has(formulas_js: Script, formula: str) -> None:
    (shown,) = formulas_js("namespaced", [formula])
    assert f"{NAMESPACE}.MARKET_SIZE(" in shown
    assert "_xldudf_" not in shown
    assert formulas_js("plain", [shown]) == formulas_js("plain", [formula])


@HARD
@given(st.lists(MADE, min_size=1, max_size=40))
def test_they_agree_on_any_formula(formulas_js: Script, formulas: list[str]) -> None:
    agree(formulas_js, formulas)


@HARD
@example(TABLE)
@given(st.lists(MADE, min_size=1, max_size=40))
def test_tokens_are_the_same(bare_page: Page, formulas: list[str]) -> None:
    found = bare_page.evaluate(
        """async (formulas) => {
            const { tokens } = await import("/excel/scripts/names/tokens.js");
            return formulas.map((formula) => tokens(formula).map(({ kind, text }) => [kind, text]));
        }""",
        formulas,
    )
    # a kind of Python's is the last group that has matched; of an area that is a corner
    expected = [[[kind(token), token[0]] for token in tokens(formula)] for formula in formulas]
    assert found == expected


@HARD
@given(st.lists(MADE, min_size=1, max_size=40))
def test_there_and_back_a_plain_formula_is_as_it_was(formulas_js: Script, formulas: list[str]) -> None:
    plain = formulas_js("plain", formulas)
    there = formulas_js("namespaced", plain)
    assert formulas_js("plain", there) == plain
    assert formulas_js("namespaced", there) == there


def kind(token: Any) -> str:
    return next(name for name in KINDS if token[name] is not None)


def test_an_argument_is_what_is_between_the_commas(formulas_js: Script) -> None:
    table = "Sizes[[#This Row],[a,b]]"
    formula = f'=ROUND(MARKETBOOK.SEGMENT_SHARE(A1,"CT, or (MR)",,{table}, SUM({{1,2}},B1)),MARKET_LIST())'
    assert formulas_js("calls", [formula, "=SUM(1)", '=MARKET_SIZE(MARKET_INFO(A1,"title"),2028']) == [
        [
            {
                "name": "SEGMENT_SHARE",
                "args": ["A1", '"CT, or (MR)"', "", table, "SUM({1,2},B1)"],
                "text": f'SEGMENT_SHARE(A1,"CT, or (MR)",,{table},SUM({{1,2}},B1))',
            },
            {"name": "MARKET_LIST", "args": [""], "text": "MARKET_LIST()"},
        ],
        [],
        [
            {
                "name": "MARKET_SIZE",
                "args": ['MARKET_INFO(A1,"title")', "2028"],
                "text": 'MARKET_SIZE(MARKET_INFO(A1,"title"),2028)',
            },
            {"name": "MARKET_INFO", "args": ["A1", '"title"'], "text": 'MARKET_INFO(A1,"title")'},
        ],
    ]
