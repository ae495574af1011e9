"""Every way to write a link that works in a built site is in the index, and nothing else is.

Each source page uses one form to link to one target page, with the real plugins that make some of them.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from building import Built, build_site

TARGET = "# Target\n\n## Part {: #part }\n\nText.\n\n## Other {: #target-part }\n"

# The source of each page, the fragment of its link, and its place: `?` where the source cannot show it.
FORMS: dict[str, tuple[str, str | None, str]] = {
    "inline": ("See [it](../target.md).", None, "1:5"),
    "anchor": ("See [it](../target.md#part).", "part", "1:5"),
    "title": ('See [it](../target.md "The title").', None, "1:5"),
    "reference": ("See [it][r].\n\n[r]: ../target.md", None, "1:5"),
    "autoref": ("See [it][target-part].", "target-part", "1:5"),
    "raw-inline": ('See <a href="URL">it</a>.', None, "1:5"),
    "raw-block": ('<div>\n<p><a href="URL">it</a></p>\n</div>', None, "2:4"),
    "absolute": ("See [it](/docs/PATH).", None, "1:5"),
    "full": ("See <https://example.org/docs/PATH>.", None, "1:5"),
    "wikilink": ("See [[target]].", None, "1:5"),
    "macro": ("See [it]({{ '../tar' ~ 'get.md' }}).", None, "1:5"),
    "snippet": ('--8<-- "snip.md"', None, "snip.md:1:5"),
    "query": ("See [it](URL?a=b#part).", "part", "1:5"),
    "footnote": ("Text[^1].\n\n[^1]: See [it](../target.md).", None, "3:11"),
    "image": ("[![it](i.png)](../target.md)", None, "1:1"),
    "area": ('<map name="m">\n<area href="URL" alt="it">\n</map>', None, "2:1"),
    "in-a-list": ("- a\n    - See [it](../target.md)", None, "2:11"),
    "in-a-table": ("| a |\n|---|\n| [it](../target.md) |", None, "3:3"),
    "in-an-admonition": ("!!! note\n\n    See [it](../target.md)", None, "3:9"),
    "in-a-tab": ('=== "Tab"\n\n    See [it](../target.md)', None, "3:9"),
    "in-details": ("??? note\n\n    See [it](../target.md)", None, "3:9"),
    "in-a-definition": ("Term\n:   See [it](../target.md)", None, "2:9"),
    "in-a-term": ("[it](../target.md)\n:   Said here", None, "1:1"),
    "in-a-heading": ("# See [it](../target.md)", None, "1:7"),
    "in-a-caption": (
        "<figure markdown>\n![x](i.png)\n<figcaption markdown>See [it](../target.md)</figcaption>\n</figure>",
        None,
        "3:26",
    ),
    "in-a-caption-block": ("![x](i.png)\n\n/// caption\nSee [it](../target.md)\n///", None, "4:5"),
    "in-html": ('<div markdown="1">\nSee [it](../target.md)\n</div>', None, "2:5"),
    "in-a-quotation": ("> See [it](../target.md)", None, "1:7"),
    "in-emphasis": ("***See [it](../target.md)***", None, "1:8"),
    "collapsed": ("See [it][].\n\n[it]: ../target.md", None, "1:5"),
    "shortcut": ("See [it].\n\n[it]: ../target.md", None, "1:5"),
    "reference-in-a-list": ("- a\n\n    See [it][r].\n\n    [r]: ../target.md", None, "3:9"),
    "reference-in-a-quotation": ("> See [it][r].\n>\n> [r]: ../target.md", None, "1:7"),
    "reference-on-two-lines": ('See [it][r].\n\n[r]:\n    ../target.md#part\n    "Title"', "part", "1:5"),
    "reference-in-angles": ("See [it][r].\n\n[r]: <../target.md>", None, "1:5"),
    "attributes": ('See [it](../target.md){ .button title="x" }', None, "1:5"),
    "magic": ("See https://example.org/docs/PATH now.", None, "1:5"),
    "protocol": ('See <a href="//example.org/docs/PATH">it</a>.', None, "1:5"),
    "other-scheme": ("See <http://example.org/docs/PATH>.", None, "1:5"),
    "angles": ("See [it](<../target.md>).", None, "1:5"),
    "entities": ("See [it](URL#p&#97;rt).", "part", "1:5"),
    "raw-entities": ('See <a href="URL?a&amp;b#part">it</a>.', "part", "1:5"),
    "percent": ("See [it](../tar%67et.md).", None, "1:5"),
    "raw-percent": ('See <a href="%75/../URL">it</a>.', None, "1:5"),
    "dots": ("See [it](./../from/../target.md).", None, "1:5"),
    "raw-capitals": ('See <A HREF="URL">it</A>.', None, "1:5"),
    "raw-unquoted": ("See <a href=URL>it</a>.", None, "1:5"),
    "raw-on-two-lines": ('See <a\n  href="URL">it</a>.', None, "1:5"),
    "the-second-of-two": ("`[it](../target.md)` See [it](../target.md).", None, "1:26"),
    "iframe": ('<iframe src="URL" title="it"></iframe>', None, "1:1"),
    "indented-by-a-tab": ("- a\n\n\tSee [it](../target.md).", None, "3:6"),
    "crlf": ("Text.\r\n\r\nSee [it](../target.md).\r\n", None, "3:5"),
    "front-matter": ("---\ntitle: x\n---\n\nSee [it](../target.md).", None, "5:5"),
}
# The same for links to something else: kind, target, fragment and place.
ELSEWHERE: dict[str, tuple[str, tuple[str, str, str | None, str]]] = {
    "home": ("See [it](HOME).", ("page", "index.md", None, "1:5")),
    "home-by-name": ("See [it](../index.md).", ("page", "index.md", None, "1:5")),
    "home-as-a-file": ('See <a href="/docs/index.html">it</a>.', ("page", "index.md", None, "1:5")),
    "composed": ("See [it](../caf\u00e9.md).", ("page", "caf\u00e9.md", None, "1:5")),
    "decomposed": ('See <a href="/docs/cafe\u0301END">it</a>.', ("page", "caf\u00e9.md", None, "1:5")),
    "encoded": ('See <a href="/docs/caf%C3%A9END">it</a>.', ("page", "caf\u00e9.md", None, "1:5")),
    "non-latin": (
        "See [it](../\u6307\u5357/\u5b89\u88c5.md).",
        ("page", "\u6307\u5357/\u5b89\u88c5.md", None, "1:5"),
    ),
    "space": ("See [it](<../a b.md>).", ("page", "a b.md", None, "1:5")),
    "empty": ("See [it]().", ("page", "from/empty.md", None, "1:5")),
    "hash": ("See [it](#).", ("page", "from/hash.md", None, "1:5")),
    "top": ("See [it](#top).", ("page", "from/top.md", "top", "1:5")),
    "here": ("## Sub\n\nSee [it](#sub).", ("page", "from/here.md", "sub", "3:5")),
    "query-only": ("See [it](?a=b).", ("page", "from/query-only.md", None, "1:5")),
    "base": (
        '<base href="/docs/from/">\n\nSee <a href="i.png">it</a>.',
        ("asset", "from/i.png", None, "3:5"),
    ),
    "img": ("See ![it](i.png).", ("asset", "from/i.png", None, "1:5")),
    "raw-img": ('See <img src="/docs/from/i.png" alt="it">.', ("asset", "from/i.png", None, "1:5")),
    "srcset": ('See <img srcset="/docs/from/i.png 2x" alt="it">.', ("asset", "from/i.png", None, "1:5")),
    "source": (
        '<picture><source srcset="/docs/from/i.png"></picture>',
        ("asset", "from/i.png", None, "1:10"),
    ),
    "video": ('<video src="/docs/from/i.png"></video>', ("asset", "from/i.png", None, "1:1")),
    "poster": ('<video poster="/docs/from/i.png"></video>', ("asset", "from/i.png", None, "1:1")),
    "object": ('<object data="/docs/from/i.png"></object>', ("asset", "from/i.png", None, "1:1")),
    "stylesheet": ('<link rel="stylesheet" href="/docs/from/i.png">', ("asset", "from/i.png", None, "1:1")),
    "file": ("See [it](../files/tool.zip).", ("asset", "files/tool.zip", None, "1:5")),
    "outside": ("See <https://example.net/x#y>.", ("external", "https://example.net/x", "y", "1:5")),
    "beside": (
        "See [it](https://example.org/other/).",
        ("external", "https://example.org/other/", None, "1:5"),
    ),
}
DECOYS = {
    "fence": "```\n[it](../target.md)\n```",
    "code": "`[it](../target.md)`",
    "indented": "    [it](../target.md)",
    "comment": "<!-- [it](../target.md) -->",
    "template": '<template><a href="URL">it</a></template>',
    "escaped": r"\[it](../target.md)",
    "tildes": "~~~md\n[it](../target.md)\n~~~",
    "fence-in-a-list": "- a\n\n    ```\n    [it](../target.md)\n    ```",
    "code-over-two-lines": "``a\n[it](../target.md)``",
    "escaped-html": '&lt;a href="URL"&gt;it&lt;/a&gt;',
    "raw-code": '<pre><code>[it](../target.md) &lt;a href="URL"></code></pre>',
    "comment-over-lines": '<!--\n\n<a href="URL">it</a>\n\n-->',
    "script": "<script>'<a href=\"URL\">it</a>'</script>",
    "permalink": "# Title\n\n## Another",
    "toc": "[TOC]\n\n# Title\n\n## Another",
    "footnote-marks": "Text[^1].\n\n[^1]: More.",
    "mail": "<me@example.org> [me](mailto:me@example.org) [call](tel:+1)",
    "no-address": "[it](javascript:void) <a name='x'>it</a> <a>it</a>",
    "canonical": '<link rel="canonical" href="/docs/PATH">',
    "unused-definition": "Text.\n\n[r]: ../target.md",
    "abbreviation": "*[it]: ../target.md\n\nSee it.",
}


def sources(directory_urls: bool) -> dict[str, str]:
    """The site's pages; `URL` and `PATH` are the target as the page's reader and the server see it."""
    path = "target/" if directory_urls else "target.html"
    url = "../../" + path if directory_urls else "../" + path
    forms = {name: form[0] for name, form in FORMS.items()}
    forms.update((name, form[0]) for name, form in ELSEWHERE.items())
    end, home = ("/", "../..") if directory_urls else (".html", "..")
    pages = {
        f"from/{name}.md": text.replace("URL", url)
        .replace("PATH", path)
        .replace("END", end)
        .replace("HOME", home)
        for name, text in (forms | DECOYS).items()
    }
    return {
        **pages,
        "index.md": "# Home",
        "target.md": TARGET,
        "caf\u00e9.md": "# Caf\u00e9",
        "\u6307\u5357/\u5b89\u88c5.md": "# \u5b89\u88c5",
        "a b.md": "# A b",
        "from/i.png": "",
        "files/tool.zip": "",
    }


def build_forms(root: Path, *, directory_urls: bool) -> Built:
    """The site of all forms and decoys, whose pages have addresses of one kind or the other."""
    snippet = "See [it](/docs/target/)." if directory_urls else "See [it](/docs/target.html)."
    (root / "snip.md").write_text(snippet, encoding="utf-8")
    extensions: list[Any] = [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
    ]
    extensions += [f"pymdownx.{name}" for name in ("blocks.caption", "details", "magiclink", "superfences")]
    extensions += [{"toc": {"permalink": True}}, {"pymdownx.tabbed": {"alternate_style": True}}]
    extensions.append({"pymdownx.snippets": {"base_path": [str(root)]}})
    return build_site(
        root,
        sources(directory_urls),
        use_directory_urls=directory_urls,
        plugins=["search", "macros", "autorefs", "roamlinks"],
        markdown_extensions=extensions,
        validation={"links": {"absolute_links": "ignore"}},
    )


@pytest.fixture(scope="module", params=[True, False], ids=["directory-urls", "file-urls"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_forms(tmp_path_factory.mktemp("forms"), directory_urls=request.param)


needs_plugins = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("mkdocs_macros", "mkdocs_autorefs")),
    reason="the plugins that make some of the links are not installed",
)


@needs_plugins
@pytest.mark.parametrize("form", FORMS)
def test_form(site: Built, form: str) -> None:
    _, fragment, place = FORMS[form]
    links = [link for link in site.links(f"from/{form}.md") if link["kind"] == "page"]
    assert [(link["target"], link["fragment"]) for link in links] == [("target.md", fragment)]
    assert place_of(links[0]) == place


@needs_plugins
@pytest.mark.parametrize("form", ELSEWHERE)
def test_form_of_a_link_elsewhere(site: Built, form: str) -> None:
    [link] = site.links(f"from/{form}.md")
    assert (link["kind"], link["target"], link["fragment"], place_of(link)) == ELSEWHERE[form][1]


def place_of(link: dict[str, Any]) -> str:
    """Line and column, with the file where it is not the page's own."""
    own = f"docs/{link['source']}"
    if not link["line"]:
        return "?"
    return f"{'' if link['file'] == own else link['file'] + ':'}{link['line']}:{link['column']}"


@needs_plugins
@pytest.mark.parametrize("decoy", DECOYS)
def test_decoy(site: Built, decoy: str) -> None:
    assert site.links(f"from/{decoy}.md") == []


@needs_plugins
def test_the_target_shows_every_source_and_no_finding_is_false(site: Built) -> None:
    target = "target/index.html" if (site.site / "target").is_dir() else "target.html"
    html = site.html(target)
    for form in FORMS:
        assert f"from/{form}" in html, form
    for decoy in DECOYS:
        assert f'from/{decoy}"' not in html, decoy
    assert [finding for finding in site.report()["findings"] if finding["severity"] == "error"] == []
