"""Faults as a hand makes them, in every module and in the ribbon.

Left out are the places where a fault is none: what people read, what VBA takes for granted, what
says the same in another way. Each stands here with its reason.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.addin.desktop.vba.sources import RIBBON, ours

_TOKEN = re.compile(r"""("(?:[^"\n]|"")*")|('.*)|(\d+)|(\w+)|(<=|>=|<>|:=|[-+*/&=<>(),.:\#_])""", re.VERBOSE)
_ATTRIBUTE = re.compile(r"""(\w+)="([^"]*)\"""")
_OPPOSITES = (
    *(("=", "<>"), (">", "<="), (">=", "<"), ("+", "-"), ("And", "Or"), ("True", "False")),
    *(("LBound", "UBound"), ("Sub", "Function"), ("Value2", "Value")),
)
_OPPOSITE = {old: new for pair in _OPPOSITES for old, new in (pair, pair[::-1])}
_NEARLY = {">": ">=", ">=": ">", "<": "<="}
_IMPLIED = {"Public", "Private", "ByVal", "ByRef"}
"""Public and ByRef are what VBA takes for granted; Private and ByVal only keep others out."""
_UNUSED = {"Wb"}
"""An argument of an event: VBA does not care what it is called where nobody uses it."""
_GENERATED = {"MarketbookFunctions", "MarketbookDescriptions"}
_READ_BY_PEOPLE = {"label", "screentip", "supertip"}
_OPTIONAL = {"size", "supertip"}
"""A button without them is a button all the same."""


@dataclass(frozen=True)
class Fault:
    """A text that was changed in one place: what was done to it, and what it is now."""

    name: str
    what: str
    text: str


def faults(texts: Mapping[str, str]) -> Iterator[Fault]:
    """Make each fault once, in the order of the modules and their lines."""
    for name in ours():
        for start, end, new, what in _of_module(name, texts[name]):
            line = texts[name].count("\n", 0, start) + 1
            yield Fault(name, f"{name}, line {line}: {what}", texts[name][:start] + new + texts[name][end:])
    for start, end, new, what in _of_ribbon(texts[RIBBON]):
        line = texts[RIBBON].count("\n", 0, start) + 1
        yield Fault(
            RIBBON, f"{RIBBON}, line {line}: {what}", texts[RIBBON][:start] + new + texts[RIBBON][end:]
        )


Change = tuple[int, int, str, str]
"""From where to where, what stands there instead, and what that is called."""


def _of_module(name: str, text: str) -> Iterator[Change]:
    for start, line in _lines(name, text):
        code = line.strip()
        if not code or code.startswith("'"):
            continue
        yield from _of_line(start, line)
        tokens = [found for found in _TOKEN.finditer(line) if not found[2]]
        for at, found in enumerate(tokens):
            for new, what in _of_token(line, tokens, at):
                yield start + found.start(), start + found.end(), new, what
        yield from _of_arguments(start, line)


def _lines(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Of generated modules, which say one thing over and over, the first few functions and the end."""
    start = 0
    for at, line in enumerate(text.split("\n")):
        if name not in _GENERATED or at < 16 or line == "End Sub":
            yield start, line
        start += len(line) + 1


def _of_line(start: int, line: str) -> Iterator[Change]:
    end = start + len(line)
    yield start, end, "", f"without {line.strip()!r}"
    condition = re.search(r"\bIf (.*) Then", line)
    if condition:
        yield (
            start + condition.start(1),
            start + condition.end(1),
            f"Not ({condition[1]})",
            "condition negated",
        )
    if re.search(r"\bSet \w+ = ", line):
        at = start + line.index("Set ")
        yield at, at + 4, "", "without Set"


def _of_token(line: str, tokens: list[re.Match[str]], at: int) -> Iterator[tuple[str, str]]:
    token = tokens[at][0]
    before = tokens[at - 1][0] if at else ""
    if token in _OPPOSITE:
        yield _OPPOSITE[token], f"{_OPPOSITE[token]!r} for {token!r}"
    if token in _NEARLY:
        yield _NEARLY[token], f"{_NEARLY[token]!r} for {token!r}"
    if tokens[at][1] and before != "MsgBox":  # a sentence for people
        yield f'"x{token[1:]}', f"another text than {token}"
    if tokens[at][3]:
        yield str(int(token) + 1), f"another number than {token}"
    if tokens[at][4] and token not in _IMPLIED | _UNUSED:
        yield token[:-1] + ("x" if token[-1] != "x" else "y"), f"{token!r} misspelt"
    if token not in _IMPLIED and before != "Next":  # what follows Next is for the reader
        yield "", f"without the {token!r}"


def _of_arguments(start: int, line: str) -> Iterator[Change]:
    """The first two arguments of a call take each other's place."""
    found = re.search(r"\(([\w.]+), ([\w.]+)[,)]", line)
    if found and found[1] != found[2]:
        swapped = f"{found[2]}, {found[1]}"
        yield start + found.start(1), start + found.end(2), swapped, "two arguments swapped"


def _of_ribbon(text: str) -> Iterator[Change]:
    """Everything but what people read of it."""
    for found in re.finditer(r"</?(\w+)", text):
        yield found.start(1), found.end(1), found[1] + "x", f"element {found[1]!r} misspelt"
    for found in re.finditer(r"<button[^>]*/>", text):
        yield found.start(), found.end(), "", "without a button"
        yield found.end(), found.end(), found[0], "a button twice"
    begin = text.index("<customUI")
    for found in _ATTRIBUTE.finditer(text, begin):
        yield found.start(), found.start() + len(found[1]), found[1] + "x", f"attribute {found[1]!r} misspelt"
        # Nobody refers to the id of a tab or a group.
        if found[1] not in _READ_BY_PEOPLE and not re.search(r"<(tab|group) $", text[: found.start()]):
            yield found.end() - 2, found.end() - 1, "", f"{found[0]} misspelt"
        if found[1] not in _OPTIONAL:
            yield found.start(), found.end(), "", f"without {found[0]}"
