"""Clauses: a sentence with its quantities masked, and the phrases that stand before its verbs.

The phrase before a verb is its subject: "[the market] was valued at # in #, and [Europe] is projected
to grow at #".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from markets.importing.quantities import quantities
from markets.importing.regions import region_name

_ASIDE = re.compile(r"\((?!CAGR)[^()#]{1,40}\)")
_IN_SQUARE = re.compile(r"\[#+\]")
_BULLET = re.compile(r"\s*[-–—•·*▪●►>]+\s+")
_DATELINE = re.compile(
    r"^.{0,120}?(?:/\s?[A-Z][\w .]{2,30}/|\([A-Z][A-Za-z .]{3,30}\))\s?(?:--|—|–|-)+|"
    r"^[A-Z][^.]{2,60}?#{4}\s?(?:--|—|–)\s"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|could|can|should|held|holds|accounts?|accounted|dominate[sd]?|"
    r"leads?|led|reach(?:es|ed)|generate[sd]|captured?|captures|register(?:s|ed)|grew|grows|stood|stands?|exceed(?:s|ed)|"
    r"surpass(?:es|ed)|hits?|amount(?:s|ed)|achieve[sd]?|totall?ed|contribute[sd]?|represent(?:s|ed)|comprise[sd]?|crossed|valued|worth|"
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
    r"(?<![-\w])(?:growing|expanding|accelerating|registering|exhibiting|witnessing|recording|posting|rising|increasing|reaching|"
    r"surpassing|exceeding|hitting|advancing|progressing|showing|displaying|seeing|achieving|soaring|projecting|"
    r"valued|holding|capturing|generating|accounting|climbing|surging|crossing|"
    r"(?<=\w\s)(?:at|with|worth|by|from)|forecast)(?=\s)",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|a|this|its|our|per)\s(?:forecast|estimated?|value|total)$", re.IGNORECASE)
_HARD = re.compile(
    r"[;:•|#()“”]|\s[-–—]+\s|,?\s(?:while|whereas|whilst|although|though|which|where|followed by|led by|"
    r"driven by|followed closely by|(?:expects?|projects|predicts?|forecasts|estimates|analy[sz]es|believes|"
    r"foresees|anticipates|reports|says|states|reveals|shows|suggests|indicates|finds|found|noted|notes)(?:\sthat)?|"
    r"because|since|but|that)\s|,\s(?:and|with|but|as)\s",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"^(?:(?:(?:as\s)?per|according\sto|based\son)\b[^#]{0,150}?,\s(?=(?:the|a|an|global|worldwide|its?|market)\b)|"
    r"(?:(?P<place>in|within|across|from)\s+(?P<where>[^,]{2,40})|(?:in|by|among|amongst|based|according|as|over|during|"
    r"from|within|across|with|due|owing|on|of|at|for|under|through|given|despite|to|regarding|"
    r"however|meanwhile|moreover|additionally|furthermore|overall|globally|geographically|"
    r"regionally|[a-z]+ly|currently|similarly|notably|today|hence|thus|therefore|also|"
    r"regional(?:ly)?|consequently)\b[^,#]*),\s*)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"^(?:and|or|but|as|so|then|the|a|an|this|that|these|its|their|our|global(?:ly)?|worldwide|world|international|"
    r"total|overall|entire|whole|current|annual|estimated|combined|aggregate|with|also|both|now|value|size|revenues?|"
    r"sales|demand|valuation|turnover|consumption|growth|scale|share|of|for|in|from|by|at|to|steady|rapid|strong|robust|"
    r"up|down|momentum|dominance|leadership|expansion|position|lead|during|over|"
    r"through|insights|on|about|cagr|compound|rate|forecasts?|projections?|estimates?|expectations?|market|industry)(?:['’]s)?(?=\W|$)[\s,.]*",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"[\s,]*\b(?:global(?:ly)?|worldwide|size|share|revenues?|sales|value|valuation|demand|growth|turnover|scale|"
    r"consumption|trends?|outlook|forecast|and|&|of|in|the|itself|alone|also|further|which|that|market\s?place|at|a|an|"
    r"markets?|industry|sector|now|overall|expected|total|steadily|significantly|rapidly|opportunity|momentum|"
    r"each|pace|rate|cagr|itself|potential|projection|to)\W*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\s*\b(?:at|with|an?|the|of|cagr|about|around|rate|growing|expanding|recording)\b|[\s(,])+$",
    re.IGNORECASE,
)
_IN = re.compile(r"\s(?:in|across|from|of|within)\s(?:the\s)?(?P<where>[A-Z][^,]{1,40})$")
_JOINED = re.compile(r"\s*(?:,|and\b|but\b|while\b)", re.IGNORECASE)
_APPOSED = re.compile(
    r",\s(?:the(?!\sglobal)|an?|one|known|being|also|each|both|including|such as)\b.*$", re.IGNORECASE
)
_CONJUNCTION = re.compile(r"^\s*(?:and|or|but|also|while)\b\s*", re.IGNORECASE)
_LONGEST_PHRASE = 250
_LONGEST_NAME = 60
_REMEMBERED = 512


@dataclass(frozen=True)
class Phrase:
    """What stands before the verb at character `end`; `opens` tells that it starts a clause."""

    text: str
    end: int
    opens: bool


@lru_cache(maxsize=_REMEMBERED)
def masked(text: str) -> str:
    """Return a sentence with "#" for its quantities and spaces for its dateline, as long as before.

    >>> masked("PUNE, May 2, 2022 /PRNewswire/ -- It sold USD 5 million in 2021").strip()
    'It sold ############# in ####'
    """
    for span in quantities(text):
        text = text[: span.start] + "#" * (span.end - span.start) + text[span.end :]
    for aside in (_ASIDE, _IN_SQUARE):
        text = aside.sub(lambda found: " " * len(found[0]), text)
    dateline = _DATELINE.match(text) or _BULLET.match(text)
    return " " * dateline.end() + text[dateline.end() :] if dateline else text


@lru_cache(maxsize=_REMEMBERED)
def phrases(text: str) -> tuple[Phrase, ...]:
    """Return the phrase before each verb of a masked sentence; the opening one if it has no verb.

    >>> [phrase.text for phrase in phrases("Kettles are old, and Europe has grown ##")]
    ['Kettles', 'Europe']
    """
    found: list[Phrase] = []
    last = 0
    words = [
        word
        for word in (*_VERB.finditer(text), *_DOING.finditer(text))
        if not _NOUN.search(text, 0, word.end())
    ]
    verbs = sorted((word for word in words if not _is_acronym(word[0], text)), key=lambda word: word.start())
    for verb in verbs:
        piece = text[last : verb.start()]
        cut = _last_cut(piece)
        phrase = piece[cut:].strip(" ,")
        if not found and not phrase:
            phrase = opening(piece)
        found.append(Phrase(phrase, verb.start(), not found or _opens_clause(piece, cut)))
        last = verb.end()
    return tuple(found) or (Phrase(opening(text), len(text), True),)


def _is_acronym(word: str, text: str) -> bool:
    """Return whether a word such as LED is no verb: it is in capitals, and the other words are not."""
    return len(word) > 1 and word.isupper() and not text.isupper()


def _opens_clause(piece: str, cut: int) -> bool:
    """Return whether what follows a cut can be a subject: behind a quantity only after a comma or "and"."""
    return cut > 0 and (piece[cut - 1] != "#" or bool(_JOINED.match(piece, cut)))


def opening(piece: str) -> str:
    """Return the subject of "Europe, with a share of 5%, is" and of "the market which was"."""
    parts = [part.strip(" ,") for part in _HARD.split(piece.strip(" ,"))]
    named = [part for part in parts if part]
    if not named:
        return ""
    return named[-1] if re.search(r"\b(?:which|that|where)\s*$", piece) else named[0]


def _last_cut(piece: str) -> int:
    cut = 0
    for match in _HARD.finditer(piece):
        cut = match.end()
    return cut


def last_words(text: str, end: int) -> str:
    """Return the name that stands right before a figure, without a verb: "followed by [Europe] (#".

    >>> last_words("It is large, followed by Europe at a CAGR of ##", 44)
    'Europe'
    """
    head = text[max(0, end - 2 * _LONGEST_NAME) : end].rstrip("( ")
    cut = max([_last_cut(head), *(verb.end() for verb in _VERB.finditer(head))])
    if cut == 0 and end > 2 * _LONGEST_NAME:
        return ""
    name = stripped(_LEAD.sub("", head[cut:]))
    return name if len(name) < _LONGEST_NAME else ""


def without_intro(phrase: str) -> tuple[str, str]:
    """Return a phrase without "and", "In 2023," and "By type,", and the region that "In China," names."""
    phrase, where = _CONJUNCTION.sub("", phrase[-_LONGEST_PHRASE:]), ""
    while intro := _INTRO.match(phrase):
        where = where or (intro["where"] and region_name(intro["where"])) or ""
        phrase = phrase[intro.end() :]
    return _APPOSED.sub("", phrase).strip(" ,'’"), where


def stripped(phrase: str) -> str:
    """Return a phrase without articles and without words such as "market size" at its ends."""
    text = phrase.strip(" ,.'’")
    for pattern in (_LEFT, _RIGHT):
        while (found := pattern.search(text)) and found[0]:
            text = text[found.end() :] if pattern is _LEFT else text[: found.start()]
    return text.strip(" ,.'’")


def apart(phrase: str) -> tuple[str, str]:
    """Return the name in a phrase and the region beside it: "Europe paints market", "paints in Europe"."""
    core = stripped(re.sub(r"(?i)\bglobal and \w+", "", phrase))
    if region := region_name(re.sub(r"['’]s?$", "", core)):
        return "", region
    if (found := _IN.search(core)) and (where := region_name(stripped(found["where"]))):
        return stripped(core[: found.start()]), where
    words = core.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if where := region_name(re.sub(r"['’]s?$", "", " ".join(words[:count]))):
            return stripped(" ".join(words[count:])), where
    return core, ""
