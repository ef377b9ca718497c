"""The help page, to which Excel's function wizard leads: docstrings, arguments and examples."""

from collections.abc import Iterable
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from addin.web.examples import examples
from addin.web.functions import anchor
from udfs.registry import Function
from workbook.dependency_graph import NAMESPACE

_environment: Final = Environment(
    loader=PackageLoader("addin.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def help_page(functions: Iterable[Function]) -> str:
    """Return the page about functions."""
    return _environment.get_template("help.html").render(functions=list(functions), namespace=NAMESPACE)


def paragraphs(function: Function) -> list[str]:
    """Return what a function's docstring says, up to its examples."""
    text = (function.__doc__ or "").partition(">>>")[0]
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


_environment.globals |= {"anchor": anchor, "paragraphs": paragraphs, "examples": examples}
