"""Drafts: what becomes a fact of the report, and what does not, with the reason."""

import datetime

import pytest

from markets.errors import Unreadable
from markets.facts import Source
from markets.importing.claims import (
    CagrClaim,
    Claims,
    PlayerClaim,
    RankingClaim,
    SegmentsClaim,
    ShareClaim,
    SizeClaim,
    SubjectClaim,
)
from markets.importing.documents import Place
from markets.importing.drafts import Draft, draft

SOURCE = Source("A Publisher", "Drones to 2030", datetime.date(2026, 3, 1))
HERE = {"place": Place(0, 4, 20), "words": "as the text says"}
DRONES = SubjectClaim(**HERE, name="Drones")
TYPES = SegmentsClaim(**HERE, dimension="Type", names=("Fixed Wing", "Vertical Take-Off (VTOL)", "Others"))


def size(value: str = "8.6", year: int | None = 2023, **other: str) -> SizeClaim:
    unit = {"currency": "USD", "scale": "billion"}
    return SizeClaim(**HERE, value=value, year=year, **{**unit, **other})  # type: ignore[arg-type]


def share(*names: str, value: str = "40", year: int | None = 2023, dimension: str = "") -> ShareClaim:
    return ShareClaim(**HERE, value=value, names=names, year=year, dimension=dimension)


def made(undated: int | None = None, **claims: tuple[object, ...]) -> Draft:
    return draft(Claims(**claims), DRONES, SOURCE, undated)  # type: ignore[arg-type]


def reasons(drafted: Draft) -> list[str]:
    return [one.reason for one in drafted.unsure]


def test_a_size_becomes_a_fact_with_its_place_and_words() -> None:
    (fact,) = made(sizes=(size(about="over"),)).report.sizes
    assert (fact.value.printed, fact.year, fact.about, fact.scale) == ("8.6", 2023, "over", None)
    assert (fact.at, fact.words) == ("paragraph 1, characters 5-20", "as the text says")


def test_the_unit_of_most_sizes_is_the_unit_of_the_report() -> None:
    drafted = made(sizes=(size("860", scale="million"), size("9.1", 2024), size("13.1", 2033)))
    assert str(drafted.report.market.unit) == "USD billion"
    assert [fact.scale for fact in drafted.report.sizes] == ["million", None, None]


def test_a_size_in_another_currency_or_without_a_year_is_unsure() -> None:
    drafted = made(sizes=(size(), size("13.1", 2033), size("7", 2024, currency="EUR"), size("7", None)))
    assert [fact.year for fact in drafted.report.sizes] == [2023, 2033]
    assert reasons(drafted) == [
        "The text states no year for it.",
        "It is in EUR, and the other sizes are in USD.",
    ]


def test_a_doubt_keeps_a_claim_out_of_the_report() -> None:
    doubtful = CagrClaim(**HERE, value="4.3", doubt="Another estimate says 5%")
    drafted = made(cagrs=(doubtful,))
    assert drafted.report.cagrs == ()
    assert reasons(drafted) == ["Another estimate says 5%."]


@pytest.mark.parametrize(
    "name", ["Fixed Wing", "fixed-wing segment", "VTOL", "Vertical Take-off", "Fixed wings", "Other"]
)
def test_a_segment_is_found_by_its_plain_name_acronym_and_number(name: str) -> None:
    drafted = made(segments=(TYPES,), shares=(share(name),))
    assert len(drafted.report.shares) == 1, reasons(drafted)
    assert drafted.report.shares[0].segment in TYPES.names


def test_a_name_that_no_list_has_is_unsure_unless_the_sentence_gives_its_dimension() -> None:
    drafted = made(segments=(TYPES,), shares=(share("Balloons"), share("Farming", dimension="Application")))
    assert reasons(drafted) == ['The text lists no segment called "Balloons".']
    assert [fact.segment for fact in drafted.report.shares] == ["Farming"]
    added = drafted.report.dimensions[-1]
    assert (added.name, added.complete) == ("Application", False)


def test_a_complete_list_is_not_added_to() -> None:
    drafted = made(segments=(TYPES,), shares=(share("Balloons", dimension="Type"),))
    assert drafted.report.shares == ()
    assert len(drafted.report.dimensions[0].segments) == 3


def test_a_country_beside_a_list_of_regions_has_a_dimension_of_its_own() -> None:
    regions = SegmentsClaim(**HERE, dimension="Region", names=("Europe", "Asia"))
    drafted = made(segments=(regions,), shares=(share("Japan"), share("Europe")))
    assert [dimension.name for dimension in drafted.report.dimensions] == ["Region", "Country"]


def test_one_name_in_two_dimensions_is_spelled_with_its_dimension() -> None:
    uses = SegmentsClaim(**HERE, dimension="Use", names=("Others", "Farming"))
    claims = (share("Others", dimension="Use"), share("Others"))
    drafted = made(segments=(TYPES, uses), shares=claims)
    assert [fact.segment for fact in drafted.report.shares] == ["Use/Others"]
    assert reasons(drafted) == ['The text lists no segment called "Others".']


def test_a_share_that_segments_have_together_is_a_combined_one_of_each() -> None:
    shares = made(shares=(share("Europe", "Asia", value="55"),)).report.shares
    stated = [(fact.segment, fact.value.printed, fact.about, fact.is_together) for fact in shares]
    assert stated == [("Europe", "55", "combined", True), ("Asia", "55", "combined", True)]


def test_shares_of_unlisted_names_together_and_of_a_group_are_context_figures() -> None:
    claims = (share("Pots", "Pans", value="55"), share("top 5", dimension="Company", year=None))
    names = [(fact.name, fact.value.printed, fact.year) for fact in made(shares=claims).report.indicators]
    assert names == [("Share of Pots and Pans together", "55", 2023), ("Share of top 5", "40", None)]


def test_a_share_without_a_year_takes_only_the_year_that_the_user_gives() -> None:
    claims = (share("Fixed Wing", year=None),)
    assert reasons(made(segments=(TYPES,), shares=claims)) == ["The text states no year for it."]
    assert made(2025, segments=(TYPES,), shares=claims).report.shares[0].year == 2025


def test_what_validation_refuses_is_unsure_and_the_rest_stays() -> None:
    impossible = (share("Fixed Wing", value="140"), share("VTOL"))
    growth = (CagrClaim(**HERE, value="4", first=2030, last=2024), CagrClaim(**HERE, value="4.3"))
    drafted = made(segments=(TYPES,), shares=impossible, cagrs=growth, sizes=(size("0"), size("x")))
    assert len(drafted.report.shares) == len(drafted.report.cagrs) == 1
    assert drafted.report.sizes == ()
    assert sorted(reasons(drafted)) == [
        '"x" is not a figure as printed, such as "8.6" or "2,068".',
        "Its to must be after 2030, not 2024.",
        "Its value must be above zero.",
        "Its value must be from 0 to 100 percent.",
    ]


def test_rankings_and_players_become_facts() -> None:
    first = RankingClaim(**HERE, name="Fixed Wing", by="growth")
    drafted = made(
        segments=(TYPES,), rankings=(first,), players=(PlayerClaim(**HERE, name="Acme Co., Ltd."),)
    )
    assert (drafted.report.rankings[0].by, drafted.report.players[0].name) == ("growth", "Acme Co., Ltd.")


def test_a_player_twice_is_one_and_an_acronym_is_the_alias_of_one_segment() -> None:
    twice = tuple(PlayerClaim(**HERE, name=name) for name in ("Acme Inc.", "Beta", "ACME Inc"))
    types = SegmentsClaim(**HERE, dimension="Type/Kind", names=("Vertical (VTOL)", "VTOL", "Vertical"))
    drafted = made(players=twice, segments=(types,))
    assert [player.name for player in drafted.report.players] == ["Acme Inc.", "Beta"]
    assert drafted.report.dimensions[0].name == "Type or Kind"
    assert [segment.aliases for segment in drafted.report.dimensions[0].segments] == [(), (), ()]


def test_a_report_that_is_wrong_as_a_whole_is_refused() -> None:
    with pytest.raises(Unreadable, match="url"):
        draft(Claims(sizes=(size(),)), DRONES, Source("P", "T", datetime.date(2026, 3, 1), url="ftp://x"))
