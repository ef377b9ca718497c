"""Companies: what announces them, and what in a list or a sentence is the name of one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from markets.importing.lists import Item, is_others, mentions
from markets.importing.regions import is_region

KEY = (
    r"(?:key|major|leading|top|prominent|main|global|dominant|significant|notable|established|well-known|market|"
    r"industry|select(?:ed)?|principal|primary|largest|biggest|core|renowned|emerging|active|profiled|competitive|"
    r"world's|famous|other|crucial|essential|popular|international|influential)"
)
FIRMS = (
    r"(?:players?|compan(?:y|ies)|vendors?|manufacturers?|producers?|suppliers?|participants?|competitors?|"
    r"service\sproviders|providers?|firms|brands?|organi[sz]ations|leaders|enterprises|giants|businesses|"
    r"corporations|contributors|stakeholders|developers|operators|contenders)"
)
_HEADING = re.compile(
    rf"\b{KEY}\b[^.]{{0,90}}?\b{FIRMS}\b|\blist\sof\b.{{0,60}}\b{FIRMS}|"
    rf"^(?:the\s)?(?:market\s)?{FIRMS}\b(?:\s(?:covered|profiled|mentioned|included|analy[sz]ed|profiles?|"
    rf"featured|list|in\b.*|operating.*|dominating.*|of\b.*|are|as follows))*\s*[:：]?$|"
    rf"\bcompany\sprofiles?\b|\bcompetitive\slandscape\b|"
    rf"\bby\s(?:key\s|top\s|market\s)?(?:compan(?:y|ies)|manufacturers|players|vendors)\b|"
    rf"{FIRMS}\s(?:covered|profiled)",
    re.IGNORECASE,
)
_FIRM_STEMS = (
    "player",
    "compan",
    "vendor",
    "manufactur",
    "producer",
    "supplier",
    "participant",
    "competit",
    "provider",
    "firms",
    "brand",
    "leader",
    "enterprise",
    "names",
    "giant",
    "business",
    "corporation",
    "contributor",
    "developers",
    "operators",
    "organi",
    "contender",
    "stakeholder",
)
_NO_HEADING = re.compile(
    r"(?i)\brevenues?\b|\bsales\b(?!\smarket)|\(%\)|\bmarket\sshares?\b|\bshares?\sof\b|chapter\s\d|part\s\d|"
    r"\bquestions?\b|\bstrateg|\?|\brank|\bconcentration|\bdevelopments?\b|\bnews\b|\bhow\b|\bwhat\b|"
    r"stakeholders\s*:?$|\bby\scompan(?:y|ies),\s(?!this|covers|with|incl)|\bfive\scompanies\b|\bobjectives?\b"
)
_AGENCY = re.compile(
    r"(?:WHO|FDA|CDC|NIH|EPA|EU|UN|OECD|IMF)$|.*\b(?:Association|Ministry|Department|Agency|Commission|Administration|"
    r"Council|Authority|Government|Federation|World Bank)\b|(?:Dr|Mr|Ms|Mrs|Prof)\b"
)
_CONTENTS = re.compile(
    r"(?i)(?:[\d.]+\s+)?(?:(?:company|business|product|financial|key|recent|strateg\w+|market|swot|geographic|"
    r"competitive|global|regional)\s)?(?:overview|snapshot|portfolio|performance|developments?|analysis|insights?|"
    r"strateg(?:y|ies)|initiatives|financials|offerings?|profiles?|benchmarking|summary|presence|information|"
    r"segments?|products?|revenue)$"
)
_VALID_START = re.compile(r"[A-Z0-9À-ÞĀ-ſ\u0370-\uffff]|[a-z]{1,3}[A-Z]|[a-z]+$|[a-z]\w*\.\w")
_FOLLOWING = re.compile(r"(?i)\b(?:following (?:are|is|list)|as follows|listed below|given below)\b")
_LONGEST_HEADING = 320
_CACHED = 2048
_CONNECT = re.compile(r"of|and|de|la|du|des|del|van|von|der|den|di|da|do|e|y|et|und|og|the|for|&|in|at")
_SMALL = re.compile(
    r"(?:plc|group|inc|co|ltd|corp|ag|llc|gmbh|limited)\.?,?$|[a-z]+[A-Z]|[a-z][\w-]*\.(?:com|io|ai|net|org|co)\b"
)
"""Words of a company's name that start in lower case."""

_PUBLISHER = re.compile(
    r"(?i)\b(?:market\s?research|market\sinsights|marketsandmarkets|grand\sview|mordor|research\sand\smarkets|"
    r"market\sreports?|prnewswire|globe\s?newswire)\b"
)
_NO_PLAYER = re.compile(
    r"(?i)^(?:(?:the\s)?(?:united\snations|governments?|world\shealth\sorgani[sz]ation|WHO|FDA|company|companies|"
    r"players?|manufacturers?|suppliers?|distributors?|end[- ]users?|investors?|consumers?|others?|revenue|"
    r"market|product|sales|price|report|overview|business|profiles?|swot|financials?|strategy|n/?a)\b(?:\s\w+){0,3}$|"
    r".*\b(?:market|forecast|CAGR|chapter|analysis of)\b)"
)
_LONGEST_NAME = 80
_NOT_ALONE = re.compile(
    r"(?:The|These|They|This|That|Those|Some|Other|It|In|By|We|Our|Their|An?|For|With|More)$"
)


@lru_cache(_CACHED)
def is_players_heading(line: str) -> bool:
    """Return whether a line announces a list of companies.

    >>> is_players_heading("Top Key Players in the Rope Market"), is_players_heading("Key findings")
    (True, False)
    """
    text = line.strip(" •·*#-–\t")
    if len(text) > _LONGEST_HEADING or not mentions(text, _FIRM_STEMS) or not _HEADING.search(text):
        return False
    return bool(_FOLLOWING.search(text)) or not _NO_HEADING.search(text)


def announces_below(text: str) -> bool:
    """Return whether a line leads to what is below it: it is no sentence, or one that says so."""
    return text.rstrip()[-1:] != "." or bool(_FOLLOWING.search(text))


def names_companies(text: str) -> bool:
    """Return whether a text has a word for companies at all."""
    return mentions(text, _FIRM_STEMS)


def is_company(text: str) -> bool:
    """Return whether an item of a list of companies may be one: no region, no remark, no publisher.

    >>> is_company("Elm, Inc. (US)"), is_company("Europe"), is_company("Other Players")
    (True, False, False)
    """
    plain = re.sub(r"\s*\([^()]*\)?", "", text).strip()
    return (
        len(plain) > 1
        and len(text) <= _LONGEST_NAME
        and not is_others(plain)
        and not is_region(plain)
        and not _NO_PLAYER.match(plain)
        and not _PUBLISHER.search(plain)
        and not re.search(r"[?!%]|\bUSD\b", plain)
    )


def is_agency(name: str) -> bool:
    """Return whether a name is that of an authority, an association or a person with a title."""
    return bool(_AGENCY.match(name))


def companies(items: Sequence[Item]) -> Sequence[Item]:
    """Return the items without the lines of a table of contents, or none if most are no names."""
    named = [item for item in items if not _CONTENTS.match(item.text)]
    fit = [item for item in named if not is_prose(item.text) and _VALID_START.match(item.text)]
    return fit if len(fit) >= 0.7 * len(named) else []


def is_prose(text: str) -> bool:
    """Return whether a text has more words in small letters than a company's name has.

    >>> is_prose("Bank of America"), is_prose("grows faster than other firms")
    (False, True)
    """
    words = text.split()
    small = [word for word in words if word[:1].islower() and not _CONNECT.fullmatch(word)]
    return len(small) > 2 or len(small) == len(words) > 1


def company_at_start(text: str) -> tuple[str, bool]:
    """Return the company's name that a phrase starts with, and whether words follow that belong to none.

    >>> company_at_start("Elm Works have grown"), company_at_start("House of Joy"), company_at_start("prices")
    (('Elm Works', True), ('House of Joy', False), ('', True))
    """
    text = re.sub(r"^(?:and|the)\s+", "", text.strip(" \"“”'‘’"))
    words = text.split()
    end, bracket = 0, False
    for at, word in enumerate(words):
        opens = word.startswith(("(", "["))
        bracket = bracket or opens
        if bracket or not word[:1].islower() or _SMALL.match(word):
            end = at + 1
        elif not _CONNECT.fullmatch(word):
            break
        if word.endswith((")", "]", "),")):
            bracket = False
    name = " ".join(words[:end]).strip(" ,;:")
    return ("", True) if _NOT_ALONE.match(name) else (name, end < len(words))
