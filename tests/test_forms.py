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
    "snippet": ('--8<-- "snip.md"', None, "?"),
    "query": ("See [it](URL?a=b#part).", "part", "1:5"),
    "footnote": ("Text[^1].\n\n[^1]: See [it](../target.md).", None, "3:11"),
    "image": ("[![it](i.png)](../target.md)", None, "1:1"),
    "area": ('<map name="m">\n<area href="URL" alt="it">\n</map>', None, "2:1"),
    "in-a-list": ("- a\n    - See [it](../target.md)", None, "2:11"),
    "in-a-table": ("| a |\n|---|\n| [it](../target.md) |", None, "3:3"),
    "in-an-admonition": ("!!! note\n\n    See [it](../target.md)", None, "3:9"),
}
DECOYS = {
    "fence": "```\n[it](../target.md)\n```",
    "code": "`[it](../target.md)`",
    "indented": "    [it](../target.md)",
    "comment": "<!-- [it](../target.md) -->",
    "template": '<template><a href="URL">it</a></template>',
    "escaped": r"\[it](../target.md)",
}


def sources(directory_urls: bool) -> dict[str, str]:
    """The site's pages; `URL` and `PATH` are the target as the page's reader and the server see it."""
    path = "target/" if directory_urls else "target.html"
    url = "../../" + path if directory_urls else "../" + path
    texts = {name: form[0] for name, form in FORMS.items()} | DECOYS
    pages = {
        f"from/{name}.md": text.replace("URL", url).replace("PATH", path) for name, text in texts.items()
    }
    return {
        **pages,
        "index.md": "# Home",
        "target.md": TARGET,
        "from/i.png": "",
    }


def build_forms(root: Path, *, directory_urls: bool) -> Built:
    """The site of all forms and decoys, whose pages have addresses of one kind or the other."""
    snippet = "See [it](/docs/target/)." if directory_urls else "See [it](/docs/target.html)."
    (root / "snip.md").write_text(snippet, encoding="utf-8")
    extensions: list[Any] = ["admonition", "attr_list", "footnotes", "md_in_html", "tables"]
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
    found = f"{links[0]['line']}:{links[0]['column']}" if links[0]["line"] else "?"
    assert (found, links[0]["file"]) == (place, f"docs/from/{form}.md")


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
    assert [one for one in site.report()["findings"] if one["severity"] == "error"] == []
