"""Players: the companies that a page names as the key ones of its market."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markets.importing.claims import PlayerClaim, SubjectClaim
from markets.importing.companies import (
    FIRMS,
    KEY,
    announces_below,
    companies,
    company_at_start,
    is_agency,
    is_company,
    is_players_heading,
    is_prose,
    names_companies,
)
from markets.importing.dimensions import heading_dimension, is_region_heading
from markets.importing.documents import Block, Document, Kind, Place
from markets.importing.lists import Item, items_behind_prose, items_below, led_lists, mentions, split_names
from markets.importing.regions import is_region
from markets.importing.sentences import Sentence, sentences, sentences_of
from markets.names import name_key

_WORDS = 200
_LONGEST_NAME = 80
_LONGEST_SENTENCE = 3000
_LONGEST_LIST = 4000
_GOES_ON = re.compile(r"[:：]\s*\S")
_LEADS_IN = (
    r"(?:includ(?:e|es|ing|ed)|are|is|compris(?:e|es|ing)|cover(?:s|ed)?|such\sas|like|being|namely|consists?\sof|"
    r"involve[sd]?|contain|encompass(?:es)?|featur(?:e|es|ing)|mention(?:ed|s)?|profiled|as\sfollows|viz\.?)"
)
_STARTS_NAME = r"(?=(?-i:(?:the\s)?[\"“]?(?:[A-Z\d]|[a-z]{1,3}[A-Z]|[a-z]+\s\())|\w+\.(?:com|io|ai)\b)"
_NAMES_FOLLOW = re.compile(
    rf"\b(?:{KEY}\s(?:[\w'’&()/-]+\s){{0,8}}?{FIRMS}|players|vendors|market\sleaders|industry\sleaders|"
    rf"{FIRMS}\s(?:operating|profiled|active|functioning|present|engaged|covered|mentioned|analy[sz]ed)|"
    rf"{FIRMS}(?=\s(?:such\sas|like|including)))\b(?P<between>[^.:;]{{0,160}}?)"
    rf"(?:\b{_LEADS_IN}\b(?:\s(?:but\snot\slimited\sto|{_LEADS_IN}))?(?:\s?the\sfollowing)?\s?[:–-]?|:)\s*{_STARTS_NAME}",
    re.IGNORECASE,
)
_ARE_PLAYERS = re.compile(
    rf"\b(?:are|were|remain|represent|rank\samong|stand\sout\sas|emerge\sas)\s"
    rf"(?:(?:some|two|three|four|five|a\sfew)\s(?:of\s)?|among\s|considered\s|also\s|currently\s)*"
    rf"(?:the\s)?{KEY}\s(?:[\w'’&()/-]+\s){{0,6}}?{FIRMS}\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?i)\b(?:interview(?:s|ed|ing)?|consult(?:ations?|ed|ing)?|discussions?|surveys?|conversations?)\s"
    r"(?:\w+\s){0,3}?(?:with|of)\b"
)
"""How a report was researched: whom its authors asked."""

_GOES_ON_AFTER = re.compile(r"['\"]\s?[}\]]|,\s(?:are|is|have|has|were|was|will|among)\s(?!others)")
"""Where a clause goes on about the names, or where a text ends in data printed as they are stored."""

_COMPETITION = re.compile(
    rf"\b(?:dominated|led|headed|spearheaded)\sby\s{_STARTS_NAME}|"
    rf"\b(?:competiti(?:on|ve\slandscape)|landscape)\b[^.;]{{0,60}}?\b{_LEADS_IN}\s{_STARTS_NAME}|"
    rf"\b(?:among\sthem\sare|(?:market|industry|key|leading|major)\s{FIRMS})\s{_STARTS_NAME}",
    re.IGNORECASE,
)
_HOLD_MARKET = re.compile(
    r"\s(?:(?:collectively|together|currently|all)\s)?(?:dominate|lead|control|(?:hold|have|account\sfor)\s(?:a|the)\s"
    r"(?:\w+\s)?(?:largest|major|significant|dominant|leading|majority|substantial|strong))\b(?=[^.]*\b(?:market|share|"
    r"industry|position)\b)"
)
_COMPETITION_STEMS = (
    "dominate", "led by", "headed by", "competiti", "landscape", "among them", "hold ", "lead", "control",
    "account for", "players", "compan", "manufactur",
)  # fmt: skip

_APPOSITION = re.compile(
    r"(?:an?|the|its|which|who|formerly|now|part|owned|headquartered|based)\s", re.IGNORECASE
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
    if not longest:
        longest = _distinct((item for items in _in_competition(document) for item in items), known)
    return tuple(_claim(item, document) for item in longest)


def _distinct(items: Iterable[Item], known: set[str]) -> list[Item]:
    kept: dict[str, Item] = {}
    for item in items:
        key = name_key(item.text)
        if is_company(item.text) and key not in known:
            kept.setdefault(key, item)
    return list(kept.values())


def _claim(item: Item, document: Document) -> PlayerClaim:
    words = document.blocks[item.place.block].text
    words = words if len(words) <= _WORDS else item.place.words(document)
    return PlayerClaim(place=item.place, words=words.strip()[:_WORDS], name=item.text)


def _ends(block: Block) -> bool:
    text = re.sub(r"(?i)\s+and (?:the )?other\b.*", "", block.text)
    if len(text) > 60 or re.search(r"(?i)\bby\s|outlook", text):
        return is_players_heading(block.text) or bool(heading_dimension(text)) or is_region_heading(text)
    return is_region_heading(text) or bool(
        re.search(rf"(?i)\b(?:key|top|leading|major)\b.*\b{FIRMS}\b", text)
    )


def _below_headings(document: Document) -> Iterator[Sequence[Item]]:
    for at, block in enumerate(document.blocks):
        if block.kind is not Kind.ROW and is_players_heading(block.text) and not _GOES_ON.search(block.text):
            yield from _below(document, at)


def _below(document: Document, lead: int) -> Iterator[Sequence[Item]]:
    """Yield the companies below a heading: a list, a line that is one, or a marked list behind some prose."""
    announces = announces_below(document.blocks[lead].text)
    items = items_below(document, lead, _ends)
    if items and (announces or _is_marked(document, lead)):
        least = min(item.depth for item in items)
        own = [item for item in items if item.depth == least]
        yield companies(own) if len(own) > 1 else _inline(own[0].text, own[0].place)
    elif announces and not items and lead + 1 < len(document.blocks):
        below = document.blocks[lead + 1].text
        yield _inline(below, Place(lead + 1, 0, len(below)))
        yield companies(items_behind_prose(document, lead, _ends))


def _is_marked(document: Document, lead: int) -> bool:
    below = document.blocks[lead + 1]
    return below.kind is Kind.ITEM or below.depth > document.blocks[lead].depth


def _inline(text: str, place: Place) -> tuple[Item, ...]:
    """Return the names of a line that is a comma list and no prose."""
    items = split_names(text[:_LONGEST_LIST], place, companies=True)
    fit = [item for item in items if len(item.text) <= _LONGEST_NAME and not is_prose(item.text)]
    return tuple(fit) if len(items) > 1 and items[0] in fit and len(fit) >= 0.9 * len(items) else ()


def _in_rows(document: Document) -> Iterator[Sequence[Item]]:
    """Yield the lists of rows and lines such as "Key companies profiled: a; b; c"."""
    for lead, item in led_lists(document):
        if is_players_heading(lead):
            yield _inline(item.text, item.place)


def _in_sentences(document: Document) -> Iterator[Sequence[Item]]:
    for sentence in sentences(document):
        text = sentence.text[:_LONGEST_SENTENCE]
        if not names_companies(text) or _ASKED.search(text):
            continue
        for match in _NAMES_FOLLOW.finditer(text):
            yield _mentioned(sentence, match.end(), len(text))
        for match in _ARE_PLAYERS.finditer(text):
            yield _mentioned(sentence, 0, match.start())


def _in_competition(document: Document) -> Iterator[Sequence[Item]]:
    """Yield the names of sentences on competition that call them no players: "it is led by A, B and C"."""
    for number, block in enumerate(document.blocks):
        if not mentions(block.text, _COMPETITION_STEMS):
            continue
        for sentence in sentences_of(block, number):
            for match in _COMPETITION.finditer(sentence.text):
                yield _several(_mentioned(sentence, match.end(), len(sentence.text)))
            if holds := _HOLD_MARKET.search(sentence.text):
                yield _several(_mentioned(sentence, 0, holds.start()))


def _several(items: list[Item]) -> list[Item]:
    """Return the items if they are at least three: one or two names in capitals may be anything."""
    return items if len(items) > 2 and not any(is_region(item.text) for item in items) else []


def _mentioned(sentence: Sentence, start: int, end: int) -> list[Item]:
    """Return the names that a clause lists, up to the clause that goes on about them."""
    found: list[Item] = []
    text = _GOES_ON_AFTER.split(sentence.text[start:end])[0]
    for item in split_names(text, sentence.place(start, start + len(text)), companies=True):
        name, goes_on = company_at_start(item.text)
        if name and not is_agency(name):
            first = item.place.start - sentence.start
            at = sentence.start + max(first, sentence.text.find(name, first))
            found.append(Item(name, replace(item.place, start=at, end=at + len(name))))
        elif not (name or (found and _APPOSITION.match(item.text))):
            break
        if goes_on and name:
            break
    return found
