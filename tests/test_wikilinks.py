"""Wikilinks in real builds: each becomes the link that its author meant, or a finding with its place."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import markdown
import pytest
from building import Built, build_site, run_build, write_files
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify
from selectolax.lexbor import LexborHTMLParser

from mkdocs_backlinks.adapter.wikilink_syntax import WikilinkExtension
from mkdocs_backlinks.index.wiki_names import Named, WikiNames
from mkdocs_backlinks.model import PageUri

TARGET = "---\naliases: [Old name]\n---\n# The target\n\n## Known limits\n\n## Named { #own }\n"

# The source of a page in the folder `from/`: target, fragment, shown text and place of its one link.
FORMS: dict[str, tuple[str, str, str | None, str, str]] = {
    "title": ("See [[The target]].", "to/target.md", None, "The target", "1:5"),
    "alias": ("See [[Old name]].", "to/target.md", None, "Old name", "1:5"),
    "stem": ("See [[target]].", "to/target.md", None, "target", "1:5"),
    "path": ("See [[to/target]].", "to/target.md", None, "The target", "1:5"),
    "text": ("See [[to/target|a *b* `c`]].", "to/target.md", None, "a b c", "1:5"),
    "nav-title": ("See [[In the nav]].", "to/other.md", None, "In the nav", "1:5"),
    "capitals": ("See [[the-Target]].", "to/target.md", None, "the-Target", "1:5"),
    "heading": ("[[target#Known limits]]", "to/target.md", "known-limits", "target > Known limits", "1:1"),
    "id": ("[[target#own|it]]", "to/target.md", "own", "it", "1:1"),
    "named-heading": ("[[target#Named|it]]", "to/target.md", "own", "it", "1:1"),
    "here": ("## Über uns\n\n[[#Über uns]]", "from/here.md", "uber-uns", "Über uns", "3:1"),
    "wrapped": ("See [[The\ntarget]].", "to/target.md", None, "The target", "1:5"),
    "table": ("| a |\n|---|\n| x [[target\\|it]] |", "to/target.md", None, "it", "3:5"),
    "heading-of-its-own": ("## See [[target]]", "to/target.md", None, "target", "1:8"),
    "admonition": ("!!! note\n\n    See [[target]]", "to/target.md", None, "target", "3:9"),
    "footnote": ("Text[^1].\n\n[^1]: See [[target]].", "to/target.md", None, "target", "3:11"),
    "attributes": ("[[target]]{ .button }", "to/target.md", None, "target", "1:1"),
    "file": ("[[tool.zip]]", "files/tool.zip", None, "tool.zip", "1:1"),
    "image": ("a ![[logo.png]]", "files/logo.png", None, "logo", "1:3"),
    "sized-image": ("![[logo.png|The logo|80x60]]", "files/logo.png", None, "The logo", "1:1"),
    "strange-name": ("[[50% #1?]]", "to/50% #1?.md", None, "50% #1?", "1:1"),
    "no-wikilink": ("[[1]](../to/target.md)", "to/target.md", None, "[1]", "1:1"),
    "reference": ("[[1]][r]\n\n[r]: ../to/target.md", "to/target.md", None, "[1]", "1:1"),
    "in-a-link": ("[a [[Other]] b](../to/target.md)", "to/target.md", None, "a Other b", "1:1"),
}
DECOYS = {
    "code": "`[[target]]`",
    "fence": "```\n[[target]]\n```",
    "indented": "    [[target]]",
    "escaped": r"\[[target]]",
    "comment": "<!-- [[target]] -->",
    "attribute": 'a <span title="[[target]]">b</span>',
    "title": '![x](../files/logo.png "[[target]]")',
    "empty": "[[]] [[ ]] [[|]] [[|x]] [[#]]",
    "nested": "[[a [b] c]]",
    "open": "[[target",
}
BAD: list[tuple[str, str, str, str | None]] = [
    ("A [[Nope]]", "broken_wikilink", 'named "Nope"', None),
    ("A [[Targte]]", "broken_wikilink", 'named "Targte"', "[[/to/target]]"),
    ("A [[to/targte#own|x]]", "broken_wikilink", "targte", "[[/to/target#own|x]]"),
    ("A [[../../etc]]", "broken_wikilink", 'named "../../etc"', None),
    ("A [[Twin]]", "broken_wikilink", "a/twin.md, b/twin.md", "[[/a/twin]] or [[/b/twin]]"),
    ("A ![[target]]", "broken_wikilink", "is no image", "[[target]]"),
    ("A ![[lgoo.png]]", "broken_wikilink", 'named "lgoo.png"', "![[/files/logo.png]]"),
    ("A [[target#Knwon limits]]", "broken_anchor", "knwon-limits", "[[target#known-limits]]"),
    ("A [[Nope|<b>*x*</b>]]", "broken_wikilink", 'named "Nope"', None),
]
EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables"]


def wiki(root: Path, pages: dict[str, str], **config: object) -> Built:
    shared = {
        "index.md": "# Home",
        "to/target.md": TARGET,
        "to/other.md": "# Other",
        "to/50% #1?.md": "",
        "files/logo.png": "",
        "files/tool.zip": "",
    }
    settings = {"wikilinks": True, "rules": {"vague_text": "ignore"}}
    config.setdefault("markdown_extensions", EXTENSIONS)
    return build_site(root, {**shared, **pages}, settings, **config)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=[True, False], ids=["directory-urls", "file-urls"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    pages = {f"from/{name}.md": form[0] for name, form in FORMS.items()}
    pages.update({f"decoys/{name}.md": text for name, text in DECOYS.items()})
    nav = ["index.md", {"In the nav": "to/other.md"}]
    return wiki(tmp_path_factory.mktemp("wiki"), pages, use_directory_urls=request.param, nav=nav)


@pytest.mark.parametrize("form", FORMS)
def test_form(site: Built, form: str) -> None:
    [link] = site.links(f"from/{form}.md")
    place = f"{link['line']}:{link['column']}"
    assert (link["target"], link["fragment"], link["text"], place) == FORMS[form][1:]


@pytest.mark.parametrize("decoy", DECOYS)
def test_decoy(site: Built, decoy: str) -> None:
    assert [link for link in site.links(f"decoys/{decoy}.md") if link["element"] != "img"] == []


def test_no_finding_is_false(site: Built) -> None:
    assert [finding for finding in site.findings() if finding[0].startswith("broken_")] == []


def test_the_links_work_without_the_plugin(site: Built) -> None:
    """MkDocs has made addresses of the paths, percent-encoded where a path needs it."""
    page = "from/strange-name/index.html"
    if not (site.site / page).exists():
        page = "from/strange-name.html"
    tree = LexborHTMLParser(site.html(page))
    link = tree.css_first("a.bl-wikilink")
    href = (link.attributes["href"] if link else None) or ""
    assert href.endswith(("/to/50%25%20%231%3F/", "/to/50%25%20%231%3F.html"))


@pytest.mark.parametrize(("text", "rule", "words", "hint"), BAD)
def test_what_leads_nowhere_is_found_with_its_place(
    tmp_path: Path, text: str, rule: str, words: str, hint: str | None
) -> None:
    built = wiki(tmp_path, {"index.md": f"# Home\n\n{text}", "a/twin.md": "# Twin", "b/twin.md": "# Twin"})
    assert built.aborted
    assert (rule, "docs/index.md", 3, 3) in built.findings()
    [line] = [line for line in built.text.splitlines() if f"3:3  error  {rule}" in line]
    assert words in line
    assert hint is None or f": {hint}" in built.text
    assert "[[" not in (LexborHTMLParser(built.html("index.html")).text())


def test_a_name_that_leads_nowhere_stays_as_text(tmp_path: Path) -> None:
    html = wiki(tmp_path, {"index.md": "[[Nope|a *b* <i>]]"}).html("index.html")
    assert '<span class="bl-wikilink-missing" data-wikilink="[[Nope|a *b* &lt;i&gt;]]">' in html
    assert "a <em>b</em> &lt;i&gt;</span>" in html


def test_the_text_of_another_link_has_no_link(site: Built) -> None:
    page = "from/in-a-link/index.html"
    html = site.html(page if (site.site / page).exists() else "from/in-a-link.html")
    assert 'a <span class="bl-wikilink">Other</span> b</a>' in html


def test_headings_are_named_as_the_site_names_them(tmp_path: Path) -> None:
    toc = {"toc": {"slugify": slugify_loudly, "separator": "_"}}
    config = {"site_name": "Test", "plugins": [{"backlinks": {"wikilinks": True, "index": "index.json"}}]}
    write_files(tmp_path / "docs", {"index.md": "# Home\n\n[[a#Two words]]", "a.md": "# A\n\n## Two words"})
    write_config(tmp_path, {**config, "markdown_extensions": [toc]})
    built = run_build(tmp_path)
    assert not built.aborted, built.text
    assert [link["fragment"] for link in built.links("index.md")] == ["TWO_WORDS"]


def slugify_loudly(text: str, separator: str) -> str:
    return text.upper().replace(" ", separator)


def write_config(root: Path, config: dict[str, object]) -> None:
    import yaml  # noqa: PLC0415

    text = yaml.dump(config)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")


def test_without_the_option_nothing_changes(tmp_path: Path) -> None:
    pages = {"index.md": "[[a]] <span data-wikilink='[[a]]'>b</span>", "a.md": "# A"}
    built = build_site(tmp_path, pages)
    assert "<p>[[a]] <span" in built.html("index.html")
    assert built.links("index.md") == []
    assert built.findings() == []


@pytest.mark.skipif(importlib.util.find_spec("mkdocs_roamlinks_plugin") is None, reason="not installed")
@pytest.mark.parametrize("wikilinks", [True, False])
def test_another_plugin_for_wikilinks_goes_first(tmp_path: Path, wikilinks: bool) -> None:
    pages = {"index.md": "See [[a]].", "a.md": "# A"}
    built = build_site(tmp_path, pages, {"wikilinks": wikilinks}, plugins=["roamlinks"])
    [link] = built.links("index.md")
    assert (link["target"], link["line"], link["column"]) == ("a.md", 1, 5)
    assert "bl-wikilink" not in built.html("index.html")


def test_pages_that_are_no_files_have_names_too(tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'made.md', content='# Made'))\n"
        "    return files\n",
        encoding="utf-8",
    )
    built = wiki(tmp_path, {"index.md": "[[Made]]"}, hooks=["hook.py"])
    assert [link["target"] for link in built.links("index.md")] == ["made.md"]


@pytest.mark.skipif(importlib.util.find_spec("mkdocs_static_i18n") is None, reason="not installed")
@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_each_language_has_its_own_names(tmp_path: Path, structure: str) -> None:
    text = "[[install]] [[only]] ![[logo.png]]"
    pages = {("en", "index"): text, ("fr", "index"): text, ("en", "a/install"): "", ("fr", "a/install"): ""}
    pages["en", "only"] = ""
    name = {"suffix": "{1}.{0}.md", "folder": "{0}/{1}.md"}[structure]
    logo = {"suffix": "logo.png", "folder": "en/logo.png"}[structure]
    languages = [{"locale": code, "name": code, "default": code == "en"} for code in ("en", "fr")]
    built = build_site(
        tmp_path,
        {**{name.format(*key): text for key, text in pages.items()}, logo: ""},
        {"wikilinks": True},
        plugins=[{"i18n": {"docs_structure": structure, "languages": languages}}],
    )
    assert built.findings() == []
    for page, image in (("index.html", "logo.png"), ("fr/index.html", "../logo.png")):
        hrefs = [
            node.attributes.get("href") or node.attributes.get("src")
            for node in LexborHTMLParser(built.html(page)).css("a.bl-wikilink, img[alt=logo]")
        ]
        assert hrefs == ["a/install/", "only/", image]


@pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="not installed")
def test_an_excerpt_of_a_post_has_links_that_work_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    post = "---\ndate: 2024-01-01\n---\n# One\n\n[[target]]\n\n<!-- more -->\n\nEnd"
    pages = {"blog/index.md": "# Blog", "blog/posts/one.md": post}
    built = wiki(tmp_path, pages, plugins=["blog"], theme={"name": "material"})
    assert 'href="../to/target/">target</a>' in built.html("blog/index.html")
    assert [link["line"] for link in built.links("blog/posts/one.md")] == [6]


def test_each_build_has_its_own_names(tmp_path: Path) -> None:
    first = wiki(tmp_path, {"index.md": "[[New name]]", "a.md": "# Old"})
    assert first.aborted
    write_files(tmp_path / "docs", {"a.md": "# New name"})
    second = run_build(tmp_path)
    assert not second.aborted, second.text
    assert [link["target"] for link in second.links("index.md")] == ["a.md"]


def test_thousands_of_wikilinks(tmp_path: Path) -> None:
    text = "\n\n".join("[[target]] [[Nope]]" for _ in range(1_000))
    links = wiki(tmp_path, {"index.md": text}).links("index.md")
    assert [link["line"] for link in links] == [line for line in range(1, 2_000, 2) for _ in "ab"]


NAMES = WikiNames(
    [Named(uri="a.md", title="<b>A</b>"), Named(uri="b/c.md"), Named(uri="i.png")],
    lambda text: slugify(text, "-"),
)
EXTENSION = WikilinkExtension(lambda _: (NAMES, PageUri("b/d.md")))
PIECES = st.lists(
    st.sampled_from(
        ["[[", "]]", "[", "]", "|", "\\|", "#", "!", "a", "c", "i.png", "<b>A</b>", "<script>", "</a>", "<a ",
         '"', "'", ">", "<", "&lt;", "&", "`", "*", "\\", "../", "/", "(", ")", "\n", "\n\n", " ", "\x02",
         "\x03", "wzxhzdk:0", "klzzwxh:0000", "\u202e", "[^1]", "{: #x onclick=y }"]
    ),
    max_size=30,
)  # fmt: skip


@given(PIECES)
@settings(max_examples=300)
def test_no_text_makes_markup_or_trouble(pieces: list[str]) -> None:
    inner = "".join(pieces)
    html = markdown.markdown(f"x [[{inner}]] y", extensions=[EXTENSION, "tables", "footnotes"])
    body = LexborHTMLParser(html).body
    assert body is not None
    for node in body.css("a.bl-wikilink, span.bl-wikilink-missing"):
        assert set(node.attributes) <= {"class", "href", "data-wikilink"}
        assert node.css("script, b") == []
    assert "klzzwxh" not in html or "klzzwxh" in inner
    assert [node.attributes for node in body.css("img") if set(node.attributes) - IMAGE] == []


IMAGE = {"alt", "src", "width", "height"}
