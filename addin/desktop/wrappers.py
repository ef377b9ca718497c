"""The VBA that is generated from the function registry: the worksheet functions and their help."""

from collections.abc import Iterable
from typing import Final

from udfs.registry import Function

_LONGEST_HELP: Final = 255


def functions_module(functions: Iterable[Function]) -> str:
    """Return the source of the module with the worksheet functions."""
    head = (
        'Attribute VB_Name = "MarketbookFunctions"\nOption Explicit\n\n'
        "' Generated from the function registry.\n"
    )
    return head + "".join(_wrapper(function) for function in functions)


def descriptions_module(functions: Iterable[Function]) -> str:
    """Return the source of the module with the help for the function wizard."""
    head = (
        'Attribute VB_Name = "MarketbookDescriptions"\nOption Explicit\nOption Private Module\n\n'
        "' Generated from the function registry.\n\nPublic Sub DescribeAll()\n"
    )
    return head + "".join(_description(function) for function in functions) + "End Sub\n"


def _wrapper(function: Function) -> str:
    name = function.name
    parameters = ", ".join(
        f"{'' if parameter.required else 'Optional '}ByVal {parameter.name} As Variant"
        for parameter in function.parameters
    )
    names = ", ".join(parameter.name for parameter in function.parameters)
    return (
        f"\nPublic Function {name}({parameters}) As Variant\n"
        f"Attribute {name}.VB_Description = {_literal(function.help)}\n"
        f'    {name} = CallFunction("{name}", Array({names}))\n'
        "End Function\n"
    )


def _description(function: Function) -> str:
    arguments = ", _\n        ".join(_literal(parameter.help) for parameter in function.parameters)
    return (
        f'    Describe "{function.name}", _\n        {_literal(function.help)}, _\n'
        f"        Array({arguments})\n"
    )


def _literal(text: str) -> str:
    shortened = text if len(text) <= _LONGEST_HELP else text[: _LONGEST_HELP - 3] + "..."
    return '"' + shortened.replace('"', '""') + '"'
