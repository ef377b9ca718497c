"""Markets that a text names: this one, under its name or a part of it, and others."""

import re

from markets.importing.claims import SubjectClaim
from markets.importing.regions import leading_region

_ANY_MARKET = re.compile(
    r"(?P<words>(?:[\w&'’/()-]+\s){1,6})(?:market|industry|demand|sales|consumption|"
    r"production)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?i)(?:market|industry|revenue|the|a|an|of|in|to|for|by|with|and|or|its|their|this|that|these|those|"
    r"global|world|worldwide|"
    r"overall|total|entire|whole|is|are|was|were|has|have|had|size|largest|biggest|leading|dominant|"
    r"dominated|dominates|dominate|held|holds|consumer|regional|region|led|leads|share|on|into|from|as|at|"
    r"growing|key|major|national|domestic|local|international|fastest|highest|(?:fastest|fast)[- ]growing|"
    r"lucrative|dominating|largest|own|respective|target|"
    r"revenue|sales|said|same|second|third|emerging|whose|become|became|most|important|end|mature|developed)"
)


def markets_named(text: str, market: SubjectClaim | None) -> list[tuple[str, bool]]:
    """Return the markets that a text names in words of their own, and whether each is `market`.

    >>> from markets.importing.documents import Place
    >>> pumps = SubjectClaim(place=Place(0, 0, 0), words="", name="Industrial Pumps")
    >>> markets_named("40% of the pump market, and 3% of the steel market in Europe", pumps)
    [('pump', True), ('steel', False)]
    """
    if market is None:
        return []
    found = []
    for match in _ANY_MARKET.finditer(text):
        words = _own_words(match["words"])
        if words:
            found.append((" ".join(words), _is_own(words, market)))
    return found


def _own_words(words: str) -> list[str]:
    kept: list[str] = []
    for word in reversed(words.split()):
        if _STOPS.fullmatch(word) or word[0].isdigit():
            if kept or word.lower() not in ("size", "share"):
                break
            continue
        kept.insert(0, word)
    named = " ".join(kept)
    return [] if not named or leading_region(named) else kept


def _is_own(words: list[str], market: SubjectClaim) -> bool:
    said = {_stem(word) for word in words}
    for name in (market.name, *market.aliases):
        own = [_stem(word) for word in re.findall(r"[\w-]+", name) if not _STOPS.fullmatch(word)]
        main = re.split(r"(?i)\s(?:in|for|of|to)\s", name)[0].split()
        initials = "".join(word[0] for word in re.findall(r"\w+", name)).lower()
        if (main and _stem(main[-1]) in said) or len(said & set(own)) >= min(2, len(own)) or initials in said:
            return True
    return False


def _stem(word: str) -> str:
    return word.lower().strip("()'’.,")[:6].rstrip("s")
