"""Players: the companies that a page names as the key ones of its market."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markets.importing.claims import PlayerClaim, SubjectClaim
from markets.importing.dimensions import heading_dimension, is_region_heading
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import (
    Item,
    is_others,
    items_behind_prose,
    items_below,
    led_lists,
    mentions,
    split_names,
)
from markets.importing.regions import is_region
from markets.importing.sentences import Sentence, sentences
from markets.names import name_key

_WORDS = 200
_KEY = (
    r"(?:key|major|leading|top|prominent|main|global|dominant|significant|notable|established|well-known|market|"
    r"industry|select(?:ed)?|principal|primary|largest|biggest|core|renowned|emerging|active|profiled|competitive|world's|famous|"
    r"other|crucial|essential|popular|international|influential)"
)
_FIRMS = (
    r"(?:players?|compan(?:y|ies)|vendors?|manufacturers?|producers?|suppliers?|participants?|competitors?|"
    r"service\sproviders|providers?|firms|brands?|organi[sz]ations|leaders|enterprises|giants|businesses|"
    r"corporations|contributors|stakeholders|developers|operators|contenders)"
)
_HEADING = re.compile(
    rf"\b{_KEY}\b[^.]{{0,90}}?\b{_FIRMS}\b|\blist\sof\b.{{0,60}}\b{_FIRMS}|"
    rf"^(?:the\s)?(?:market\s)?{_FIRMS}\b(?:\s(?:covered|profiled|mentioned|included|analy[sz]ed|profiles?|"
    rf"featured|list|in\b.*|operating.*|dominating.*|of\b.*|are|as follows))*\s*[:：]?$|"
    rf"\bcompany\sprofiles?\b|\bcompetitive\slandscape\b|"
    rf"\bby\s(?:key\s|top\s|market\s)?(?:compan(?:y|ies)|manufacturers|players|vendors)\b|"
    rf"{_FIRMS}\s(?:covered|profiled)",
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
    r"(?i)\brevenues?\b|\bsales\b(?!\smarket)|\(%\)|\bmarket\sshares?\b|\bshares?\sof\b|chapter\s\d|part\s\d|\bquestions?\b|"
    r"\bstrateg|\?|\brank|\bconcentration|\bdevelopments?\b|\bnews\b|\bhow\b|\bwhat\b|stakeholders\s*:?$|"
    r"\bby\scompan(?:y|ies),\s(?!this|covers|with|incl)|\bfive\scompanies\b|\bobjectives?\b"
)
_AGENCY = re.compile(
    r"(?:WHO|FDA|CDC|NIH|EPA|EU|UN|OECD|IMF)$|.*\b(?:Association|Ministry|Department|Agency|Commission|Administration|"
    r"Council|Authority|Government|Federation|World Bank)\b|(?:Dr|Mr|Ms|Mrs|Prof)\b"
)
_GOES_ON = re.compile(r"[:：]\s*\S")
_CONTENTS = re.compile(
    r"(?i)(?:[\d.]+\s+)?(?:(?:company|business|product|financial|key|recent|strateg\w+|market|swot|geographic|"
    r"competitive|global|regional)\s)?(?:overview|snapshot|portfolio|performance|developments?|analysis|insights?|"
    r"strateg(?:y|ies)|initiatives|financials|offerings?|profiles?|benchmarking|summary|presence|information|"
    r"segments?|products?|revenue)$"
)
_VALID_START = re.compile(r"[A-Z0-9À-ÞĀ-ſ\u0370-\uffff]|[a-z]{1,3}[A-Z]|[a-z]+$|[a-z]\w*\.\w")
_FOLLOWING = re.compile(r"(?i)\b(?:following (?:are|is|list)|as follows|listed below|given below)\b")
_LONGEST_HEADING = 320
_LEADS_IN = (
    r"(?:includ(?:e|es|ing|ed)|are|is|compris(?:e|es|ing)|cover(?:s|ed)?|such\sas|like|being|namely|consists?\sof|involve[sd]?|"
    r"contain|encompass(?:es)?|featur(?:e|es|ing)|mention(?:ed|s)?|profiled|as\sfollows|viz\.?)"
)
_NAMES_FOLLOW = re.compile(
    rf"\b(?:{_KEY}\s(?:[\w'’&()/-]+\s){{0,8}}?{_FIRMS}|players|vendors|market\sleaders|industry\sleaders|"
    rf"{_FIRMS}\s(?:operating|profiled|active|functioning|present|engaged|covered|mentioned|analy[sz]ed)|"
    rf"{_FIRMS}(?=\s(?:such\sas|like|including)))\b(?P<between>[^.:;]{{0,160}}?)"
    rf"(?:\b{_LEADS_IN}\b(?:\s(?:but\snot\slimited\sto|{_LEADS_IN}))?(?:\s?the\sfollowing)?\s?[:–-]?|:)\s*(?=(?-i:(?:the\s)?[\"“]?(?:[A-Z\d]|[a-z]{{1,3}}[A-Z]|[a-z]+\s\())|\w+\.(?:com|io|ai)\b)",
    re.IGNORECASE,
)
_PLAIN_FIRMS = re.compile(rf"(?i)^{_FIRMS}$")
_ARE_PLAYERS = re.compile(
    rf"\b(?:are|were|remain|represent|rank\samong|stand\sout\sas|emerge\sas)\s"
    rf"(?:(?:some|two|three|four|five|a\sfew)\s(?:of\s)?|among\s|considered\s|also\s|currently\s)*"
    rf"(?:the\s)?{_KEY}\s(?:[\w'’&()/-]+\s){{0,6}}?{_FIRMS}\b",
    re.IGNORECASE,
)
_CONNECT = re.compile(r"of|and|de|la|du|des|del|van|von|der|den|di|da|do|e|y|et|und|og|the|for|&|in|at")
_SMALL = re.compile(
    r"(?:plc|group|inc|co|ltd|corp|ag|llc|gmbh|limited)\.?,?$|[a-z]+[A-Z]|[a-z][\w-]*\.(?:com|io|ai|net|org|co)\b"
)
"""Words of a company's name that start in lower case."""

_APPOSITION = re.compile(
    r"(?:an?|the|its|which|who|formerly|now|part|owned|headquartered|based)\s", re.IGNORECASE
)
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
_LONGEST_SENTENCE = 3000
_NOT_ALONE = re.compile(
    r"(?:The|These|They|This|That|Those|Some|Other|It|In|By|We|Our|Their|An?|For|With|More)$"
)


def players(document: Document, subject: SubjectClaim | None) -> tuple[PlayerClaim, ...]:
    """Return the key players in the order of the page, each once.

    The longest list counts; what sentences mention counts only where there is no list.
    """
    publishers = {name_key(name) for name in (document.publisher, document.author) if name}
    known = publishers | ({name_key(subject.name)} if subject else set())
    lists = [_distinct(items, known) for items in [*_below_headings(document), *_in_rows(document)]]
    longest = max(lists, key=len, default=[])
    if len(longest) < 2:
        longest = _distinct((item for items in _in_sentences(document) for item in items), known)
    return tuple(_claim(item, document) for item in longest)


def _distinct(items: Iterable[Item], known: set[str]) -> list[Item]:
    kept: dict[str, Item] = {}
    for item in items:
        key = name_key(item.text)
        if _is_name(item.text) and key not in known:
            kept.setdefault(key, item)
    return list(kept.values())


def _is_name(text: str) -> bool:
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


def _claim(item: Item, document: Document) -> PlayerClaim:
    words = document.blocks[item.place.block].text
    words = words if len(words) <= _WORDS else item.place.words(document)
    return PlayerClaim(place=item.place, words=words.strip()[:_WORDS], name=item.text)


def is_players_heading(line: str) -> bool:
    """Return whether a line announces a list of companies.

    >>> is_players_heading("Top Key Players in the Rope Market"), is_players_heading("Key findings")
    (True, False)
    """
    text = line.strip(" •·*#-–\t")
    if len(text) > _LONGEST_HEADING or not mentions(text, _FIRM_STEMS) or not _HEADING.search(text):
        return False
    return bool(_FOLLOWING.search(text)) or not _NO_HEADING.search(text)


def _ends(block: Block) -> bool:
    text = re.sub(r"(?i)\s+and (?:the )?other\b.*", "", block.text)
    if len(text) > 60 or re.search(r"(?i)\bby\s|outlook", text):
        return is_players_heading(block.text) or bool(heading_dimension(text)) or is_region_heading(text)
    return is_region_heading(text) or bool(
        re.search(rf"(?i)\b(?:key|top|leading|major)\b.*\b{_FIRMS}\b", text)
    )


def _below_headings(document: Document) -> Iterator[Sequence[Item]]:
    for at, block in enumerate(document.blocks):
        if block.kind is not Kind.ROW and is_players_heading(block.text) and not _GOES_ON.search(block.text):
            yield from _below(document, at)


def _below(document: Document, lead: int) -> Iterator[Sequence[Item]]:
    """Yield the companies below a heading: a list, a line that is one, or a marked list behind some prose."""
    announces = _announces(document.blocks[lead].text)
    items = items_below(document, lead, _ends)
    if items and (announces or _is_marked(document, lead)):
        least = min(item.depth for item in items)
        own = [item for item in items if item.depth == least]
        yield _companies(own) if len(own) > 1 else _inline(own[0].text, own[0].place)
    elif announces and not items and lead + 1 < len(document.blocks):
        below = document.blocks[lead + 1].text
        yield _inline(below, Place(lead + 1, 0, len(below)))
        yield _companies(items_behind_prose(document, lead, _ends))


def _companies(items: Sequence[Item]) -> Sequence[Item]:
    """Return the items without the lines of a table of contents, or none if most are no names."""
    named = [item for item in items if not _CONTENTS.match(item.text)]
    fit = [item for item in named if not _is_prose(item.text) and _VALID_START.match(item.text)]
    return fit if len(fit) >= 0.7 * len(named) else []


def _announces(text: str) -> bool:
    """Whether a line leads to what is below it: it is no sentence, or one that says so."""
    return text.rstrip()[-1:] != "." or bool(_FOLLOWING.search(text))


def _is_marked(document: Document, lead: int) -> bool:
    below = document.blocks[lead + 1]
    return below.kind is Kind.ITEM or below.depth > document.blocks[lead].depth


def _inline(text: str, place: Place) -> tuple[Item, ...]:
    """Return the names of a line that is a comma list and no prose."""
    items = split_names(text[:4000], place, companies=True)
    fit = [item for item in items if len(item.text) <= _LONGEST_NAME and not _is_prose(item.text)]
    return tuple(fit) if len(items) > 1 and len(fit) >= 0.9 * len(items) else ()


def _is_prose(text: str) -> bool:
    words = text.split()
    small = [word for word in words if word[:1].islower() and not _CONNECT.fullmatch(word)]
    return len(small) > 2 or len(small) == len(words) > 1


def _in_rows(document: Document) -> Iterator[Sequence[Item]]:
    """Yield the lists of rows and lines such as "Key companies profiled: a; b; c"."""
    for lead, item in led_lists(document):
        if is_players_heading(lead):
            yield _inline(item.text, item.place)


def _in_sentences(document: Document) -> Iterator[Sequence[Item]]:
    for sentence in sentences(document):
        text = sentence.text[:_LONGEST_SENTENCE]
        if not mentions(text, _FIRM_STEMS):
            continue
        for match in _NAMES_FOLLOW.finditer(text):
            yield _mentioned(sentence, match.end(), len(text))
        for match in _ARE_PLAYERS.finditer(text):
            yield _mentioned(sentence, 0, match.start())


def _mentioned(sentence: Sentence, start: int, end: int) -> list[Item]:
    """Return the names that a clause lists, up to the clause that goes on about them."""
    found = []
    for item in split_names(
        sentence.text[start : min(end, start + 1500)], sentence.place(start, end), companies=True
    ):
        name, goes_on = _name_at_start(item.text)
        if name and not _AGENCY.match(name):
            found.append(Item(name, Place(item.place.block, item.place.start, item.place.start + len(name))))
        elif found and _APPOSITION.match(item.text):
            continue
        else:
            break
        if goes_on:
            break
    return found


def _name_at_start(text: str) -> tuple[str, bool]:
    """Return the company's name that a phrase starts with, and whether words follow that belong to none.

    >>> _name_at_start("Shields MRI have grown"), _name_at_start("Institute of Joy"), _name_at_start("prices")
    (('Shields MRI', True), ('Institute of Joy', False), ('', True))
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
