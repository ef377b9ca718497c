"""Noun phrases: whom a clause speaks of, and under which dimension.

"In 2023, by device, the Computed Tomography (CT) segment held ..."
 `Lead`: dimension Device                 `head`: "the Computed Tomography (CT) segment"
                                          `trimmed`: "Computed Tomography"
"""

import re
from dataclasses import dataclass

from markets.importing.claims import SubjectClaim
from markets.importing.regions import is_region, region_name

_ADVERBS = (
    r"regionally|geographically|globally|currently|moreover|additionally|furthermore|further|however|"
    r"meanwhile|thus|also|notably|overall|similarly|therefore|hence|consequently|and|but|so|besides|"
    r"first(?:ly)?|second(?:ly)?|finally|together|[\w -]{2,20}-wise|specifically|particularly|historically|"
    r"presently|"
    r"at present|"
    r"conversely|as a result|among (?:these|them|which)|of (?:these|which)|for (?:example|instance)|"
    r"in particular|in addition|by contrast|in contrast|on the other hand|as such|to date|nowadays|today"
)
_PREPOSITIONS = (
    r"in terms of|in|by|on the basis of|based on|on|according to|as (?:of|per|for)|with (?:respect|"
    r"regards?) to|among|amongst|between|during|within|across|under|from|for|at|over|due to|owing to|"
    r"driven by|"
    r"given|despite|regarding|following|when segmented by|segmented by|when it comes to|with|through|"
    r"throughout|as|per|supported by|fueled by|after|since"
)
_LEAD = re.compile(
    rf"(?:[^,;:%.]{{0,50}}\bshares?\b[^,;:%.]{{0,40}}:|(?:{_ADVERBS})\b,?|(?:{_PREPOSITIONS})\s(?:[^,;:]|"
    rf",(?=\d{{3}})){{1,110}}[,:](?!\d)|"
    r"(?:in|by|during|as of)\s(?:the\syear\s)?(?:19|20)\d\d\b|(?:in terms of|by)\s(?=the\b))\s*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:in terms of|by|based on|on the basis of|with (?:respect|regards?) to|regarding|when segmented by|"
    r"segmented by|when it comes to|as per|as for)\s(?:the\s)?(?P<name>[A-Za-z][\w/& -]{1,40}?)"
    r"(?:\s(?:segment(?:ation|s)?|analysis|outlook|insights?|category|categories|basis))?\s*[,:]?\s*$",
    re.IGNORECASE,
)
_NO_DIMENSION = re.compile(
    r"(?:market\s)?(?:revenues?|value|volume|size|share|sales|growth|demand|market|consumption|production|"
    r"units?|terms|shipments?|contrast|comparison|far|the end|which|that|this|our|these|their|its)\b|"
    r".*\b(?:19|20)\d\d",
    re.IGNORECASE,
)
_DIMENSIONS = (
    r"(?:(?:product|service|device|material|drug|vehicle|technology|deployment|application|end[- ]?use|"
    r"component|treatment|disease|therapy|equipment|battery|power|fuel|system|organi[sz]ation|enterprise|"
    r"distribution|sales)\s)?(?:types?|products?|components?|applications?|end[- ]?us(?:e|er|es|ers)|"
    r"technolog(?:y|ies)|modes?|channels?|forms?|grades?|deployments?|materials?|sizes?|sources?|"
    r"verticals?|devices?|services?|offerings?|solutions?|industr(?:y|ies)|modality|modalities|"
    r"indications?)"
)
_IN_DIMENSION = re.compile(
    rf"(?:in|within|among|amongst|across|for|of|from)\s(?:the\s)?(?:various\s|different\s|"
    rf"all\s)?(?P<name>{_DIMENSIONS})"
    r"(?:\s(?:segments?|category|categories|segmentation|landscape|front|side|perspective|"
    r"basis))?\s*[,:]?\s*$",
    re.IGNORECASE,
)
_THE_DIMENSION = re.compile(
    rf"(?:led|leads|dominat\w+)\sthe\s(?P<name>{_DIMENSIONS})\s(?:analysis\s)?(?:segment|"
    rf"category)\b",
    re.IGNORECASE,
)
_IS_DIMENSION = re.compile(
    r"^\s*(?:is|are|was|were|remain(?:s|ed)?|became|"
    r"emerged\sas)\s(?:also\s)?the\s(?:second[- ])?(?:largest|biggest|dominant|"
    rf"leading|fastest[- ]growing)\s(?P<name>{_DIMENSIONS})\b",
    re.IGNORECASE,
)
_GEOGRAPHY = re.compile(r"(?i)\b(?:geograph\w*|regions?|regionally|countr(?:y|ies))\b")
_LEADER = re.compile(r"(?i)\b(?:market leaders?|players|companies|manufacturers|vendors)\b")
_WISE = re.compile(r"(?P<name>[\w -]{2,20})-wise\b", re.IGNORECASE)
_IN_PLACE = re.compile(r"(?i)^(?:in|within|across)\s+(?P<name>[^,:]{2,40}?)\s*[,:]?\s*$")

_VERBS = (
    r"is|are|was|were|be|being|been|has|have|had|having|will|would|may|might|could|can|should|to be|"
    r"to\s(?:hold|capture|account|dominate|lead|reach|remain|represent|register|grow|witness|secure|"
    r"command|expand|exhibit|garner|contribute)|gain(?:s|ed)|continue[sd]?|remain(?:s|ed|ing)?|hold(?:s|"
    r"ing)?|held|account(?:s|ed|ing)?|captur(?:es?|ed|"
    r"ing)|contribut(?:es?|ed|ing)|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)|compris(?:es?|ed|ing)|"
    r"made up|mak(?:es?|ing) up|command(?:s|ed|ing)?|occup(?:y|ies|ied|ying)|garner(?:s|ed|ing)?|"
    r"secur(?:es|ed|ing)|possess(?:es|ed|ing)?|own(?:s|ed)?|control(?:s|led)|claim(?:s|ed|ing)?|t[ao]kes?|"
    r"took|taking|generat(?:es?|ed|ing)|record(?:s|ed)|register(?:s|ed|ing)?|dominat(?:es?|ed|ing)|led|"
    r"leads|lead(?=\s(?:the|with|in|at)\b|\.?$)|emerg(?:es?|ed|ing)|stood|stands|reach(?:ed|es)?|expected|"
    r"anticipated|projected|estimated|grew|grows?|saw|sees|experienc(?:es?|ed)|exhibit(?:s|ed)?|"
    r"witness(?:es|ed)?|maintain(?:s|ed)?|retain(?:s|ed)?|boasts?|enjoy(?:s|ed)?|earn(?:s|ed)?|attain(?:s|"
    r"ed)?|achiev(?:es|ed)|topped|tops|became|becomes|came|comes|follow(?:s|ed)|ranks?|ranked|acquired|"
    r"shows?|showed|showcas(?:es|ed)|delivered|brought|acts?|serves?|served|formed|forms|include[sd]?|"
    r"trail(?:s|ed)|round(?:s|ed)\s(?:off|out)|finish(?:es|ed)|placed|sits?|sat|provides?|offers?|covers?|analy[sz]es|focus(?:es)?|drives?|drove|increased|rose|cross(?:es|ed)|"
    r"surpass(?:es|ed)|exceed(?:s|ed)|collectively|together|jointly|"
    r"combined|also|each|both|alone|currently|already|presently|still|now"
)
_HEAD_ENDS = re.compile(
    rf"\s*,?\s*(?:\b(?:{_VERBS})\b(?!-)|\b(?:with|at|by)(?=\s(?:an?|the|its|their|over|about|around|"
    rf"approximately|nearly|"
    r"almost|more|some|roughly|shares?|market|revenue|close|~|\d))|\b(?:with|at|by|for|to)\s*$|\(\s*$|"
    r",\s*(?:which|that|where|who|while|whereas|followed)\b|\b(?:which|who)\b|:|\s[–—-]\s|"
    r"\((?=[^()A-Za-z]{0,3}(?:over|about|around|approximately|nearly|almost|more than)?\s?[\d~]))",
    re.IGNORECASE,
)
_VERB = re.compile(rf"\s*,?\s*(?:{_VERBS})\b", re.IGNORECASE)
_NO_FINITE_VERB = re.compile(
    r"(?i)ing$|\b(?:collectively|together|jointly|combined|also|each|both|alone|currently|already|"
    r"presently|still|now)$"
)
_SAYS_THAT = re.compile(
    r"(?i)^[^,;%]{0,120}?\b(?:indicat\w+|show\w*|suggest\w*|reveal\w*|note[sd]?|stat(?:es?|ed)|found|"
    r"report(?:s|ed)|highlight\w*|estimated?s?|demonstrat\w+)\sthat\s"
)
_ARTICLE = re.compile(
    r"(?:the|an?|its|our|their|this|these|those|global(?:ly)?|worldwide|world|overall|only|just|even|both|"
    r"each|while|whereas|and|but|with|followed by|then|where|that)\s+",
    re.IGNORECASE,
)
_ONLY_ARTICLE = re.compile(r"(?i)\s*(?:the|an?|its)\s*")
_GENERIC_END = re.compile(
    r"\s+(?:sub-?segments?|segments?|categor(?:y|ies)|regions?|markets?|sub-?sectors?|segment's|alone|itself|"
    r"(?:together|combined|collectively|jointly|respectively))$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"(?i)^(?:the\s)?(?:(?:global|largest|highest|total|market|revenue|sales|combined|dominant|most)\s)*"
    r"(?:shares?|sizes?|segments?|proportion|demand|sales|use)\s(?:of|for|held by|captured by|"
    r"from)\s(?P<name>.+)$|^.{0,60}\b(?:market|industry)\s(?:from|for|by)\s(?P<part>.+)$"
)
_SEGMENT_OF = re.compile(r"(?i)\s(?:sub-?)?segments?\s(?:for|of|in|within|from)\b.*$")
_POSSESSED = re.compile(r"(?i)['’]s?\s(?:[\w-]+\s){0,3}?shares?\b.*$")
_OWN_SHARE = re.compile(
    r"(?i)(?:['’]s?)?(?:\s+(?:global|largest|overall|combined|collective|estimated|current|market|revenue|"
    r"sales|(?:19|20)\d\d))*\s+(?:shares?|revenue ratios?)$|['’]s?\s(?:revenues?|sales)$|['’]s$|(?<=s)['’]$"
)
_MARKET_IN = re.compile(r"(?i)\b(?:market|industry|demand|sales)\s(?:in|of|across|for|from)\s(?P<name>.+)$")
_INITIALS = re.compile(r"\s*\((?P<letters>[A-Z][A-Za-z]{1,7}s?)\)$")
_TOP = re.compile(
    r"(?i)\b(?:top|leading|largest|biggest|major)\s(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|"
    r"nine|ten|twenty)\b|\b(?P<before>two|three|four|five|six|seven|eight|nine|ten)\s(?:largest|biggest|"
    r"leading|top)\b"
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
} | {"twenty": "20"}
_ONE_COMPANY = re.compile(
    r"\b(?:Inc|Ltd|Limited|LLC|Corp|Corporation|GmbH|AG|PLC|plc|S\.A|N\.V|B\.V|Co|Group|Holdings|Pvt)\b\.?"
)
_DESCRIBES = re.compile(
    r"(?i)^(?:the\s)?(?:world['’]?s\s|global\s|single\s|current\s|market['’]s\s)*(?:second[- ]|"
    r"third[- ])?(?:largest|biggest|dominant|dominating|leading|top|major|main|key|primary|"
    r"fastest[- ]growing|"
    r"highest[- ]\w+|most\s\w+)\b(?P<rest>.*)$"
)
_GROUP = re.compile(
    r"(?i)^(?P<name>(?:(?:key|major|leading|main|top|prominent|largest)\s)?(?:companies|players|"
    r"manufacturers|producers|vendors|suppliers|providers))\s(?:of|in|for|on)\b.*$"
)
_COMPLEMENT = re.compile(
    r"(?i)\s*(?:is|are|was|were|remains?|remained|:|–|—|-)\s+(?:(?:expected|projected|anticipated|seen|observed)\s"
    r"(?:to be\s)?(?:in\s|for\s|by\s|from\s)?)?(?P<name>.+?)(?=,|;|\(|\s(?:with|holding|"
    r"accounting|which|followed|and\s(?:held|holds|accounted|accounts|is|has|was))\b|\.?$)"
)
_COMPLEMENTS = re.compile(
    r"(?i)\s*(?:is|are|was|were|:)\s+(?P<name>.+?)(?=;|,?\s(?:with|holding|accounting|which|whose|"
    r"collectively|together|"
    r"having)\b|\.?$)"
)
_COMMAS = re.compile(
    r"(?i)\s*,(?!\s*(?:Ltd|Inc|LLC|Limited|Corp|Co|L\.P|S\.A)\b)\s*(?:(?:and|&|as well as|along with)\s+)?"
)
_LAST_COMMA = re.compile(r"(?i),\s(?:and|&|as well as)\s")
_ANDS = re.compile(r"(?i)\s+(?:and|&|as well as|along with|together with)\s+")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Lead:
    """What is left of a clause without its opening phrases, and the dimension and the place they tell."""

    rest: str
    dimension: str = ""
    region: str = ""


def lead(clause: str) -> Lead:
    """Take the opening phrases off a clause.

    >>> lead("In terms of product, resins are the largest segment")
    Lead(rest='resins are the largest segment', dimension='Product', region='')
    >>> lead("In 2023, within Europe, clinics led").region
    'Europe'
    """
    dimension = region = ""
    clause = _SAYS_THAT.sub("", clause.lstrip(" ,;)•·*▪●■➢✓◦"))
    while match := _LEAD.match(clause):
        dimension = dimension or stated_dimension(match[0]) or ("Company" if _LEADER.search(match[0]) else "")
        if wise := _WISE.match(match[0]):
            dimension = dimension or stated_dimension(f"by {wise['name']}")
        place = _IN_PLACE.match(match[0])
        region = region or (region_name(place["name"]) if place else "")
        clause = clause[match.end() :]
    return Lead(clause, dimension, region)


def stated_dimension(phrase: str) -> str:
    """Return the dimension that a phrase such as "by end user," names; blank if it names none.

    >>> [stated_dimension(phrase) for phrase in ("in terms of application,", "by 2030,", "by region")]
    ['Application', '', 'Region']
    """
    match = (
        _IN_DIMENSION.search(phrase)
        or _BY.search(phrase)
        or _THE_DIMENSION.search(phrase)
        or _IS_DIMENSION.match(phrase)
    )
    if match is None or _NO_DIMENSION.match(match["name"]):
        return "Region" if _GEOGRAPHY.match(phrase) else ""
    if is_region(match["name"]):
        return ""
    return "Region" if _GEOGRAPHY.search(match["name"]) else titled(match["name"])


def titled(name: str) -> str:
    """Return a dimension's name as a title, in the singular.

    >>> titled("end-users"), titled("product type")
    ('End-User', 'Product Type')
    """
    singular = re.sub(r"(?i)(?<=[a-z])ies$", "y", re.sub(r"(?i)(?<=[a-rt-z])(?<!ie)s$", "", name.strip()))
    return re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), singular)


def head(clause: str) -> tuple[str, str]:
    """Cut a clause without opening phrases before its verb.

    >>> head("the clinics segment held 40%")
    ('the clinics segment', ' held 40%')
    """
    for end in _HEAD_ENDS.finditer(clause):
        if not _ONLY_ARTICLE.fullmatch(clause[: end.start()]):
            return clause[: end.start()], clause[end.start() :]
    return clause, ""


def has_verb(clause: str) -> bool:
    """Return whether a clause has a subject and a verb."""
    phrase, rest = head(clause)
    verb = _VERB.match(rest)
    return bool(phrase.strip() and verb and not _NO_FINITE_VERB.search(verb[0]))


def complement(rest: str, count: int = 0) -> str:
    """Return what a clause says its subject is: "clinics" for " is clinics, with a share of 40%".

    `count` is how many names to expect; names in a list have commas between them.
    """
    match = (_COMPLEMENTS if count > 1 else _COMPLEMENT).match(rest)
    return match["name"] if match else ""


def described(phrase: str) -> re.Match[str] | None:
    """Match a phrase such as "the largest application"; its group `rest` is what follows the superlative."""
    return _DESCRIBES.match(phrase.strip())


def trimmed(phrase: str, market: SubjectClaim | None = None) -> str:
    """Return the name in a noun phrase, blank if it names only the market.

    >>> trimmed("the Computed Tomography (CT) segment"), trimmed("the share of Acme (ACM)")
    ('Computed Tomography', 'Acme (ACM)')
    >>> trimmed("Global top five manufacturers"), trimmed("the European pump market")
    ('top 5', 'Europe')
    """
    name = _articles_off(
        phrase.strip(" ,;:\"“”'’()–—-" if phrase.count("(") != phrase.count(")") else ' ,;:"“”–—-')
    )
    if top := _TOP.search(name):
        number = (top["count"] or top["before"]).lower()
        return f"top {_NUMBERS.get(number, number)}"
    if share := _SHARE_OF.match(name):
        name = _articles_off(share["name"] or share["part"])
    name = _SEGMENT_OF.sub("", name)
    name = _POSSESSED.sub("", re.sub(r"\s(?:in|during)\s(?:19|20)\d\d$", "", name))
    name = _GROUP.sub(r"\g<name>", _OWN_SHARE.sub("", name))
    if region := _market_of_region(name):
        return region
    name = _without_market(name, market)
    while (shorter := _GENERIC_END.sub("", name)) != name:
        name = shorter
    return _without_initials(_articles_off(name)).strip(' ,;:–—-"“”')


def _articles_off(name: str) -> str:
    while match := _ARTICLE.match(name):
        name = name[match.end() :]
    return name


def _market_of_region(name: str) -> str:
    """Return the region in "North America pump market" or "pump market in North America"."""
    if (place := _MARKET_IN.search(name)) and is_region(place["name"]):
        return region_name(place["name"])
    if not re.search(r"(?i)\b(?:market|industry|sector)$", name):
        return ""
    words = name.split()
    for count in range(min(5, len(words) - 1), 0, -1):
        first = " ".join(words[:count])
        if is_region(first):
            return region_name(first)
    return ""


def _without_market(name: str, market: SubjectClaim | None) -> str:
    """Take "pump market" off "rotary pump market"; nothing is left of the market itself."""
    for own in filter(None, (market.name, *market.aliases) if market else ()):
        match = re.search(rf"(?i)(?:^|\s){re.escape(own)}(?P<market>\s+(?:market|industry))?$", name)
        if match and (match["market"] or not match.start() or is_region(name[: match.start()])):
            return name[: match.start()]
    return name


def _without_initials(name: str) -> str:
    """Drop the "(CT)" of "Computed Tomography (CT)", but not the "(ACM)" of "Acme (ACM)"."""
    match = _INITIALS.search(name)
    if not match:
        return name
    words = re.findall(r"[A-Za-z]+", name[: match.start()])
    letters = match["letters"].rstrip("s").lower()
    initials = "".join(word[0] for word in words).lower()
    is_short = initials.endswith(letters) or (len(words) > 1 and initials[:1] == letters[:1])
    return name[: match.start()] if is_short else name


def listed(phrase: str, count: int = 0, apart: bool = False) -> tuple[str, ...]:
    """Return the parts of "A, B and C", or its `count` parts if that is known; a sole name is one part.

    "Oil and Gas" is one name, unless they are named `apart`, as in "both oil and gas".

    >>> listed("A, B, and C"), listed("Oil and Gas"), listed("Oil and Gas", 2), listed("Japan and Europe")
    (('A', 'B', 'C'), ('Oil and Gas',), ('Oil', 'Gas'), ('Japan', 'Europe'))
    >>> listed("Europe and the Middle East and Africa", 2)
    ('Europe', 'the Middle East and Africa')
    """
    if count == 1 or is_region(phrase):
        return (phrase,)
    commas = [part for part in _COMMAS.split(phrase) if part]
    is_counted = len(commas) == count or bool(_LAST_COMMA.search(phrase))
    always = apart or (not is_counted and (len(commas) > 1 or count > 1))
    parts = [part for piece in commas for part in _halves(piece, always)]
    if count and len(parts) > count:
        parts = [*parts[: count - 1], phrase[phrase.rindex(parts[count - 1]) :]]
    return tuple(part.strip() for part in parts)


def _halves(piece: str, always: bool) -> list[str]:
    parts = [part for part in _ANDS.split(piece) if part]
    if is_region(piece):
        return [piece]
    whole = [
        at
        for at in range(1, len(parts))
        if is_region(" and ".join(parts[at:])) or is_region(" and ".join(parts[:at]))
    ]
    if len(parts) > 2 and whole:
        at = whole[0]
        return [*_halves(" and ".join(parts[:at]), always), *_halves(" and ".join(parts[at:]), always)]
    return parts if always or all(map(is_region, parts)) else [piece]


def dimension_of(name: str, phrase: str = "") -> str:
    """Return "Region" for a region, "Company" for companies, else blank. `phrase` is the untrimmed name.

    >>> dimension_of("Asia Pacific"), dimension_of("top 5", "top five players"), dimension_of("Clinics")
    ('Region', 'Company', '')
    """
    if is_region(name):
        return "Region"
    if name.startswith("top "):
        return "Region" if _GEOGRAPHY.search(phrase) else "Company"
    return "Company" if _GROUP.match(f"{name} of") or _ONE_COMPANY.search(name) else ""


def is_name(name: str) -> bool:
    """Return whether a trimmed phrase can be a name: it has letters, and is neither long nor a clause."""
    return bool(
        0 < len(name) <= _LONGEST_NAME
        and len(name.split()) <= 9
        and re.search(r"[^\W\d_]\W?[^\W\d_]", name)
        and not _NO_NAME.search(name)
        and not _ROLE.search(name)
    )


_ROLE = re.compile(r"(?i)^[\w-]+-based (?:company|firm|maker|vendor|group|giant)$")
"""What stands for a company that the text has named before."""
_NO_NAME = re.compile(
    r"(?i)^(?:market(?: research)?|this report|research|industry|revenue|sales|demand|growth|share|total|"
    r"others? hand|it|they|this|that|there|which|we|report|study|the|region|segment|country|former|latter|"
    r"rest|size|value|year|companies|average)$|^(?:of|in|to|by|at|on|for|from|with|as|due|because|"
    r"according|if|when|although|since|there)\s|[%$€£;]|\b(?:19|20)\d\d\b|\b(?:percent|million|billion|"
    r"according|because|due)\b"
)
