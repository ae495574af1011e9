"""An excerpt is the sentence that a reader would quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index.html.block_context import LENGTH, STEPS
from mkdocs_backlinks.index.html.excerpt import REACH, first_sentence
from mkdocs_backlinks.index.html.page_content import Context, Scope, read
from mkdocs_backlinks.index.html.styled_text import segments

TABS = """
<div class="tabbed-set">
<div class="tabbed-labels"><label>Linux</label><label>macOS</label></div>
<div class="tabbed-content">
<div class="tabbed-block"><p>No.</p></div>
<div class="tabbed-block"><p>See <a href=x>it</a>.</p></div>
</div>
</div>
"""
SENTENCES = {
    "the sentence alone": ("<p>One. Two <a href=x>three</a> four. Five.</p>", "Two |three| four."),
    "the whole of a short paragraph": ("<p>Two <a href=x>three</a> four</p>", "Two |three| four"),
    "abbreviations end nothing": (
        "<p>Use a job, e.g. <a href=x>an array</a>, i.e. many. Then wait.</p>",
        "Use a job, e.g. |an array|, i.e. many.",
    ),
    "names of files end nothing": ("<p>Edit mkdocs.yml in <a href=x>it</a>.</p>", "Edit mkdocs.yml in |it|."),
    "a question": ("<p>Why? See <a href=x>it</a>! Then go.</p>", "See |it|!"),
    "markup is text": (
        "<p>A <u>fine <a href=x>w<i>or</i>d</a> here</u> end.</p>",
        "A fine |word| here end.",
    ),
    "code and emphasis are kept": (
        "<p>Use <code>sbatch -n</code>, <em>not</em> <a href=x>srun</a> <b>x</b>.</p>",
        "Use {code:sbatch -n}, {em:not} |srun| {strong:x}.",
    ),
    "the link's own code": ("<p>Use <a href=x><code>srun</code></a> here.</p>", "Use |{code:srun}| here."),
    "emphasis around the link": (
        "<p>Use <strong>this <a href=x>one</a> here</strong> now.</p>",
        "Use {strong:this }|one|{strong: here} now.",
    ),
    "emphasis from the sentence before": (
        "<p><em>First one. Then</em> use <a href=x>it</a>.</p>",
        "{em:Then} use |it|.",
    ),
    "code in emphasis": (
        "<p>See <a href=x>it</a> <strong>and <code>a</code></strong> b.</p>",
        "See |it| {strong:and a} b.",
    ),
    "a sentence after code": ("<p>Run <code>abc.</code> Then <a href=x>it</a>.</p>", "Then |it|."),
    "code that is no sentence": (
        "<p>As in <code>abc.</code> b <a href=x>it</a>.</p>",
        "As in {code:abc.} b |it|.",
    ),
    "all of a list item": ("<ul><li>One. Two <a href=x>it</a>. Three.</li></ul>", "One. Two |it|. Three."),
    "a list item with paragraphs": (
        "<ul><li><p>No.</p><p>One. Two <a href=x>it</a>.</p></li></ul>",
        "One. Two |it|.",
    ),
    "a nested item with its parent's line": (
        "<ul><li>The <code>queues</code><ul><li>An <a href=x>item</a> here</li></ul></li></ul>",
        "{label:The queues:} An |item| here",
    ),
    "a nested item below a paragraph": (
        "<ul><li><p>These are:</p><ul><li><p>An <a href=x>item</a></p></li></ul></li></ul>",
        "{label:These are:} An |item|",
    ),
    "a nested item below nothing": (
        "<ul><li><ul><li>An <a href=x>item</a></li></ul></li></ul>",
        "An |item|",
    ),
    "a long line above": (
        f"<ul><li>{'many words ' * 20}<ul><li>An <a href=x>item</a></li></ul></li></ul>",
        "{label:" + "many words " * 6 + "many words…} An |item|",
    ),
    "a row with its heads": (
        "<table><thead><tr><th>Name<th>Docs<th>Cores<tbody><tr><td>Puhti<td>a <a href=x>b</a><td>40</table>",
        "{label:Name:} Puhti · {label:Docs:} a |b| · {label:Cores:} 40",
    ),
    "a row without heads": ("<table><tr><td>a</td><td></td><td><a href=x>b</a></td></tr></table>", "a · |b|"),
    "a head of a column": ("<table><tr><th>a</th><th><a href=x>b</a></th></tr></table>", "a · |b|"),
    "a definition with its term": (
        "<dl><dt>Node</dt><dd>A part of <a href=x>it</a>. More.</dd></dl>",
        "{label:Node:} A part of |it|. More.",
    ),
    "a term with its definition": (
        "<dl><dt>A <a href=x>node</a></dt><dd>A <b>part</b>.</dd></dl>",
        "A |node| – A part.",
    ),
    "an admonition with its title": (
        '<div class="admonition"><p class=admonition-title>Take care<p>One. See <a href=x>it</a>. No.</div>',
        "{label:Take care:} See |it|.",
    ),
    "a title of an admonition": (
        '<div class="admonition"><p class="admonition-title">Why <a href=x>it</a>?</p><p>No.</p></div>',
        "Why |it|?",
    ),
    "details with their summary": (
        "<details><summary>More?</summary><p>See <a href=x>it</a>.</p></details>",
        "{label:More?} See |it|.",
    ),
    "a tab with its name": (
        TABS,
        "{label:macOS:} See |it|.",
    ),
    "a caption": ("<figure><figcaption>A map. By <a href=x>us</a></figcaption></figure>", "A map. By |us|"),
    "a footnote without its way back": (
        "<ol><li><p>One. See <a href=x>it</a>.&#160;<a class=footnote-backref href='#f'>&#8617;</a></ol>",
        "One. See |it|.",
    ),
    "a sentence with a footnote": (
        '<p>See<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> <a href=x>it</a>.</p>',
        "See |it|.",
    ),
    "a list item without its sublist": (
        "<ul><li>An <a href=x>item</a> here<ul><li>sub</li></ul></li></ul>",
        "An |item| here",
    ),
    "a heading has the first sentence below": (
        "<h2>About <a href=x>it</a></h2><ul><li>a</li></ul><p>It is. No.</p>",
        "It is.||",
    ),
    "a heading above nothing": ("<h2>About <a href=x>it</a></h2><h3>Not</h3><p>No.</p>", "About |it|"),
    "a line break is a space": ("<p>one<br><a href=x>two</a></p>", "one |two|"),
    "Chinese": ("<p>中文。这是<a href=x>链接</a>。下一句</p>", "这是|链接|。"),
    "an image has no words": ("<p>a <img src=i.png alt=no> <a href=x>b</a></p>", "a |b|"),
}


def marked(html: str, context: Context = "sentence") -> str:
    cut = next(link for link in read(html, Scope(context)).links if link.element == "a").excerpt
    return "|".join(map(shown, (cut.before, cut.text, cut.after)))


def shown(text: str) -> str:
    return "".join(f"{{{kind}:{piece}}}" if kind else piece for piece, kind in segments(text))


@pytest.mark.parametrize("case", SENTENCES)
def test_sentence(case: str) -> None:
    html, expected = SENTENCES[case]
    assert marked(html) == expected


ABBREVIATIONS = "e.g. i.e. etc. vs. cf. approx. resp. Dr. Mr. Mrs. Ms. Fig. No. St. J.".split()


@pytest.mark.parametrize("word", ABBREVIATIONS)
def test_an_abbreviation_ends_no_sentence_on_either_side(word: str) -> None:
    html = f"<p>One. Two {word} Three <a href=x>four</a> five {word} Six. Seven.</p>"
    assert marked(html) == f"Two {word} Three |four| five {word} Six."


@pytest.mark.parametrize("word", ["fetc.", "Etc.", "sDr.", "10.", "etc!"])
def test_a_word_that_ends_like_one_does(word: str) -> None:
    assert first_sentence(f"Two {word} Three. Four.") == (f"Two {word}")


def test_paragraph_keeps_every_sentence() -> None:
    html = "<p>One. Two <a href=x>three</a> four. Five.</p>"
    assert marked(html, "paragraph") == "One. Two |three| four. Five."


def test_a_long_block_is_cut_on_both_sides() -> None:
    cut = read(f"<p>{'a' * 9999} <a href=x>b</a> {'c' * 9999}</p>").links[0].excerpt
    assert len(cut.before) <= REACH
    assert len(cut.after) <= REACH


def test_ten_thousand_links_in_one_paragraph_are_read() -> None:
    links = read("<p>" + "<a href=x>word</a> and " * 10_000 + "</p>").links
    assert len(links) == 10_000
    assert all(len(str(link.excerpt)) <= 2 * REACH + 4 for link in links)


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>term</dt>" + "<dd><a href=x>a</a></dd>" * 3_000 + "</dl>",
        "<table><tr>"
        + "<th>h</th>" * 3_000
        + "</tr><tr>"
        + "<td><a href=x>a</a></td>" * 3_000
        + "</tr></table>",
        "<ul><li>" * 200 + "<a href=x>a</a>" + "</li></ul>" * 200,
        "<h2><a href=x>a</a></h2>" + "<div></div>" * 3_000,
    ],
    ids=["definitions", "cells", "nested lists", "no paragraph"],
)
def test_what_stands_around_is_looked_at_nearby_only(html: str) -> None:
    for link in read(html).links:
        assert len(str(link.excerpt)) <= 2 * REACH + 2 * STEPS * (LENGTH + 3)


def test_the_plain_text_has_no_marks() -> None:
    html = "<ul><li>A<ul><li><b>b</b> <a href=x><code>c</code></a> <em>d</em></li></ul></li></ul>"
    assert str(read(html).links[0].excerpt) == "A: b c d"


def test_marks_that_an_author_wrote_do_no_more_than_mark() -> None:
    assert marked("<p>a \ufdd1 b \ufdd4 c <a href=x>\ufdd6l\ufdd7</a> d</p>") == (
        "{code:a } b {strong: c }|{label:l}| d"
    )


@pytest.mark.parametrize(
    ("html", "lead"),
    [
        ("<h1>Title</h1><p>One. Two.</p>", "One."),
        ("<p>Only this</p>", "Only this"),
        (
            '<h1>T</h1><p><img src=i.png alt=no></p><div class="admonition"><p>No.</p></div><p>One.</p>',
            "One.",
        ),
        ("<h1>T</h1><h2>Part</h2><p>No.</p>", ""),
        ("", ""),
        ("text", ""),
    ],
)
def test_the_lead_is_the_first_sentence_before_any_part(html: str, lead: str) -> None:
    assert read(html).lead == lead


@given(st.text('ab ABZ.!?。؟")\n', max_size=40))
def test_a_sentence_ends_where_it_does_whatever_else_the_text_holds(text: str) -> None:
    first = first_sentence(text)
    if len(first) < len(text.rstrip()):
        assert all(first_sentence(text + more) == first for more in ("x?x", "x।x", "x. X"))
