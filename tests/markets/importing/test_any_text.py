"""Any text: it is read without failing, and what is kept of it can be read again."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from markets.errors import Unreadable
from markets.facts import Source
from markets.importing.drafts import draft
from markets.importing.extraction import extract
from markets.importing.plain_json import plain
from markets.importing.reading import read_stream
from markets.importing.review import findings
from markets.importing.writing import toml_text
from markets.reports import parse_report

SOURCE = Source("A Publisher", "A Title", datetime.date(2026, 3, 1))
WORDS = """
market|Market|kettle|Kettle|global|size|share|USD|US$|$|€|Rs.|5|4.2|1,234.5|12,34,567|0|-3|%|4.3%|140%|
billion|bn|million|crore|2023|2030|2024-2030|from|to|in|by|CAGR|of|at|a|the|was valued|is projected to reach|
accounted for|held|followed by|and|,|.|;|:|(|)|[|]|"|“|respectively|both|top 5|Inc.|Co., Ltd.|By Type|
By Region|Steel|Glass|Others|Europe|Asia-Pacific|largest|fastest-growing|segment|region|Key Players|include|
such as|over|about|compared with|xx|…|/|–|'s|Forecast Period
"""
FRAGMENTS = st.sampled_from([word.strip() for word in WORDS.replace("\n", "").split("|")])
LINES = st.lists(FRAGMENTS, min_size=1, max_size=25).map(" ".join)
INDENTED = st.tuples(st.sampled_from(["", "    ", "- ", "• ", "| "]), LINES).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(INDENTED | st.text(max_size=60), min_size=1, max_size=15).map("\n".join), st.booleans())
def test_whatever_is_kept_can_be_read_again(text: str, undated: bool) -> None:
    try:
        document = read_stream(text.encode("utf-8", errors="replace"), "-")
    except Unreadable:
        return
    claims = extract(document)
    for claim in claims.stated:
        assert 0 <= claim.place.block < len(document.blocks)
    if claims.subject is None:
        return
    try:
        made = draft(claims, claims.subject, SOURCE, 2023 if undated else None)
    except Unreadable:
        return
    assert parse_report(toml_text(made.report).encode(), "kept.toml") == made.report
    assert plain(claims, findings(made, None))["market"] == claims.subject.name
