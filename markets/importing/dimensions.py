"""Dimensions: what a market is split by, as a heading or a sentence names it."""

import re
from functools import lru_cache

_KNOWN = (
    r"(?:(?:product|service|solution|material|drug|device|vehicle|fuel|power|test|therapy|treatment|packaging|resin|"
    r"equipment|software|system|technology|sensor|crop|disease|indication|end[- ]?use|end[- ]?user|industry|"
    r"deployment|organi[sz]ation|enterprise|company|distribution|sales|price|age|source|raw|process|business|"
    r"component|application|patient|customer|consumer|connectivity|platform|functionality|capacity|operating|"
    r"delivery|access|animal|form|function|purity|grade|battery|payment|cell|route|mode|model)s?[- /]){0,3}"
    r"(?:types?|products?|applications?|application fields?|components?|technolog(?:y|ies)|"
    r"end[- ]?us(?:ers?|es?)|deployments?|offerings?|materials?|industry|verticals?|modes?|models?|sizes?|"
    r"channels?|forms?|grades?|sources?|functions?|platforms?|categor(?:y|ies)|distribution|modality|"
    r"indications?|capacity|gender|age group|class|routes? of administration|propulsion|sector|voltage|"
    r"frequency|nature|flavou?rs?|price range|end[- ]?markets?)"
)
"""Names of dimensions that are seldom names of segments."""

_ANY = r"[A-Za-z][\w/’'-]*(?:(?:\s|\s?[&/]\s?)(?!by\b|and\b|or\b|is\b|are\b|the\b|in\b)[\w/’'-]+){0,3}"
_AFTERWARDS = (
    r"\s*(?:[:：–—.-]+|$|,?\s*\(.*|,\s*(?:\d|\(|revenue|usd|us\$|\$|value|volume|covers?|with|this report|"
    r"in\s|sales|million|can\s|split|segmented|the\s|regional analysis|including|primarily|mainly|it\s).*|"
    r"\s(?:outlook|insights?|segment(?:s|ation)?|analysis|overview|covers?|can be|is\b|are\b|incl\w+|"
    r"\d{4}).*)$"
)
_BY = re.compile(rf"(?:^|.*[\s,|(-])by\s+(?:the\s+)?(?P<name>{_ANY}?){_AFTERWARDS}", re.IGNORECASE)
_BASED = re.compile(
    rf"(?:based on|on the basis of|in terms of|as per)\s+(?:the\s+)?(?P<name>{_ANY}?)"
    r"\s*(?:[:：]|,.{0,220}[:：])?$",
    re.IGNORECASE,
)
_COVERED = re.compile(
    r"(?:(?:the|some of the|most|major|main|key|important|different|product|widely used)\s+){0,4}"
    r"(?P<name>types?|applications?|end[- ]?users?|(?=downstream)|products?)\s*"
    r"(?:\b(?:segments?|products?|downstream fields|of)\b[^.]{0,80}?)?"
    r"\b(?:covered|includes?|are|analy[sz]ed)\b[^.]{0,60}",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(
    rf"(?:.{{0,80}}\bmarket\s*[,:–-]?\s+)?(?P<name>{_KNOWN}|{_ANY}(?=\s+outlook\s*\())"
    rf"\s+(?:outlook|segments?|segmentation|scope|type|insights?|analysis|breakup|breakdown)(?:\s+(?:outlook|analysis|overview))?\s*(?:\(.*\)?|,\s*\d.*|:)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?P<name>{_KNOWN})\s*[:：]?", re.IGNORECASE)
_PLACES = re.compile(
    r"(?i)\b(?:regions?|countr(?:y|ies)|geograph\w*|regional|area|location|territor\w+|nation)\b"
)
_NOT = re.compile(
    r"(?i)\b(?:compan(?:y|ies)|players?|manufacturers?|vendors?|participants?|competitors?|market|report|author|year|"
    r"chapter|segments?|suppliers?|producers?|top|key|volume|value|revenue|research|\d{4}|an|a)\b"
)
_SINGULAR = {
    "types": "type",
    "products": "product",
    "applications": "application",
    "components": "component",
    "technologies": "technology",
    "users": "user",
    "uses": "use",
    "industries": "industry",
    "verticals": "vertical",
    "services": "service",
    "materials": "material",
    "channels": "channel",
    "forms": "form",
    "sources": "source",
    "modes": "mode",
    "models": "model",
    "sizes": "size",
    "grades": "grade",
    "offerings": "offering",
    "categories": "category",
    "devices": "device",
    "solutions": "solution",
    "platforms": "platform",
    "markets": "market",
    "indications": "indication",
    "functions": "function",
    "segments": "segment",
    "subsegments": "subsegment",
    "submarkets": "submarket",
    "sectors": "sector",
    "classes": "class",
    "areas": "area",
}
_MAY_NAME = re.compile(
    r"(?i)\bby\s|^(?:based|on|in|as)\s|\b(?:outlook|segment\w*|scope|type|insights?|break\w+|covered)\b|^[^.]{2,60}$"
)
_LONGEST = 300
_LONGEST_DOTTED = 6
_CACHED = 2048


@lru_cache(_CACHED)
def heading_dimension(line: str) -> str:
    """Return the dimension that a heading names, blank if it names none or a place.

    >>> heading_dimension("Global Widget Market, by End-users, 2018-2023 ($ millions)")
    'End User'
    >>> heading_dimension("Component Outlook (Revenue, USD Million, 2018 - 2030)")
    'Component'
    >>> heading_dimension("By Region"), heading_dimension("Widget Market by Type and Application")
    ('', '')
    """
    name = _named(line)
    return dimension_name(name) if name and not is_place(name) else ""


@lru_cache(_CACHED)
def is_region_heading(line: str) -> bool:
    """Return whether a heading announces the regions of a market.

    >>> is_region_heading("Regional Outlook (Revenue, USD Million)"), is_region_heading("By Type")
    (True, False)
    """
    text = line.strip(" •·-–—*\t#")
    return (
        len(text) <= _LONGEST
        and bool(_PLACES.search(text))
        and bool(_REGION_HEADING.fullmatch(text) or _BY_REGION.match(text))
        and not _is_chapter(text)
    )


_BY_REGION = re.compile(
    r"(?:|.*[\s,|(-])(?:by|based on|on the basis of|in terms of)\s+(?:the\s+)?(?:key\s+|major\s+)?"
    r"(?:regions?|geograph(?:y|ies|ical regions?)|countr(?:y|ies))"
    rf"(?:\s*(?:and|&|/|,)\s*(?:countr(?:y|ies)|regions?))?{_AFTERWARDS}",
    re.IGNORECASE,
)
_REGION_HEADING = re.compile(
    r"(?:(?:key|major)\s+)?(?:region(?:s|al)?|geograph(?:y|ies|ic|ical)|countr(?:y|ies))"
    r"(?:\s+(?:and|&)\s+(?:countr(?:y|ies)|regional?))?"
    r"(?:\s+(?:outlook|scope|segments?|segmentation|coverage|covered|level|breakdown|breakup))?"
    r"(?:\s+(?:covered|scope|outlook))?\s*(?:\(.{0,80}\)?)?\s*[:：]?",
    re.IGNORECASE,
)


def is_place(name: str) -> bool:
    """Return whether the name of a dimension means places: "Region and Country", "Geography"."""
    return bool(_PLACES.search(name))


def _named(line: str) -> str:
    text = line.strip(" •·-–—*\t#")
    if not text or len(text) > _LONGEST or not _MAY_NAME.search(text) or _is_chapter(text):
        return ""
    if text.endswith(".") and len(text.split()) > _LONGEST_DOTTED:
        return ""
    for pattern in (_BY, _BASED, _OUTLOOK, _ALONE, _COVERED):
        match = pattern.match(text) if pattern is _BY else pattern.fullmatch(text)
        if match and not _NOT.search(match["name"]):
            return match["name"] or "application"
    return ""


def _is_chapter(text: str) -> bool:
    return bool(re.match(r"(?i)(?:chapter|part|section|figure|table)\s?\d", text))


def dimension_name(text: str) -> str:
    """Return a dimension's name in title case, in the singular: "End-Users" is "End User".

    >>> dimension_name("the product applications"), dimension_name("type"), dimension_name("End-use")
    ('Application', 'Type', 'End Use')
    """
    words = re.sub(
        r"(?i)^(?:the|its|their|different|various)\s+|\s+(?:segments?|outlook)$", "", text.strip(" ,.:;–-")
    )
    words = words.rsplit("/", 1)[-1] if words.count("/") == 1 else words
    words = re.sub(r"(?i)\bend[\s-]?(use)", r"end \1", words.replace("-", " "))
    words = re.sub(r"(?i)^product (?=applications?$)|^application fields?$", "", words) or "application"
    spelled = [_SINGULAR.get(word.lower(), word) for word in words.split()]
    return " ".join(word if word.isupper() else word[:1].upper() + word[1:] for word in spelled)


def is_dimension(text: str) -> bool:
    """Return whether words are the usual name of a dimension: "component", "end-use industry"."""
    return bool(_ALONE.fullmatch(text.strip()))
