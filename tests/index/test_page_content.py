"""A page's content is read as a browser would read it."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.index.html.page_content import anchors_in, plain_text, read
from mkdocs_backlinks.model import Heading

LINKS = {
    "a link": ('<p>See <a href="x/">there</a>.</p>', [("a", "x/", "there")]),
    "a linked image has the image's words": (
        '<a href="x/"><img src="i.png" alt="A map"></a>',
        [("a", "x/", "A map"), ("img", "i.png", "A map")],
    ),
    "an icon with a title": (
        '<a href="x"><span title="Options"><svg></svg></span></a>',
        [("a", "x", "Options")],
    ),
    "a label": ('<a href="x" aria-label="Options"><svg></svg></a>', [("a", "x", "Options")]),
    "a label inside": ('<a href="x"><svg aria-label="Options"></svg></a>', [("a", "x", "Options")]),
    "a label elsewhere": (
        '<b id="l">To the options</b><a href="x" aria-labelledby="l"></a>',
        [("a", "x", "To the options")],
    ),
    "no name": ('<a href="x"><img src="i.png" alt=""></a>', [("a", "x", ""), ("img", "i.png", "")]),
    "an area": ('<map><area href="x/" alt="North"></map>', [("area", "x/", "North")]),
    "media": (
        '<video src="v.mp4"></video><iframe src="f.html"></iframe>',
        [("video", "v.mp4", ""), ("iframe", "f.html", "")],
    ),
    "an image in several sizes": (
        '<img src="a.png" srcset="a.png, b.png 1.5x,c.png 2x , d,e.png (x, y) 3x,,f.png," alt="Map">',
        [("img", href, "Map") for href in ("a.png", "b.png", "c.png", "d,e.png", "f.png")],
    ),
    "sources": (
        '<picture><source srcset="a.webp 100w, b.webp 200w"><source src="c.webp"><img src="d.png"></picture>',
        [("source", "a.webp", ""), ("source", "b.webp", ""), ("source", "c.webp", ""), ("img", "d.png", "")],
    ),
    "a film and its poster": (
        '<video src="v.mp4" poster="p.png"></video><video poster="q.png"></video>',
        [("video", "v.mp4", ""), ("video", "p.png", ""), ("video", "q.png", "")],
    ),
    "an object": (
        '<object data="d.svg"></object><embed src="e.svg">',
        [("object", "d.svg", ""), ("embed", "e.svg", "")],
    ),
    "what is loaded": (
        (
            '<link rel="StyleSheet" href="a.css"><link rel="icon preload" href="b.png">'
            '<link rel="canonical" href="/"><link href="c.css">'
        ),
        [("link", "a.css", ""), ("link", "b.png", "")],
    ),
    "an image without an address": ("<img><img srcset=''><source><link rel=icon>", []),
    "an empty address": ("<a href>here</a>", [("a", "", "here")]),
    "no address": ('<a name="n">here</a>', []),
    "entities": ('<a href="?a=1&amp;b=2">A &amp; B</a>', [("a", "?a=1&b=2", "A & B")]),
    "white space": ('<a href=" x/ ">two\n  words</a>', [("a", "x/", "two words")]),
    "unclosed markup": ('<p><b>one <a href="x">two<p>three', [("a", "x", "two"), ("a", "x", "three")]),
    "code": ("<pre><code>&lt;a href=x&gt;</code></pre>", []),
    "a comment": ('<!-- <a href="x">y</a> -->', []),
    "a template": ('<template><a href="x">y</a></template>', []),
    "a script": ("<script>'<a href=x>y</a>'</script>", []),
    "a permalink": ('<h2 id="t">T<a class="headerlink" href="#t">¶</a></h2>', []),
    "a permalink of another class": ('<h2 id="t">T<a class="mark" href="#t">¶</a></h2>', []),
    "a heading that links to itself": ('<h2 id="t"><a class="toclink" href="#t">T</a></h2>', []),
    "a line number": ('<a id="l-1" name="l-1" href="#l-1"></a>', []),
    "footnote marks": (
        (
            '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>\n'
            '<li id="fn:1">x <a href="y">z</a><a class="footnote-backref" href="#fnref:1">↩</a></li>'
        ),
        [("a", "y", "z")],
    ),
    "a table of contents": ('<div class="toc"><ul><li><a href="#t">T</a></li></ul></div>', []),
    "generated uses": ('<div class="doc doc-backlinks"><a href="x">y</a></div>', []),
    "a drawn emoji": ('<img class="twemoji" src="https://cdn.example/1.png" alt="x">', []),
    "a lone surrogate": ('<a href="x">a\ud800b</a>', [("a", "x", "a?b")]),
}


@pytest.mark.parametrize("case", LINKS)
def test_links(case: str) -> None:
    html, expected = LINKS[case]
    assert [(link.element, link.href, link.text) for link in read(html).links] == expected


def test_a_link_knows_its_rel_and_the_heading_above_it() -> None:
    content = read(
        '<a href="0">0</a><h1 id="one">One <a class="headerlink" href="#one">¶</a></h1>'
        '<a href="1" rel="NoFollow  noopener">1</a><h2>Two</h2><a href="2">2</a>'
    )
    assert [link.heading for link in content.links] == [None, Heading("one", "One"), Heading("", "Two")]
    assert content.links[1].rel == ("nofollow", "noopener")
    assert content.headings == (Heading("one", "One"), Heading("", "Two"))


def test_anchors_are_ids_anywhere_and_names_of_anchors_only() -> None:
    html = (
        '<meta name="viewport"><p id="p"><a name="n"></a><a id="i"></a></p><!-- <p id="c"> -->'
        '<template><p id="t"></p></template><script>var s = "<p id=s>"</script><svg><g id="g"/></svg>'
    )
    assert anchors_in(html) == {"p", "n", "i", "g"}
    assert read(html).anchors == anchors_in(html)


def test_text_leaves_out_what_is_no_prose() -> None:
    content = read(
        '<h1 id="a">A<a class="headerlink" href="#a">¶</a></h1>\n<p>b <code>c</code></p><style>d</style>'
    )
    assert content.text.split() == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Plain", "Plain"),
        ("A &amp; B &lt;i&gt;c&lt;/i&gt;", "A & B <i>c</i>"),
        ("A & B <i>c</i>", "A & B c"),
        ("  two\n words ", "two words"),
        ("<script>alert(1)</script>", ""),
        ("a\ud800", "a?"),
        ("", ""),
    ],
)
def test_plain_text(title: str, text: str) -> None:
    assert plain_text(title) == text


def test_the_first_base_counts() -> None:
    assert read('<base target="_blank"><base href="a/"><base href="b/">').base == "a/"
    assert read("<p>x</p>").base is None


def test_ids_that_are_there_twice() -> None:
    content = read(
        '<p id="a"><a name="b"></a><i id="b"></i></p><p id="a"></p><template><i id="b"></i></template>'
    )
    assert content.repeated == {"a"}
    assert content.anchors == {"a", "b"}
