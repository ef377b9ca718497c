"""A size's card as an entity of Excel's data types: `Excel.EntityCellValue` as JSON."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from udfs.outcome import Card, Cited

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | float

_PROVIDER: Final = "Marketbook"
_ICON: Final = "ArrowTrendingLines"
_AMOUNT: Final = "#,##0.0###"
_YEAR: Final = "0"


def entity(card: Card) -> dict[str, Json]:
    """Return the cell of a size: the card opens from its icon, and each item is a field of the cell.

    A formula gets at a field with a dot: `=A1.Size` is the number.

    >>> from udfs import market_card
    >>> found = market_card.outcome("Medical Imaging Outsourcing", 2028).card
    >>> entity(found)["text"], entity(found)["properties"]["Status"]
    ('10.6', {'type': 'String', 'basicValue': 'interpolated'})
    """
    sections = _sections(card)
    properties = {name: value for section in sections.values() for name, value in section.items()}
    layout = [
        {"layout": "List", "title": title, "properties": list(section)} for title, section in sections.items()
    ]
    title = f"{card.market}: {card.segment}" if card.segment else card.market
    return {
        "type": "Entity",
        "text": card.text,
        "properties": properties,
        "layouts": {
            "compact": {"icon": _ICON},
            "card": {"layout": "Entity", "title": title, "sections": layout},
        },
        "provider": {"description": _PROVIDER},
    }


def _sections(card: Card) -> dict[str, dict[str, Json]]:
    """The items of a card by the titles of its sections. Names of items are unique on the card."""
    one, several = card.sources[0], len(card.sources) > 1
    about = {"Market": _text(card.market)}
    if card.segment:
        about["Segment"] = _text(card.segment)
    return {
        "Size": {
            "Size": _number(card.size, _AMOUNT),
            "Unit": _text(card.unit),
            "Year": _number(card.year, _YEAR),
            "Status": _text(card.status),
            "Derivation": _text(card.derivation),
        },
        "Market": about,
        **({"Sources": dict(map(_listed, card.sources))} if several else {"Source": _source(one)}),
    }


def _source(cited: Cited) -> dict[str, Json]:
    items = {
        "Publisher": cited.publisher,
        "Date": cited.date,
        "Report": cited.title,
        "Address": cited.url,
        "Locator": cited.at,
    }
    return {name: _text(text) for name, text in items.items() if text}


def _listed(cited: Cited) -> tuple[str, Json]:
    """One of several sources, as one item: the size that it alone gives, and where it is printed."""
    return f"{cited.publisher}, {cited.date}", _text(f"{cited.size:.6g}, {cited.status}. {cited.at}")


def _text(text: str) -> Json:
    return {"type": "String", "basicValue": text}


def _number(number: float, number_format: str) -> Json:
    """A number with a format. Only the newest Excel knows one of the type Double (ExcelApi 1.19)."""
    return {"type": "FormattedNumber", "basicValue": number, "numberFormat": number_format}
