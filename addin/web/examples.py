"""Examples of calls as they are in cells, from those in the functions' docstrings, which are in Python."""

import ast
import doctest
from dataclasses import dataclass

from udfs.registry import Function
from workbook.dependency_graph import NAMESPACE


@dataclass(frozen=True)
class Example:
    """A formula, and the value of its cell if it is one value."""

    formula: str
    value: str = ""


def examples(function: Function) -> list[Example]:
    """Return the examples of a function's docstring. Each formula is there once.

    >>> from udfs.registry import FUNCTIONS
    >>> examples(FUNCTIONS["CAGR_PROJECT"])[0]
    Example(formula='=MARKETBOOK.CAGR_PROJECT(8.6, 0.043, 10)', value='13.1021')
    """
    found: dict[str, Example] = {}
    for example in doctest.DocTestParser().get_examples(function.__doc__ or ""):
        body = ast.parse(example.source.strip(), mode="eval").body
        call = next((node for node in ast.walk(body) if _calls(node, function)), None)
        if isinstance(call, ast.Call):
            formula = _formula(call, function)
            found.setdefault(formula, Example(formula, _value(example.want) if _is_one(body, call) else ""))
    return list(found.values())


def _calls(node: ast.AST, function: Function) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id.upper() == function.name
    )


def _is_one(body: ast.expr, call: ast.Call) -> bool:
    """Whether the example is the call itself, or the rounded value."""
    is_rounded = isinstance(body, ast.Call) and isinstance(body.func, ast.Name) and body.func.id == "round"
    return body is call or is_rounded


def _formula(call: ast.Call, function: Function) -> str:
    names = [parameter.name for parameter in function.parameters]
    given = dict(zip(names, map(ast.literal_eval, call.args), strict=False))
    given |= {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
    last = max(names.index(name) for name in given)
    arguments = ", ".join(_argument(given.get(name)) for name in names[: last + 1])
    return f"={NAMESPACE}.{function.name}({arguments})"


def _argument(value: object) -> str:
    if isinstance(value, list):  # a table
        return "{" + ";".join(",".join(map(_argument, row)) for row in value) + "}"
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return "" if value is None else str(value)


def _value(want: str) -> str:
    """What the cell shows: of an error its code, of a text the text."""
    shown = want.strip()
    if shown.startswith("<"):
        return shown.partition("'")[2].partition("'")[0]
    return str(ast.literal_eval(shown))
