"""The review: each fact against the earlier edition, and what is unsure."""

import datetime

from markets.facts import Cagr, Report, Size, Source, Subject
from markets.figures import Figure
from markets.importing.claim_rows import row_of
from markets.importing.claims import CagrClaim, PlayerClaim, RankingClaim, ShareClaim, SizeClaim
from markets.importing.documents import Place
from markets.importing.drafts import Draft, Unsure
from markets.importing.review import State, findings
from markets.market import Market

HERE = {"place": Place(0, 0, 9), "words": "the words"}


def report(year: int, **sizes: str) -> Report:
    facts = tuple(Size(at="a", year=int(at[1:]), value=Figure(value)) for at, value in sizes.items())
    source = Source("P", "T", datetime.date(year, 1, 1))
    return Report(
        source, Subject("Drones", "USD", "billion"), sizes=facts, cagrs=(Cagr(at="a", value=Figure("4.3")),)
    )


def test_facts_are_new_without_an_earlier_edition() -> None:
    found = findings(Draft(report(2026, y2023="8.6"), ()), None)
    assert [(one.state, one.row.kind, one.row.years) for one in found] == [
        (State.NEW, "size", "2023"),
        (State.NEW, "CAGR", "forecast period"),
    ]


def test_a_figure_that_differs_from_the_earlier_edition_shows_both() -> None:
    earlier = Market(report(2025, y2023="8.4", y2030="12"))
    found = findings(Draft(report(2026, y2023="8.6", y2030="12", y2033="13.1"), ()), earlier)
    states = {one.row.years: (one.state, one.remark) for one in found}
    assert states["2023"] == (State.CHANGED, "USD 8.4 billion in the edition of 2025-01-01")
    assert states["2030"][0] is State.SAME
    assert states["2033"][0] is State.NEW


def test_an_unsure_claim_of_every_kind_has_its_reason_and_words() -> None:
    claims = (
        SizeClaim(**HERE, value="8.6", currency="USD", scale="billion", year=None, about="over"),
        CagrClaim(**HERE, value="4.3", last=2030, scope="Europe"),
        ShareClaim(**HERE, value="40", names=("Europe", "Asia"), about="about"),
        RankingClaim(**HERE, name="Europe", by="growth", rank=2),
        PlayerClaim(**HERE, name="Acme"),
    )
    found = findings(Draft(report(2026), tuple(Unsure(row_of(claim), "Because.") for claim in claims)), None)
    unsure = [one for one in found if one.state is State.UNSURE]
    assert [(one.row.kind, one.row.about, one.row.years, one.row.stated) for one in unsure] == [
        ("size", "", "", "over USD 8.6 billion"),
        ("CAGR", "Europe", "to 2030", "4.3%"),
        ("share", "Europe + Asia", "", "about 40%"),
        ("ranking", "Europe", "", "no. 2 by growth"),
        ("player", "Acme", "", "named"),
    ]
    assert {(one.remark, one.row.words) for one in unsure} == {("Because.", "the words")}
