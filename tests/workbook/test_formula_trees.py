"""Random formulas: LibreOffice calculates the values that they carry, and their text keeps their shape."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.formula import Tokenizer

from addin.libreoffice import Office
from udfs.values import CellError
from workbook.formulas import Expr, all_of, if_, if_error, is_error

Tree = Any
"""A literal, the reference of a cell, or a tuple: an operator or a function, and its operands."""

CELLS: dict[str, Any] = {
    "A1": 8.6,
    "A2": -3.0,
    "A3": 0.0,
    "A4": "Europe",
    "A5": "12",
    "A6": True,
    "A7": False,
    "A8": None,
    "A9": CellError.NA,
    "A10": CellError.DIV0,
}
OPERATORS: dict[str, Callable[[Expr, Any], Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "/": lambda a, b: a / b,
    "&": lambda a, b: a & b,
    "=": lambda a, b: a.equals(b),
    "<": lambda a, b: a.below(b),
}
FUNCTIONS: dict[str, Callable[..., Expr]] = {
    "IF": if_,
    "IFERROR": if_error,
    "ISERROR": is_error,
    "AND": all_of,
}


class Ref(str):
    """The reference of a cell, which a text is not."""


def built(tree: Tree) -> Expr:
    if isinstance(tree, tuple):
        name, *operands = tree
        return (OPERATORS | FUNCTIONS)[name](*map(built, operands))
    if isinstance(tree, Ref):
        return Expr(tree, CELLS[tree])
    literal = f'"{tree}"' if isinstance(tree, str) else f"{tree:g}"
    return Expr(literal, tree)


def parsed(formula: str) -> Tree:
    """The tree of a printed formula, by Excel's precedence: equal operators from the left."""
    tokens = [t for t in Tokenizer(f"={formula}").items if t.type != "WHITE-SPACE"]
    tree = _operation(tokens, 1)
    assert not tokens
    return tree


def _operation(tokens: list[Any], least: int) -> Tree:
    left = _operand(tokens)
    levels = {"=": 1, "<": 1, "&": 2, "+": 3, "-": 3, "/": 4}
    while tokens and tokens[0].type == "OPERATOR-INFIX" and levels[tokens[0].value] >= least:
        sign = tokens.pop(0).value
        left = (sign, left, _operation(tokens, levels[sign] + 1))
    return left


def _operand(tokens: list[Any]) -> Tree:
    token = tokens.pop(0)
    if token.type == "OPERATOR-PREFIX":
        return -_operand(tokens)
    if token.type in ("PAREN", "FUNC"):
        inside = [] if token.type == "PAREN" else [token.value.rstrip("(")]
        while token.subtype != "CLOSE":
            inside.append(_operation(tokens, 1))
            token = tokens.pop(0)
        return tuple(inside) if len(inside) > 1 else inside[0]
    if token.subtype == "NUMBER":
        return float(token.value)
    return token.value.strip('"') if token.subtype == "TEXT" else Ref(token.value)


def numbers(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Trees of numbers. Truth values and digits count as numbers in arithmetic."""
    digits = st.just(Ref("A5"))
    return st.tuples(st.sampled_from("+-/"), inner, inner | truths(inner) | digits) | st.tuples(
        st.just("IFERROR"), inner, inner
    )


def truths(number: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Comparisons. LibreOffice takes a truth value for a number in one, so none stands in them here."""
    text = st.sampled_from([Ref("A4"), "europe", "x"])
    return (
        st.tuples(st.sampled_from("=<"), number, number | text | st.just(Ref("A8")))
        | st.tuples(st.just("="), text, text)
        | st.tuples(st.just("ISERROR"), number)
    )


LEAVES = st.sampled_from([Ref(cell) for cell in ("A1", "A2", "A3", "A8", "A9", "A10")]) | st.sampled_from(
    [0.5, 3.0, -7.0]
)
NUMBERS = st.recursive(LEAVES, numbers, max_leaves=7)
TRUTHS = truths(NUMBERS) | st.tuples(st.just("AND"), truths(NUMBERS), truths(NUMBERS))
# LibreOffice joins a truth value to a text as 1 or 0, so none is joined here.
SIMPLE = LEAVES | st.tuples(st.sampled_from("+-"), LEAVES, LEAVES)
TEXTS = st.recursive(
    st.sampled_from([Ref("A4"), Ref("A5"), Ref("A8"), "x", ""]),
    lambda inner: (
        st.tuples(st.just("&"), inner, inner | SIMPLE)
        | st.tuples(st.just("&"), SIMPLE, inner)
        | st.tuples(st.just("IF"), TRUTHS, inner, inner)
    ),
    max_leaves=4,
)
TREES = NUMBERS | TRUTHS | TEXTS


@given(TREES)
def test_the_printed_formula_keeps_the_shape_of_the_tree(tree: Tree) -> None:
    assert parsed(built(tree).formula) == tree


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(TREES.filter(lambda tree: isinstance(tree, tuple)), min_size=150, max_size=300))
def test_libreoffice_calculates_the_values(office: Office, tmp_path_factory: Any, trees: list[Tree]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for place, value in CELLS.items():
        sheet[place] = value.value if isinstance(value, CellError) else value
    sheet["A5"].data_type = "s"
    expected = {f"C{at}": built(tree) for at, tree in enumerate(trees, start=1)}
    for place, expression in expected.items():
        sheet[place] = f"={expression.formula}"
    path: Path = tmp_path_factory.mktemp("trees") / "trees.xlsx"
    book.save(path)
    found = {place: value for (_, place), value in office.recalculate(path).items()}
    wrong = {
        f"{place}: {expected[place].formula}": (expected[place].value, found[place])
        for place in expected
        if not same(expected[place].value, found[place])
    }
    assert wrong == {}


def same(ours: Any, theirs: Any) -> bool:
    """Compare the value of an expression and of a cell, which shows 0 for a blank one.

    Of two errors, LibreOffice gives now one and now the other, Excel the first.
    """
    if isinstance(ours, CellError):
        return isinstance(theirs, CellError)
    if ours is None:
        return bool(theirs == 0.0)
    if isinstance(ours, float | int) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    return type(ours) is type(theirs) and ours == theirs
