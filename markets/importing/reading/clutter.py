"""What a page shows around its report: menus, notices of cookies, links to other reports, comments.

Links to other reports are the worst of it: they are full of the figures of other markets.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from markets.importing.reading.tree import HEADINGS, LINES, Node

_ALWAYS: Final = frozenset({"nav", "menu"})
_IN_TABLES: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_ROLES: Final = frozenset(
    {"navigation", "contentinfo", "dialog", "alertdialog", "menu", "menubar", "search", "alert", "tablist"}
)
_NAMES: Final = frozenset(
    {
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "ccpa",
        "onetrust",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "related",
    }
    | {"recommended", "recommendations", "similar", "popular", "trending", "comments", "comment", "respond"}
    | {
        "disqus",
        "newsletter",
        "subscribe",
        "popup",
        "modal",
        "cart",
        "login",
        "pagination",
        "pager",
        "advert",
    }
    | {
        "advertisement",
        "ads",
        "promo",
        "sponsored",
        "testimonial",
        "testimonials",
        "chat",
        "social",
        "addtoany",
    }
    | {"navbar", "nav", "menu", "toolbar", "latest", "recent"}
)
_ONLY_WITH_LINKS: Final = frozenset(
    {"navbar", "nav", "menu", "toolbar", "latest", "recent", "popular", "trending"}
)
_PANELS: Final = frozenset(
    {"tab", "tabs", "panel", "pane", "tabpanel", "accordion", "collapse", "collapsible", "toc"}
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OTHERS = (
    r"(?:(?:browse|see|view|read|explore) )?(?:our |top )?(?:"
    r"(?:related|similar|recommended|suggested|trending|popular|latest|recent|more|other|featured) (?:\w+ )?"
    r"(?:reports?|research|posts?|articles?|news|studies|publications?|releases?|blogs?)|"
    r"(?:related|similar|recommended|suggested|featured) (?:markets?|insights?|reading|products?|topics?))"
)
_SECTION = re.compile(
    rf"(?:{_OTHERS}|related|you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"(?:people|customers|readers) (?:who|also)\b.*|also (?:read|see)|see also|read also|don.t miss|"
    r"more (?:from|in|on|by)\b.*|leave an? (?:comment|reply)|"
    r"(?:\d+ )?(?:comments?|replies|responses)(?: \(?\d+\)?)?|"
    r"(?:client|customer)s?.? (?:reviews|testimonials)|cookie (?:policy|settings|preferences)|"
    r"(?:join|subscribe to) our newsletter) ?[:.…»>]*",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\b(?:market|report|industry|forecast|outlook|analysis|trends)\b", re.IGNORECASE)
_LISTS_NAMES = re.compile(
    r"\b(?:players|companies|vendors|manufacturers|competitors|suppliers|profiled)\b", re.IGNORECASE
)
_LONGEST_SECTION_TITLE: Final = 60
_LONGEST_TEASER: Final = 1500
_LONGEST_BEFORE_LINK: Final = 40
_LONGEST_BEFORE_NAMES: Final = 300
_NO_TEASERS: Final = _IN_TABLES | HEADINGS | {"p", "span", "b", "strong", "em", "i"}
_MOST_OF: Final = 0.5


def remove_clutter(body: Node) -> None:
    """Take out of a page's tree what does not belong to its report."""
    _prune(body, body.length * _MOST_OF)


def _prune(node: Node, most: float) -> None:
    """`most` is the length from which an element is too much of the page to be clutter by its name."""
    teasers = _teasers(node)
    kept: list[Node | str] = []
    section = 0
    before: Node | None = None
    for child in node.children:
        if isinstance(child, str):
            if not section:
                kept.append(child)
            continue
        level = child.level
        if section and (0 < level <= section or child.length > most or "h1" in child.inner):
            section = 0
        if child.length <= most and _starts_others(child):
            section = level or 2
        if section or child in teasers or _is_clutter(child, most, before):
            kept.append(" ")
            continue
        if child.length:
            before = child
        if child.inner:
            _prune(child, most)
        kept.append(child)
    node.children = kept


def _starts_others(node: Node) -> bool:
    """Return whether a node is the title of a section about other reports, or of comments."""
    is_short = 0 < node.length <= _LONGEST_SECTION_TITLE and node.tag not in _IN_TABLES
    return is_short and bool(_SECTION.fullmatch(node.text))


def _is_clutter(node: Node, most: float, before: Node | None) -> bool:
    if node.tag in _IN_TABLES:
        return False
    if node.length > most or "h1" in node.inner or node.tag == "h1":
        return False
    if node.tag in _ALWAYS or node.attributes.get("role", "").lower() in _ROLES:
        return True
    if node.tag in ("footer", "header") and "table" not in node.inner:
        return node.tag == "footer" or node.linked * 2 > node.length
    return _is_hidden(node) or _is_named_so(node) or _is_of_links(node, before)


def _words(node: Node) -> set[str]:
    named = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return {word.lower() for word in _WORD.findall(named)}


def _is_hidden(node: Node) -> bool:
    """What a click unfolds is read; a window that opens by itself is not."""
    is_unseen = "hidden" in node.attributes or _UNSEEN.search(node.attributes.get("style", ""))
    return bool(is_unseen) and not _words(node) & _PANELS and node.attributes.get("role") != "tabpanel"


def _is_named_so(node: Node) -> bool:
    named = _words(node) & _NAMES
    if not named or "table" in node.inner:
        return False
    return not named <= _ONLY_WITH_LINKS or node.linked * 2 > node.length


def _is_of_links(node: Node, before: Node | None) -> bool:
    """Return whether a node is hardly more than links, and not a list of companies."""
    if node.links < 3 or node.linked <= 0.6 * node.length:
        return False
    return before is None or before.length > _LONGEST_BEFORE_NAMES or not _LISTS_NAMES.search(before.text)


def _teasers(node: Node) -> set[Node]:
    """Return the children that are each about another report: two or more that begin with a link to it."""
    found = [child for child in node.nodes if _is_teaser(child)]
    counts = Counter(child.tag for child in found)
    return {child for child in found if counts[child.tag] > 1}


def _is_teaser(node: Node) -> bool:
    if not 0 < node.links <= 4 or node.length > _LONGEST_TEASER or node.tag in _NO_TEASERS:
        return False
    link, standing = next(_links(node, node), (None, node))
    if link is None or not _TOPIC.search(link.text):
        return False
    has_lines = bool(link.inner & LINES)
    stands_alone = has_lines or (standing.length == link.length and node.tag != "a")
    return stands_alone and node.text.find(link.text) <= _LONGEST_BEFORE_LINK


def _links(node: Node, line: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the links with text in a node, each with the element on whose line it stands."""
    if node.is_link and node.length:
        yield node, line
    for child in node.nodes:
        if child.links:
            is_inline = child.tag not in LINES
            yield from _links(child, line if is_inline else child)
