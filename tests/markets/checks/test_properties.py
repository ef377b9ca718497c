"""A report made from one path is consistent whatever its rounding, and each fault put in is noticed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from markets.checks import checks
from markets.market import Market
from markets.verdicts import Check, Level
from tests.markets.made import market

FIRST, LAST = 2024, 2032


@dataclass(frozen=True)
class Made:
    """A market that grows at one rate, and segments that split it and keep or change their shares.

    `parts` are the sizes of the segments in the first and in the last year, in any unit.
    """

    base: float
    parts: tuple[tuple[float, float], ...]
    decimals: int
    from_base_year: bool

    @property
    def growth(self) -> float:
        return sum(last for _, last in self.parts) / sum(first for first, _ in self.parts)

    def market(self, change: Callable[["Figures"], "Figures"] = lambda figures: figures) -> Market:
        figures = change(self.figures())
        window = (FIRST + self.from_base_year, LAST)
        rates = [(rate, *window, *([f"S{at - 1}"] if at else [])) for at, rate in enumerate(figures.rates)]
        names = tuple(f"S{at}" for at in range(len(self.parts)))
        shares = [(name, FIRST, share) for name, share in zip(names, figures.shares, strict=True)]
        fastest = max(range(len(names)), key=lambda at: self.parts[at][1] / self.parts[at][0])
        largest = max(range(len(names)), key=lambda at: self.parts[at][0])
        ranked = [(names[fastest], "growth"), (names[largest], "size")]
        return market(figures.sizes, rates, shares, ranked, dimensions={"Type": names})

    def figures(self) -> "Figures":
        whole = [sum(part[at] for part in self.parts) for at in (0, 1)]
        sizes = [(FIRST, self.base), (LAST, self.base * self.growth)]
        rates = [self.growth, *(last / first for first, last in self.parts)]
        return Figures(
            sizes=[(year, printed(size, self.decimals)) for year, size in sizes],
            rates=[printed(100 * (ratio ** (1 / (LAST - FIRST)) - 1), 1) for ratio in rates],
            shares=[printed(100 * first / whole[0], 1) for first, _ in self.parts],
        )


@dataclass(frozen=True)
class Figures:
    sizes: list[tuple[int, str]]
    rates: list[str]
    shares: list[str]


def printed(number: float, decimals: int) -> str:
    text = str(Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text if Decimal(text) else text.lstrip("-")


PARTS = st.lists(
    st.tuples(st.floats(0.2, 1.0), st.floats(0.7, 9.0)).map(lambda part: (part[0], part[0] * part[1])),
    min_size=2,
    max_size=5,
).map(tuple)
REPORTS = st.builds(Made, st.floats(100, 10_000), PARTS, st.integers(0, 2), st.booleans())


def alarms(asked: Market) -> list[Check]:
    return [check for check in checks(asked) if check.level in (Level.WARNING, Level.ERROR)]


@given(REPORTS)
def test_a_consistent_report_gives_no_warning(report: Made) -> None:
    assert not alarms(report.market())


@given(REPORTS, st.sampled_from([0, 1]))
def test_a_size_a_thousand_times_too_large_is_noticed(report: Made, at: int) -> None:
    def slipped(figures: Figures) -> Figures:
        sizes = list(figures.sizes)
        sizes[at] = (sizes[at][0], printed(1000 * float(sizes[at][1]), 0))
        return replace(figures, sizes=sizes)

    asked = report.market(slipped)
    assert any("unit of the size" in check.what for check in alarms(asked))


@given(REPORTS.filter(lambda report: abs(float(report.figures().rates[0])) >= 1), st.data())
def test_a_rate_with_the_other_sign_is_noticed(report: Made, data: st.DataObject) -> None:
    def turned(figures: Figures) -> Figures:
        return replace(figures, rates=[printed(-float(figures.rates[0]), 1), *figures.rates[1:]])

    assert any(", which " in check.what for check in alarms(report.market(turned)))


@given(REPORTS, st.data())
def test_a_share_fifty_points_too_high_is_noticed(report: Made, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, s in enumerate(report.figures().shares) if float(s) <= 50]))

    def raised(figures: Figures) -> Figures:
        shares = list(figures.shares)
        shares[at] = printed(float(shares[at]) + 50, 1)
        return replace(figures, shares=shares)

    assert any(check.what.startswith("Type: total of the shares") for check in alarms(report.market(raised)))
