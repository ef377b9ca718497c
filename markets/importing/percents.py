"""What a percentage in a sentence is: a share of this market, of something else, or no share at all."""

import re
from typing import Literal

from markets.importing.quantities import years

Kind = Literal["share", "volume", "none"]
"""A share of the market's value or of what is not told; a share of its volume; no share of a market."""

_NEAR = 150
_LONGEST_QUALIFIER = 60
QUALIFIER = (
    r"(?:about|around|approximately|approx\.?|nearly|almost|roughly|some|just|slightly|well|over|more than|"
    r"above|at least|under|less than|below|up to|upwards of|as much as|as high as|close to|an estimated|"
    r"estimated|exceeding|exceeds|exceeded|in excess of|exactly|greater than|~|≈|>|<)"
)
_QUALIFIERS = re.compile(
    rf"(?:\b|(?=[~≈<>]))(?P<words>{QUALIFIER}(?:\s{{0,2}}{QUALIFIER})*)(?:\s(?:an?|the))?\s*$", re.I
)
_MARKET = (
    r"(?:markets?|revenues?|sales|industry|industry's|turnover|total|value|shares?|demand|volumes?|"
    r"consumption|production|shipments?|output|capacity|units)"
)
_VOLUME = re.compile(
    r"(?i)\bsales market share\b|\b(?:volume|consumption|production|shipments?|output|capacity|"
    r"units)\b(?!\s(?:and|or)\s(?:value|revenue))"
)
_SHARE = r"(?:shares?|ratios?|portion|proportion|percentage|slice)"
_GROWTH = (
    r"(?:cagr|growth|compound|annual(?:ly)?|yearly|year[- ]on[- ]year|year[- ]over[- ]year|yoy|y-o-y|"
    r"per annum|p\.a|increas\w*|decreas\w*|declin\w*|ris(?:e|es|ing)|rose|drop\w*|jump\w*|surg\w*|reduc\w*|"
    r"faster|slower|higher|lower|improve\w*|gains?|discount|margins?|accuracy|efficiency|rate)"
)
_GROWS_AFTER = re.compile(rf"\s*\(?\s*(?:of\s)?(?:the\s)?(?:[\w-]+\s)?{_GROWTH}\b", re.I)
_SHARE_AFTER = re.compile(
    rf"\s*\)?\s*(?:of\s)?(?:[\w&'’()/-]+\s){{0,9}}?{_SHARE}\b(?!\s*(?:holders?|prices?))", re.I
)
_IS_SHARE = re.compile(rf"\s*(?:of\s)?(?:(?!{_GROWTH}\b)[\w-]+\s){{0,3}}shares?\b", re.I)
_CHANGED_SHARE = re.compile(r"\bshares?\b[^,;%]{0,60}\s(?:from|to)\s*$", re.I)
_OF = re.compile(r"\s*(?:\))?\s*(?:of|in|to)\s(?P<what>[^,;.%()]{1,90})", re.I)
_EARLIER = re.compile(
    r"(?i)\b(?:compared (?:to|with)|up from|down from|versus|vs\.?|as opposed to)\s(?:an?\s)?$"
)
"""The share of another time, beside the one that is told."""
_OF_OWN = re.compile(r"(?i)\s*of\s(?:their|our|its own|the (?:company|group|firm)['’]s)\b")
_OF_MARKET = re.compile(
    rf"(?:(?:the|its|their|all|total|overall|global|world|worldwide|entire|"
    rf"annual)\s)*(?:[\w&'’()/-]+\s){{0,7}}?{_MARKET}\b",
    re.I,
)
_OF_GROWTH = re.compile(
    r"(?i)\b(?:growth|gdp|population|patients|people|adults|respondents|workforce|employees)\b"
)
_NEAREST = re.compile(
    rf"\b(?P<growth>{_GROWTH}|grew|grow(?:s|ing|n)?|expand\w*|climb\w*|fell|up|down|advanc\w+|acquir\w*|"
    rf"stake|tax|tariffs?|duty|price[sd]?|saving\w*|probability|yield|utili[sz]ation|penetration|"
    rf"prevalence|adoption|"
    r"incidence)\b|"
    rf"\b(?P<share>{_SHARE})\b|"
    r"\b(?P<strong>h[eo]ld(?:s|ing)?|account(?:s|ed|ing)? for|captur(?:es?|ed|ing)|represent(?:s|ed|ing)?|"
    r"constitut(?:es?|ed|ing)|compris(?:es?|ed|ing)|command(?:s|ed|ing)?|occup(?:y|ies|ied|ying)|"
    r"garner(?:s|ed|ing)?|dominat\w+|led|leads|lead|leading|largest|biggest|second|followed by|topped|"
    r"contribut(?:es?|ed|ing)|secur(?:es?|ed|ing)|made up|mak(?:es?|ing) up|control(?:s|led|ling)?|"
    r"claim(?:s|ed|ing)?|possess(?:es|ed|ing)?)\b",
    re.I,
)
_OF_PEOPLE = re.compile(
    r"(?i)\b(?:numbers? of|acqui(?:re[sd]?|sitions?)|penetration|prevalence|incidence|respondents|"
    r"population|households|"
    r"of (?:all )?(?:patients|people|adults|consumers|hospitals|companies|deaths|cases))\b"
)
_AFTER_CLAUSE = re.compile(
    r";|\d\s?%|,?\s\b(?:while|whereas|but|which|followed)\b|,?\s(?:and|,)\s(?:is|are|was|were|it|the|will|"
    r"has)\b|"
    r"\b(?:is|are|was|were)\s(?:expected|projected|anticipated|estimated|likely|set|poised)\b|\bto reach\b",
    re.IGNORECASE,
)


def qualifier(before: str) -> tuple[str, str]:
    """Cut the qualifier off the text before a percentage.

    >>> qualifier("held a share of more than a ")
    ('held a share of ', 'more than')
    """
    start = max(0, len(before) - _LONGEST_QUALIFIER)
    match = _QUALIFIERS.search(before, start)
    if match is None:
        return before, ""
    return before[: match.start()], " ".join(match["words"].lower().split())


def kind(before: str, after: str, follows_share: bool) -> Kind:
    """Return what a percentage is, from the text before it, without its qualifier, and after it.

    Both end at the neighboring percentages. `follows_share` tells that the one before is a share.

    >>> kind("Clinics accounted for ", " of revenue", False), kind("at a CAGR of ", "", False)
    ('share', 'none')
    >>> kind("Clinics used ", " of the power", False), kind("Clinics held ", " of the volume", False)
    ('none', 'volume')
    """
    before, after = before[-_NEAR:], after[:_NEAR]
    if (
        _EARLIER.search(before)
        or _OF_OWN.match(after)
        or _OF_PEOPLE.search(before)
        or _is_growth(before, after)
        or _is_of_something_else(after)
    ):
        return "none"
    if not (
        _SHARE_AFTER.match(after) or _is_said_before(before, after) or (follows_share and _goes_on(before))
    ):
        return "none"
    near = before[-60:] + re.split(r"[,;]", after, maxsplit=1)[0]
    return (
        "volume"
        if _VOLUME.search(near) and not re.search(r"(?i)\b(?:revenue|value|sales(?! market share))\b", near)
        else "share"
    )


def _is_growth(before: str, after: str) -> bool:
    if _IS_SHARE.match(after):
        return False
    if _GROWS_AFTER.match(after):
        return True
    if _CHANGED_SHARE.search(before[-90:]):
        return False
    nearest = _nearest(before)
    return bool(nearest and nearest["growth"])


def _nearest(before: str) -> re.Match[str] | None:
    last = None
    for match in _NEAREST.finditer(before[-90:]):
        last = match
    return last


def _is_of_something_else(after: str) -> bool:
    """Return whether "of ..." follows and says something other than a market."""
    match = _OF.match(after)
    if match is None:
        return False
    if _OF_GROWTH.search(match["what"]):
        return True
    return after.lstrip(" )")[:2].lower() == "of" and not _OF_MARKET.match(match["what"])


def _is_said_before(before: str, after: str) -> bool:
    if _CHANGED_SHARE.search(before[-90:]):
        return True
    nearest = _nearest(before)
    if nearest and (nearest["share"] or nearest["strong"]):
        return True
    of = _OF.match(after)
    return bool(of and _OF_MARKET.match(of["what"]) and re.search(r"(?i)\bof\b", after[:6]))


def _goes_on(before: str) -> bool:
    """Return whether the text since the last share only names the next holder."""
    return len(before) < 90 and not re.search(r"\d", before)


def year_of(text: str, end: int) -> int | None:
    """Return the year of what ends there: the first one after it in its clause, else the last one before it.

    >>> year_of("In 2022, pumps held 4%, and are expected to reach USD 5 by 2030", 23)
    2022
    """
    found = years(text)
    clause = _AFTER_CLAUSE.search(text, end)
    stop = clause.start() if clause else len(text)
    following = [year.year for year in found if end <= year.start < stop]
    before = [year.year for year in found if year.end <= end]
    return following[0] if following else before[-1] if before else None
