"""Whose figure it is: the market's own, a segment's or region's, or another market's or a company's.

The subject of the clause decides: what stands before its verb. "The market" and "it" mean what the
sentence before them spoke of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from markets.importing.claims import CagrClaim, SizeClaim, SubjectClaim
from markets.importing.documents import Block, Document
from markets.importing.quantities import quantities
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

_ASIDE = re.compile(r"\((?!CAGR)[^()#]{1,40}\)")
_BULLET = re.compile(r"\s*[-–—•·*▪●►>]+\s+")
_DATELINE = re.compile(
    r"^.{0,120}?(?:/\s?[A-Z][\w .]{2,30}/|\([A-Z][A-Za-z .]{3,30}\))\s?(?:--|—|–|-)+|"
    r"^[A-Z][^.]{2,60}?#{4}\s?(?:--|—|–)\s"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|could|can|should|held|holds|accounts?|accounted|dominate[sd]?|"
    r"leads?|led|reach(?:es|ed)|generate[sd]|captured?|captures|register(?:s|ed)|grew|grows|stood|stands?|exceed(?:s|ed)|"
    r"surpass(?:es|ed)|hits?|amounted|totall?ed|contribute[sd]?|represent(?:s|ed)|comprise[sd]?|crossed|valued|worth|"
    r"expected|projected|anticipated|estimated|forecast(?:ed)?|predicted|poised|set|slated|likely|continues?|remains?|"
    r"exhibit(?:s|ed)|witness(?:es|ed)|show(?:s|ed)|record(?:s|ed)|posts?|posted|shall|going|reckoned|gained|gains|"
    r"increased|expanded|rose|declined|jumped|climbed|surged|experienced|emerged|observed|commands?|commanded|makes?|"
    r"to\s(?:be|reach|hit|grow|expand|rise|increase|attain|achieve|touch|cross|exceed|surpass|top|garner|generate|record|"
    r"register|witness|exhibit|see|have|show|soar|surge|climb|amass|gain|account|advance|progress|post|experience|"
    r"remain|continue|hold|dominate|lead|display|stand|skyrocket|jump|decline|decrease|drop|fall|shrink|contract|total|"
    r"observe|accelerate|proliferate|flourish|thrive|develop|capture|command|contribute|represent|emerge|propel|"
    r"accumulate|double|triple|value|move|come|offer|boost|push|cause|drive))"
    r"(?=\s)",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"(?<![-\w])(?:growing|expanding|registering|exhibiting|witnessing|recording|posting|rising|increasing|reaching|"
    r"surpassing|exceeding|hitting|advancing|progressing|showing|displaying|seeing|achieving|soaring|projecting|"
    r"valued|holding|capturing|generating|accounting|climbing|surging|crossing|"
    r"(?<=\w\s)(?:at|with|worth|by|from)|forecast)(?=\s)",
    re.IGNORECASE,
)
_HARD = re.compile(
    r"[;:•|#()“”]|\s[-–—]+\s|,?\s(?:while|whereas|whilst|although|though|which|where|followed by|led by|"
    r"driven by|followed closely by|(?:expects?|projects|predicts?|forecasts|estimates|analy[sz]es|believes|"
    r"foresees|anticipates|reports|says|states|reveals|shows|suggests|indicates|finds|found|noted|notes)(?:\sthat)?|"
    r"because|since|but|that)\s|,\s(?:and|with|but|as)\s",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"^(?:(?P<place>in|within|across|from)\s+(?P<where>[^,]{2,40})|(?:in|by|among|amongst|based|according|as|over|during|"
    r"from|within|across|with|due|owing|on|of|at|for|under|through|given|despite|to|regarding|"
    r"however|meanwhile|moreover|additionally|furthermore|overall|globally|geographically|"
    r"regionally|[a-z]+ly|currently|similarly|notably|today|hence|thus|therefore|also|"
    r"regional(?:ly)?|consequently)\b[^,#]*),\s*",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"^(?:and|or|but|as|so|then|the|a|an|this|that|these|its|their|our|global(?:ly)?|worldwide|world|international|"
    r"total|overall|entire|whole|current|annual|estimated|combined|aggregate|with|also|both|now|value|size|revenues?|"
    r"sales|demand|valuation|turnover|consumption|growth|scale|share|of|for|in|from|by|at|to|steady|rapid|strong|robust|"
    r"momentum|dominance|leadership|expansion|position|lead|during|over|"
    r"through|insights|on|about|cagr|compound|rate|forecast|market|industry)(?:['’]s)?(?=\W|$)[\s,.]*",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"[\s,]*\b(?:global(?:ly)?|worldwide|size|share|revenues?|sales|value|valuation|demand|growth|turnover|scale|"
    r"consumption|trends?|outlook|forecast|and|&|of|in|the|itself|alone|also|further|which|that|market\s?place|at|a|an|"
    r"markets?|industry|sector|now|overall|expected|total|steadily|significantly|rapidly|opportunity|momentum|"
    r"each|pace|rate|itself|potential|projection|to)\W*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\s*\b(?:at|with|an?|the|of|cagr|about|around|rate|growing|expanding|recording)\b|[\s(,])+$",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:,|\b(?:of|for|titled|called|entitled))\s(?:the\s)?(?:global\s)?", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|and\b|but\b|while\b)", re.IGNORECASE)
_APPOSED = re.compile(
    r",\s(?:the(?!\sglobal)|an?|one|known|being|also|each|both|including|such as)\b.*$", re.IGNORECASE
)
_KIND = re.compile(r"\b(?:sub-?)?(?:segments?|categor(?:y|ies)|verticals?)\b", re.IGNORECASE)
_MARKET = re.compile(r"\b(?:markets?|industry|sector)\b", re.IGNORECASE)
_NO_LABEL_NAME = re.compile(
    r"\(?#+\)?|\b(?:in|by|for|forecast|estimated|projected|base|year|period|CAGR|growth|rate|market)\b|[(),]",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:markets?|industry|sector|size|revenues?|sales|demand|value|valuation|growth|turnover|consumption)\b",
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
_LONGEST_LIST = 400


class Scopes:
    """The resolver of one document. It remembers what the sentence before spoke of."""

    def __init__(self, document: Document, subject: SubjectClaim) -> None:
        names = {subject.name, *subject.aliases}
        self._subject = [set(name_words(name).split()) for name in names if name]
        self._home = subject.geography
        self._listed = {name_words(name): name for name in listed_names(document)}
        self._block = -1
        self._before = TOTAL

    def follow(self, sentence: Sentence) -> None:
        """Read a sentence, so that "it" in the next one is understood."""
        if sentence.block != self._block:
            self._block, self._before = sentence.block, TOTAL
        text = masked(sentence.text)
        first = next(
            (scope for phrase, _ in _subjects(text) if (scope := self._named(phrase)) is not None), None
        )
        if first is not None and not first.doubt:
            self._before = first

    def of(self, sentence: Sentence, at: int) -> Scope:
        """Return whose figure stands at a character of a sentence."""
        if sentence.block != self._block:
            self._block, self._before = sentence.block, TOTAL
        text = masked(sentence.text)
        head, tail = text[:at], text[at:]
        found: Scope | None = None
        for phrase, is_new in _subjects(head):
            if found and _AGAIN.match(phrase):
                continue
            scope = self._named(phrase)
            if scope is not None and (is_new or found is None):
                found = scope
        found = self._last_words(head) or found or self._after(tail) or self._before
        is_told = found.whose is Whose.UNKNOWN and found.name and _BY_DIMENSION.search(text)
        return replace(found, whose=Whose.PART) if is_told else found

    def each_of(self, sentence: Sentence, at: int, count: int) -> list[Scope] | None:
        """Return whose figures are "A and B ... 3% and 5%, respectively"; None without as many names."""
        for phrase, _ in reversed(list(_subjects(masked(sentence.text)[:at]))):
            names = [name for part in re.split(r",|\band\b", phrase) if (name := _stripped(part))]
            parts = [part for name in names if (part := self._part(name))]
            if len(names) == len(parts) == count:
                return parts
        return None

    def of_label(self, label: str) -> Scope:
        """Return whose figure stands behind a label such as "Europe Market Size in 2023"."""
        return self._named(" ".join(_NO_LABEL_NAME.sub(" ", masked(label)).split())) or TOTAL

    def _last_words(self, head: str) -> Scope | None:
        """Understand "followed by Europe (": a name that stands right before a figure, without a verb."""
        head = head.rstrip("( ")
        cut = max([_last_cut(head), *(verb.end() for verb in _VERB.finditer(head))])
        name = _stripped(_LEAD.sub("", head[cut:]))
        return self._part(name) if name and len(name) < 60 else None

    def _after(self, tail: str) -> Scope | None:
        """Understand "a CAGR of 5% is projected for the hospital segment" and "at 5% CAGR X market grows"."""
        behind = re.search(r"^#+[^.;#]{0,60}?\b(?:for|by|in)\s(?P<name>(?:the|this)\s[^.,;#]{3,60})", tail)
        if behind and (scope := self._named(behind["name"])) and scope.whose is not Whose.UNKNOWN:
            return scope
        for phrase, _ in _subjects(tail.lstrip("#")):
            if scope := self._named(phrase):
                return scope
        return None

    def _named(self, phrase: str) -> Scope | None:
        """Return what a phrase before a verb speaks of, None if it adds nothing."""
        phrase, place = _without_intro(re.sub(r"(?i)^(?:and|or|but|also|while)\b\s*", "", phrase))
        phrase = _APPOSED.sub("", phrase)
        if not phrase.strip(" ,'’"):
            return self._in_place(TOTAL, place) if place else None
        if _AGAIN.match(phrase):
            return self._before
        core, where = _apart(phrase)
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
        if scope == TOTAL or self._market(_stripped(_OF.split(core)[-1])) == TOTAL:
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
        if region := region_name(name):
            return self._in_place(TOTAL, region)
        bare = _KIND.sub("", name).strip(" ,")
        listed = self._listed.get(name_words(bare)) if bare else None
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


@lru_cache(maxsize=512)
def masked(text: str) -> str:
    """Return a sentence with "#" for its quantities and spaces for its dateline, as long as before.

    >>> masked("PUNE, May 2, 2022 /PRNewswire/ -- It sold USD 5 million in 2021").strip()
    'It sold ############# in ####'
    """
    for span in quantities(text):
        text = text[: span.start] + "#" * (span.end - span.start) + text[span.end :]
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    dateline = _DATELINE.match(text) or _BULLET.match(text)
    return " " * dateline.end() + text[dateline.end() :] if dateline else text


def listed_names(document: Document) -> Iterator[str]:
    """Yield what the text lists: short lines, and the parts of "By Type: A, B and C" and "segmented into"."""
    of_companies = False
    for block in document.blocks:
        if _COMPANIES.search(block.text[:80]):
            of_companies = True
        elif _SEGMENTS.search(block.text[:80]):
            of_companies = False
        if not of_companies:
            yield from _listed_in(block)


_COMPANIES = re.compile(
    r"(?i)\b(?:compan(?:y|ies)|players?|manufacturers?|vendors?|competit\w+|participants)\b"
)
_SEGMENTS = re.compile(r"(?i)\b(?:by|segment\w*|types?|applications?|regions?|end[\s-]users?)\b")
_BY = re.compile(
    r"^(?:by\s|market segment|segmentation|product types?|applications?|end[\s-]users?|types?|regions?)"
    r"[^:()]{0,60}[:(]",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"(?:segmented|divided|categori[sz]ed|bifurcated|classified|split|segregated)\s(?:in)?to\s([^.;]{3,300})"
)


def _listed_in(block: Block) -> Iterator[str]:
    text = block.text.strip(" •·-–*")
    if len(text) < 60 and not text.endswith((".", ":", "?", "!")) and not re.search(r"\d{4}|#|[$%]", text):
        yield re.sub(r"\s*[\[(].*", "", text)
    lists = [found[1] for found in _INTO.finditer(block.text)]
    if by := _BY.match(text):
        lists.append(text[by.end() : by.end() + _LONGEST_LIST])
    for items in lists:
        for item in re.split(r",|;|\||\band\b|\(|\)", items):
            if 1 < len(item.strip()) < 50:
                yield item.strip()


def _subjects(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands before each verb, and whether a clause starts there."""
    last, is_first = 0, True
    for verb in _verbs(text):
        piece = text[last : verb.start()]
        cut = _last_cut(piece)
        phrase = piece[cut:].strip(" ,")
        if is_first and not phrase:
            phrase = _opening(piece)
        yield (
            phrase,
            is_first or (cut > 0 and (piece[cut - 1] != "#" or phrase.lower().startswith(("and ", "but ")))),
        )
        last, is_first = verb.end(), False
    if is_first:
        yield _opening(text), True


def _opens_clause(piece: str, cut: int) -> bool:
    """Return whether what follows a cut can be a subject: behind a quantity only after a comma or "and"."""
    return cut > 0 and (piece[cut - 1] != "#" or bool(_JOINED.match(piece, cut)))


def _opening(piece: str) -> str:
    """Return the subject of "Europe, with a share of 5%, is" and of "the market which was"."""
    parts = [part.strip(" ,") for part in _HARD.split(piece.strip(" ,"))]
    named = [part for part in parts if part]
    if not named:
        return ""
    return named[-1] if re.search(r"\b(?:which|that|where)\s*$", piece) else named[0]


def _verbs(text: str) -> list[re.Match[str]]:
    found = [*_VERB.finditer(text), *_DOING.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _last_cut(piece: str) -> int:
    cut = 0
    for match in _HARD.finditer(piece):
        cut = match.end()
    return cut


def _without_intro(phrase: str) -> tuple[str, str]:
    """Return a phrase without "In 2023," and "By type,", and the region that "In China," names."""
    where = ""
    while intro := _INTRO.match(phrase):
        where = where or (intro["where"] and region_name(intro["where"])) or ""
        phrase = phrase[intro.end() :]
    return phrase, where


def _stripped(phrase: str) -> str:
    """Return a phrase without articles and without words such as "market size" at its ends."""
    text = phrase.strip(" ,.'’")
    for pattern in (_LEFT, _RIGHT):
        while (found := pattern.search(text)) and found[0]:
            text = text[found.end() :] if pattern is _LEFT else text[: found.start()]
    return text.strip(" ,.'’")


_IN = re.compile(r"\s(?:in|across|from|of|within)\s(?:the\s)?(?P<where>[A-Z][^,]{1,40})$")


def _apart(phrase: str) -> tuple[str, str]:
    """Return the name in a phrase and the region beside it: "Europe paints market", "paints in Europe"."""
    core = _stripped(re.sub(r"(?i)\bglobal and \w+", "", phrase))
    if region_name(core):
        return "", region_name(core)
    if (found := _IN.search(core)) and (where := region_name(_stripped(found["where"]))):
        return _stripped(core[: found.start()]), where
    words = core.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if where := region_name(re.sub(r"['’]s?$", "", " ".join(words[:count]))):
            return _stripped(" ".join(words[count:])), where
    return core, ""


_Claim = TypeVar("_Claim", SizeClaim, CagrClaim)
_CALLS = "It calls the market"


def sure_where_nothing_is_nearer(claims: Sequence[_Claim]) -> list[_Claim]:
    """Return claims without the doubt about a name that is close to the market's, if no other is closer."""
    if any(not claim.doubt and not claim.scope for claim in claims):
        return list(claims)
    return [replace(claim, doubt="") if claim.doubt.startswith(_CALLS) else claim for claim in claims]
