"""Rankings: what a text calls the largest, or the fastest to grow."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from markets.importing.claims import RankingClaim, SubjectClaim
from markets.importing.documents import Document
from markets.importing.holders import Holder, Teller
from markets.importing.percents import year_of
from markets.importing.phrases import stated_dimension
from markets.importing.regions import is_region
from markets.importing.sentences import Sentence, sentences_of
from markets.names import name_key

_RANKS = {"second": 2, "2nd": 2, "next": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
_RANK = rf"(?<!one of )(?<!one of the )(?<!among )(?<!among the )(?:(?P<rank>{'|'.join(_RANKS)})[- ])?"
_WORD = (
    r"(?:(?!(?:players|companies|manufacturers|vendors|producers|suppliers|providers|brands|firms|cause|"
    r"causes|names|number|edge|factors?|drivers?|challenges?|trends?|the|in|of|for|on|with|from|to|by|"
    r"development|growth|innovation|way|adoption|charge)\b)[\w&'’()/.-]+\s)"
)
_SIZE = re.compile(
    rf"\b(?:the\s)?{_RANK}(?P<word>largest|biggest|highest|dominant|dominating|leading|lion['’]s)"
    rf"(?:\sand\s[\w-]+)?\s(?!cagr|growth){_WORD}{{0,8}}?(?:shares?|position|segments?|regions?|markets?|"
    r"applications?|contributors?|revenues?|country|product|type|end[- ]?users?|technology|component|"
    r"category|"
    r"consumers?|player|company|manufacturer|vendor|supplier|producer|portion|industry)\b|"
    r"\b(?:dominat(?:e|es|ed)|led|leads|spearhead(?:s|ed)|(?:dominating|leading|lead)(?=\sthe))\s(?:the\s)?"
    rf"{_WORD}{{0,9}}?(?:(?:in|for|of)\s{_WORD}{{1,4}}?)?(?:markets?|industry|segment|category|sector|"
    rf"landscape)\b|"
    r"\b(?:dominat(?:es|ed)|led|leads)\s(?:with|at|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    rf"\b(?:the\s)?{_RANK}(?:fastest|quickest)[- ](?:growing|expanding)\b|"
    r"\b(?:grow(?:ing|s)?|expand(?:ing|s)?)\s(?:at\s)?(?:the\s)?(?:fastest|quickest|"
    r"most rapidly)(?!\s\w+est)\b|(?<!one of the )(?<!among the )\b(?:the\s)?(?:fastest|highest|quickest|"
    r"most rapid|strongest)\s(?:(?:annual|compound|market|average|projected|expected|year-on-year|revenue|"
    r"estimated|growth|rate)\s){0,4}?(?:cagr|growth(?!\s(?:driver|potential|opportunit))|rate|pace|"
    r"expansion)\b",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\bfollowed\s(?:closely\s)?by\s(?P<names>[^;%]{2,90}?)(?=\s(?:with|at|holding|accounting|in|due|owing|"
    r"during|over)\b|\s?\(|,\s(?:both|which|with|each|while|due|owing|etc)\b|\.|;|$)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:dominated|led|spearheaded)\s(?:primarily\s|largely\s|mainly\s)?by\s(?P<names>[^,;%.]{2,60}?)"
    r"(?=,|;|\.|\s(?:with|in|due|owing|during|and)\b|$)",
    re.IGNORECASE,
)
_STARTS_CLAUSE = re.compile(r"(?i)and\sthe\s(?:fastest|largest)[\w -]{0,40}\s(?:is|are|was|were)\s(?!the\b)")
_WITH_SHARE = re.compile(r"(?i)(?:(?!\b(?:while|whereas|but|followed)\b)[^;%]){0,100}?\d\s?%")
_FORECAST = re.compile(
    r"(?i)\b(?:expected|projected|anticipated|predicted|forecast(?:ed)?|will|likely|poised|set to|"
    r"estimated to|slated|is to|are to|to (?:dominate|lead|hold|be|remain|register|grow|witness))\b"
)
_ENDS_WITH_COMPANY = re.compile(r"(?i)\b(?:player|company|manufacturer|vendor|supplier|producer)$")
_IS = re.compile(r"(?i)\b(?:is|are|was|were|remains?|remained|as|be)\s+(?:also\s)?$")
_CLAUSE_END = re.compile(r"[;]|\b(?:while|whereas|followed by)\b")
_LONGEST_WORDS = 200
_NEAR = 400
_LONGEST_SENTENCE = 3000
_MOST = 20

By = Literal["size", "growth"]

_STEMS: dict[By, tuple[str, ...]] = {
    "size": ("largest", "biggest", "highest", "domina", "lead", "led", "lion", "spearhead"),
    "growth": ("fastest", "quickest", "rapid", "highest", "strongest"),
}
"""What a sentence must have for its pattern to fit. Looking for these takes far less time."""


def rankings(document: Document, subject: SubjectClaim | None) -> tuple[RankingClaim, ...]:
    """Return what a document ranks by size or growth, in its order, each once.

    What is only expected to be the largest has no year. "One of the largest" is no rank.
    """
    found: dict[tuple[str, By], RankingClaim] = {}
    for number, block in enumerate(document.blocks):
        if not _may_rank(block.text.lower()):
            continue
        teller = Teller(document, number, subject)
        for sentence in sentences_of(block, number):
            for claim in _claims(sentence, teller):
                key = (name_key(claim.name).rstrip("s"), claim.by)
                if key not in found or (found[key].doubt and not claim.doubt):
                    found[key] = claim
            teller.heard(sentence.text)
    return tuple(found.values())


def _may_rank(said: str) -> bool:
    return any(stem in said for stems in _STEMS.values() for stem in stems)


def _claims(sentence: Sentence, teller: Teller) -> Iterator[RankingClaim]:
    text = sentence.text[:_LONGEST_SENTENCE]
    said = text.lower()
    if not _may_rank(said) or text.endswith("?"):
        return
    for match in _BY.finditer(text) if "by " in said else ():
        for name in filter(is_region, teller.names(match["names"])[:1]):
            yield _claim(sentence, match, "size", name, 1, Holder((name,), "Region"))
    kinds: tuple[tuple[By, re.Pattern[str]], ...] = (("size", _SIZE), ("growth", _GROWTH))
    for by, pattern in kinds:
        if not any(stem in said for stem in _STEMS[by]):
            continue
        for match in islice(pattern.finditer(text), _MOST):
            if holder := _ranked(text, match, teller):
                rank = _RANKS.get((match["rank"] or "").lower(), 1)
                yield from _of_holder(sentence, match, by, holder, rank)
                yield from _followers(sentence, match, by, holder, rank, teller)


def _ranked(text: str, match: re.Match[str], teller: Teller) -> Holder | None:
    """Return whom a match ranks: the subject before it, or what "the largest segment is" names."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if before.endswith((" a ", "A ")) and "leading" in match[0].lower():
        return None
    if _ENDS_WITH_COMPANY.search(match[0]) and not _IS.search(before):
        return None
    after = text[match.start() : match.end() + _NEAR]
    end = _CLAUSE_END.search(after, match.end() - match.start())
    clause = after[: end.start()] if end else after
    if teller.opens(before) or _STARTS_CLAUSE.match(text, max(0, match.start() - len("and "))):
        return teller.subject_of_first(clause)
    return teller.subject(before, clause)


def _of_holder(
    sentence: Sentence, match: re.Match[str], by: By, holder: Holder, rank: int
) -> Iterator[RankingClaim]:
    names = holder.names if len(holder.names) == 1 else ()
    for name in names:
        if not name.startswith("top "):
            yield _claim(sentence, match, by, name, rank, holder)


def _followers(
    sentence: Sentence, match: re.Match[str], by: By, holder: Holder, rank: int, teller: Teller
) -> Iterator[RankingClaim]:
    """Yield who comes next: "followed by B and C" ranks B and then C."""
    following = _FOLLOWED.search(sentence.text, match.end(), match.end() + _NEAR)
    if following is None:
        return
    for at, name in enumerate(teller.names(following["names"]), start=rank + 1):
        yield _claim(sentence, following, by, name, at, holder)


def _claim(
    sentence: Sentence, match: re.Match[str], by: By, name: str, rank: int, holder: Holder
) -> RankingClaim:
    text = sentence.text
    start = max(0, match.end() - _LONGEST_WORDS + 40)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + _LONGEST_WORDS)
    forecast = _FORECAST.search(text[max(0, match.start() - 60) : match.end()])
    company = "Company" if _ENDS_WITH_COMPANY.search(match[0]) else ""
    return RankingClaim(
        place=sentence.place(start, end),
        words=text[start:end],
        doubt=holder.doubt,
        name=name,
        by=by,
        rank=rank,
        dimension=holder.dimension or stated_dimension(match[0]) or company,
        year=None if forecast or by == "growth" else _year(text, match.end()),
    )


def _year(text: str, end: int) -> int | None:
    """Return the year of a rank that ends there; it may stand after the share: "led with 40% in 2023"."""
    share = _WITH_SHARE.match(text, end)
    return year_of(text, share.end() if share else end)
