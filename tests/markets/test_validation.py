"""Every problem of a report is told, not the first alone."""

import datetime

import pytest

from markets.catalogs.folders import BUNDLED
from markets.errors import CatalogError
from markets.facts import Report, Share, Size, Source, Subject
from markets.figures import Figure
from markets.reports import parse_report
from markets.validation import Problem, problems
from tests.conftest import CATALOG

SEED = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
ESPRESSO = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")


def report(*sizes: Size, shares: tuple[Share, ...] = (), url: str = "") -> Report:
    source = Source("A Publisher", "A Title", datetime.date(2026, 3, 1), url=url)
    return Report(source, Subject("Drones", "USD", "million"), sizes=sizes, shares=shares)


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(CatalogError) as caught:
        parse_report(text.encode(), "x.toml")
    for problem in caught.value.problems[:20]:
        assert problem.rstrip(".") in str(caught.value)
    return caught.value.problems


def test_the_bundled_reports_have_no_problems() -> None:
    assert problems(parse_report(SEED.encode(), "x")) == problems(parse_report(ESPRESSO.encode(), "x")) == []


def test_a_report_that_was_not_read_from_a_file_is_validated_too() -> None:
    bad = report(
        Size(year=1800, value=Figure("0"), at="page 1", scale="zillion"),
        shares=(Share(segment="Nothing", year=2024, value=Figure("120"), at=" "),),
        url="ftp://example.com",
    )
    assert problems(bad) == [
        Problem("shares[0].at", "must not be blank"),
        Problem("source.url", "must be a web address that starts with http:// or https://"),
        Problem("sizes[0].scale", problems(bad)[2].reason),
        Problem("shares[0].segment", '"Nothing" is not in any dimension'),
        Problem("sizes[0].year", "must be a year from 1900 to 2200"),
        Problem("sizes[0].value", "must be above zero"),
        Problem("shares[0].value", "must be from 0 to 100 percent"),
    ]


def test_all_fields_of_the_wrong_kind_are_told() -> None:
    text = SEED.replace('value = "8.6"', "value = 8.6").replace("to = 2033", 'to = "2033"')
    text = text.replace('by = "size"', 'by = "speed"', 1).replace('geography = "Global"', "geograpy = 1")
    found = problems_of(text)
    assert [problem.partition(":")[0] for problem in found] == [
        "market",
        "sizes[0].value",
        "cagrs[0].to",
        "rankings[0].by",
    ]
    assert found[2] == "cagrs[0].to: must be a whole number, not text."


def test_two_wrong_fields_of_one_fact_are_both_told() -> None:
    found = problems_of(SEED.replace('year = 2023\nvalue = "8.6"', 'year = "2023"\nvalue = "about"', 1))
    assert [problem.partition(":")[0] for problem in found] == ["sizes[0].year", "sizes[0].value"]


def test_a_long_list_is_cut_in_the_message_and_whole_in_the_problems() -> None:
    bad = "".join(f'\n[[players]]\nname = " "\nat = "p. {at}"\n' for at in range(32))
    with pytest.raises(CatalogError, match=r"; and 13 more\.$") as caught:
        parse_report((SEED + bad).encode(), "x.toml")
    assert len(caught.value.problems) == 33  # the blank names are duplicates of one another too


def test_a_fact_stated_twice_in_one_place_is_a_duplicate() -> None:
    one, elsewhere = (Size(year=2024, value=Figure("5"), at=f"page {page}") for page in (1, 2))
    assert problems(report(one, elsewhere)) == []
    assert problems(report(one, elsewhere, one)) == [Problem("sizes[2]", "duplicate of sizes[0]")]


def test_a_qualifier_and_a_scale_are_kept_as_printed() -> None:
    text = SEED.replace('value = "8.6"', 'value = "8,600"\nscale = "million"\nabout = "over"', 1)
    text = text.replace('value = "65.3"', 'value = "65.3"\nabout = "Over"', 1)
    read = parse_report(text.replace('value = "4.3"', 'value = "4.3"\nabout = "about"', 1).encode(), "x.toml")
    assert (read.sizes[0].scale, read.sizes[0].about) == ("million", "over")
    assert (read.shares[0].about, read.cagrs[0].about) == ("Over", "about")


def test_a_qualifier_is_short() -> None:
    assert problems(report(Size(year=2024, value=Figure("5"), at="page 1", about="x" * 61))) == [
        Problem("sizes[0].about", "is longer than 60 characters")
    ]


@pytest.mark.parametrize(
    "url", ["", "https://example.com/a?b=c", "http://example.com", "HTTPS://example.com"]
)
def test_a_web_address_is_taken(url: str) -> None:
    assert problems(report(url=url)) == []


@pytest.mark.parametrize(
    "url", ["example.com", "file:///etc/passwd", "javascript:alert(1)", "https://", "https://a b"]
)
def test_another_address_is_a_problem(url: str) -> None:
    assert [problem.where for problem in problems(report(url=url))] == ["source.url"]


def test_segments_that_differ_by_a_sign_are_two() -> None:
    text = ESPRESSO.replace('name = "Manual"', 'name = "<100 kW"').replace('"Manual"', '"<100 kW"')
    assert parse_report(text.encode(), "x.toml")


def test_facts_that_can_be_read_are_checked_beside_those_that_cannot() -> None:
    text = SEED.replace('year = 2023\nvalue = "8.6"', 'year = "2023"\nvalue = "8.6"', 1)
    text = text.replace('year = 2033\nvalue = "13.1"', 'year = 20330\nvalue = "13.1"', 1)
    text = text.replace('value = "65.3"', 'value = "165.3"', 1).replace('by = "growth"', 'by = "speed"', 1)
    found = problems_of(text)
    assert [problem.partition(":")[0] for problem in found] == [
        "sizes[0].year",
        "rankings[3].by",
        "sizes[1].year",
        "shares[0].value",
    ]
    assert found[1].endswith('"speed" is not one of size, growth.')
