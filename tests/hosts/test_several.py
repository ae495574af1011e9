"""Builds after one another, and inside one another, know nothing of each other but what they must."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from building import Built, build_site, run_build, write_files
from loopback import Loopback, reply

PAGES = {"index.md": "# Home\n\n[a](a.md)", "a.md": "# A\n\n## Part", "b.md": "# B\n\n[a](a.md#part)"}
LANGUAGES = [
    {"locale": "en", "default": True, "name": "English", "build": True},
    {"locale": "fr", "name": "Français", "build": True},
]
HOOK = "def on_page_content(html, **_):\n    assert 'stop' not in html\n"


def test_a_site_has_nothing_of_the_one_before(tmp_path: Path) -> None:
    for name in ("one", "between", "two"):
        (tmp_path / name).mkdir()
        pages = {"index.md": "[x](gone.md)", "c.md": "# C"} if name == "between" else PAGES
        build_site(tmp_path / name, pages)
    for file in ("index.json", "report.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_build_that_broke_off_leaves_nothing_behind(tmp_path: Path) -> None:
    write_files(tmp_path, {"hook.py": HOOK})
    with pytest.raises(AssertionError):
        build_site(tmp_path, {**PAGES, "b.md": "stop"}, hooks=["hook.py"])
    write_files(tmp_path, {"docs/b.md": "go"})
    assert run_build(tmp_path).report()["summary"]["pages"] == 3


EDITS: list[dict[str, str]] = [
    {"docs/b.md": "# B\n\n[a](a.md#part) [home](index.md)"},
    {"theme/backlinks/at_heading.html": "<p>here</p>", "docs/d.md": "# D"},
    {"theme/backlinks/at_heading.html": "<p>there</p>", "docs/d.md": "# D again"},
    {"docs/b.md": "# B\n\n\n[a](a.md#part) [home](index.md) [gone](gone.md)"},
    {"docs/a.md": "# Another\n\n[b](b.md)"},
    {"docs/c.md": "# C\n\n[a](a.md#part)\n\n[here](gon.md)"},
    {"docs/index.md": "---\ntitle: Start\n---\n[c](c.md)"},
    {"docs/a.md": "---\nhide: [backlinks]\nrelated: {pin: [c.md]}\n---\n# Another\n\n[b](b.md)"},
    {"theme/backlinks/listing.html": "{% macro listing(items, labels) %}{{ items | length }}{% endmacro %}"},
    {"theme/backlinks/listing.html": "{% macro listing(items, labels) %}none{% endmacro %}"},
    {"docs/gone.md": "# Gone"},
    {"docs/index.md": "---\ntitle: Start\n---\n[c](c.md#c)"},
    # Empty lines show only where a place in the file is asked for, be it for the first time or again.
    {"docs/index.md": "---\ntitle: Start\n---\n\n\n[c](c.md#c)", "docs/gone.md": "# Gone away"},
    {"docs/c.md": "# Sea"},
    {"docs/index.md": "---\ntitle: Start\n---\n\n\n\n[c](c.md#c)"},
]


def test_after_each_edit_the_preview_is_that_of_a_fresh_build(tmp_path: Path) -> None:
    """One command builds after each edit, and then another one for each state of the site."""
    options = {"backlinks": {"at_headings": True}}
    settings: dict[str, Any] = {"theme": {"name": "mkdocs", "custom_dir": "theme"}}
    edited, fresh = tmp_path / "edited", tmp_path / "fresh"
    for root in (edited, fresh):
        write_files(root, {"theme/empty.html": ""})
        build_site(root, PAGES, options, **settings)
    seen = [shown(run_build(edited, command="serve"))]
    for edit in EDITS:
        write_files(edited, edit)
        seen.append(shown(run_build(edited, command="serve", again=True)))
    assert all(one != other for one, other in pairwise(seen)), "every edit can be seen"
    for edit, known in zip(({}, *EDITS), seen, strict=True):
        write_files(fresh, edit)
        assert shown(run_build(fresh, command="serve")) == known


MANY = {f"p{at:02}.md": f"# Page {at}\n\n[on](p{at * 7 % 20:02}.md) and on" for at in range(20)}
STAMP = """
def on_page_context(context, page, **_):
    if "p1" in page.url:
        page.content += "<p>stamped</p>"
    return context
"""
SHUFFLE = """
from mkdocs.plugins import event_priority

@event_priority(-100)
def on_env(env, files, **_):
    for file in sorted(files, key=lambda file: file.src_uri[::-1]):
        files.remove(file)
        files.append(file)
    return env
"""


@pytest.mark.parametrize("hook", ["", STAMP, SHUFFLE], ids=["plain", "changed-content", "other-order"])
def test_of_many_pages_each_has_its_own_sections_after_an_edit(tmp_path: Path, hook: str) -> None:
    """All but a few are the same as before."""
    edited, fresh = tmp_path / "edited", tmp_path / "fresh"
    for root in (edited, fresh):
        write_files(root, {"hook.py": hook})
        build_site(root, {"index.md": "# Home", **MANY}, hooks=["hook.py"])
    run_build(edited, command="serve")
    edit = {"docs/p06.md": "# Page 6\n\n[on](p00.md) and [on](p19.md)"}
    write_files(edited, edit)
    write_files(fresh, edit)
    after = html(run_build(edited, command="serve", again=True))
    assert after == html(run_build(fresh, command="serve"))
    assert "Page 6" in after["p19/index.html"]
    assert ("stamped" in after["p15/index.html"]) == (hook == STAMP)


def shown(built: Built) -> tuple[dict[str, str], list[str]]:
    """The pages, and the report."""
    return html(built), [text for _, text in built.log if "Checked" in text]


def html(built: Built) -> dict[str, str]:
    """The pages of a site, without the time of the build at the end of the home page."""
    files = (path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html"))
    return {file: built.html(file).partition("Build Date")[0] for file in files}


def test_an_address_in_several_languages_is_asked_no_more_often(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs_static_i18n")
    with Loopback({"/fine": reply(), "/only": reply()}) as server:
        fine, gone, only = (server.url(path) for path in ("/fine", "/gone", "/only"))
        pages = {
            "index.md": f"# Home\n\n[the page]({fine}) [another one]({gone})",
            "index.fr.md": f"# Accueil\n\n[une page]({fine}) [une autre]({gone}) [ici]({only})",
            "rest.md": f"# Rest\n\n[that one]({gone})",
        }
        options: dict[str, Any] = {
            "external": {"allow_private": ["127.0.0.1"], "per_host": {"interval": 0}},
            "rules": {"insecure_http": "ignore", "vague_text": "ignore"},
        }
        i18n = {"i18n": {"docs_structure": "suffix", "languages": LANGUAGES}}
        built = build_site(tmp_path, pages, options, plugins=["search", i18n])
    asked = [request.path for request in server.requests if request.scheme == "http"]
    assert sorted(asked) == ["/fine", "/gone", "/gone", "/only"]
    assert [one["url"] for one in built.report()["targets"]] == [fine, gone, only]
    dead = [one["file"] for one in built.report()["findings"] if one["rule"] == "broken_url"]
    assert dead == ["docs/index.fr.md", "docs/index.md", "docs/rest.md"]
