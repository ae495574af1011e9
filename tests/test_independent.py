"""A crawler that shares nothing with the package finds the same links in the finished HTML as the index has.

What counts as content is decided here a second time, by other means: BeautifulSoup for the pages and
`urllib` for the addresses.
"""

from __future__ import annotations

import importlib.util
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
import test_forms
from bs4 import BeautifulSoup, Tag
from building import Built, build_site, run_build

SITE = "https://example.org/docs/"
SITES = Path(__file__).parent / "sites"
CONTENT = "div.md-content, div[role=main]"
NOT_CONTENT = ", ".join(
    [
        ".bl-section",  # what the plugin itself puts in
        ".headerlink, .footnote-ref, .footnote-backref, .toc",  # what Markdown extensions make
        "[id^='tag:'] + ul, .doc-backlinks",  # what other plugins collect
        ".md-post--excerpt, .md-pagination, .md-sidebar, .md-content__button, .md-tags",  # the theme's own
        "template",
    ]
)
ADDRESSES: dict[str, tuple[str, ...]] = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
}
NOT_DOCUMENTS = ("mailto:", "tel:", "javascript:", "data:")
Found = tuple[str, str, str]

SHAPES = '''
"""Shapes, of which [the circle][shapes.Circle] is one."""

class Circle:
    """It is round. See [the guide](guide.md#part)."""

    def area(self):
        """Its size, as [`Circle`][shapes.Circle] has it."""
'''


def forms(root: Path) -> Built:
    return test_forms.build_forms(root, directory_urls=True)


def forms_as_files(root: Path) -> Built:
    return test_forms.build_forms(root, directory_urls=False)


def blog(root: Path) -> Built:
    shutil.copytree(SITES / "blog", root, dirs_exist_ok=True)
    return run_build(root)


def languages(root: Path) -> Built:
    shutil.copytree(SITES / "i18n-suffix", root, dirs_exist_ok=True)
    return run_build(root)


def api(root: Path) -> Built:
    (root / "shapes.py").write_text(SHAPES, encoding="utf-8")
    handler = {"paths": [str(root)], "options": {"backlinks": "tree", "show_source": False}}
    pages = {
        "index.md": "# Home\n\n[TOC]\n\n## Shape\n\n[Circle][shapes.Circle], [size][shapes.Circle.area].",
        "guide.md": "# Guide\n\n## Part\n\n[Up](#guide), [it](api.md#shapes.Circle)[^1].\n\n[^1]: [Home](.)",
        "api.md": "# API\n\n::: shapes\n",
    }
    return build_site(
        root,
        pages,
        theme={"name": "material", "font": False},
        markdown_extensions=["footnotes", {"toc": {"permalink": True}}],
        plugins=["search", "autorefs", {"mkdocstrings": {"handlers": {"python": handler}}}],
    )


KINDS: dict[Callable[[Path], Built], list[str]] = {
    forms: ["mkdocs_macros"],
    forms_as_files: ["mkdocs_macros"],
    blog: ["material"],
    languages: ["mkdocs_static_i18n"],
    api: ["mkdocstrings", "material"],
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_link_is_missing_and_none_is_extra(
    kind: Callable[[Path], Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = [name for name in KINDS[kind] if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    built = kind(tmp_path)
    crawled, indexed = set(crawl(built)), set(index(built))
    assert sorted(crawled - indexed) == [], "missing"
    assert sorted(indexed - crawled) == [], "extra"
    assert len(crawled) > 5


def crawl(built: Built) -> Iterator[Found]:
    """The links in the content of every finished page."""
    for file in sorted(built.site.rglob("*.html")):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        content = soup.select_one(CONTENT)
        if content is None or file.name in ("404.html", "search.html"):
            continue
        source = SITE + quote(file.relative_to(built.site).as_posix())
        first = content.select_one("base[href]")
        base = urljoin(source, str(first["href"])) if first else source
        for thing in content.select(NOT_CONTENT):
            thing.decompose()
        for tag in content.find_all(list(ADDRESSES)):
            for href in hyperlinks(tag):
                target, fragment = urldefrag(urljoin(base, href))
                yield address(source), address(target), fragment


def hyperlinks(tag: Tag) -> Iterator[str]:
    """The target of the element, if that is a document."""
    if tag.get("rel") == ["canonical"]:
        return
    for name in ADDRESSES[tag.name]:
        value = tag.get(name)
        if isinstance(value, str):
            hrefs = [one.split()[0] for one in value.split(",")] if name == "srcset" else [value.strip()]
            yield from (href for href in hrefs if not href.startswith(NOT_DOCUMENTS))


def index(built: Built) -> Iterator[Found]:
    """The links that the exported index has."""
    exported = built.index()
    urls = {page["uri"]: SITE + page["url"] for page in exported["pages"]}
    for link in exported["links"]:
        target = link["target"]
        full = target if link["kind"] == "external" else urls.get(target, SITE + target)
        yield address(urls[link["source"]]), address(full), link["fragment"] or ""


def address(url: str) -> str:
    """One form for all that a server takes to be the same."""
    parts = urlsplit(url)
    path = unicodedata.normalize("NFC", unquote(parts.path or "/"))
    own = parts.hostname == "example.org"
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return f"{parts.netloc}{path}" + ("" if own or not parts.query else f"?{parts.query}")
