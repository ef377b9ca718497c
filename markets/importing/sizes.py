"""Market sizes: an amount, the verb that makes it a size, its year, and whose it is.

"was valued at USD 2 billion in 2023"       base
"is projected to reach USD 4 billion by 2030", "to hit", "worth", "surpassing"      forecast
"from USD 2 billion in 2023 to USD 4 billion by 2030"   both
"will grow by USD 2 billion"                an increment, no size
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from markets.importing.claims import SizeClaim, SubjectClaim
from markets.importing.clauses import masked
from markets.importing.documents import Document, Place
from markets.importing.labels import labelled
from markets.importing.once import best_of_each
from markets.importing.quantities import Money, Year, money, windows, without_qualifier, years
from markets.importing.scopes import Scopes, Whose, sure_where_nothing_is_nearer
from markets.importing.sentences import Sentence, around, sentences_of
from markets.importing.year_tables import year_cells

_VALUE = (
    r"(?:[\w-]+\s){0,4}(?:valuations?|values?|revenues?|size|sales|turnover|worth|figure|mark|market|sum|total)"
    r"\s(?:of|at|worth)"
)
_REACH = (
    r"(?:reach|hit|attain|achieve|touch|cross|exceed|surpass|top|total|generate|garner|record|amass|gain|be\sworth|"
    r"be\svalued\sat|be\sat|stand\sat|account\sfor|see|accumulate|register|secure|witness|command|have|eclipse|"
    r"(?:grow|expand|increase|rise|climb|soar|skyrocket|rocket|surge|jump|swell|advance|move|balloon|accelerate|go|double|"
    r"triple|escalate|progress|shoot|leap|come|amount|spike|scale|develop)(?:\s\w+ly)?(?:\sup)?\sto|"
    r"grow|expand|increase|rise|climb|surge|be)"
)
_REACHING = (
    r"(?:reaching|hitting|attaining|achieving|touching|crossing|exceeding|surpassing|topping|totall?ing|generating|"
    r"garnering|(?:growing|expanding|increasing|rising|climbing|soaring|surging|jumping|up|ascending|advancing|"
    r"skyrocketing|swelling)\sto|reaches|hits|exceeds|surpasses|tops|crosses|grows\sto|to)"
)
_FORECAST = re.compile(
    rf"\b(?:to\s|and\s|will\s|would\s|shall\s|should\s|could\s|may\s|likely\s|can\s)(?:\w+ly\s)?{_REACH}(?:\sat)?(?:\s{_VALUE})?$|\b{_REACHING}(?:\s{_VALUE})?$|\bworth$",
    re.IGNORECASE,
)
_BASE = re.compile(
    rf"\b(?:valued|estimated|calculated|evaluated|assessed|pegged|sized|recorded|appraised|placed|measured|accounted|"
    rf"amounts|amounted|amounting|standing|stood|stands?|computed|reported|quantified|determined|totall?ed|noted|worth|was|were|is|are|"
    rf"reached|hit|generated|crossed|exceeded|surpassed|garnered|held|registered|had|has|seen|attained|touched|grew\sto|"
    rf"rose\sto|projected|expected|anticipated|forecast|predicted|sits)"
    rf"(?:\s(?:at|for|as|to\sbe|to|worth|a|an))?(?:\s(?:valued\sat|worth|at))?(?:\s{_VALUE})?$|"
    rf"\b(?:from|compared\s(?:to|with)|against|versus)(?:\s{_VALUE})?$|\b(?:with|at|over|in)\s{_VALUE}$|^\W*{_VALUE}$|"
    rf"\b(?:size|value|valuation|revenues?|analysis|outlook)\s?[:,–-]?$",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:projected|expected|anticipated|forecast(?:ed)?|predicted|poised|set|will|likely)\b", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:growth|increases?|rise|increment\w*|opportunit(?:y|ies)|investments?|funding|funds?|acquisitions?|deals?|loss(?:es)?|"
    r"savings?|costs?|prices?|grants?|contracts?|budgets?|gdp|exports?|imports?|profits?|capital|per\s\w+)\b(?!\s(?:from|to)\b)[^,;.#]{0,25}$",
    re.IGNORECASE,
)
_GROW_BARE = re.compile(r"\b(?:grow|expand|increase|rise|climb|surge)$", re.IGNORECASE)
_AFTER_YEAR = re.compile(
    r"^[\s,)\]]*(?:\([^()#]*\)\s*)?(?:globally|worldwide|in\s(?:revenues?|value|sales|size|terms\sof\s\w+))?[\s,]*"
    r"(?:in|by|for|during|as\sof|as\sat|at|through|until|till|before|around|within|from|back\sin|throughout)?\s*"
    r"(?:the\s)?(?:(?:very\s)?(?:end|close|year|course)\s)?(?:of\s|in\s)?(?:the\s)?"
    r"(?:(?:base|forecast|fiscal|calendar|current|financial|historic(?:al)?)\s)?(?:year\s)?(?:ending\s|end\s)?(?:of\s|in\s)?[\s(]*$",
    re.IGNORECASE,
)
_TO_YEAR = re.compile(
    r"\b(?:in|by|of|for|during|year|at|until|through|till|fiscal)\s*(?:the\syear\s|end\sof\s)?\(?$|^\W*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.\.\.?|\[\+\d+ chars\])\s*$")
_LABEL = re.compile(
    r"\b(?:market\s)?(?:size|value|revenues?|valuation|sales|worth|forecast|projection|(?:base|estimated|current|end)\syear)\b",
    re.IGNORECASE,
)
_NO_FACT = re.compile(
    r"\b(?:hypothetical\w*|for example|for instance|illustrat\w+|placeholder|dummy|suppose)\b", re.IGNORECASE
)
_SCALES = {
    "trillion": 12,
    "billion": 9,
    "million": 6,
    "lakh crore": 12,
    "crore": 7,
    "lakh": 5,
    "thousand": 3,
    "": 0,
}
_OLDER = 2
_SMALLEST = 100_000
_MOST = 30
_LONGEST_VALUE = 80
_FARTHEST = 25
"""Characters between where a label's value starts and its amount: "approx. ", "(in revenue) "."""


@dataclass
class _Amount:
    """An amount in its sentence, whether it is expected, and its year once that is found."""

    money: Money
    is_forecast: bool
    about: str
    is_bare: bool = False
    year: int | None = None


@dataclass(frozen=True)
class _Found:
    """A claim and the sentence it is from."""

    claim: SizeClaim
    sentence: tuple[int, int]


def sizes(document: Document, subject: SubjectClaim) -> tuple[SizeClaim, ...]:
    """Return the sizes that a text states, each once, in its order.

    Increments, company revenues and other markets' figures are left out. What may be one of those, or
    comes from an older estimate, has a doubt.
    """
    scopes = Scopes(document, subject)
    found = [
        *_in_sentences(document, scopes),
        *_in_labels(document, scopes),
        *_in_tables(document, scopes),
    ]
    found.sort(key=lambda item: item.claim.place)
    return tuple(_once(_doubt_older(found)))


def _in_sentences(document: Document, scopes: Scopes) -> Iterator[_Found]:
    rich = [number for number, block in enumerate(document.blocks) if money(block.text)]
    for sentence in (one for number in rich for one in sentences_of(document.blocks[number], number)):
        if not _NO_FACT.search(sentence.text):
            for claim in _in_sentence(sentence, scopes):
                yield _Found(claim, (sentence.block, sentence.number))
        scopes.follow(sentence)


def _in_sentence(sentence: Sentence, scopes: Scopes) -> Iterator[SizeClaim]:
    text = masked(sentence.text)
    amounts: list[_Amount] = []
    for one in money(sentence.text)[:_MOST]:
        before = amounts[-1] if amounts else None
        if found := _amount(one, text) or _second(one, before, text):
            amounts.append(found)
    _date(amounts, sentence.text, text)
    for amount in amounts:
        scope = scopes.of(sentence, amount.money.start)
        if scope.whose in (Whose.TOTAL, Whose.PART) and not (amount.is_bare and amount.year is None):
            unsure = "" if amount.year or _CUT.search(sentence.text) else "The text does not tell the year."
            yield _claim(amount, scope.name, sentence, scope.doubt or unsure)


def _claim(one: _Amount, scope: str, sentence: Sentence, doubt: str) -> SizeClaim:
    start, end = around(sentence.text, one.money.start, one.money.end)
    return SizeClaim(
        place=sentence.place(start, end),
        words=sentence.text[start:end],
        doubt=doubt,
        value=one.money.value,
        currency=one.money.currency,
        scale=one.money.scale,
        year=one.year,
        about=one.about,
        scope=scope,
        is_forecast=one.is_forecast,
    )


def _amount(one: Money, text: str) -> _Amount | None:
    """Return an amount with what its verb tells, None if nothing says that it is a size."""
    if not one.scale and Decimal(one.value.replace(",", "")) < _SMALLEST:
        return None
    lead = text[max(0, text.rfind("#", 0, one.start) + 1) : one.start][-160:]
    lead, about = without_qualifier(lead)
    if forecast := _FORECAST.search(lead):
        is_bare = bool(_GROW_BARE.search(forecast[0]))
        return _Amount(one, True, about, is_bare)
    if (base := _BASE.search(lead)) and not _CHANGE.search(lead):
        return _Amount(one, bool(_EXPECTED.search(base[0])), about)
    return None


def _second(one: Money, before: _Amount | None, text: str) -> _Amount | None:
    """Return the second amount of "valued at USD 2 bn and USD 4 bn in 2023 and 2030, respectively"."""
    joined = before and re.fullmatch(r"\s?(?:and|,|&)\s?", text[before.money.end : one.start])
    return replace(before, money=one) if before and joined and "respectively" in text else None


def _date(amounts: list[_Amount], sentence: str, text: str) -> None:
    """Give each amount the year that the sentence ties to it: behind it, before it, or a window's end."""
    if not amounts:
        return
    free = [year for year in years(sentence) if text[year.start] == "#"]
    if "respectively" in text and _paired(amounts, free):
        return
    for one in amounts:
        _take(one, free, (year for year in free if _is_right_behind(one, year, text)))
    for one in amounts:
        if one.year is None:
            _take(one, free, (year for year in reversed(free) if _is_before(one, year, text)))
        if one.year is None:
            _take(one, free, (year for year in free if _is_behind(one, year, text)))
    _date_by_window(amounts, sentence)


def _paired(amounts: list[_Amount], free: list[Year]) -> bool:
    """Tie "USD 2 bn and USD 4 bn in 2023 and 2030, respectively" one by one."""
    last = amounts[-1].money.end
    behind = [year for year in free if year.start > last]
    if len(behind) != len(amounts) or len(amounts) < 2:
        return False
    for one, year in zip(amounts, behind, strict=True):
        one.year = year.year
    return True


def _take(one: _Amount, free: list[Year], fitting: Iterator[Year]) -> None:
    if year := next(fitting, None):
        one.year = year.year
        free.remove(year)


def _is_right_behind(one: _Amount, year: Year, text: str) -> bool:
    return year.start >= one.money.end and bool(_AFTER_YEAR.match(text[one.money.end : year.start]))


def _is_before(one: _Amount, year: Year, text: str) -> bool:
    between = text[year.end : one.money.start]
    near = year.end <= one.money.start and len(between) < 130 and not re.search(r"[;•]|#.*#", between)
    return near and bool(_TO_YEAR.search(text[max(0, year.start - 30) : year.start]))


def _is_behind(one: _Amount, year: Year, text: str) -> bool:
    """Accept "USD 4 billion at a CAGR of 5% by 2030": only a rate stands between."""
    between = text[one.money.end : year.start]
    near = year.start >= one.money.end and len(between) < 90 and not re.search(r";|#\s*(?:and|to)\s", between)
    return near and bool(
        re.search(r"\b(?:in|by|until|through|till)\s(?:the\s)?(?:end\s(?:of\s)?|year\s)?$", between)
    )


def _date_by_window(amounts: list[_Amount], sentence: str) -> None:
    """Give a forecast without a year the end of the period beside it, and "from A to B" both ends."""
    periods = windows(sentence)
    undated = [one for one in amounts if one.year is None]
    if not periods or not undated:
        return
    period = min(periods, key=lambda window: abs(window.start - undated[-1].money.end))
    if len(undated) == 2 and not undated[0].is_forecast and undated[1].is_forecast:
        undated[0].year = period.first
    for one in undated:
        if one.is_forecast and not one.is_bare:
            one.year = period.last


def _in_labels(document: Document, scopes: Scopes) -> Iterator[_Found]:
    """Read "Market Size in 2023: USD 2 billion", over one line, two lines, or the cells of a row."""
    first: int | None = None
    for number, label, start in labelled(document):
        text = document.blocks[number].text
        found = money(text[start : start + _LONGEST_VALUE])
        if not found or found[0].start > _FARTHEST or not _LABEL.search(label) or _CHANGE.search(label):
            continue
        one = found[0]
        year = next(iter(years(label) + years(text[start + one.end :][:40])), None)
        scope = scopes.of_label(label)
        if year is None or scope.whose not in (Whose.TOTAL, Whose.PART):
            continue
        first = first or year.year
        amount = _Amount(one, bool(_EXPECTED.search(label)) or year.year > first, "", year=year.year)
        claim = _claim(amount, scope.name, Sentence(text[start:], number, start, 0), scope.doubt)
        place = Place(number, start + one.start, start + one.end)
        words = f"{label} {text[start : start + one.end].strip()}"[:200]
        yield _Found(replace(claim, place=place, words=words), (number, -1))


def _in_tables(document: Document, scopes: Scopes) -> Iterator[_Found]:
    """Read tables with a column for each year. What comes after the first year is taken for a forecast."""
    first: int | None = None
    for cell in year_cells(document):
        scope = scopes.of_label(cell.label)
        if scope.whose not in (Whose.TOTAL, Whose.PART) or _CHANGE.search(cell.label):
            continue
        first = first or cell.year
        claim = SizeClaim(
            place=cell.place,
            words=f"{cell.label}, {cell.year}: {cell.value}"[:200],
            doubt=scope.doubt,
            value=cell.value,
            currency=cell.unit.currency,
            scale=cell.unit.scale,
            year=cell.year,
            scope=scope.name,
            is_forecast=cell.year > first,
        )
        yield _Found(claim, (cell.place.block, -1))


def _doubt_older(found: list[_Found]) -> list[SizeClaim]:
    """Doubt sizes from a sentence that starts well before the text's newest one, and runs into its years."""
    claims = sure_where_nothing_is_nearer([item.claim for item in found])
    bases: dict[tuple[int, int], int] = {}
    ends: dict[tuple[int, int], int] = {}
    for item, claim in zip(found, claims, strict=True):
        if claim.year and not (claim.scope or claim.doubt):
            known = ends if claim.is_forecast else bases
            known[item.sentence] = max(claim.year, known.get(item.sentence, 0))
    newest = max((year for sentence, year in bases.items() if sentence in ends), default=0)
    return [
        replace(claim, doubt=f"An older estimate: another sentence starts from {newest}.")
        if not claim.doubt and bases.get(item.sentence, newest) + _OLDER < newest < ends.get(item.sentence, 0)
        else claim
        for item, claim in zip(found, claims, strict=True)
    ]


def _once(claims: list[SizeClaim]) -> Iterator[SizeClaim]:
    """Yield each fact once; the first of several years is none that is expected."""
    kept = best_of_each(claims, _agree, _rank)
    earliest = {one.scope: min(other.year or 0 for other in kept if other.scope == one.scope) for one in kept}
    for claim in kept:
        is_first = sum(other.scope == claim.scope for other in kept) > 1 and earliest[claim.scope] == (
            claim.year or 0
        )
        yield replace(claim, is_forecast=False) if is_first else claim


def _rank(claim: SizeClaim) -> tuple[bool, bool, int]:
    """The sure one of two that agree, then the one with a year, then the finer."""
    return (not claim.doubt, claim.year is not None, len(claim.value.replace(",", "").rstrip("0")))


def _agree(one: SizeClaim, other: SizeClaim) -> bool:
    same = one.scope == other.scope and one.currency == other.currency
    years_agree = one.year == other.year or (None in (one.year, other.year) and _value(one) == _value(other))
    return same and years_agree and _equal(one, other)


def _equal(one: SizeClaim, other: SizeClaim) -> bool:
    """Return whether two figures are the same to the places of the coarser one."""
    slack = max(_unit(one), _unit(other)) / 2
    return abs(_value(one) - _value(other)) <= slack


def _value(claim: SizeClaim) -> Decimal:
    return Decimal(claim.value.replace(",", "")).scaleb(_SCALES[claim.scale])


def _unit(claim: SizeClaim) -> Decimal:
    """Return what one more in the last place is worth. The zeros that end 49,340 may be places or not."""
    value = Decimal(claim.value.replace(",", ""))
    places = int(value.as_tuple().exponent)
    return Decimal(1).scaleb(places + _SCALES[claim.scale])
