"""The form of a fact: which fields its kind has, what is in them, and what somebody has typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from markets.catalogs.statements import Kind, Statement, fact
from markets.facts import FIRST_YEAR, LAST_YEAR, Segment
from markets.figures import Figure
from markets.units import SCALES

Input = Literal["text", "year", "number", "choice", "yes", "names", "lines", "long"]


@dataclass(frozen=True)
class Field:
    """A field of a fact. `options` are the values of a choice, each with its name."""

    name: str
    label: str
    input: Input = "text"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 300


@dataclass(frozen=True)
class Filled:
    """A field with its text, and what is wrong with it."""

    field: Field
    text: str
    error: str = ""


@dataclass(frozen=True)
class Typed:
    """What somebody has typed: every field, and the fact that it makes; None if a field is wrong."""

    fields: tuple[Filled, ...]
    statement: Statement | None


class _Wrong(ValueError):
    """A text that its field cannot have."""


_FIGURE = Field("value", "Figure", hint="As it is printed, such as 8.6 or 2,068.", longest=40)
_PERCENT = Field(
    "value", "Figure, percent", hint="As it is printed, without the sign, such as 65.3.", longest=40
)
_ABOUT = Field(
    "about", "Qualifier", hint="What the source says before it, such as over or nearly.", longest=60
)
_YEAR = Field("year", "Year", "year")
_SEGMENT = Field(
    "segment", "Segment", hint="As the edition lists it. Leave it blank for the market as a whole."
)
_OF = Field("segment", "Segment", hint="As the edition lists it.")
_SCALES = (("", "As the edition"), *((scale, scale) for scale in SCALES if scale))
_PLACE = Field("at", "Place in the source", hint="Where it says so, such as line 12 or page 4.")
_WORDS = Field("words", "Words of the source", "long", longest=1000)

_FIELDS: Final[Mapping[Kind, tuple[Field, ...]]] = {
    "size": (_FIGURE, _ABOUT, Field("scale", "Scale", "choice", options=_SCALES), _YEAR, _SEGMENT),
    "cagr": (
        *(_PERCENT, _ABOUT, Field("first_year", "From year", "year"), Field("last_year", "To year", "year")),
        _SEGMENT,
    ),
    "share": (_PERCENT, _ABOUT, _YEAR, _OF),
    "ranking": (
        Field("by", "By", "choice", options=(("size", "size"), ("growth", "growth"))),
        Field("rank", "Place", "number", hint="1 is the largest or fastest."),
        *(_YEAR, _OF),
    ),
    "dimension": (
        Field("name", "Name"),
        Field("complete", "The source lists all segments", "yes"),
        Field(
            "segments", "Segments", "lines", "One a line. Other names after a bar: Tomography | CT | scan."
        ),
    ),
    "player": (Field("name", "Name"),),
    "indicator": (
        *(Field("name", "Name"), _FIGURE, _ABOUT, Field("unit", "Unit", hint="Such as % or USD trillion.")),
        *(_YEAR, Field("origin", "Citing", hint="The source that the report names for it.")),
        Field("aliases", "Other names", "names", "Separated by a bar: spending | outlay."),
    ),
}
_BAR = "|"


def filled(row: Statement) -> tuple[Filled, ...]:
    """Return the fields of a fact as they are.

    >>> row = Statement(kind="share", at="line 1", segment="CT", year=2023, value="65.3")
    >>> [one.text for one in filled(row)]
    ['65.3', '', '2023', 'CT', 'line 1', '']
    """
    return tuple(Filled(each, _text(getattr(row, each.name))) for each in _fields(row.kind))


def typed(before: Statement, form: Mapping[str, Any]) -> Typed:
    """Return what a form says that somebody has filled in; what it does not have stays as it was."""
    fields, values = [], {}
    for each in _fields(before.kind):
        text = _sent(form, each)
        try:
            values[each.name] = _value(each, text)
            fields.append(Filled(each, text))
        except _Wrong as error:
            fields.append(Filled(each, text, str(error)))
    if any(one.error for one in fields):
        return Typed(tuple(fields), None)
    row = msgspec.structs.replace(before, **values)
    try:
        fact(row)
    except ValueError as error:
        wrong = f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."
        fields[0] = Filled(fields[0].field, fields[0].text, wrong)
        return Typed(tuple(fields), None)
    return Typed(tuple(fields), row)


def compared(now: Statement | None, yours: Statement | None) -> Iterator[tuple[str, str, str, bool]]:
    """Yield each field's name, what is in it now and in yours, and whether they differ."""
    some = now or yours
    for each in _fields(some.kind) if some else ():
        texts = [_shown(each, getattr(row, each.name)) if row else "withdrawn" for row in (now, yours)]
        yield each.label, texts[0], texts[1], texts[0] != texts[1]


def _fields(kind: Kind) -> tuple[Field, ...]:
    return (*_FIELDS[kind], _PLACE, _WORDS)


def _sent(form: Mapping[str, Any], field: Field) -> str:
    sent = form.get(field.name)
    return sent.replace("\r\n", "\n").strip() if isinstance(sent, str) else ""


def _shown(field: Field, value: Any) -> str:
    if field.input == "yes":
        return "yes" if value else "no"
    return _text(value)


def _text(value: Any) -> str:
    """A value of a fact as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        if all(isinstance(each, str) for each in value):
            return f" {_BAR} ".join(value)
        return "\n".join(f" {_BAR} ".join((piece.name, *piece.aliases)) for piece in value)
    return "" if value is None else str(value)


def _value(field: Field, text: str) -> Any:
    """The value that a text means. Raises _Wrong."""
    if len(text) > field.longest and field.input != "lines":
        raise _Wrong(f"At most {field.longest} characters.")
    match field.input:
        case "year":
            return _whole(text, FIRST_YEAR, LAST_YEAR, "Enter a year such as 2028.")
        case "number":
            return _whole(text, 1, 999, "Enter a whole number from 1.")
        case "yes":
            return text == "yes"
        case "names":
            return _names(text)
        case "lines":
            return _segments(text)
        case "choice" if text not in dict(field.options):
            raise _Wrong("Choose one of the list.")
    if field.name == "value":
        return _figure(text)
    return (text or None) if field.name == "scale" else text


def _figure(text: str) -> str:
    try:
        return Figure(text).printed
    except ValueError:
        raise _Wrong("Enter the figure as it is printed, such as 8.6 or 2,068.") from None


def _whole(text: str, least: int, most: int, otherwise: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise _Wrong(otherwise)
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for each in text.split(_BAR) if (name := each.strip()))


def _segments(text: str) -> tuple[Segment, ...]:
    lines = (_names(line) for line in text.split("\n"))
    return tuple(Segment(names[0], names[1:]) for names in lines if names)
