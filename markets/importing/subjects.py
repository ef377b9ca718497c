"""What market a text is about: its name, the name's other forms, and its geography."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from markets.importing.claims import SubjectClaim
from markets.importing.documents import Document, Kind, Place
from markets.importing.quantities import money
from markets.importing.regions import region_name

_MARKET = re.compile(
    r"(?<=[\w)®™] )(?:markets?|industry)\b(?! (?:research|monitor|insights|watch|data|study)\b)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:global|worldwide|the) market for (?:the )?(?=[A-Z])", re.IGNORECASE)
_TOKEN = re.compile(r"\([^()\n]{1,60}\)|[^\s“”\"|:;<>()]+|[“”\"|:;<>()]")
_SMALL_WORDS = "in of for and & with to by on at from - – or"
_OPENING_WORDS = """
the a an this that these those its their our global globally worldwide world international total overall whole
entire our your each such any every is are was were has have had will would can may that which insights
"""
_GENERAL_WORDS = """
market markets industry target consumer stock key regional emerging mature end-user end-use potential current
labor labour capital money financial country countries niche leading other related specific different parent
new main major same local domestic latest report study analysis research company companies free single major
competitive dynamic growing largest fastest-growing fastest second-largest huge following blue red ocean as
well and in of by global projected expected estimated valued forecast
verified reliable part chapter section table figure
"""
_SMALL, _OPENS, _NO_NAME = (
    frozenset(text.split()) for text in (_SMALL_WORDS, _OPENING_WORDS, _GENERAL_WORDS)
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|will|covers?|provides?|include[sd]?|including|shows?|describes?|report(?:ed|s)?|"
    r"forecasts?|driving|expected|considered|estimating|according|explores?|focus(?:es|ing)?|stands?|sees?|obtain|"
    r"analyzes?|understand|define|in different|as well|such as)\b"
)
_QUANTITY_OF = re.compile(
    r"^.*\b(?:revenues?|sales|demand|size|value|share|growth|analysis|overview|players|adoption|future|trends)"
    r"\s(?:for|of|in)\s(?:the\s)?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_MOST_WORDS = 12
_MOST_MENTIONS = 50
"""A text that names its market more often than this has named it by then."""
_REACH = 160


@dataclass(frozen=True)
class _Mention:
    name: str
    geography: str
    place: Place
    weight: int
    is_sized: bool = False


def subject(document: Document) -> SubjectClaim | None:
    """Return the market that a text names most, titles and first figures counting more; None if none.

    "Global" and "Market Size" are left out of the name. An acronym in brackets stays in it; the plain
    name and the acronym are its aliases.
    """
    mentions = list(islice(_mentions(document), _MOST_MENTIONS))
    weights: Counter[str] = Counter()
    for mention in mentions:
        weights[name_words(mention.name)] += mention.weight
    if not weights:
        return None
    best = _spelled_out(_repeated(weights.most_common(1)[0][0], mentions), weights)
    chosen = [mention for mention in mentions if name_words(mention.name) == best]
    name = _printed(chosen)
    regions: Counter[str] = Counter()
    for mention in chosen:
        regions[mention.geography] += mention.weight
    others = [
        _title_case(mention.name) for mention in mentions if _is_short_for(name_words(mention.name), best)
    ]
    place = chosen[0].place
    return SubjectClaim(
        place=place,
        words=place.words(document),
        name=name,
        aliases=tuple(dict.fromkeys([*_aliases(name), *others])),
        geography=regions.most_common(1)[0][0],
    )


def other_markets(document: Document, subject: SubjectClaim) -> tuple[str, ...]:
    """Return up to three other markets that a text gives figures of, in its order.

    >>> from markets.importing.documents import Block
    >>> text = "The tea market is worth USD 5 billion, the coffee market USD 9 billion."
    >>> tea = SubjectClaim(place=Place(0, 0, 0), words="", name="Tea")
    >>> other_markets(Document("-", (Block(text),)), tea)
    ('Coffee',)
    """
    own = {word for name in (subject.name, *subject.aliases) for word in name_words(name).split()}
    found: dict[str, str] = {}
    for mention in islice(_mentions(document), _MOST_MENTIONS):
        words = name_words(mention.name)
        if mention.is_sized and not own & set(words.split()):
            found.setdefault(words, _title_case(mention.name))
    return tuple(found.values())[:3]


def _repeated(best: str, mentions: list[_Mention]) -> str:
    """Return the shorter name that a text repeats, if only its first line has a longer one, as menus do."""
    rest = Counter(name_words(mention.name) for mention in mentions if mention.place.block)
    shorter = [name for name, count in rest.items() if best.endswith(f" {name}") and count > 1]
    return max(shorter, key=rest.__getitem__) if best not in rest and shorter else best


@lru_cache(maxsize=4096)
def name_words(name: str) -> str:
    """Return the words of a name in lower case and in the singular, without what is in brackets.

    >>> name_words("Light Electric Vehicles (LEVs)")
    'light electric vehicle'
    """
    plain = _BRACKETS.sub("", name).lower().replace("&", " and ")
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+(?:[+#./’'][^\W_]+)*", plain))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def _mentions(document: Document) -> Iterator[_Mention]:
    if document.title:
        for name, *_ in _names(document.title):
            yield _mention(name, Place(0, 0, 0), 6)
    for number, block in enumerate(document.blocks):
        heads = block.kind is Kind.HEADING or (
            number < 2 and len(block.text) < 300 and block.text[-1:] != "."
        )
        for name, start, end in _names(block.text):
            sized = bool(money(block.text[end : end + 80]))
            weight = 1 + name[:1].isupper() + 3 * (heads and number < 4) + 2 * sized
            yield _mention(name, Place(number, start, end), weight, sized)


def _mention(name: str, place: Place, weight: int, is_sized: bool = False) -> _Mention:
    bare, geography = _without_region(name)
    return _Mention(bare, geography, place, weight, is_sized)


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    said = text.lower()
    if "market" not in said and "industry" not in said:
        return
    for match in _MARKET.finditer(text):
        start = max(0, match.start() - _REACH)
        if name := _before(text[start : match.start()]):
            yield name, match.start() - len(name) - 1, match.end()
    for match in _FOR.finditer(text):
        if name := _after(text[match.end() : match.end() + _REACH]):
            yield name, match.start(), match.end() + len(name)


def _before(text: str) -> str:
    """Return the name that ends a text: the words after "the" or "global", or those with capitals."""
    tokens = list(_TOKEN.finditer(text))
    taken: list[re.Match[str]] = []
    opened = False
    for token in reversed(tokens):
        word = token[0]
        if word.lower() in _OPENS or not (word[0].isalnum() or word[0] in "(&-–") or word[-1] in ".,!?%…":
            opened = word.lower() in _OPENS
            break
        taken.insert(0, token)
    return _checked(text, taken, opened) or _checked(text, _capitals(taken), False)


def _capitals(taken: list[re.Match[str]]) -> list[re.Match[str]]:
    """Keep the capitalised end of some words, small words within it too."""
    kept: list[re.Match[str]] = []
    for token in reversed(taken):
        if not (token[0][0].isupper() or token[0][0].isdigit() or token[0][0] == "(" or token[0] in _SMALL):
            break
        kept.insert(0, token)
    while kept and kept[0][0].lower() in _SMALL:
        kept.pop(0)
    return kept


def _checked(text: str, taken: list[re.Match[str]], opened: bool) -> str:
    """Return the words as a name if they can be one."""
    if not taken or len(taken) > _MOST_WORDS:
        return ""
    name = _QUANTITY_OF.sub("", text[taken[0].start() : taken[-1].end()])
    first = taken[0][0]
    if not opened and not (first[0].isupper() or first[0].isdigit()):
        return ""
    if first.lower() in _SMALL or first[0] == "(" or taken[-1][0].lower() in _SMALL:
        return ""
    generic = all(token[0].lower() in _NO_NAME for token in taken)
    return "" if generic or region_name(name) or _VERBS.search(name) else name


def _after(text: str) -> str:
    """Return the capitalised name that starts a text."""
    tokens = []
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == "to" or not (word[0].isupper() or word[0].isdigit() or word[0] == "(" or word in _SMALL):
            break
        tokens.append(token)
        if word[-1] in ".,;:":
            break
    while tokens and tokens[-1][0] in _SMALL:
        tokens.pop()
    return text[: tokens[-1].end()].rstrip(".,;:") if 0 < len(tokens) <= _MOST_WORDS else ""


def _without_region(name: str) -> tuple[str, str]:
    """Return a name without the region that it starts with, and that region."""
    words = name.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        region = region_name(" ".join(words[:count]).removesuffix("’s").removesuffix("'s"))
        if region:
            return " ".join(words[count:]), region
    return name, ""


def _spelled_out(best: str, weights: Counter[str]) -> str:
    """Return the name that "AI in healthcare" is short for, if the text has it."""
    return next((other for other in weights if _is_short_for(best, other)), best)


def _is_short_for(short: str, long: str) -> bool:
    """Return whether a name is another with its first words as an acronym.

    >>> _is_short_for("ai in healthcare", "artificial intelligence in healthcare")
    True
    """
    first, _, rest = short.partition(" ")
    words = long.split()
    count = len(words) - len(rest.split())
    return (
        1 < count == len(first)
        and first == "".join(word[0] for word in words[:count])
        and rest == " ".join(words[count:])
    )


def _printed(chosen: list[_Mention]) -> str:
    """Return the form to print: with its acronym if it has one, and as it is printed most often."""
    forms = Counter(mention.name for mention in chosen)
    return _title_case(max(forms, key=lambda form: (_right_brackets(form), forms[form], form[:1].isupper())))


def _right_brackets(form: str) -> int:
    """Rank a form: an acronym of its own words in brackets is best, other brackets are next."""
    found = _BRACKETS.search(form)
    if not found:
        return 0
    initials = "".join(word[0] for word in form[: found.start()].replace("-", " ").split()).lower()
    return 2 if initials.endswith(found[1].lower().rstrip("s")) else 1


def _title_case(name: str) -> str:
    return " ".join(
        word if word in _SMALL or word != word.lower() else word[:1].upper() + word[1:]
        for word in name.split()
    )


def _aliases(name: str) -> Iterator[str]:
    """Yield the plain form of "Business Process Management (BPM)" and what stands in its brackets."""
    if _BRACKETS.search(name):
        yield _BRACKETS.sub("", name)
        yield from (found[1] for found in _BRACKETS.finditer(name))
