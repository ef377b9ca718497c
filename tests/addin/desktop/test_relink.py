import pytest

from addin.desktop.relink import relinked


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (r"'C:\Users\A b\XLSTART\marketbook.xlam'!MARKET_SIZE(A1)", "MARKET_SIZE(A1)"),
        (r"'C:\x\[marketbook.xlam]'!market_size(A1)", "market_size(A1)"),
        ("'https://firm.example/x/marketbook.xlam'!KEY_PLAYERS(A1)", "KEY_PLAYERS(A1)"),
        ("'marketbook.xlam'!KEY_PLAYERS(A1)", "KEY_PLAYERS(A1)"),
        ("IFERROR(marketbook.xlam!MARKET_CAGR(A1),0)", "IFERROR(MARKET_CAGR(A1),0)"),
        ("[1]!MARKET_SIZE(A1)*[1]!SEGMENT_SHARE(A1,A2)", "MARKET_SIZE(A1)*SEGMENT_SHARE(A1,A2)"),
    ],
)
def test_our_functions_lose_the_file(formula, plain):
    assert relinked(formula, links=[1]) == plain
    assert relinked(plain, links=[1]) == plain


@pytest.mark.parametrize(
    "formula",
    [
        '"see marketbook.xlam!MARKET_SIZE"&A1',
        "\"it's \"&'C:\\x\\other.xlam'!MARKET_SIZE(A1)",
        "'C:\\x\\marketbook.xlam'!MARKET_SIZES(A1)",
        "[2]!MARKET_SIZE(A1)",
        "[1]Sheet1!A1",
        "'my marketbook.xlam!MARKET_SIZE'!A1",
        "'[1]!MARKET_SIZE'!A1",
        "mymarketbook.xlam!MARKET_SIZE(A1)",
    ],
)
def test_everything_else_stays(formula):
    assert relinked(formula, links=[1]) == formula
