"""The grammar of quantities: money, percentages, years and windows of years, found in a sentence.

    money       "USD 8.6 billion", "US$ 2,068 Mn", "16.87 billion US dollars", "Rs. 12,450 crore", "$128.5B"
    percentage  "4.3%", "4.3 percent", "-0.4 %", "per cent"
    window      "2024-2033", "from 2024 to 2033", "between 2024 and 2033", "2023-30"
    year        "2023", "FY 2023", "2023E"

What stands inside a longer number is none: "2022.13 million" has no year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from markets.facts import FIRST_YEAR, LAST_YEAR

_REMEMBERED = 1024
"""Sentences: several rules read the same one after another."""

_DIGIT = re.compile(r"\d")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:\.\d+)?"
_SIGNS = {
    "USD": r"US\s?\$|USD\s?\$?|U\.S\.\s?\$|US\sdollars?|\$",
    "EUR": r"EUR|€",
    "GBP": r"GBP|Â?£",
    "INR": r"INR|Rs\.?|₹",
    "CNY": r"CNY|RMB|CN¥",
    "JPY": r"JPY|¥",
    "KRW": r"KRW|₩",
    "AUD": r"AUD|AU\$|A\$",
    "CAD": r"CAD|CA\$|C\$",
    "CHF": r"CHF",
    "BRL": r"BRL|R\$",
    "SGD": r"SGD|S\$",
    "HKD": r"HKD|HK\$",
    "TWD": r"TWD|NT\$",
}
"""What stands before an amount."""

_WORDS = {
    **_SIGNS,
    "USD": r"USD|US\$|(?:U\.?S\.?\s?)?dollars?",
    "EUR": r"EUR|€|euros?",
    "GBP": r"GBP|£|(?:British\s)?pounds?(?:\ssterling)?",
    "INR": r"INR|(?:Indian\s)?rupees?",
    "CNY": r"CNY|RMB|yuan|renminbi",
    "JPY": r"JPY|yen",
    "KRW": r"KRW|won",
}
"""What stands behind one."""

_CURRENCY_STEMS = (
    *(
        "$",
        "€",
        "£",
        "¥",
        "₹",
        "₩",
        "dollar",
        "euro",
        "pound",
        "rupee",
        "yuan",
        "renminbi",
        "yen",
        "won",
        "rs",
    ),
    *(
        "usd",
        "eur",
        "gbp",
        "inr",
        "cny",
        "rmb",
        "jpy",
        "krw",
        "aud",
        "cad",
        "chf",
        "brl",
        "sgd",
        "hkd",
        "twd",
    ),
)
"""One of these is in every amount. Looking for them takes far less time than a pattern."""

_SCALES = {
    "trillion": r"trillions?|trn|tn",
    "billion": r"billions?|bln|bil\.?|bn|b",
    "million": r"millions?|mln|mio|mil\.?|mn|mm|m",
    "lakh crore": r"(?:lakh|lac)s?\s?(?:crores?|cr)",
    "crore": r"crores?|crs?",
    "lakh": r"lakhs?|lacs?",
    "thousand": r"thousands?|k",
}


def _any_of(names: dict[str, str], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{at}>{pattern})" for at, pattern in enumerate(names.values()))


_SCALE = rf"(?:{_any_of(_SCALES, 's')})(?![\w$])\.?"
_SIGN, _WORD = (rf"(?:{_any_of(names, 'c')})" for names in (_SIGNS, _WORDS))
_YEAR = r"(?:19|20|21)\d{2}"
_START, _STOP = r"(?<![\w.,])", r"(?![\d,]*\d)"
_MONEY = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d\s)(?<!\w){_SCALE}\s{_SIGN}\s?(?P<number>{_NUMBER}){_STOP}",
        rf"{_START}{_SIGN}\s?(?P<number>{_NUMBER}){_STOP}(?:[\s-]{{0,2}}{_SCALE})?(?:\s?(?:USD|US\$))?",
        rf"{_START}(?!{_YEAR}[\s(])(?P<number>{_NUMBER})\s?\(?\s?{_SIGN}\s?{_SCALE}(?:\s?\))?",
        rf"(?<![\w.,$€£¥₹])(?P<number>{_NUMBER})[\s-]?{_SCALE}\s?(?:of\s)?\(?{_WORD}(?!\w)",
    )
]
_SECOND_OF_TWO = re.compile(r"\s?(?:-|–|—|to|and)\s?", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–]\s?)?(?P<number>{_NUMBER})\s?(?:%|per\s?cent\b|percent(?!age\spoint)\b|pct\b)",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    rf"(?<![\w.,])(?:(?:from|between|period|of|over|during|in|FY)\s?)?"
    rf"(?:FY\s?)?(?P<first>{_YEAR})[EF]?\s?(?:[-–—−~]|to|through|till|until|and)\s?"
    rf"(?:FY\s?)?(?P<last>{_YEAR}|(?<=[-–—−])\d{{2}}(?!\d))[EF]?(?![\w.,]*\d)",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(rf"(?<![\w.,/-])(?:FY\s?|CY\s?)?(?P<year>{_YEAR})[AEFP]?(?![\d%])(?!,\d{{3}})(?!\.\d)")


@dataclass(frozen=True)
class Span:
    """Where a quantity stands in its sentence: characters `start` to `end` (not included)."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Return whether both share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Money(Span):
    """An amount: the figure as printed, a currency code and a scale, blank if none is printed."""

    value: str
    currency: str
    scale: str


@dataclass(frozen=True)
class Percentage(Span):
    """A percentage: the figure as printed, with a minus sign if it has one."""

    value: str


@dataclass(frozen=True)
class Window(Span):
    """A period of years, the first before the last."""

    first: int
    last: int


@dataclass(frozen=True)
class Year(Span):
    """One year."""

    year: int


def money(text: str) -> list[Money]:
    """Return the amounts of money in a sentence, in its order.

    >>> [(m.value, m.currency, m.scale) for m in money("US$ 2,068 Mn, and $4 to $5 bn")]
    [('2,068', 'USD', 'million'), ('4', 'USD', 'billion'), ('5', 'USD', 'billion')]
    """
    return list(_money(text))


@lru_cache(maxsize=_REMEMBERED)
def _money(text: str) -> tuple[Money, ...]:
    said = text.lower()
    if not any(stem in said for stem in _CURRENCY_STEMS) or not _DIGIT.search(text):
        return ()
    found: list[Money] = []
    for pattern in _MONEY:
        for match in pattern.finditer(text):
            amount = _amount(match)
            if not any(amount.overlaps(other) for other in found):
                found.append(amount)
    found.sort(key=lambda amount: amount.start)
    return tuple(_scaled(one, following, text) for one, following in zip_longest(found, found[1:]))


def _amount(match: re.Match[str]) -> Money:
    end = match.start() + len(match[0].rstrip())
    groups = match.groupdict()
    currency = next(name for at, name in enumerate(_SIGNS) if groups[f"c{at}"])
    scale = next((name for at, name in enumerate(_SCALES) if groups[f"s{at}"]), "")
    return Money(match.start(), end, match["number"], currency, scale)


def _scaled(one: Money, following: Money | None, text: str) -> Money:
    """Give the first of "$93.3 to $120 million" the scale of the second."""
    if one.scale or following is None or one.currency != following.currency:
        return one
    between = text[one.end : following.start]
    return replace(one, scale=following.scale) if _SECOND_OF_TWO.fullmatch(between) else one


_IN_WORDS = ("cent", "Cent", "CENT", "pct", "Pct", "PCT")


def percentages(text: str) -> list[Percentage]:
    """Return the percentages in a sentence, in its order.

    >>> [p.value for p in percentages("between 4.3% and -0.4 per cent")]
    ['4.3', '-0.4']
    """
    if "%" not in text and not any(word in text for word in _IN_WORDS):
        return []
    return [
        Percentage(match.start(), match.end(), ("-" if _is_minus(match, text) else "") + match["number"])
        for match in _PERCENT.finditer(text)
    ]


def _is_minus(match: re.Match[str], text: str) -> bool:
    """A dash after a figure is a range ("3.1% - 4.3%"), not a sign."""
    sign = match["sign"] or ""
    return bool(sign) and sign == sign.strip() and not re.search(r"[\d%]\s*$", text[: match.start()])


def windows(text: str) -> list[Window]:
    """Return the periods of years in a sentence, in its order.

    >>> [(w.first, w.last) for w in windows("from 2024 to 2033, or 2023-30")]
    [(2024, 2033), (2023, 2030)]
    """
    found = []
    for match in _WINDOW.finditer(text):
        first, last = int(match["first"]), _full_year(match["first"], match["last"])
        joined = match[0][match.start("first") - match.start() + 4 :]
        is_between = not re.search(r"\band\b", joined) or re.match(r"(?i)between|period|from", match[0])
        if first < last and is_between:
            found.append(Window(match.start("first"), match.end(), first, last))
    return found


def _full_year(first: str, last: str) -> int:
    return int(last) if len(last) == 4 else int(first[:2] + last)


def years(text: str) -> list[Year]:
    """Return the years in a sentence that stand in no period and in no amount, in its order.

    >>> [y.year for y in years("USD 2022.13 million by 2028, 2023E, and a CAGR over 2024-2028")]
    [2028, 2023]
    """
    return list(_years(text))


@lru_cache(maxsize=_REMEMBERED)
def _years(text: str) -> tuple[Year, ...]:
    found = [Year(match.start(), match.end(), int(match["year"])) for match in _ONE_YEAR.finditer(text)]
    if not found:
        return ()
    taken: list[Span] = [*windows(text), *money(text), *percentages(text)]
    return tuple(
        year
        for year in found
        if FIRST_YEAR <= year.year <= LAST_YEAR and not any(year.overlaps(span) for span in taken)
    )


def quantities(text: str) -> Iterator[Span]:
    """Yield every quantity of a sentence: amounts, percentages, periods, and single years."""
    yield from money(text)
    yield from percentages(text)
    yield from windows(text)
    yield from years(text)


_ABOUT = re.compile(
    r"\b(?P<about>over|about|around|approximately|approx\.?|nearly|almost|roughly|more than|less than|under|"
    r"close to|at least|(?<=(?:of|at) )up to|some|circa|an? estimated|slightly above|slightly over|"
    r"slightly more than|just over|just under|little over|above|below|upwards of|in excess of|"
    r"as much as|well over|north of|~)\s*"
    r"(?:(?:an?|the|its|us)\s*)?$",
    re.IGNORECASE,
)


def without_qualifier(lead: str) -> tuple[str, str]:
    """Return the words before a quantity without the qualifier that ends them, and that qualifier.

    >>> without_qualifier("was valued at over ")
    ('was valued at', 'over')
    """
    if found := _ABOUT.search(lead):
        return lead[: found.start()].rstrip(" ,("), found["about"].lower()
    return re.sub(r"(?i)\b(?:an?|the|its)\s*$", "", lead).rstrip(" ,("), ""
