"""Reports made up for one test each, from the figures that matter to it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from markets.facts import Cagr, Dimension, Ranking, Report, Segment, Share, Size, Source, Subject
from markets.figures import Figure
from markets.market import Market


def made(
    sizes: Iterable[tuple[Any, ...]] = (),
    cagrs: Iterable[tuple[Any, ...]] = (),
    shares: Iterable[tuple[Any, ...]] = (),
    rankings: Iterable[tuple[str, str]] = (),
    *,
    dimensions: Mapping[str, tuple[str | Segment, ...]] | None = None,
    complete: bool = True,
    published: int = 2024,
    base_year: int | None = None,
    name: str = "M",
    geography: str = "Global",
    publisher: str = "P",
    currency: str = "USD",
    scale: str = "million",
) -> Report:
    """Sizes are (year, figure[, segment, about, scale]), CAGRs (figure[, first, last, segment, about]),
    shares (segment, year, figure[, about]), rankings (segment, by)."""
    return Report(
        source=Source(publisher, "T", datetime.date(published, 6, 1)),
        market=Subject(name, currency, scale, geography, base_year=base_year),
        sizes=tuple(_size(*row) for row in sizes),
        cagrs=tuple(_cagr(*row) for row in cagrs),
        shares=tuple(_share(*row) for row in shares),
        rankings=tuple(Ranking(segment=segment, by=by, at="r") for segment, by in rankings),  # type: ignore[arg-type]
        dimensions=tuple(
            Dimension(name=way, segments=tuple(map(_segment, segments)), complete=complete, at="d")
            for way, segments in (dimensions or {}).items()
        ),
    )


def market(*figures: Any, **more: Any) -> Market:
    return Market(made(*figures, **more))


def _segment(name: str | Segment) -> Segment:
    return Segment(name) if isinstance(name, str) else name


def _size(year: int, value: str, segment: str = "", about: str = "", scale: str | None = None) -> Size:
    return Size(year=year, value=Figure(value), segment=segment, about=about, scale=scale, at=f"s{year}")


def _cagr(
    value: str, first: int | None = None, last: int | None = None, segment: str = "", about: str = ""
) -> Cagr:
    return Cagr(value=Figure(value), first=first, last=last, segment=segment, about=about, at="g")


def _share(segment: str, year: int, value: str, about: str = "") -> Share:
    return Share(segment=segment, year=year, value=Figure(value), about=about, at="h")
