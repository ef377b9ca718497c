"""A formula and its value are built by one expression; here the values are Excel's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SEED
from udfs.values import CellError
from workbook.formulas import (
    Expr,
    after,
    all_of,
    before,
    call,
    count_if,
    if_,
    if_error,
    index,
    is_error,
    rows,
    text,
)

B1 = Expr("B1", 8.6)
WRONG = Expr("C1", CellError.NA)
WORD = Expr("D1", "Europe/All")


@pytest.mark.parametrize(
    ("expression", "formula", "value"),
    [
        (B1 / 2.0 - 1.0, "B1/2-1", pytest.approx(3.3)),
        ((B1 + 1.0) / (B1 - 1.0), "(B1+1)/(B1-1)", pytest.approx(9.6 / 7.6)),
        (B1 / (Expr("B2", 0.0)), "B1/B2", CellError.DIV0),
        (B1 + WRONG, "B1+C1", CellError.NA),
        (B1 + WORD, "B1+D1", CellError.VALUE),
        (text("Size ") & B1, '"Size "&B1', "Size 8.6"),
        (text('say "x"') & "", '"say ""x"""&""', 'say "x"'),
        (B1 - (B1 + 1.0), "B1-(B1+1)", -1.0),
        (B1 - (if_error(B1) + if_error(WRONG, 1.0)), 'B1-(IFERROR(B1,"")+IFERROR(C1,1))', -1.0),
        (B1 - 1.0 - 2.0, "B1-1-2", pytest.approx(5.6)),
        (B1 / (B1 / 2.0), "B1/(B1/2)", 2.0),
        (B1 / 2.0 / 2.0, "B1/2/2", pytest.approx(2.15)),
        (B1.equals(8.6) & "x", '(B1=8.6)&"x"', "TRUEx"),
        ((B1 & WORD) - WRONG, "(B1&D1)-C1", CellError.NA),
        ((B1 & WORD).equals("8.6europe/all"), 'B1&D1="8.6europe/all"', True),
        (text("a") & (B1 + 1.0), '"a"&B1+1', "a9.6"),
        (B1.equals(B1.below(1.0)), "B1=(B1<1)", False),
        (B1.below(9.0) + 1.0, "(B1<9)+1", 2.0),
        (Expr("E1", "12") + 1.0, "E1+1", 13.0),
        (Expr("E1", "") + 1.0, "E1+1", CellError.VALUE),
        (Expr("E1", None) + 1.0, "E1+1", 1.0),
        (Expr("E1", None) & "x", 'E1&"x"', "x"),
        (Expr("E1", None).equals(""), 'E1=""', True),
        (Expr("E1", None).equals(0.0), "E1=0", True),
        (Expr("E1", None).below(True), "E1<TRUE()", True),
        (Expr("E1", True).equals(1.0), "E1=1", False),
        (WORD.below(False), "D1<FALSE()", True),
        (WRONG + Expr("E1", CellError.REF), "C1+E1", CellError.NA),
        (WORD + WRONG, "D1+C1", CellError.NA),
        ((Expr("E1", 0.1) + 0.2).equals(0.3), "E1+0.2=0.3", True),
        (Expr("E1", 0.1) + 0.2 - 0.3, "E1+0.2-0.3", 0.0),
        (Expr("E1", 1e308) + 1e308, "E1+1E+308", CellError.NUM),
        (if_(B1.below(9.0), None, 1.0), "IF(B1<9,,1)", 0.0),
        (all_of(B1.below(9.0), WRONG), "AND(B1<9,C1)", CellError.NA),
        (WORD.equals("EUROPE/ALL"), 'D1="EUROPE/ALL"', True),
        (WORD.equals(1.0), "D1=1", False),
        (B1.below(9.0), "B1<9", True),
        (WORD.below(9.0), "D1<9", False),
        (if_(B1.below(9.0), B1, WRONG), "IF(B1<9,B1,C1)", 8.6),
        (if_(WRONG, 1.0, 2.0), "IF(C1,1,2)", CellError.NA),
        (if_error(WRONG), 'IFERROR(C1,"")', ""),
        (if_error(B1), 'IFERROR(B1,"")', 8.6),
        (is_error(WRONG), "ISERROR(C1)", True),
        (before(WORD, "/"), 'LEFT(D1,FIND("/",D1)-1)', "Europe"),
        (after(WORD, "/"), 'MID(D1,FIND("/",D1)+1,255)', "All"),
        (
            before(Expr("D2", "none"), "/"),
            'LEFT(D2,FIND("/",D2)-1)',
            CellError.VALUE,
        ),
        (all_of(B1.below(9.0), WORD.equals("x")), 'AND(B1<9,D1="x")', False),
        (count_if([WORD, B1, WORD], "D1:D3", "europe/all"), 'COUNTIF(D1:D3,"europe/all")', 2.0),
        (call("MARKET_SIZE", SEED, 2033), f'MARKET_SIZE("{SEED}",2033)', 13.1),
        (call("MARKET_SIZE", SEED, None, None, None), f'MARKET_SIZE("{SEED}")', 8.6),
        (rows(call("KEY_PLAYERS", SEED)), f'ROWS(KEY_PLAYERS("{SEED}"))', 13.0),
        (index(call("KEY_PLAYERS", SEED), 3), f'INDEX(KEY_PLAYERS("{SEED}"),3,1)', "MetaMed"),
        (index(call("KEY_PLAYERS", SEED), 14), f'INDEX(KEY_PLAYERS("{SEED}"),14,1)', CellError.REF),
        (index(call("KEY_PLAYERS", "none"), 1), 'INDEX(KEY_PLAYERS("none"),1,1)', CellError.NA),
    ],
)
def test_formula_and_value(expression: Expr, formula: str, value: object) -> None:
    assert (expression.formula, expression.value) == (formula, value)


@given(st.text(max_size=30))
def test_any_text_is_a_literal_that_ends_where_it_should(content: str) -> None:
    formula = text(content).formula
    assert formula[0] == formula[-1] == '"'
    assert formula[1:-1].replace('""', "").count('"') == 0
    assert formula[1:-1].replace('""', '"') == content


def test_arrays_stay_inside_of_formulas() -> None:
    assert isinstance(call("MARKET_SERIES", SEED).value, np.ndarray)
