"""Segments in prose: "there are three types: a, b and c", "the main uses are a and b", and examples."""

import re
from collections.abc import Iterator
from dataclasses import replace

from markets.importing.dimensions import heading_dimension, is_dimension, is_place
from markets.importing.documents import Document, Kind, Place
from markets.importing.lists import Item, mentions
from markets.importing.segment_lists import Rank, SegmentList, listed
from markets.importing.segment_sentences import IS_SPLIT
from markets.importing.sentences import Sentence, sentences_of
from markets.names import name_key

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_MAIN = (
    r"(?:major|main|key|primary|principal|most\scommon|common|chief|leading|broad|different|distinct|basic)"
)
_KIND = (
    r"(?P<name>(?:application|product|type|end[\s-]user)(?=\ssegments)|(?:product\s|service\s|application\s|material\s|technology\s|end[\s-]user?\s|customer\s|device\s)?"
    r"(?:types|products|applications|categories|segments|sub-?segments|sub-?markets|end[\s-]us(?:ers|es)|classes|"
    r"components|technologies|materials|forms|grades|verticals|deployment\smodes|channels|application\sareas|"
    r"end[\s-]use(?:r)?\s(?:industries|sectors|segments)|sectors))"
)
_OF = r"(?:\s(?:of|for|in|on|within)\s(?:[\w’'()/-]+\s?){1,6}?)?"
_LIST = r"(?P<list>[^.;:]{5,400})"
_OPENS = r"(?:^|[.;]\s)(?:(?:the|some\sof\sthe|among\sthe|its|market)\s)?"
_NO_LIST = (
    r"(?!(?:expected|projected|being|likely|also|not|now|still|estimated|anticipated|driven|used|based|growing|"
    r"increasing|considered|analy[sz]ed|studied|covered|segmented|divided|the\smost|as\sfollows)\b)"
)
_PATTERNS = (
    re.compile(
        rf"\b{_NUMBER}\s(?:{_MAIN}\s)?{_KIND}{_OF}\s?(?::|[-–—]\s|,?\s?(?:namely|viz\.?|i\.e\.,?|such\sas|including|"
        rf"(?:that|which|these|they)\s(?:are|include)|are)\b)\s*{_NO_LIST}{_LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OPENS}{_MAIN}\s(?:market\s)?{_KIND}{_OF}(?:\s(?:covered|studied|analy[sz]ed|considered)\b[^.;:,]{{0,40}}?)?"
        rf"\s(?:are|include|comprise)\s{_NO_LIST}{_LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OPENS}(?P<name>[A-Za-z][A-Za-z/-]+(?:\s[A-Za-z/-]+)?)\ssegments\s(?:covered|studied|analy[sz]ed)\b"
        rf"[^.;:,]{{0,40}}?\s(?:are|include)\s{_LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:segment(?:s|ation|ed)?|bifurcation|classification|breakdown|breakup|categori[sz]ation|split)\s"
        rf"(?:of\s[^.;:,]{{1,60}}?\s)?by\s(?:the\s)?(?P<name>[A-Za-z/-]+(?:\s[A-Za-z/-]+){{0,2}}?)\s"
        rf"(?:covers?|includes?|comprises?|consists?\sof|are|is)\s{_NO_LIST}{_LIST}",
        re.IGNORECASE,
    ),
)
"""Sentences that name kinds of something and list them."""

_BY_COLON = re.compile(
    r"\b(?:by|based\son)\s(?:the\s)?(?P<name>[A-Za-z/-]+(?:\s[A-Za-z/-]+){0,2}?)\s?(?::|\s[–—-])\s+"
    r"(?P<list>[^.;:]{3,300}?)(?=\s*[,;–—-]*\s(?:and\s)?(?:by|based\son)\s|\s*[.;]|\s*$)",
    re.IGNORECASE,
)
_ARE_KINDS = re.compile(
    r"^(?:segment\w*\s(?:analysis\s)?(?:reveals|shows|indicates|suggests)\sthat\s|(?:additionally|also|furthermore),\s)?"
    r"(?P<list>[^.;:]{5,300}?)\s(?:are|represent|constitute|account\sfor|form)\s"
    rf"(?:the\s)?(?:(?:two|three|four|five|{_MAIN}|prominent|significant)\s){{0,3}}"
    rf"{_KIND}\b(?:\ssegments)?(?=\s(?:of|in|for|covered|studied|considered|analy[sz]ed|that)\b|[.,]|$)",
    re.IGNORECASE,
)
_AMONG = re.compile(
    rf"(?:^|[.;]\s)(?:among|within|in)\s(?:the\s)?(?:{_MAIN}\s)?{_KIND}(?:\ssegment)?,\s(?P<list>[^.;:]{{5,300}}?)\s"
    r"(?:represent|dominate|hold|account\sfor|are|lead)\b",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    rf"\bmarket\s{IS_SPLIT}(?:in)?to\s(?!(?:two|three|four|five|six|seven|\d)\b){_LIST}", re.IGNORECASE
)
"""A division that does not say by what; the heading above it may."""

_ENUMERATED = (
    r"(?P<list>(?:(?!and\b|or\b|as\b)[^.;:,]{2,60},\s){1,14}(?:(?:and|or|as\swell\sas)\s)?[\w/&()’'-]+(?:\s[\w/&()’'-]+){0,5}?)"
    r"(?=\s(?:is|are|has|have|will|to|due|owing|which|that|where|as|for|in|across|such|among|\w+(?:ies|ives|els|oosts)\b|"
    r"sectors?|industr(?:y|ies)|applications?|verticals?|etc)\b|[,.;]|\s?$)"
)
"""Names with commas, up to what follows the last."""

_EXAMPLES = (
    re.compile(
        r"\b(?:various|different|several|diverse|multiple|numerous|key|major|many|range\sof)\s"
        r"(?P<name>end[\s-]use(?:r)?\s(?:industries|sectors)|industry\sverticals|verticals|applications|"
        rf"application\sareas|industries|sectors)\s?,?\s(?:such\sas|including|like|particularly|especially|namely)\s"
        rf"{_ENUMERATED}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:used|adopted|employed|applied|utili[sz]ed|deployed)\s(?:\w+ly\s)?(?P<name>in|for|across)\s(?:the\s)?"
        rf"{_ENUMERATED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>across|from)\s(?:the\s)?{_ENUMERATED}(?=\s(?:sectors|industries|applications)\b)",
        re.IGNORECASE,
    ),
)
_LEADS = re.compile(
    r"(?:^|[.,]\s)(?:(?:in|by|on)\s[^.,]{3,60},\s)?(?:while\s|whereas\s)?the\s"
    r"(?P<name>[^.,;:()]{2,50}?)\s(?:sub-?)?(?:segment|category)\s(?:is|was|has|had|held|accounted|dominated|led|leads|"
    r"holds|dominates|accounts|will|captured|emerged|contributed|generated|registered|represented|grew|remains)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?i)^(?:largest|leading|same|other|this|fastest|second|dominant|second-largest|latter)\b"
)
_UNNAMED = re.compile(r"(?i)(?:types|categories|(?:sub-?)?segments|sub-?markets|classes|sectors|products)")
"""Kinds that do not tell by what they differ."""

_KIND_STEMS = (
    "types", "products", "applications", "categories", "segment", "markets", "end-us", "end us", "classes",
    "components", "technologies", "materials", "forms", "grades", "verticals", "modes", "channels", "sectors",
)  # fmt: skip
_EXAMPLE_STEMS = ("industries", "verticals", "applications", "sectors", " in ", " for ", " across ")
_ARE_STEMS = (" are ", " represent", " constitute", " account for", " form ")
_ANNOUNCES = (
    ":",
    "to ",
    "among",
    "represent",
    "account for",
    "namely",
    "viz",
    "i.e.",
    "such as",
    "includ",
    " are ",
    "compris",
    "cover",
    "consist",
)
_NESTED = re.compile(r"(?<!,)\s(?:such as|like|including)\s", re.DOTALL)
"""Examples of the last name, as in "hemp, silk and other fibers such as jute"."""

_LEAST_EXAMPLES = (3, 4, 3)
_LONGEST_HEAD = 90


def in_prose(document: Document) -> Iterator[SegmentList]:
    """Yield the lists of sentences that name kinds, uses or users and say which there are."""
    dimension = ""
    for number, block in enumerate(document.blocks):
        if _is_head(block.text):
            dimension = heading_dimension(block.text)
        if block.kind is Kind.ROW or not mentions(block.text, _ANNOUNCES):
            continue
        for sentence in sentences_of(block, number):
            if "," in sentence.text or " and " in sentence.text:
                yield from _kinds(sentence)
                yield from _unbased(sentence, dimension)


def _is_head(text: str) -> bool:
    return len(text) < _LONGEST_HEAD and text[-1:] != "."


def _unbased(sentence: Sentence, dimension: str) -> Iterator[SegmentList]:
    """Yield the list of "it is divided into a and b", by what the heading above says."""
    if "to " in sentence.text and (match := _DIVIDED.search(sentence.text)):
        rank = Rank.CLAUSE if dimension else Rank.KINDS
        yield from _listed(sentence, match, dimension or "segment", rank)


def _kinds(sentence: Sentence) -> Iterator[SegmentList]:
    text = sentence.text
    if ("by " in text or "By " in text or "based on" in text) and (
        ":" in text or " – " in text or " - " in text
    ):
        for match in _BY_COLON.finditer(text):
            if is_dimension(match["name"]) or heading_dimension(f"by {match['name']}"):
                yield from _listed(sentence, match)
    if mentions(text, _KIND_STEMS):
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                rank = Rank.KINDS if _UNNAMED.fullmatch(match["name"]) else Rank.CLAUSE
                yield from _listed(sentence, match, rank=rank)
        if mentions(text, _ARE_STEMS) and (kinds := _ARE_KINDS.match(text)):
            yield from _listed(sentence, kinds)
        for match in _AMONG.finditer(text):
            yield from _listed(sentence, match)


def _listed(
    sentence: Sentence, match: re.Match[str], name: str = "", rank: Rank = Rank.CLAUSE
) -> Iterator[SegmentList]:
    text = match["list"]
    nested = _NESTED.search(text)
    text = text[: nested.start()] if nested and "," in text[: nested.start()] else text
    start = match.start("list")
    place = sentence.place(start, start + len(text))
    yield from listed(name or match["name"], text, place, sentence.text, rank)


def examples(document: Document) -> Iterator[SegmentList]:
    """Yield the uses and industries that sentences give as examples; they are never the whole list."""
    for number, block in enumerate(document.blocks):
        if not mentions(block.text, _EXAMPLE_STEMS):
            continue
        for sentence in sentences_of(block, number):
            for least, pattern in zip(_LEAST_EXAMPLES, _EXAMPLES, strict=True):
                for match in pattern.finditer(sentence.text):
                    name = (
                        "application"
                        if " " not in match["name"] and len(match["name"]) < 7
                        else match["name"]
                    )
                    for one in _listed(sentence, match, name):
                        if len(one.items) >= least:
                            yield replace(one, rank=Rank.EXAMPLES, complete=False)


def in_sections(document: Document) -> Iterator[SegmentList]:
    """Yield the segments that the sentences below a heading such as "Type Insights" are about."""
    dimension, at = "", 0
    names: dict[str, Item] = {}
    for number, block in enumerate(document.blocks):
        text = block.text
        if _is_head(text):
            if len(names) > 1:
                yield _section(document, dimension, at, tuple(names.values()))
            dimension, at, names = heading_dimension(text), number, {}
        elif dimension and ("segment" in text or "category" in text):
            for match in _LEADS.finditer(text):
                name = match["name"]
                if not (_GENERIC.match(name) or is_dimension(name) or is_place(name)):
                    names.setdefault(
                        name_key(name), Item(name, Place(number, match.start("name"), match.end("name")))
                    )
    if len(names) > 1:
        yield _section(document, dimension, at, tuple(names.values()))


def _section(document: Document, dimension: str, at: int, names: tuple[Item, ...]) -> SegmentList:
    head = document.blocks[at].text
    return SegmentList(dimension, names, Place(at, 0, len(head)), head, Rank.EXAMPLES, complete=False)
