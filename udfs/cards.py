"""Sizes with a card: MARKET_CARD."""

import math

from markets.answers import Answer, OfSource, Pooled, SizeAnswer, StatedSize
from markets.facts import Source
from markets.market import Market
from markets.segments import SegmentName
from markets.wording import provenance, words
from udfs.asked import Asked
from udfs.outcome import Card, Cited, Outcome
from udfs.registry import cell_function

_DIGITS = 3


@cell_function("market", "[year]", "[segment]", "[source]")
def market_card(asked: Asked) -> Outcome:
    """Returns the size of a market or segment, with a card that says where it comes from.

    In Excel with data types, the cell is an entity. Its card has the size, unit, year, status, derivation,
    publisher, date and locator. In every other program, the cell is the number that MARKET_SIZE
    returns. #N/A if there is no size. Other errors as for MARKET_SIZE.

    >>> market_card("Medical Imaging Outsourcing", 2033)
    13.1
    >>> market_card.outcome("Medical Imaging Outsourcing", 2028).card.derivation
    'constant growth from 8.6 (2023) to 13.1 (2033)'
    """
    market, segment = asked.market, asked.segment
    answer = market.size(asked.year, segment)
    unit = str(market.unit)
    return Outcome(
        answer.value,
        lambda: provenance(answer, str(answer.year), unit),
        unit,
        lambda: _card(market, segment, answer),
    )


def _card(market: Market, segment: SegmentName | None, answer: SizeAnswer) -> Card:
    given = answer.given if isinstance(answer, Pooled) else (OfSource(market.source, answer),)
    return Card(
        market=market.name,
        segment=segment.name if segment else "",
        year=answer.year,
        size=answer.value,
        text=_text(answer),
        unit=str(market.unit),
        status=str(answer.status),
        derivation=words(answer),
        sources=tuple(_cited(one.source, one.answer) for one in given),
    )


def _cited(source: Source, answer: Answer) -> Cited:
    places = dict.fromkeys(place for fact in answer.facts for place in fact.at.split("; "))
    return Cited(
        publisher=source.publisher,
        date=str(source.date),
        title=source.title,
        url=source.url,
        at="; ".join(places),
        size=answer.value,
        status=str(answer.status),
    )


def _text(answer: SizeAnswer) -> str:
    """The size as printed, or rounded to three digits, but never before the point."""
    if isinstance(answer, StatedSize) and answer.fact.ratio == 1:
        return answer.fact.value.printed
    before = math.floor(math.log10(answer.value)) + 1 if answer.value > 0 else 1
    return f"{answer.value:,.{max(0, _DIGITS - before)}f}"
