"""Importing texts, compared with only finding their words."""

import datetime
import re
import time
from collections.abc import Callable

from markets.facts import Source
from markets.importing.drafts import draft
from markets.importing.extraction import extract
from markets.importing.reading import read_stream

_TEXTS = 100
_LENGTH = 10_000
_LIMIT = 100.0
_SOURCE = Source("Meadow Research", "Kettles", datetime.date(2026, 3, 3))
_HEAD = """\
Garden Kettle Market No. {number} to Reach USD 4.2 Billion by 2032 | Meadow Research
The global garden kettle market was valued at USD 1.9 billion in 2024 and is projected to reach \
USD 4.2 billion by 2032, at a CAGR of 10.4% from 2024 to 2032. Copper kettles held a share of 61.5% \
in 2024, followed by steel with 22%.
Market by Material
    Copper
    Steel
    Others
Key Companies
    Acme Kettles Inc.
    Beta Pots Co., Ltd.
    Gamma Boilers GmbH
"""
_BODY = """\
Gardeners in {place} use more kettles each year, because tea in the open air has become a habit of many \
households. Makers invest in handles that stay cool, and sell through shops as well as over the internet.
{place} is expected to grow at a CAGR of {rate}% during the forecast period. Its government supports the \
trade with programs for craftsmen, and 35% of the visitors of fairs say that they would buy a second kettle.
The market is driven by longer summers, the price of copper, and new designs. Rising costs of transport and \
rules for materials that touch food hold it back, according to people who know the industry.
"""
_PLACES = ("North America", "Europe", "Asia-Pacific", "South America", "Africa")


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and figures in words: importing, as far as the review shows it."""
    texts = [_text(number) for number in range(_TEXTS)]
    _reviewed(_text(-1))  # compiles the patterns
    words = _seconds(lambda text: re.findall(r"\w+", text), texts)
    reviewed = _seconds(_reviewed, texts)
    per_thousand = 1000 / _TEXTS
    detail = f"{reviewed * per_thousand:.1f} s for 1,000 texts, against {words * per_thousand:.2f} s"
    return [
        (f"import of texts of {_LENGTH:,} characters / finding their words", reviewed / words, _LIMIT, detail)
    ]


def _text(number: int) -> str:
    parts = [_HEAD.format(number=number)]
    while sum(map(len, parts)) < _LENGTH:
        count = len(parts)
        parts.append(_BODY.format(place=_PLACES[count % len(_PLACES)], rate=f"{count}.{abs(number)}"))
    return "".join(parts)[:_LENGTH]


def _reviewed(text: str) -> None:
    claims = extract(read_stream(text.encode(), "-"))
    assert claims.subject is not None
    assert len(draft(claims, claims.subject, _SOURCE).report.sizes) == 2


def _seconds(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start
