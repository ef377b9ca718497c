"""Saved pages: what they say about themselves, what is kept of them, and what stands around it."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.errors import Unreadable
from markets.importing.documents import Block, Document, Kind
from markets.importing.reading import limits, read_stream

REPORT = """
<h1>Kettle Market in Norway</h1>
<p>The kettle market was worth <b>NOK&nbsp;420 million</b> in 2022, and should reach
<strong>NOK 510 million</strong> by 2028.</p>
<p>Steel kettles lead, and the <a href="/tea">tea market report</a> says so, as does the
<a href="/coffee">coffee market outlook</a>, with a share of 35%.</p>
<p>Glass kettles follow, with all of the others far behind; households buy most of them in the autumn.</p>
"""


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_stream(page.encode(), "kettles.html")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


KEPT = texts(read(REPORT))


def test_a_report_is_kept_whole() -> None:
    assert KEPT == [
        "Kettle Market in Norway",
        "The kettle market was worth NOK 420 million in 2022, and should reach NOK 510 million by 2028.",
        "Steel kettles lead, and the tea market report says so, as does the coffee market outlook, with a "
        "share of 35%.",
        "Glass kettles follow, with all of the others far behind; households buy most of them in the autumn.",
    ]


CARDS = "".join(
    f'<div class="c"><h4><a href="/{name}">{name} Market</a></h4><p>It was worth USD {size} bn.</p></div>'
    for name, size in (("Toaster", 9), ("Oven", 19), ("Pan", 4))
)


@pytest.mark.parametrize(
    "around",
    [
        '<nav><ul><li><a href="/r">Reports</a></li></ul></nav>',
        '<div id="cookieBanner"><p>Cookies help us.</p></div>',
        '<div role="dialog">A sample of USD 5 million?</div>',
        '<ul class="breadcrumb"><li><a href="/">Home</a></li><li>Kettles</li></ul>',
        "<footer><p>© Acme, worth USD 1 billion</p></footer>",
        '<header><a href="/">Acme</a> <a href="/login">Log in</a></header>',
        "<script>var size = 'USD 5 billion'</script><style>p { color: red }</style><!-- USD 5 billion -->",
        "<noscript>Use JavaScript.</noscript><svg><text>5</text></svg><select><option>US</option></select>",
        f'<div class="related-reports">{CARDS}</div>',
        f"<section><div><h3>Related Reports</h3></div><div>{CARDS}</div></section>",
        f"<h2>You may also like:</h2>{CARDS}",
        f"<div>{CARDS}</div>",
        '<ul><li><a href="/a">Toaster Report</a></li><li><a href="/b">Oven Market Report</a></li></ul>',
        '<aside><a href="/a"><h4>Pan Market</h4><p>USD 3 bn</p></a>'
        '<a href="/b"><h4>Pot Market</h4><p>USD 4 bn</p></a></aside>',
        "<div><h3>2 comments</h3><p>I say USD 99 billion.</p></div>",
        '<div style="display: none"><p>A window with USD 5 million</p></div>',
    ],
)
@pytest.mark.parametrize(
    "page", ["{around}{report}", "<main>{report}</main>{around}", "<div>{report}{around}</div>"]
)
def test_what_stands_around_a_report_is_left_out(around: str, page: str) -> None:
    if page.startswith("{around}") and "<h2>You" in around:
        pytest.skip("a section's end shows only by what follows")
    assert texts(read(page.format(around=around, report=REPORT))) == KEPT


@pytest.mark.parametrize(
    ("part", "blocks"),
    [
        (
            "<ul><li>Steel<ul><li><p>Polished</p></li></ul></li><li>Glass</li></ul>",
            [Block("Steel", Kind.ITEM), Block("Polished", Kind.ITEM, 1), Block("Glass", Kind.ITEM)],
        ),
        ("<h2>By<br>type</h2>", [Block("By type", Kind.HEADING)]),
        ("Acme Inc.<br/>Beta Co., Ltd.", [Block("Acme Inc."), Block("Beta Co., Ltd.")]),
        (
            "<table><caption>Scope</caption><tr><th>Year</th><th>Size</th></tr>"
            "<tr><td>2022</td><td>420</td></tr></table>",
            [
                Block("Scope", Kind.ROW, 0, ("Scope",)),
                Block("Year | Size", Kind.ROW, 0, ("Year", "Size")),
                Block("2022 | 420", Kind.ROW, 0, ("2022", "420")),
            ],
        ),
        (
            '<table><tr><td rowspan="2">Type</td><td>Steel</td></tr>'
            "<tr><td><ul><li>Glass<li>Iron</ul></td></tr></table>",
            [
                Block("Type | Steel", Kind.ROW, 0, ("Type", "Steel")),
                Block("Type | Glass; Iron", Kind.ROW, 0, ("Type", "Glass; Iron")),
            ],
        ),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", [Block("One"), Block("Two")]),
        (
            "<dl><dt>Base year</dt><dd>2022</dd></dl>",
            [Block("Base year | 2022", Kind.ROW, 0, ("Base year", "2022"))],
        ),
        (
            "<div><span>CAGR</span><span>3.3%</span></div>",
            [Block("CAGR | 3.3%", Kind.ROW, 0, ("CAGR", "3.3%"))],
        ),
        ("<p><span>Base Year</span><span>2022</span></p>", [Block("Base Year 2022")]),
        ("<p>a <i>k</i>ettle</p>", [Block("a kettle")]),
        (
            '<h3>Key players</h3><ul><li><a href="/a">Acme</a><li><a href="/b">Beta</a>'
            '<li><a href="/c">Co</a></ul>',
            [
                Block("Key players", Kind.HEADING),
                *(Block(name, Kind.ITEM) for name in ("Acme", "Beta", "Co")),
            ],
        ),
        ('<div class="tab-pane" hidden>Contents of a tab</div>', [Block("Contents of a tab")]),
        ('<section class="market-share"><p>Steel has 35%</p></section>', [Block("Steel has 35%")]),
        (
            '<div class="footer-facts"><table><tr><td>CAGR</td><td>3%</td></tr></table></div>',
            [Block("CAGR | 3%", Kind.ROW, 0, ("CAGR", "3%"))],
        ),
    ],
)
def test_structure_is_kept(part: str, blocks: list[Block]) -> None:
    assert list(read(REPORT + part).blocks[len(KEPT) :]) == blocks


HEAD = """<title>Kettles | Acme</title><meta name="author" content="Ann Lee">
<meta property="og:site_name" content="Acme Research"><link rel="canonical" href="https://acme.example/kettles">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">"""
DATA = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Other"},
{"@type": ["NewsArticle"], "headline": "Kettles", "author": [{"name": "Ann Lee"}],
"datePublished": "2024-03-05", "publisher": {"@type": "Organization", "name": "Acme Research"}}]}</script>"""


@pytest.mark.parametrize(
    "head", [HEAD, DATA + '<meta property="og:url" content="https://acme.example/kettles">']
)
def test_what_a_page_says_about_itself(head: str) -> None:
    document = read(REPORT, head)
    assert document.title == "Kettle Market in Norway"
    assert (document.publisher, document.author) == ("Acme Research", "Ann Lee")
    assert document.date == datetime.date(2024, 3, 5)
    assert document.url == "https://acme.example/kettles"


def test_a_title_and_a_date_in_the_text() -> None:
    document = read("<p>Text</p><time>5th March 2024</time>", "<title>Kettles</title>")
    assert document.title == "Kettles" and document.date == datetime.date(2024, 3, 5)


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '{"@type": 5, "author": 7}', "null", '[[{"@type": "Article"}]]']
)
def test_linked_data_that_is_none(data: str) -> None:
    document = read("<p>Text</p>", f'<script type="application/ld+json">{data}</script>')
    assert texts(document) == ["Text"] and document.publisher == ""


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-16", ""),
        ("utf-8-sig", '<meta charset="windows-1251">'),
        ("windows-1251", '<meta charset="windows-1251">'),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">'),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    page = f"<html><head>{head}</head><body><p>Рынок чайников</p></body></html>".encode(encoding)
    assert texts(read_stream(page, "page")) == ["Рынок чайников"]


def test_a_page_without_text() -> None:
    with pytest.raises(Unreadable, match="may need a browser"):
        read("<div id='app'></div><script>start()</script>")


MHT = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://acme.example/kettles\r
Subject: Kettles\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="--b"\r
\r
----b\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
\r
<html><head><meta charset=3D"utf-8"></head><body><p>Worth =E2=82=AC5 bil=\r
lion</p></body></html>\r
----b\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
----b--\r
"""


def test_a_page_saved_as_one_file() -> None:
    document = read_stream(MHT, "kettles.mhtml")
    assert texts(document) == ["Worth €5 billion"] and document.url == "https://acme.example/kettles"


def test_a_saved_mail() -> None:
    mail = b"Subject: Kettles\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nKettles: $5 bn."
    assert texts(read_stream(mail, "kettles.eml")) == ["Kettles: $5 bn."]
    with pytest.raises(Unreadable, match="no page inside"):
        read_stream(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx", "kettles.eml")


SMALL = 1_000_000
HOSTILE = {
    "nesting": "<div>" * (SMALL // 5) + "text",
    "inline nesting": "<b>" * (SMALL // 3) + "text",
    "lists": "<ul><li>" * (SMALL // 8) + "text",
    "tables": "<table><tr><td>" * (SMALL // 15) + "text",
    "attribute": f"<p title='{'x' * SMALL}'>text",
    "attributes": f"<p {' '.join(f'a{number}=1' for number in range(SMALL // 9))}>text",
    "quoted attributes": "<p " + "".join(f"a{number}='<'" for number in range(SMALL // 9)) + ">text",
    "comments": "<p>text" + "a<!---->" * (SMALL // 8),
    "open comment": "<p>text" + "<!--" * (SMALL // 4),
    "entities": "<p>text" + "&amp;" * (SMALL // 5),
    "entity bomb": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>text &b;&b;',
    "elements": "<p>text" * (SMALL // 7),
    "open tags": "text" + "<" * SMALL,
    "scripts": "<p>text<script>" * (SMALL // 15),
    "pictures": "<p>text<img src='data:" + "data:" * (SMALL // 5),
    "links": "<p>text</p>" + "<a href=x>market" * (SMALL // 16),
    "spans": "<table>" + "<tr><td rowspan=65000 colspan=65000>text" * (SMALL // 40),
    "cells": "<table><tr>" + "<td>text" * (SMALL // 8),
    "terms": "<dl>" * 500 + "<dt>text" * (SMALL // 8),
    "linked data": "<p>text" + '<script type="application/ld+json">[{},' * (SMALL // 40),
    "headings": "<h1>text" * (SMALL // 8),
    "long names": "<" + "p" * SMALL + ">text",
    "closing": "<p>text" + "</i>" * (SMALL // 4),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_take_bounded_time(kind: str) -> None:
    began = time.perf_counter()
    try:
        document = read_stream(b"<html>" + HOSTILE[kind].encode(), "page.html")
    except Unreadable:
        assert kind in ("open comment", "long names", "open tags")
    else:
        assert any("text" in block.text for block in document.blocks)
    assert time.perf_counter() - began < 60, "the time grows faster than the page"


def test_a_large_page_is_cut_and_that_is_said() -> None:
    document = read("<p>kettle</p>" * (limits.ELEMENTS + 10))
    assert document.remarks == ("Only the first 50,000 elements of the page were read.",)


TAGS = st.sampled_from(
    "p div ul li table tr td th dl dt dd h1 h2 a span br nav footer section title meta script b".split()  # noqa: SIM905
)
SOUP = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag}>"),
        TAGS.map(
            lambda tag: f'<{tag} href="/x" class="related tab" rowspan="3" colspan=2 content="2024-13-45">'
        ),
        st.text(max_size=20),
        st.sampled_from(
            ["Related Reports", "Tea Market", "USD 5 bn", "<!--", "-->", "&#0;", "&nbsp;", "<!DOCTYPE", "<?"]
        ),
    ),
    max_size=60,
).map("".join)


@settings(deadline=1000)
@given(SOUP)
def test_any_soup_of_tags_is_a_document_or_refused(soup: str) -> None:
    try:
        document = read_stream(b"<html>" + soup.encode(errors="ignore"), "page.html")
    except Unreadable as error:
        assert str(error).endswith(".")
    else:
        assert all(block.text == " ".join(block.text.split()) for block in document.blocks)
