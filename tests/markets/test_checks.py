from markets.checks import Verdict, checks
from markets.market import Market
from markets.reports import parse_report


def verdicts(market: Market) -> dict[str, Verdict]:
    return {check.what: check.verdict for check in checks(market)}


def test_the_first_report_agrees_with_itself(seed: Market) -> None:
    found = verdicts(seed)
    assert (
        found["Medical Imaging Outsourcing: CAGR 2024-2033 and the sizes in 2023 and 2033"] is Verdict.AGREES
    )
    north_america = [verdict for what, verdict in found.items() if what.startswith("North America: largest")]
    assert north_america == [Verdict.UNDECIDED]  # 56.4 % are left, which one region could hold
    assert set(found.values()) == {Verdict.AGREES, Verdict.UNDECIDED}


def test_a_size_that_its_share_does_not_give_differs(second: Market) -> None:
    found = verdicts(second)
    assert found["Automatic: size in 2024 and share of the market"] is Verdict.DIFFERS  # 310, not 300
    assert found["Type: shares stated for 2024 total 100%"] is Verdict.AGREES
    assert (
        found["Italy: largest of Geography in 2024, compared with the most that another can have"]
        is Verdict.AGREES
    )


def test_rounding_is_allowed_for_and_a_contradiction_is_not() -> None:
    text = """
    [source]
    publisher = "P"
    title = "T"
    date = 2026-01-01
    [market]
    name = "M"
    currency = "USD"
    scale = "million"
    sizes = []
    """.replace("sizes = []\n", "")
    sizes = "".join(
        f'[[sizes]]\nyear = {year}\nvalue = "{value}"\nat = "a"\n'
        for year, value in ((2020, "100"), (2020, "100.4"), (2030, "200"), (2030, "230"))
    )
    found = verdicts(Market(parse_report((text + sizes).encode(), "m.toml")))
    assert found == {"M: size in 2030, stated twice": Verdict.CONTRADICTS}
    cagrs = "".join(
        f'[[cagrs]]\nvalue = "{value}"\nfrom = 2020\nto = 2025\nat = "a"\n' for value in ("5", "9")
    )
    found = verdicts(Market(parse_report((text + cagrs).encode(), "m.toml")))
    assert found == {"M: CAGR 2020-2025, stated twice": Verdict.CONTRADICTS}
