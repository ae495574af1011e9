"""A text fragment is read and searched for as the specification says a browser does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build_site
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index.html.text_fragments import SearchableText, TextDirective, directives

HTML = """\
<!doctype html><title>Not shown</title>
<body><nav>Menu</nav>
<h1>Known limits<a class="headerlink">¶</a></h1>
<p>The <b>quick</b>
brown fox. Don't stop<br>here at 3.7 or x.</p>
<ul><li>One <ul><li>two</li></ul> three</li></ul>
<table><tr><td>Left</td> <td>right</td></tr></table>
<p hidden>gone</p><p style="color: red; display: none">gone</p><script>gone</script><img alt="gone">
<template>gone</template><select><option>gone</option></select><!-- gone -->
<p>日本語のテキスト</p><p>Café ÉCOLE, 50 % &amp; more</p>
<aside class="bl-section">Generated</aside></body>
"""
PAGE = SearchableText.of(HTML)

FOUND = [
    "text=known%20limits",
    "text=KNOWN%20Limits",
    "text=quick%20brown",
    "text=don't",
    "text=stop%20here",
    "text=3.7",
    "text=left%20right",
    "text=%E6%9C%AC%E8%AA%9E",
    "text=本語",
    "text=cafe%20ecole",
    "text=50%20%25%20%26%20more",
    "text=limits,quick",
    "text=the,fox",
    "text=brown-,fox",
    "text=limits%C2%B6-,The",
    "text=brown,-fox",
    "text=bro,-wn",
    "text=brown-,fox,or%20x,-.",
    "text=one,three",
    "text=menu&text=fox",
    "unknown=zzz&text=fox",
]
NOT_FOUND = [
    "text=zzz",
    "text=imits",
    "text=know",
    "text=limits%20The",
    "text=one%20two",
    "text=3",
    "text=don",
    "text=gone",
    "text=shown",
    "text=generated",
    "text=quick,limits",
    "text=quick-,fox",
    "text=fox,-quick",
    "text=brown-,fox,or,-zzz",
    "text=fox&text=zzz",
]
MALFORMED = [
    "text=",
    "text=,x",
    "text=x,",
    "text=a-",
    "text=-,a",
    "text=a,-",
    "text=a,b,c",
    "text=-a",
    "text=a-,b,c,d,-e",
]


def found(fragment: str) -> bool:
    wanted = directives(f"id:~:{fragment}")
    return all(text is not None and PAGE.has(text) for text in wanted.values())


@pytest.mark.parametrize("fragment", FOUND)
def test_found(fragment: str) -> None:
    assert found(fragment)


@pytest.mark.parametrize("fragment", NOT_FOUND)
def test_not_found(fragment: str) -> None:
    assert not found(fragment)


@pytest.mark.parametrize("fragment", MALFORMED)
def test_malformed(fragment: str) -> None:
    assert directives(f":~:{fragment}") == {fragment: None}


def test_the_parts_of_a_directive() -> None:
    assert directives("x:~:a=b&text=p-,s,e,-u&text=a%2Cb%2D") == {
        "text=p-,s,e,-u": TextDirective("s", "e", "p", "u"),
        "text=a%2Cb%2D": TextDirective("a,b-"),
    }
    assert directives("text=x") == {}


def test_blocks_divide_the_text_and_other_elements_do_not() -> None:
    assert PAGE.runs == (
        "Menu",
        "Known limits¶",
        "The quick brown fox. Don't stop here at 3.7 or x.",
        "One",
        "two",
        "three",
        "Left right",
        "日本語のテキスト",
        "Café ÉCOLE, 50 % & more",
    )


PART = st.text(min_size=1).filter(lambda text: text.encode("utf-8", "ignore").decode() == text)


@given(PART, PART | st.none(), PART | st.none(), PART | st.none())
def test_what_is_written_is_read_again(
    start: str, end: str | None, prefix: str | None, suffix: str | None
) -> None:
    directive = TextDirective(start, end, prefix, suffix)
    assert directives(f":~:{directive}") == {str(directive): directive}


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_page_can_be_searched_for_any_text(html: str, fragment: str) -> None:
    text = SearchableText.of(html.encode("utf-8", "ignore").decode())
    for directive in directives(f":~:text={fragment}").values():
        assert directive is None or text.has(directive) in (True, False)


@given(st.lists(st.sampled_from(["a", "b", "ab", "-", ".", "ß", "é"]), min_size=1, max_size=8))
def test_each_word_of_a_page_is_found_on_it(words: list[str]) -> None:
    text = SearchableText.of(f"<p>{' '.join(words)}</p>")
    assert all(text.has(TextDirective(word)) for word in words)


def test_a_build_looks_for_the_text_in_the_finished_page(tmp_path: Path) -> None:
    links = "[a](b.md#:~:text=first%20words)\n[b](#:~:text=Home)\n[c](b.md#:~:text=frist%20words)"
    pages = {"index.md": f"# Home\n\n{links}", "b.md": "# B\n\nThe *first* words."}
    built = build_site(tmp_path, pages)
    (finding,) = (entry for entry in built.report()["findings"] if entry["rule"] == "broken_anchor")
    assert finding["message"] == 'the page "b.md" has no text "frist words"'
    assert (finding["line"], finding["column"]) == (5, 1)
    assert finding["fix"]["href"] == "b.md#:~:text=first%20words"
