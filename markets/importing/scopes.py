"""Whose figure it is: the market's own, a segment's or region's, or another market's or a company's.

The subject of the clause decides: what stands before its verb. "The market" and "it" mean what the
sentence before them spoke of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from markets.importing.claims import CagrClaim, SizeClaim, SubjectClaim
from markets.importing.clauses import apart, last_words, masked, opening, phrases, stripped, without_intro
from markets.importing.documents import Document
from markets.importing.listed import listed_names
from markets.importing.regions import region_name
from markets.importing.sentences import Sentence
from markets.importing.subjects import name_words


class Whose(Enum):
    """What a figure is about."""

    TOTAL = "the market"
    PART = "a segment or region of it"
    OTHER = "something else"
    UNKNOWN = "not told"


@dataclass(frozen=True)
class Scope:
    """What a figure is about; the name of the segment or region; why that is unsure."""

    whose: Whose
    name: str = ""
    doubt: str = ""


TOTAL = Scope(Whose.TOTAL)
OTHER = Scope(Whose.OTHER)
UNKNOWN = Scope(Whose.UNKNOWN)
_COMPANYS = Scope(Whose.OTHER, "a company")

_OF = re.compile(r"(?:,|\b(?:of|for|titled|called|entitled))\s(?:the\s)?(?:global\s)?", re.IGNORECASE)
_KIND = re.compile(r"\b(?:sub-?)?(?:segments?|categor(?:y|ies)|verticals?)\b", re.IGNORECASE)
_MARKET = re.compile(r"\b(?:markets?|industry|sector)\b", re.IGNORECASE)
_NO_LABEL_NAME = re.compile(
    r"\(?#+\)?|\b(?:in|by|for|forecast|estimated|projected|base|current|end|year|period|CAGR|growth|rate|market)\b|[(),:\[\]]",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:markets?|industry|sector|size|revenues?|sales|demand|value|valuation|growth|turnover|consumption|projections?|forecasts?|estimates?|"
    r"expectations?|cagr)\b",
    re.IGNORECASE,
)
_BY_DIMENSION = re.compile(
    r"^\W*(?:by|among|amongst|in terms of|based on|on the basis of|with respect to)\s[^,#]{3,60},|"
    r"\b(?:segments?|categor(?:y|ies)|sub-?segments?)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^(?:the|this|that|these|its|their|both)\s(?:latter\s)?(?:sub-?)?(?:segments?|regions?|categor(?:y|ies)|country|"
    r"regional market|product)$|^(?:it|they|which|that|this|there)$",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:Inc|Ltd|Corp|Corporation|LLC|PLC|GmbH|S\.A|(?i:compan(?:y|ies)|firms?|manufacturers?|vendors?|players?))\b"
)
_RANKED = re.compile(r"\b(?:fastest|highest|largest|biggest|leading|dominant|second)[\s-]", re.IGNORECASE)
_WEAK = frozenset(
    (
        "service",
        "system",
        "solution",
        "product",
        "device",
        "equipment",
        "technology",
        "sale",
        "market",
        "global",
        "and",
    )
)
_NEAR = 0.65
_REACH = 200


class Scopes:
    """The resolver of one document. It remembers what the sentence before spoke of."""

    def __init__(self, document: Document, subject: SubjectClaim) -> None:
        names = {subject.name, *subject.aliases}
        self._subject = [set(name_words(name).split()) for name in names if name]
        self._home = subject.geography
        self._listed = {name_words(name): name for name in listed_names(document)}
        self._block = -1
        self._last = TOTAL
        self._unread: list[Sentence] = []

    def follow(self, sentence: Sentence) -> None:
        """Read a sentence, so that "it" in the next one is understood."""
        self._enter(sentence)
        self._unread.append(sentence)

    @property
    def _before(self) -> Scope:
        """What the sentences before spoke of. They are read only if a sentence refers to them."""
        unread, self._unread = self._unread, []
        for sentence in unread:
            scopes = (self._named(phrase.text) for phrase in phrases(masked(sentence.text)))
            first = next((scope for scope in scopes if scope is not None), None)
            if first is not None and not first.doubt:
                self._last = first
        return self._last

    def of(self, sentence: Sentence, at: int) -> Scope:
        """Return whose figure stands at a character of a sentence."""
        self._enter(sentence)
        text = masked(sentence.text)
        found = self._part(last_words(text, at)) or self._subject_before(text, at)
        found = found or self._after(text[at : at + _REACH]) or self._before
        is_told = found.whose is Whose.UNKNOWN and found.name and _BY_DIMENSION.search(text)
        return replace(found, whose=Whose.PART) if is_told else found

    def _enter(self, sentence: Sentence) -> None:
        if sentence.block != self._block:
            self._block, self._last, self._unread = sentence.block, TOTAL, []

    def _subject_before(self, text: str, at: int) -> Scope | None:
        """Return what the clause at a character speaks of: the last subject before it, and no object."""
        known = phrases(text)
        if known[0].end > at:
            return self._named(opening(text[:at]))
        found: Scope | None = None
        for phrase in known:
            if phrase.end > at:
                break
            if found and _AGAIN.match(phrase.text):
                continue
            if (phrase.opens or found is None) and (scope := self._named(phrase.text)) is not None:
                found = scope
        return found

    def each_of(self, sentence: Sentence, at: int, count: int) -> list[Scope] | None:
        """Return whose figures are "A and B ... 3% and 5%, respectively"; None without as many names."""
        before = [phrase.text for phrase in phrases(masked(sentence.text)) if phrase.end <= at]
        for text in reversed(before):
            names = [name for part in re.split(r",|\band\b", text) if (name := stripped(part))]
            parts = [part for name in names if (part := self._part(name))]
            if len(names) == len(parts) == count:
                return parts
        return None

    def of_label(self, label: str) -> Scope:
        """Return whose figure stands behind a label such as "Europe Market Size in 2023"."""
        return self._named(" ".join(_NO_LABEL_NAME.sub(" ", masked(label)).split())) or TOTAL

    def _after(self, tail: str) -> Scope | None:
        """Understand "a CAGR of 5% is projected for the hospital segment" and "at 5% CAGR X market grows"."""
        behind = re.search(r"^#+[^.;#]{0,60}?\b(?:for|by|in)\s(?P<name>(?:the|this)\s[^.,;#]{3,60})", tail)
        if behind and (scope := self._named(behind["name"])) and scope.whose is not Whose.UNKNOWN:
            return scope
        scopes = (self._named(phrase.text) for phrase in phrases(tail.lstrip("#")))
        return next((scope for scope in scopes if scope is not None), None)

    def _named(self, phrase: str) -> Scope | None:
        """Return what a phrase before a verb speaks of, None if it adds nothing."""
        phrase, place = without_intro(phrase)
        if not phrase:
            return self._in_place(TOTAL, place) if place else None
        if _AGAIN.match(phrase):
            return self._before
        core, where = apart(phrase)
        where = where or place
        if not core:
            if where:
                return self._in_place(TOTAL, where)
            return self._generic(phrase)
        if _RANKED.search(phrase):
            return None
        return self._known(core, where, phrase)

    def _generic(self, phrase: str) -> Scope | None:
        """Return what "the market" and "revenue" mean: what was spoken of before, if that is a market."""
        if not _GENERIC.search(phrase):
            return None
        before = self._before
        if "global" in phrase.lower() or before.whose is Whose.UNKNOWN or before == _COMPANYS:
            return TOTAL
        if before.whose is Whose.PART and re.search(
            r"(?i)\bthe\s(?:total\s|overall\s)?(?:market|industry)", phrase
        ):
            return replace(before, doubt=f"“The market” may be the whole one, or that of {before.name}.")
        return before

    def _known(self, core: str, where: str, phrase: str) -> Scope:
        scope = self._market(core)
        if scope == TOTAL or self._market(stripped(_OF.split(core)[-1])) == TOTAL:
            return self._in_place(TOTAL, where)
        if part := self._part(core):
            return part
        if _COMPANY.search(phrase):
            return _COMPANYS
        if scope.whose is Whose.TOTAL:
            return self._in_place(scope, where)
        if bare := _KIND.search(phrase) and _KIND.sub("", core).strip(" ,"):
            return Scope(Whose.PART, bare)
        if scope.whose is Whose.PART:
            return scope
        return OTHER if _MARKET.search(phrase) else Scope(Whose.UNKNOWN, core)

    def _part(self, name: str) -> Scope | None:
        if not name:
            return None
        if region := region_name(name):
            return self._in_place(TOTAL, region)
        bare = _KIND.sub("", name).strip(" ,")
        listed = self._listed.get(name_words(bare))
        return Scope(Whose.PART, listed) if listed else None

    def _in_place(self, scope: Scope, region: str) -> Scope:
        if not region or region == self._home or scope.whose is not Whose.TOTAL:
            return scope
        return replace(scope, whose=Whose.PART, name=region)

    def _market(self, core: str) -> Scope:
        """Compare a name with the market's names, word by word."""
        words = set(name_words(core).split())
        best = UNKNOWN
        for own in self._subject:
            missing, extra = own - words - _WEAK, words - own - _WEAK
            if not missing and not extra and own & words:
                return TOTAL
            same = 2 * len(own & words) / (len(own) + len(words))
            if missing and extra and same >= _NEAR:
                best = Scope(Whose.TOTAL, doubt=f"{_CALLS} “{core}”.")
            elif not missing and extra and own & words:
                best = Scope(Whose.PART, core, f"“{core}” may be a part of the market or another market.")
            elif not extra and same >= _NEAR and len(own) > 2:
                best = replace(TOTAL, doubt=f"“{core}” may be a wider market.")
        return best


_Claim = TypeVar("_Claim", SizeClaim, CagrClaim)
_CALLS = "It calls the market"


def sure_where_nothing_is_nearer(claims: Sequence[_Claim]) -> list[_Claim]:
    """Return claims without the doubt about a name that is close to the market's, if no other is closer."""
    if any(not claim.doubt and not claim.scope for claim in claims):
        return list(claims)
    return [replace(claim, doubt="") if claim.doubt.startswith(_CALLS) else claim for claim in claims]
