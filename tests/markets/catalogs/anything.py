"""Reports made by hypothesis: every kind of fact, with any text that a report can have."""

import datetime
from typing import Any

from hypothesis import strategies as st

from markets.facts import (
    Cagr,
    Dimension,
    Indicator,
    Player,
    Ranking,
    Report,
    Segment,
    Share,
    Size,
    Source,
    Subject,
)
from markets.figures import Figure
from markets.names import name_key
from markets.units import SCALES
from markets.validation import problems

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=30)
NAME = TEXT.filter(lambda text: bool(text.strip()))
NAMES = st.lists(NAME, max_size=3, unique_by=name_key)
YEAR = st.integers(1900, 2200)
PERCENT = st.decimals(0, 100, places=2).map(lambda number: Figure(str(number)))
NUMBER = st.one_of(
    st.decimals("0.01", "99999", places=2).map(lambda number: Figure(str(number))),
    st.sampled_from(["2,068", "12,34,567.50", "0.000000000001", "999999999999999"]).map(Figure),
)
ANY_NUMBER = NUMBER | st.sampled_from(["−3.4", "-2", "0"]).map(Figure)


@st.composite
def reports(draw: st.DrawFn, market: str = "M", publisher: str = "P") -> Report:
    """A valid report of that market, of one publisher and one day."""
    day = datetime.date(2024, 6, 1)
    source = Source(
        publisher, draw(NAME), day, draw(TEXT), draw(st.sampled_from(["", "https://a.b/c?d=%27"]))
    )
    subject = Subject(
        market, "USD", draw(st.sampled_from([*SCALES])), "Global", tuple(draw(NAMES)), draw(st.none() | YEAR)
    )
    dimensions = draw(st.lists(_dimension(), max_size=2, unique_by=lambda one: name_key(one.name)))
    named = [f"{way.name}/{piece.name}" for way in dimensions for piece in way.segments]
    report = Report(source, subject, dimensions=tuple(dimensions), **draw(_tables(named)))
    return draw(st.just(report).filter(lambda one: not problems(one)))


@st.composite
def _dimension(draw: st.DrawFn) -> Dimension:
    names = draw(
        st.lists(NAME.filter(lambda name: "/" not in name), min_size=1, max_size=6, unique_by=name_key)
    )
    way, *pieces = names
    segments = [Segment(piece, (f"alias of {piece}",) * draw(st.integers(0, 1))) for piece in pieces]
    return Dimension(
        name=way, segments=tuple(segments), complete=draw(st.booleans()), at=draw(NAME), words=draw(TEXT)
    )


def _tables(named: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    place: dict[str, Any] = {"at": NAME, "words": TEXT}
    printed: dict[str, Any] = {**place, "about": st.just("over") | TEXT}
    piece = st.sampled_from(["", *named])
    tables: dict[str, Any] = {
        "sizes": st.builds(
            Size, value=NUMBER, year=YEAR, segment=piece, scale=st.sampled_from([None, *SCALES]), **printed
        ),
        "cagrs": st.builds(
            Cagr,
            value=PERCENT,
            segment=piece,
            first=st.none() | st.integers(1900, 2000),
            last=st.none() | st.integers(2001, 2200),
            **printed,
        ),
        "players": st.builds(Player, name=NAME, **place),
        "indicators": st.builds(
            Indicator,
            value=ANY_NUMBER,
            name=NAME,
            unit=NAME,
            year=st.none() | YEAR,
            aliases=NAMES.map(tuple),
            origin=TEXT,
            **printed,
        ),
    }
    if named:
        own = st.sampled_from(named)
        tables["shares"] = st.builds(Share, value=PERCENT, segment=own, year=YEAR, **printed)
        tables["rankings"] = st.builds(
            Ranking,
            segment=own,
            by=st.sampled_from(["size", "growth"]),
            place=st.integers(1, 9),
            year=st.none() | YEAR,
            **place,
        )
    unique = {"players": lambda one: name_key(one.name)}
    return st.fixed_dictionaries(
        {
            table: st.lists(facts, max_size=4, unique_by=unique.get(table, lambda one: one)).map(tuple)
            for table, facts in tables.items()
        }
    )
