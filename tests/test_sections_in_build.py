"""The sections in a built site, in every theme: in the pages, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from building import Built, build_site, write_files

PAGES = {
    "index.md": "# Home\n\nStart with [the guide](guide.md).",
    "guide.md": "# Guide\n\n## Queues\n\nText. Batch jobs wait in [a queue](deep/queue.md#limits). More.",
    "deep/queue.md": "# Queue\n\n## Limits\n\nA scheduler queue holds batch jobs.",
    "deep/jobs.md": "# Jobs\n\nThe scheduler starts batch jobs from [the queue](queue.md).",
    "alone.md": "Nobody links here.",
}
THEMES = ["mkdocs", "readthedocs", "material"]


def theme(name: str) -> dict[str, Any]:
    if name == "material":
        pytest.importorskip("material")
    return {"name": name, **({"font": False} if name == "material" else {})}


def section(built: Built, page: str, name: str) -> Tag | None:
    return BeautifulSoup(built.html(page), "html.parser").select_one(f"section[aria-labelledby=__{name}]")


@pytest.mark.parametrize("directory_urls", [True, False], ids=["directory-urls", "file-urls"])
@pytest.mark.parametrize("name", THEMES)
def test_backlinks_say_who_links_here_from_where_and_why(
    tmp_path: Path, name: str, directory_urls: bool
) -> None:
    built = build_site(tmp_path, PAGES, theme=theme(name), use_directory_urls=directory_urls)
    element = section(built, "deep/queue/index.html" if directory_urls else "deep/queue.html", "backlinks")
    assert element is not None
    hrefs = [str(link["href"]) for link in element.select("a")]
    guide = "../../guide/" if directory_urls else "../guide.html"
    jobs = "../jobs/" if directory_urls else "jobs.html"
    assert hrefs == [guide, guide + "#queues", jobs]
    assert "Batch jobs wait in a queue." in element.get_text()
    assert [mark.get_text() for mark in element.select("mark")] == ["a queue", "the queue"]
    assert "More" not in element.get_text()


def test_other_plugins_find_the_content_as_it_was_once_the_page_is_rendered(tmp_path: Path) -> None:
    hook = """
pages = []
def on_page_content(html, page, **_): pages.append((page, html))
def on_post_build(config, **_):
    with open(config.site_dir + "/left", "w") as file:
        file.write(str([page.content == html for page, html in pages]))
"""
    write_files(tmp_path, {"hook.py": hook})
    built = build_site(tmp_path, PAGES, hooks=["hook.py"])
    assert built.html("left") == str([True] * len(PAGES))
    assert section(built, "deep/queue/index.html", "backlinks") is not None


@pytest.mark.parametrize("name", THEMES)
def test_search_finds_no_section(tmp_path: Path, name: str) -> None:
    built = build_site(tmp_path, PAGES, plugins=["search"], theme=theme(name))
    text = built.html("search/search_index.json")
    assert "scheduler" in text
    for word in ("Backlinks", "Related pages", "__backlinks", "__related"):
        assert word not in text
        assert word in built.html("deep/queue/index.html")


@pytest.mark.parametrize("name", THEMES)
def test_a_page_with_nothing_to_show_has_no_section(tmp_path: Path, name: str) -> None:
    built = build_site(tmp_path, PAGES, theme=theme(name))
    assert section(built, "alone/index.html", "backlinks") is None
    assert "#__backlinks" not in built.html("alone/index.html")


@pytest.mark.parametrize("name", THEMES)
def test_the_table_of_contents_leads_to_the_sections(tmp_path: Path, name: str) -> None:
    built = build_site(tmp_path, PAGES, {"related": {"toc": False}}, theme=theme(name))
    soup = BeautifulSoup(built.html("deep/queue/index.html"), "html.parser")
    leading = [a for a in soup.select('a[href$="#__backlinks"]') if "Backlinks" in a.get_text()]
    assert leading
    assert not soup.select('a[href$="#__related"]')
    assert len(soup.select("#__backlinks")) == 1


@pytest.mark.parametrize(
    ("heading", "toc"),
    [
        ("# Queue\n\n## Limits", "Queue(Limits Related pages Backlinks )"),
        ("## Queue", "Queue() Related pages() Backlinks()"),
        ("Words.", "Related pages() Backlinks()"),
    ],
)
def test_the_sections_are_listed_below_the_title_or_beside_the_headings(
    tmp_path: Path, heading: str, toc: str
) -> None:
    assert table_of_contents(tmp_path, heading, {}).split() == toc.split()


@pytest.mark.parametrize(("name", "toc"), [("related", "Backlinks()"), ("backlinks", "Related pages()")])
def test_a_section_can_be_left_out_of_the_table_of_contents(tmp_path: Path, name: str, toc: str) -> None:
    assert table_of_contents(tmp_path, "Words.", {name: {"toc": False}}).split() == toc.split()


def table_of_contents(tmp_path: Path, heading: str, options: dict[str, Any]) -> str:
    """Return the table of contents of a page as a theme gets it, two levels of it."""
    template = (
        '{% extends "base.html" %}{% block footer %}<i>{% for entry in page.toc %}{{ entry.title }}('
        "{% for child in entry.children %}{{ child.title }} {% endfor %}) {% endfor %}</i>{% endblock %}"
    )
    write_files(tmp_path, {"theme/main.html": template})
    custom = {"name": "mkdocs", "custom_dir": str(tmp_path / "theme")}
    pages = {**PAGES, "deep/queue.md": f"{heading}\n\nA scheduler queue holds batch jobs."}
    html = build_site(tmp_path, pages, options, theme=custom).html("deep/queue/index.html")
    return BeautifulSoup(html, "html.parser").select("i")[-1].get_text()


@pytest.mark.parametrize("name", THEMES)
def test_the_stylesheet_is_part_of_the_page(tmp_path: Path, name: str) -> None:
    built = build_site(tmp_path, PAGES, theme=theme(name))
    assert '="../../assets/stylesheets/backlinks.css"' in built.html("deep/queue/index.html")
    assert (built.site / "assets/stylesheets/backlinks.css").stat().st_size < 3_000


def test_related_pages_come_with_a_reason(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES)
    element = section(built, "deep/queue/index.html", "related")
    assert element is not None
    entries = {a.get_text(): item.get_text() for item in element.select("li") if (a := item.select_one("a"))}
    assert "Jobs" in entries
    assert entries["Jobs"].replace("Jobs", "", 1).strip()


def test_front_matter_hides_pins_and_excludes(tmp_path: Path) -> None:
    pages = {
        **PAGES,
        "deep/queue.md": "---\nhide: [backlinks]\nrelated:\n  pin: [alone.md]\n  exclude: [jobs.md]\n---\n"
        + PAGES["deep/queue.md"],
        "guide.md": "---\nhide: related\n---\n" + PAGES["guide.md"],
    }
    built = build_site(tmp_path, pages)
    assert section(built, "deep/queue/index.html", "backlinks") is None
    related = section(built, "deep/queue/index.html", "related")
    assert related is not None
    titles = [a.get_text() for a in related.select("a")]
    assert titles[0] == "Alone"
    assert "Jobs" not in titles
    assert section(built, "guide/index.html", "related") is None


def test_a_pin_that_names_no_page_is_told(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "---\nrelated: {pin: [gone.md]}\n---\n# Home"})
    assert ("WARNING", True) in [(level, "gone.md" in message) for level, message in built.log]


def test_markers_place_the_sections(tmp_path: Path) -> None:
    text = "# Queue\n\n<!-- backlinks -->\n\n## Limits\n\nAfter.\n\n`<!-- related -->`"
    built = build_site(tmp_path, {**PAGES, "deep/queue.md": text}, {"related": {"enabled": False}})
    html = built.html("deep/queue/index.html")
    assert html.index('id="__backlinks"') < html.index('id="limits"')
    assert "<!-- backlinks -->" not in html
    assert "&lt;!-- related --&gt;" in html


@pytest.mark.parametrize(
    "pages",
    [
        {"b.md": "# A & B <i>c</i>\n\n## S & <b>t</b>\n\n[to a](a.md)"},
        {"b.md": "---\ntitle: A & B <i>c</i>\n---\n## S & <b>t</b>\n\n[to a](a.md)"},
        {"b.md": "## S & <b>t</b>\n\n[to a](a.md)", "nav": "A & B <i>c</i>"},
    ],
    ids=["heading", "front matter", "navigation"],
)
def test_a_title_is_escaped_exactly_once(tmp_path: Path, pages: dict[str, str]) -> None:
    title = pages.pop("nav", None)
    nav = ["a.md", {title: "b.md"}] if title else None
    built = build_site(tmp_path, {"a.md": "# A", **pages}, nav=nav)
    element = section(built, "a/index.html", "backlinks")
    assert element is not None
    assert [a.get_text() for a in element.select("a")] == ["A & B c", "S & t"]
    assert "A &amp; B c" in str(element)
    assert not element.select("i, b")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    pages = {
        "a.md": "# A",
        "b.md": f'# `{evil}`\n\n## `"><img src=x onerror=y>`\n\nSee `{evil}` [`{evil}`](a.md) \u202eend.',
    }
    built = build_site(tmp_path, pages)
    element = section(built, "a/index.html", "backlinks")
    assert element is not None
    assert not element.select("script, img, [onerror]")
    assert evil in element.get_text()
    assert "\u202e" not in str(element)


def test_a_site_overrides_the_templates(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "theme/backlinks/backlinks.html": "{% for x in backlinks %}<b>own {{ x.title }}</b>{% endfor %}",
            "theme/main.html": '{% extends "base.html" %}{% block footer %}'
            "<i>{% for x in backlinks %}{{ x.url | url }} {{ x.title }};{% endfor %}</i>{% endblock %}",
        },
    )
    custom = {"name": "mkdocs", "custom_dir": str(tmp_path / "theme")}
    pages = {"a.md": "# A", "b.md": "# B & C\n\n[a](a.md)", "index.md": "# H"}
    html = build_site(tmp_path, pages, theme=custom).html("a/index.html")
    assert "<b>own B &amp; C</b>" in html
    assert "<i>../b/ B &amp; C;</i>" in html


def test_sections_can_be_switched_off(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, {"backlinks": {"enabled": False}, "related": {"enabled": False}})
    assert "bl-section" not in built.html("deep/queue/index.html")
    assert json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["links"]


def test_a_heading_that_is_linked_to_says_so(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, {"backlinks": {"at_headings": True}}, plugins=["search"])
    html = built.html("deep/queue/index.html")
    note = BeautifulSoup(html, "html.parser").select_one("h2#limits + details")
    assert note is not None
    assert note.summary is not None
    assert note.summary.get_text() == "linked from 1 page"
    assert [a.get_text() for a in note.select("a")] == ["Guide", "Queues"]
    assert "linked from" not in built.html("search/search_index.json")


def test_a_page_speaks_its_language(tmp_path: Path) -> None:
    own = {"labels": {"de": {"related": "Lies weiter"}}}
    built = build_site(tmp_path, PAGES, own, theme={"name": "mkdocs", "locale": "de"})
    html = built.html("deep/queue/index.html")
    assert ">Rückverweise <" in html
    assert ">Lies weiter<" in html


def test_a_related_page_comes_with_its_first_sentence(tmp_path: Path) -> None:
    related = section(build_site(tmp_path, PAGES), "deep/queue/index.html", "related")
    assert related is not None
    assert "The scheduler starts batch jobs from the queue." in related.get_text()


def test_excluded_pages_take_no_part(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, {"exclude": ["deep/jobs.md"]})
    assert "Jobs" not in str(section(built, "deep/queue/index.html", "backlinks"))
    assert "deep/jobs.md" not in [page["uri"] for page in built.index()["pages"]]
    assert "bl-section" not in built.html("deep/jobs/index.html")


@pytest.mark.parametrize(
    ("context", "shown"),
    [("sentence", "Batch jobs wait in a queue."), ("paragraph", "Text. Batch jobs wait in a queue. More.")],
)
def test_context(tmp_path: Path, context: str, shown: str) -> None:
    built = build_site(tmp_path, PAGES, {"backlinks": {"context": context}})
    element = section(built, "deep/queue/index.html", "backlinks")
    assert element is not None
    assert shown in element.get_text()
