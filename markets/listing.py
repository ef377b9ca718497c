"""Every fact of a report as one plain row, for people to read."""

from dataclasses import dataclass

from markets.facts import Report

_ORDINALS = {1: "", 2: "second ", 3: "third "}


@dataclass(frozen=True)
class Row:
    """A fact in words: its kind, what it is about, its year or years, the figure as printed, locator."""

    kind: str
    about: str
    years: str
    stated: str
    at: str


def fact_rows(report: Report) -> list[Row]:
    """Return every fact of a report, kind by kind, in the report's order."""
    market = report.market
    unit = f"{market.currency} {market.scale}".strip()
    rows = [
        Row("size", fact.segment or market.name, str(fact.year), f"{unit} {fact.value.printed}", fact.at)
        for fact in report.sizes
    ]
    rows += [
        Row(
            "CAGR",
            fact.segment or market.name,
            _window(fact.first, fact.last),
            f"{fact.value.printed}%",
            fact.at,
        )
        for fact in report.cagrs
    ]
    rows += [
        Row("share", fact.segment, str(fact.year), f"{fact.value.printed}%", fact.at)
        for fact in report.shares
    ]
    rows += [
        Row("ranking", fact.segment, str(fact.year or ""), _place(fact.by, fact.place), fact.at)
        for fact in report.rankings
    ]
    for dimension in report.dimensions:
        listed = "complete list" if dimension.complete else "named in passing"
        rows += [
            Row("segment", f"{dimension.name}/{segment.name}", "", listed, dimension.at)
            for segment in dimension.segments
        ]
    rows += [
        Row(
            "indicator",
            fact.name,
            str(fact.year or ""),
            _measured(fact.about, fact.value.printed, fact.unit),
            f"{fact.at}, citing {fact.origin}" if fact.origin else fact.at,
        )
        for fact in report.indicators
    ]
    rows += [Row("player", fact.name, "", "named", fact.at) for fact in report.players]
    return rows


def _window(first: int | None, last: int | None) -> str:
    return f"{first or ''}-{last or ''}" if first or last else "forecast period"


def _place(by: str, place: int) -> str:
    word = "largest" if by == "size" else "fastest"
    return f"{_ORDINALS.get(place, f'no. {place} ')}{word}"


def _measured(about: str, printed: str, unit: str) -> str:
    figure = (
        f"{printed}%" if unit == "%" else f"{unit} {printed}" if unit[:3].isupper() else f"{printed} {unit}"
    )
    return f"{about} {figure}".strip()
