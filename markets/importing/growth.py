"""Compound annual growth rates: the rate, its period, and whose it is.

"at a CAGR of 4.3% from 2024 to 2033", "a 4.3% CAGR", "CAGR: 4.3%", "grow at 4.3%"
"during the forecast period"        a period without years
"by 2033"                           only the last year
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from markets.importing.claims import CagrClaim, SubjectClaim
from markets.importing.clauses import masked
from markets.importing.documents import Document, Place
from markets.importing.labels import forecast_period, labelled
from markets.importing.once import best_of_each
from markets.importing.quantities import Percentage, Window, percentages, windows, without_qualifier, years
from markets.importing.scopes import Scopes, Whose, sure_where_nothing_is_nearer
from markets.importing.sentences import Sentence, around, sentences_of
from markets.importing.tiles import Tile, tiles

_RATE = (
    r"(?:CAGR(?:['’]?s)?|compound(?:ed|ing)?\s(?:annual\s|average\s|yearly\s)*(?:growth|rate)(?:\srates?)?|"
    r"(?:average\s)?annual(?:ized|ised)?\s(?:average\s)?growth(?:\srates?)?)"
)
_FILL = (
    r"(?:\s*(?:\(|\)|of|at|is|was|be|to|[:=,–-]|(?:growth\s)?rate|value|about|around|being|will|a|an|the|impressive|"
    r"steady|robust|healthy|strong|notable|significant|estimated|expected|projected|remarkable|moderate|substantial|"
    r"anticipated))*"
)
_BEFORE = re.compile(rf"\b{_RATE}{_FILL}\s*$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"^\s*(?:\([^()#]*\)\s*)?(?:of\s)?(?:\w+\s)?{_RATE}\b|^\s*(?:annually|per\s(?:annum|year)|p\.\s?a\.?|a\syear|yearly|each\syear|every\syear|on\san\sannual\sbasis)(?!\w)",
    re.IGNORECASE,
)
_GROW = (
    r"(?:grow(?:th|s|ing)?|expand(?:s|ing)?|expansion|increas(?:e|es|ing)|ris(?:e|es|ing)|advanc(?:e|es|ing)|progress(?:es|ing)?|"
    r"climb(?:s|ing)?|develop(?:s|ing)?|surg(?:e|es|ing)|accelerat(?:e|es|ing)|ascend|thrive|declin(?:e|es|ing)|shrink(?:s|ing)?|contract(?:s|ing)?)"
)
_GROW_AT = re.compile(
    rf"\b{_GROW}\s(?:\w+ly\s)?(?:further\s)?at(?:\s(?:an?|the))?(?:\s[\w-]+){{0,3}}?\s?(?:(?:growth\s)?(?:rates?|pace)(?:\sof)?)?$|"
    rf"\bgrowth\s(?:rate|pace)\s(?:of|is|at)$|"
    rf"\b{_GROW}\s(?:annually|yearly|each\syear|every\syear|per\s(?:annum|year)|a\syear)\s(?:by|at)$",
    re.IGNORECASE,
)
_FALLING = re.compile(
    r"\b(?:declin\w*|shrink\w*|contract(?:ing|s)?|decreas\w*|negative|drop(?:ping)?|fall(?:ing)?)\b[^;.#]{0,50}$",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\b(?:year[\s-](?:on|over)[\s-]year|y-?o-?y|yoy|quarter\w*|q[1-4]|month\w*|inflation|gdp|population)\b",
    re.IGNORECASE,
)
_FORECAST_PERIOD = re.compile(
    r"\b(?:forecast(?:ed|ing)?|projected|projection|estimated|analysis|assessment|study|review|coming|next|prediction)\s(?:period|years?|timeframe|time\sframe|duration|horizon|decade|timeline)\b|"
    r"\bover\sthe\s(?:period|decade|next|coming)|\bnext\s\w+\syears\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:by|through|until|till|to|up\sto|(?:to|reach|hit)\s(?:(?!from\b)\w+\s){0,5}#+\sin)\s"
    r"(?:the\s)?(?:(?:year[\s-]?)?end\s)?(?:of\s)?(?:the\s)?(?:year\s)?$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:from|since|between|starting\sin|starting\sfrom|from\s(?:\w+\s){0,4}#+\s(?:in|as\sof|during))\s"
    r"(?:the\s)?(?:year\s)?$",
    re.IGNORECASE,
)
_DECIMAL_RANGE = re.compile(r"\d\s?(?:-|–|to)\s?$")
_NO_FACT = re.compile(
    r"\b(?:hypothetical\w*|for example|for instance|illustrat\w+|placeholder|dummy|suppose)\b", re.IGNORECASE
)
_RATE_LABEL = re.compile(rf"\b{_RATE}\b", re.IGNORECASE)
_ANY_RATE_LABEL = re.compile(rf"\b{_RATE}\b|\bgrowth\srate\b", re.IGNORECASE)
_GROWTH_LABEL = re.compile(r"growth\srate", re.IGNORECASE)
"""Several of these are the growth of segments, each below its name."""
_RATE_STEMS = ("cagr", "compound", "annual")
_GROW_STEMS = (
    *("grow", "expan", "increas", "ris", "advanc", "progress", "climb", "develop", "surg", "accelerat"),
    *("ascend", "thrive", "declin", "shrink", "contract"),
)
"""What a rate's words have in them. Looking for these takes far less time than the patterns."""
_NEAR = 90
_OLDER = 2
_MOST = 30
_LONGEST_VALUE = 80


@dataclass(frozen=True)
class _Rate:
    """A rate in its sentence, with the sign that its verb gives it."""

    percentage: Percentage
    value: str
    about: str
    is_named: bool = True
    doubt: str = ""


def cagrs(document: Document, subject: SubjectClaim) -> tuple[CagrClaim, ...]:
    """Return the compound annual growth rates that a text states, each once, in its order.

    Changes from one year to the next are left out. "The forecast period" has years only under a label.
    """
    scopes = Scopes(document, subject)
    period = forecast_period(document)
    found = [
        *_in_sentences(document, scopes, period),
        *_in_labels(document, scopes, period),
        *(_of_tile(tile) for tile in tiles(document) if tile.measure == "growth"),
    ]
    found.sort(key=lambda claim: claim.place)
    once = best_of_each(sure_where_nothing_is_nearer(found), _agree, _rank)
    return tuple(_doubt_older(once, {claim.place: _start(claim, document) for claim in once}))


def _of_tile(tile: Tile) -> CagrClaim:
    return CagrClaim(
        place=tile.place,
        words=tile.words,
        value=tile.value,
        first=tile.first,
        last=tile.last,
        scope=tile.name,
    )


def _in_sentences(document: Document, scopes: Scopes, forecast: Window | None) -> Iterator[CagrClaim]:
    rich = [number for number, block in enumerate(document.blocks) if percentages(block.text)]
    before: Sentence | None = None
    for sentence in (one for number in rich for one in sentences_of(document.blocks[number], number)):
        if not _NO_FACT.search(sentence.text):
            is_next = before is not None and before.block == sentence.block
            for claim in _in_sentence(sentence, before if is_next else None, scopes):
                yield _over(claim, forecast) if _FORECAST_PERIOD.search(claim.words) else claim
        scopes.follow(sentence)
        before = sentence


def _in_sentence(sentence: Sentence, before: Sentence | None, scopes: Scopes) -> Iterator[CagrClaim]:
    if not (found := percentages(sentence.text)):
        return
    text = masked(sentence.text)
    rates: list[_Rate] = []
    for one in found[:_MOST]:
        if rate := _rate(one, text, sentence.text) or _second(one, rates, text):
            rates.append(rate)
    together = "respectively" in text and len(rates) > 1
    each = scopes.each_of(sentence, rates[0].percentage.start, len(rates)) if together else None
    for at, rate in enumerate(rates):
        scope = each[at] if each else scopes.of(sentence, rate.percentage.start)
        if scope.whose is Whose.OTHER or (scope.whose is Whose.UNKNOWN and not rate.is_named):
            continue
        unsure = scope.doubt
        if scope.whose is Whose.UNKNOWN:
            unsure = f"The text does not list “{scope.name}” as a segment."
        first, last = _period(rate, rates, sentence.text, text)
        if before and first is last is None and re.match(r"\W*(?:at\s|with\s)?(?:an?\s)?CAGR", text):
            last = _reached(before.text)
        yield _claim(rate, scope.name, sentence, (first, last), rate.doubt or unsure)


def _claim(
    rate: _Rate, scope: str, sentence: Sentence, period: tuple[int | None, int | None], doubt: str
) -> CagrClaim:
    start, end = around(sentence.text, rate.percentage.start, rate.percentage.end)
    return CagrClaim(
        place=sentence.place(start, end),
        words=sentence.text[start:end],
        doubt=doubt,
        value=rate.value,
        first=period[0],
        last=period[1],
        about=rate.about,
        scope=scope,
    )


def _rate(one: Percentage, text: str, sentence: str) -> _Rate | None:
    """Return a percentage as a rate if the words beside it make it one."""
    lead, behind = text[max(0, one.start - 160) : one.start], text[one.end : one.end + 60]
    lead, about = without_qualifier(lead)
    said = lead.lower()
    named = (any(stem in said for stem in _RATE_STEMS) and _BEFORE.search(lead)) or _BEHIND.match(behind)
    grows = any(stem in said for stem in _GROW_STEMS) and _GROW_AT.search(lead[-_NEAR:])
    if not (named or grows) or _YEARLY.search(lead[-60:] + behind[:30]):
        return None
    if not named and re.search(r"\bin\s####", behind) and not _FORECAST_PERIOD.search(behind):
        return None
    value = one.value
    if _FALLING.search(lead[-_NEAR:]) and not value.startswith("-"):
        value = f"-{value}"
    is_range = _DECIMAL_RANGE.search(sentence[: one.start]) or re.match(
        r"\s?(?:-|–|to)\s?\d", sentence[one.end :]
    )
    doubt = "The text gives a range of rates." if is_range else ""
    return _Rate(one, value, about, bool(named) and "CAGR" in text.upper(), doubt)


def _second(one: Percentage, rates: list[_Rate], text: str) -> _Rate | None:
    """Return the second rate of "CAGRs of 3% and 5%, respectively"."""
    joined = rates and re.fullmatch(r"\s?(?:,|and|, and|&)\s?", text[rates[-1].percentage.end : one.start])
    return replace(rates[-1], percentage=one, value=one.value) if joined and "respectively" in text else None


def _period(rate: _Rate, rates: list[_Rate], sentence: str, text: str) -> tuple[int | None, int | None]:
    """Return the years of a rate: the window nearest to it, or the year that its market gets somewhere by."""
    at = rate.percentage
    if nearest := _nearest(at, rates, windows(sentence)):
        return nearest.first, nearest.last
    stop = next((other.percentage.start for other in rates if other.percentage.start > at.start), len(text))
    if _FORECAST_PERIOD.search(text[at.end : stop]):
        return None, None
    dated = [year for year in years(sentence) if text[year.start] == "#"]
    ends = [year.year for year in dated if _LAST.search(text[max(0, year.start - 60) : year.start])]
    first = next(
        (year.year for year in dated if _FIRST.search(text[max(0, year.start - 60) : year.start])), None
    )
    if len(rates) > 1:
        ends = [
            year.year for year in dated if at.end <= year.start < stop and _LAST.search(text[: year.start])
        ]
    last = max(ends, default=None)
    return (first, last) if first is None or last is None or first < last else (None, last)


def _nearest(at: Percentage, rates: list[_Rate], found: list[Window]) -> Window | None:
    """Return the window beside a rate. One that stands nearer to another rate is that one's."""

    def gap(window: Window, one: Percentage) -> int:
        return window.start - one.end if window.start >= one.end else 3 * (one.start - window.end)

    own = [
        window
        for window in found
        if all(gap(window, at) <= gap(window, other.percentage) for other in rates) or len(found) == 1
    ]
    return min(own, key=lambda window: gap(window, at), default=None)


def _reached(sentence: str) -> int | None:
    """Return the year by which a market gets somewhere: "to Reach USD 5 Billion by 2030 | CAGR of 7%"."""
    text = masked(sentence)
    return max(
        (year.year for year in years(sentence) if _LAST.search(text[max(0, year.start - 60) : year.start])),
        default=None,
    )


def _in_labels(document: Document, scopes: Scopes, forecast: Window | None) -> Iterator[CagrClaim]:
    """Read "CAGR (2024-2030): 4.3%", over one line, two lines, or the cells of a row."""
    labels = labelled(document)
    plain = sum(bool(_GROWTH_LABEL.fullmatch(label.strip())) for _, label, _ in labels)
    named = _RATE_LABEL if plain > 1 else _ANY_RATE_LABEL
    for number, label, start in labels:
        text = document.blocks[number].text
        found = percentages(text[start : start + _LONGEST_VALUE])
        is_rate = named.search(label)
        if not found or not is_rate or found[0].start > 40 or _YEARLY.search(label):
            continue
        scope = scopes.of_label(label)
        if scope.whose not in (Whose.TOTAL, Whose.PART):
            continue
        one = found[0]
        periods = windows(label) or windows(text[start : start + _LONGEST_VALUE])
        period = (periods[0].first, periods[0].last) if periods else (None, None)
        sentence = Sentence(text[start:], number, start, 0)
        claim = _claim(_Rate(one, one.value, ""), scope.name, sentence, period, scope.doubt)
        words = f"{label} {text[start : start + one.end].strip()}"[:200]
        place = Place(number, start + one.start, start + one.end)
        yield _over(replace(claim, place=place, words=words), forecast)


def _over(claim: CagrClaim, period: Window | None) -> CagrClaim:
    """Give a claim without years those of the forecast period, if the text says which they are."""
    if period is None or claim.first is not None or claim.last is not None:
        return claim
    return replace(claim, first=period.first, last=period.last)


def _rank(claim: CagrClaim) -> tuple[bool, int, int]:
    """The sure one of two that agree, then the one with its years, then the finer."""
    return (
        not claim.doubt,
        (claim.first is not None) + (claim.last is not None),
        len(claim.value.rstrip("0")),
    )


def _agree(one: CagrClaim, other: CagrClaim) -> bool:
    years_agree = all(
        None in pair or pair[0] == pair[1] for pair in ((one.first, other.first), (one.last, other.last))
    )
    values = Decimal(one.value), Decimal(other.value)
    slack = max(Decimal(1).scaleb(int(value.as_tuple().exponent)) for value in values) / 2
    return one.scope == other.scope and years_agree and abs(values[0] - values[1]) <= slack


def _doubt_older(claims: list[CagrClaim], starts: dict[Place, int]) -> Iterator[CagrClaim]:
    """Doubt the market's own rates that start well before its newest one, and run into its years."""
    total = [claim for claim in claims if not claim.scope and not claim.doubt]
    newest = max((starts.get(claim.place, 0) for claim in total), default=0)
    for claim in claims:
        start = starts.get(claim.place) or newest
        if claim in total and start + _OLDER < newest < (claim.last or newest + 1):
            yield replace(claim, doubt=f"An older estimate: another sentence starts from {newest}.")
        else:
            yield claim


def _start(claim: CagrClaim, document: Document) -> int:
    """Return the first of the years that a claim's sentence names; 0 if it names fewer than two."""
    text = claim.place.words(document)
    named = [year.year for year in years(text)] + [
        year for window in windows(text) for year in (window.first, window.last)
    ]
    return min(named) if len(set(named)) > 1 else 0
