"""Every name that a module uses: ours, xlwings', VBA's own, and the members of Excel's objects."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache

from pyvbaanalysis import (
    ModuleInput,
    ModuleSymbolKind,
    ProjectIndex,
    analyze_module,
    analyze_module_options_for,
    line_col,
)

from tests.addin.desktop.vba.sources import BUTTON, CLASS, DOCUMENT, RIBBON, THEIRS, sources
from udfs.registry import FUNCTIONS

_KINDS = {DOCUMENT: ModuleSymbolKind.DOCUMENT, CLASS: ModuleSymbolKind.CLASS}
_LIBRARIES = ("VBA", "Excel", "stdole", "Office")
_CALLED_FROM_OUTSIDE = {"MarketbookFunctions", "MarketbookRibbon", BUTTON}
_SEEN_BY_OTHERS = re.compile(r"^(?:Public|Sub|Function|Option)\b.*", re.MULTILINE)
_BODY = re.compile(r"^\w+ (Sub|Function) \w+\(.*?^End ", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"^Public Function (\w+)\((.*)\) As Variant$", re.MULTILINE)
_DESCRIPTION = re.compile(r'^Attribute (\w+)\.VB_Description = "(.*)"$', re.MULTILINE)
_HANDLER = re.compile(r"^Private Sub (\w+)_\w+\(", re.MULTILINE)


def name_faults(texts: Mapping[str, str], changed: str | None = None) -> Iterator[str]:
    """Give what does not resolve in our modules, of a changed one first.

    Where nothing was changed that others see of it, they need no second look.
    """
    yield from _modules(texts)
    yield from _events(texts[DOCUMENT])
    yield from _functions(texts["MarketbookFunctions"])
    alone = changed is not None and _outside(texts[changed]) == _outside(sources()[changed])
    for name in sorted(texts.keys() - THEIRS - {RIBBON}, key=lambda name: name != changed):
        if not alone or name == changed:
            yield from _exits(name, texts[name])
            for project in _projects():
                yield from project.faults(texts, name)


@cache
def _projects() -> "tuple[_Project, _Project]":
    addin = sources().keys() - {BUTTON, RIBBON}
    return _Project(addin), _Project({BUTTON})


def _outside(text: str) -> list[str]:
    return _SEEN_BY_OTHERS.findall(text)


class _Project:
    """Modules that see each other; those that stay as they were are read once."""

    def __init__(self, names: Set[str]) -> None:
        self._kinds = {name: _KINDS.get(name, ModuleSymbolKind.STANDARD) for name in names}
        self._index = ProjectIndex()
        self._texts: dict[str, str] = {}

    def faults(self, texts: Mapping[str, str], name: str) -> Iterator[str]:
        """Give all that the analysis finds, advice too: an unused variable is as good as a misspelt one."""
        for each, kind in self._kinds.items():
            if self._texts.get(each) != texts[each]:
                self._texts[each] = texts[each]
                self._index.set_module(ModuleInput(each, kind, texts[each]))
        if name in self._kinds:
            options = analyze_module_options_for(
                self._index,
                name,
                self._kinds[name],
                host="excel",
                referenced_hosts=[],
                referenced_libraries=_LIBRARIES,
            )
            for found in analyze_module(texts[name], options):
                line, column = line_col(texts[name], found.span.start)
                yield f"{name}, line {line}, column {column}: {found.message}"


def _modules(texts: Mapping[str, str]) -> Iterator[str]:
    """A public procedure of any other module would be offered to cells, or in the list of macros."""
    for name in texts.keys() - THEIRS - {DOCUMENT, RIBBON}:
        if not texts[name].startswith(f'Attribute VB_Name = "{name}"\n'):
            yield f"{name}: it would be imported under another name"
        if name not in _CALLED_FROM_OUTSIDE and "\nOption Private Module\n" not in texts[name]:
            yield f"{name}: its procedures are for everybody"


def _exits(name: str, text: str) -> Iterator[str]:
    """Each Exit leaves what it stands in."""
    for found in _BODY.finditer(text):
        if set(re.findall(r"\bExit (Sub|Function)\b", found[0])) - {found[1]}:
            yield f"{name}: a {found[1]} is left as if it were none"


def _events(document: str) -> Iterator[str]:
    """What handles an event needs an object that raises it."""
    for raiser in set(_HANDLER.findall(document)) - {"Workbook"}:
        if f"WithEvents {raiser} As" not in document:
            yield f"{DOCUMENT}: {raiser} raises no events"


def _functions(text: str) -> Iterator[str]:
    """The functions that cells may call are those of the registry, and say of themselves what it says."""
    heads = dict(_FUNCTION.findall(text))
    expected = {
        function.name: ", ".join(
            f"{'' if each.required else 'Optional '}ByVal {each.name} As Variant"
            for each in function.parameters
        )
        for function in FUNCTIONS.values()
    }
    if heads != expected:
        yield "the functions are not those of the registry"
    described = {name: help_.replace('""', '"') for name, help_ in _DESCRIPTION.findall(text)}
    if described != {function.name: function.help for function in FUNCTIONS.values()}:
        yield "the functions' descriptions are not those of the registry"
