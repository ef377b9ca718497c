"""Errors as arguments, and errors that formulas catch."""

from tests.cases.suite.expected import DIV0, NA, NAME, NULL, NUM, REF, VALUE, Expected
from tests.cases.suite.report import M

ERRORS: dict[str, Expected] = {
    "MARKET_SIZE(NA())": NA,
    f"MARKET_SIZE({M},#DIV/0!)": DIV0,
    f"MARKET_SIZE({M},2023,#REF!)": REF,
    f"MARKET_SIZE({M},2023,,#NAME?)": NAME,
    f"MARKET_SIZE({M},Inputs!C1)": NA,
    f"MARKET_SIZE({M},Inputs!C2)": DIV0,
    "MARKET_SIZE(Inputs!C2,Inputs!C1)": DIV0,
    f"MARKET_SOURCE({M},Inputs!C2)": DIV0,
    f"MARKET_STATUS({M},#VALUE!)": VALUE,
    f"SEGMENT_SHARE({M},Inputs!C1)": NA,
    f"SEGMENT_TABLE({M},Inputs!C2)": DIV0,
    f"SEGMENT_LIST({M},#NUM!)": NUM,
    "CAGR_PROJECT(8.6,Inputs!C2,10)": DIV0,
    f"MARKET_CAGR({M},,#NULL!)": NULL,
    f"MARKET_SERIES({M},,Inputs!C2)": DIV0,
    "MARKET_LIST(#REF!)": REF,
    "KEY_PLAYERS(Inputs!C2)": DIV0,
    "MARKET_CHECK(Inputs!C2)": DIV0,
    f"SOURCE_TABLE({M},Inputs!C2)": DIV0,
    f"MARKET_INDICATOR({M},Inputs!C2)": DIV0,
    'ISNA(MARKET_SIZE("nothing"))': True,
    f"ISNA(MARKET_SIZE({M},0))": False,
    f"ISERROR(MARKET_SIZE({M},0))": True,
    f'IFERROR(MARKET_SIZE({M},2040),"n/a")': "n/a",
    f'IFERROR(MARKET_SIZE({M},2033),"n/a")': 13.1,
    f'IFERROR(MARKET_SIZE({M},"words"),-1)': -1.0,
}
