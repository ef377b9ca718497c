"""Who has a share: the subject of a clause, what "it" refers to, and whether the market is this one."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from markets.importing.claims import SubjectClaim
from markets.importing.documents import Document, Kind
from markets.importing.other_markets import markets_named
from markets.importing.phrases import (
    complement,
    described,
    dimension_of,
    has_verb,
    head,
    is_name,
    lead,
    listed,
    stated_dimension,
    titled,
    trimmed,
)
from markets.importing.quantities import money
from markets.importing.regions import is_country, is_region, leading_region, region_name

Sharing = Literal["", "each", "both", "together"]

_PARTICIPLES = (
    r"(?:holding|accounting|capturing|leading|dominating|contributing|representing|commanding|occupying|"
    r"comprising|making up|generating|securing|constituting)"
)
_CLAUSES = re.compile(
    rf";|:\s(?=the\s)|,?\s?\bwith\s(?=[^,;%]{{2,60}}?\s{_PARTICIPLES}\b)|"
    r"\betc\.,?\s(?=[A-Z])|\b(?:while|whereas|(?:is |are |was |were )?(?:closely )?followed by|(?:is|are|"
    r"was)\s(?:led|dominated)\sby|, but|"
    r", where|compared (?:to|with)|then)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r",\sand\s|\s(?:and|with)\s(?=(?:the|it|this|top)\s|[A-Z])")
_APPOSITION = re.compile(r"(?<=\w),\s(?:the|an?|one of)\s[^,]{3,60}$")
_PASSIVE = re.compile(
    r"(?:[^,;%]{0,90}?\s)?(?:held|accounted for|captured|contributed|generated|owned|controlled|taken|"
    r"dominated|occupied|recorded|represented|secured)\sby\s(?P<name>[^;%]{2,120})|"
    r"(?:[^,;%]{0,90}?\s)?(?:c[ao]mes?\sfrom|(?:is|are|was|were)\s(?:from|(?:projected|expected|estimated|"
    r"anticipated|recorded|reported)\s(?:for|by)|attribut\w+\sto|derived\sfrom)|belong\w*\sto|"
    r"originat\w+\sfrom)\s(?P<source>[^;%]{2,120})",
    re.IGNORECASE,
)
_ARE = re.compile(r"(?:\s*of\s[^,;%]{2,80}?)?\s(?:is|are|was|were)\s(?P<name>[^;%]{2,80})", re.IGNORECASE)
_REST_OF_LAST = re.compile(r"^[^,;)]*[,;)]\s*|^[^,;)]*?\sand\s|^[^,;)]*$")
_OPENS = re.compile(
    rf"(?i)\s*(?:with|at|{_PARTICIPLES})(?:\s(?:for|an?|the|share|market|revenue|of|its|largest|"
    rf"dominant))*\s*"
)
_NAME_STOPS = re.compile(
    r"(?i),\s(?=(?:and\s)?(?:\d|with|which|while|who|making|due|owing|driven|followed|as|because|"
    r"the\s\w+\s(?:is|was)))|\s(?:in|during|by|as of|for|at)\s(?:the\s)?(?:year\s)?(?:19|20)\d\d|\s(?:and|"
    r"with)\s(?:over|about|around|nearly|approximately|almost|more than)?\s*$|\.$|,\s*(?:and\s*)?$|"
    r"\s(?:due to|owing to|because|with a)\b|\sin\s\d{4}"
)
_PRONOUN = re.compile(
    r"(?i)^(?:the|this)\s(?:region|country|segment)['’]s\b.*$|^(?:it|they|this|these|those|both|(?:the|"
    r"(?:this|that|these|those|such|"
    r"said)(?:\s[\w-]+)?)\s(?:segments?|regions?|country|countries|category|sub-?segment|application|"
    r"technology|type|product|companies|company|players?|manufacturers|vendors|area|market|dominance|"
    r"leadership|sector|group)|the (?:former|latter)|the firms?)$"
)
_PLACE_PRONOUN = re.compile(r"(?i)\b(?:region|regions|country|countries|area)$")
_SHARING = re.compile(
    r"\b(?:(?P<each>each|either)|(?P<together>together|combined|collectively|jointly|in total|cumulatively|"
    r"are the (?:top|leading|major|main|key))|(?P<both>both))\b",
    re.IGNORECASE,
)
_SHARINGS: tuple[Sharing, ...] = ("each", "together", "both")
_COMPANIES_LISTED = re.compile(
    r"(?i)\b(?:players|companies|manufacturers|vendors|producers|suppliers|market leader|providers|"
    r"participants)\b"
)
_NOUN_OF_COMPANIES = re.compile(
    r"(?:companies|company|players?|manufacturers?|producers?|vendors?|suppliers?|providers?|operators?|"
    r"firms?|leader)\s+(?P<name>[A-Z].*)$"
)
_EMPTY_NOUN = re.compile(
    r"(?i)^(?:the\s|an?\s)?(?:(?:largest|highest|biggest|major|dominant|significant|total|global|market|"
    r"revenue|majority|lion['’]s|substantial|maximum|combined|considerable|sizable)\s)*(?:(?:share|revenue|"
    r"sales|market|demand|portion|part|majority|industry|total)(?:\sof)?)?$"
)
_IN_REGION = re.compile(
    r"\b(?:of|in|across|within|dominat\w+|led|leads)\s(?:the\s)?(?P<name>(?:[A-Z][\w.&-]*|and|of|the|"
    r"region|regional|country)(?:\s(?:[A-Z][\w.&-]*|and|of|the|America|region|country)){0,4})"
)
_OTHER_PLACE = "It is a share of the market in {}, not of the whole."
_OTHER_MARKET = "It may be a share of another market: {}."
_MAX_STEPS = 3
_MAX_BACK = 20
_LONGEST_SENTENCE = 500


@dataclass(frozen=True)
class Holder:
    """Who has a share, and their dimension. `sharing` is how the text gives several names one share."""

    names: tuple[str, ...]
    dimension: str = ""
    sharing: Sharing = ""
    doubt: str = ""


class Teller:
    """Reads whom the clauses of a block speak of. It remembers the sentences before."""

    def __init__(self, document: Document, block: int, market: SubjectClaim | None) -> None:
        self._market = market
        self._heard: list[str] = []
        self._heading = _heading(document, block)

    def heard(self, sentence: str) -> None:
        """Remember a sentence."""
        self._heard = [*self._heard[-_MAX_BACK:], sentence[:_LONGEST_SENTENCE]]

    def _other(self) -> str:
        """Return the other market that the sentences before are about, blank if they are about this one."""
        for sentence in reversed(self._heard):
            named = markets_named(sentence, self._market)
            if any(is_own for _, is_own in named):
                return ""
            if named and money(sentence):
                return named[0][0]
        return ""

    def holder(self, before: str, after: str, count: int, last: Holder | None) -> Holder | None:
        """Return who has the shares between the texts `before` and `after`; None if nobody is named.

        `count` is how many shares there are, `last` who has the shares before these in the sentence.
        """
        before, after = before[-_LONGEST_SENTENCE:], after[:_LONGEST_SENTENCE]
        if last is not None and not _CLAUSES.search(before):
            before = _REST_OF_LAST.sub("", before, count=1)
        found = (
            self._passive(before, after, count)
            or self._active(before, count, self._heard)
            or self._behind(before, after)
        )
        if found is None:
            return replace(last, sharing="") if last and not _has_words(before) else None
        if not found.dimension and last and dimension_of(found.names[0]) == "":
            found = replace(found, dimension=last.dimension)
        return replace(
            found, sharing=_sharing(before, after), doubt=found.doubt or self._doubt(found, before, after)
        )

    def subject(self, text: str, after: str) -> Holder | None:
        """Return whom the last clause of a text speaks of; `after` tells in which market."""
        found = self._active(text, 0, self._heard)
        return replace(found, doubt=found.doubt or self._doubt(found, "", after)) if found else None

    def subject_of_first(self, text: str) -> Holder | None:
        """Return whom the first clause of a text speaks of."""
        pieces = _pieces(text)
        return self.subject(pieces[0], pieces[0]) if pieces else None

    def names(self, phrase: str) -> tuple[str, ...]:
        """Return the names that a phrase lists."""
        found = self._named(re.sub(r"(?i),?\s*etc\.?$", "", phrase).strip(" ,"), 0, apart=True)
        return found.names if found else ()

    def opens(self, text: str) -> bool:
        """Return whether a clause begins where a text ends."""
        pieces = _pieces(f"{text} ")
        return not pieces or not lead(pieces[-1]).rest.strip(" ,")

    def _active(self, before: str, count: int, heard: list[str]) -> Holder | None:
        """Read the subject of the last clause that has one."""
        pieces = _pieces(before)
        for at in range(len(pieces) - 1, -1, -1):
            if found := self._of_clause(pieces[at], count, heard if at == 0 else None):
                return replace(found, dimension=found.dimension or lead(pieces[0]).dimension)
        return None

    def _behind(self, before: str, after: str) -> Holder | None:
        """Read "With a share of 40%, clinics lead"."""
        _, comma, clause = after.partition(", ")
        return self._of_clause(clause, 0, None) if comma and _OPENS.fullmatch(lead(before).rest) else None

    def _of_clause(self, clause: str, count: int, heard: list[str] | None) -> Holder | None:
        """Read the subject of a clause; look up "it" in the sentences `heard` before, if these are given."""
        opening = lead(clause)
        phrase, rest = head(opening.rest.lstrip(" ,;"))
        phrase = phrase.strip(" ,")
        if count < 2 and not re.search(r"\s(?:and|&)\s", phrase):
            phrase = _APPOSITION.sub("", phrase)
        if superlative := described(phrase):
            found = self._superlative(phrase, superlative["rest"], rest, count)
        elif _PRONOUN.match(phrase):
            found = None if heard is None else self._meant(phrase, heard)
        else:
            found = self._named(phrase, count, bool(_sharing(clause, "")))
        if found is None:
            return None
        told = opening.dimension or found.dimension
        doubt = _OTHER_PLACE.format(opening.region) if self._is_elsewhere(opening.region, found) else ""
        return replace(found, dimension=told or stated_dimension(rest), doubt=found.doubt or doubt)

    def _named(self, phrase: str, count: int, apart: bool = False) -> Holder | None:
        parts = listed(phrase, count if count > 1 else 0, apart) if phrase else ()
        names = tuple(trimmed(part, self._market) for part in parts)
        if not names or not all(map(is_name, names)):
            return None
        dimensions = {dimension_of(name, phrase) for name in names}
        return Holder(names, dimensions.pop() if len(dimensions) == 1 else "")

    def _superlative(self, phrase: str, noun: str, rest: str, count: int) -> Holder | None:
        """Read "the largest application is clinics", or "the largest player Acme has"."""
        if company := _NOUN_OF_COMPANIES.search(noun):
            return self._with_dimension(self._named(company["name"], count), "Company")
        are_companies = bool(_COMPANIES_LISTED.search(noun))
        beside = noun.partition(",")[2].strip(" ,") or complement(rest, 2 if are_companies else count)
        if beside and (found := self._named(beside, count)):
            return self._with_dimension(found, _dimension_of_noun(noun.partition(",")[0]))
        if are_companies or trimmed(phrase, self._market).startswith("top "):
            return self._named(phrase, count)
        return None

    def _with_dimension(self, found: Holder | None, dimension: str) -> Holder | None:
        return replace(found, dimension=dimension or found.dimension) if found else None

    def _passive(self, before: str, after: str, count: int) -> Holder | None:
        """Read "40% of the market was held by clinics", or "40 percent of the market are clinics"."""
        opening = lead(_CLAUSES.split(before)[-1])
        phrase = head(opening.rest)[0].strip(" ,(")
        if not _EMPTY_NOUN.match(phrase):
            return None
        match = _PASSIVE.match(after) or (_ARE.match(after) if not phrase else None)
        if match is None:
            return None
        name = next(filter(None, match.groupdict().values()))
        stop = _NAME_STOPS.search(name)
        found = self._named(name[: stop.start()] if stop else name, count)
        return self._with_dimension(found, opening.dimension)

    def _meant(self, pronoun: str, heard: list[str]) -> Holder | None:
        """Return whom "it" or "the region" refers to: the subject of the sentence before, or the heading."""
        is_place = bool(_PLACE_PRONOUN.search(pronoun))
        for at in range(len(heard) - 1, max(-1, len(heard) - 1 - _MAX_STEPS), -1):
            found = (_mentioned_region(heard[at]) if is_place else None) or self._active(
                heard[at], 0, heard[:at]
            )
            if found and (not is_place or found.dimension == "Region"):
                return found
        return self._heading

    def _doubt(self, found: Holder, before: str, after: str) -> str:
        own_clause = "".join(_pieces(before)[-1:]) + _first_clause(after)
        for match in _IN_REGION.finditer(own_clause):
            place = match["name"]
            is_pronoun = re.search(r"(?i)\b(?:region|regional|country)\b", place) and not is_region(place)
            if is_pronoun and match[0].startswith(("of", "in", "across", "within")):
                return _OTHER_PLACE.format("one region")
            if self._is_elsewhere(leading_region(place), found):
                return _OTHER_PLACE.format(leading_region(place))
        for named, is_own in markets_named(_first_clause(after), self._market):
            if not is_own:
                return _OTHER_MARKET.format(named)
        if self._heading and self._heading.dimension == "Region" and all(map(is_country, found.names)):
            around = self._heading.names[0]
            if not is_country(around):
                return _OTHER_PLACE.format(around)
        other = self._other()
        return _OTHER_MARKET.format(other) if other else ""

    def _is_elsewhere(self, region: str, found: Holder) -> bool:
        """Return whether a share in `region` is one of a part of the market only."""
        own = region_name(self._market.geography) if self._market else ""
        return bool(region) and region != own and region not in map(region_name, found.names)


def _pieces(text: str) -> list[str]:
    """Cut a text into clauses, also at an "and" that joins two clauses with a subject and a verb each."""
    pieces: list[str] = []
    for clause in _CLAUSES.split(text):
        start = 0
        for join in _JOINS.finditer(clause):
            following = head(clause[join.end() :])[0]
            if (
                has_verb(lead(clause[start : join.start()]).rest)
                and has_verb(clause[join.end() :])
                and not _JOINS.search(following)
            ):
                pieces.append(clause[start : join.start()])
                start = join.end()
        pieces.append(clause[start:])
    return [piece for piece in pieces if piece.strip(" ,;:()")]


def _has_words(before: str) -> bool:
    return bool(re.search(r"[A-Z][a-z]{2}", before))


def _first_clause(after: str) -> str:
    return re.split(r"[,;]|\.(?=\s[A-Z]|$)", after, maxsplit=1)[0]


def _sharing(before: str, after: str) -> Sharing:
    near = _CLAUSES.split(before)[-1] + " ; " + _first_clause(after)
    said = {match.lastgroup for match in _SHARING.finditer(near)}
    return next((sharing for sharing in _SHARINGS if sharing in said), "")


def _dimension_of_noun(noun: str) -> str:
    """Return the dimension in "the largest <noun>": "end user" is one, "segment" is none."""
    noun = re.sub(
        r"(?i)\s*\b(?:segments?|markets?|share|holders?|one|category|contributors?|in|of|for)\b.*$", "", noun
    )
    if re.search(r"(?i)\b(?:regions?|countr(?:y|ies))$", noun):
        return "Region"
    if _COMPANIES_LISTED.search(noun) or re.search(
        r"(?i)\b(?:player|company|manufacturer|vendor|supplier)$", noun
    ):
        return "Company"
    return titled(noun.strip()) if 0 < len(noun.split()) <= 3 and "consum" not in noun.lower() else ""


def _heading(document: Document, block: int) -> Holder | None:
    """Return whom the heading above a block names: a region, or a segment that it calls one."""
    if not block:
        return None
    above = document.blocks[block - 1]
    text = above.text.strip(" :")
    if above.kind is not Kind.HEADING and (len(text) > 60 or text.endswith(".")):
        return None
    if name := leading_region(text):
        return Holder((name,), "Region")
    name = trimmed(text)
    return Holder((name,)) if re.search(r"(?i)\bsegment$", text) and is_name(name) else None


def _mentioned_region(sentence: str) -> Holder | None:
    for match in re.finditer(r"\b[A-Z][\w.-]*(?:\s(?:and\s|&\s|of\s(?:the\s)?)?[A-Z][\w.-]*){0,5}", sentence):
        words = match[0].split()
        for start in range(len(words)):
            if name := leading_region(" ".join(words[start:])):
                return Holder((name,), "Region")
    return None
