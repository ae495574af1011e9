"""An address in an HTML tag stays as it is, so that the source path of a page leads nowhere there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building import build_site


def test_the_source_path_of_a_page_is_no_address(tmp_path: Path) -> None:
    pages = {
        "index.md": '# Home\n\n<a href="guide.md">raw</a>, [md](guide.md)',
        "guide.md": '# Guide\n\n<a href="../">fine</a>, <a href="../index.md#home">raw</a>',
    }
    built = build_site(tmp_path, pages)
    found = [
        (one["rule"], one["file"], one["line"], one["column"], one["fix"]["href"])
        for one in built.report()["findings"]
        if one["severity"] == "error"
    ]
    assert found == [
        ("broken_page", "docs/guide.md", 3, 25, "../#home"),
        ("broken_page", "docs/index.md", 3, 1, "guide/"),
    ]
    assert [link["target"] for link in built.links("index.md")] == ["/guide.md", "guide.md"]


def test_it_is_one_where_another_plugin_serves_the_source(tmp_path: Path) -> None:
    hook = tmp_path / "sources.py"
    hook.write_text(
        "import pathlib\n"
        "def on_post_build(config):\n"
        "    pathlib.Path(config.site_dir, 'guide.md').write_text('# Guide')\n",
        encoding="utf-8",
    )
    pages = {"index.md": '# Home\n\n<a href="guide.md">raw</a>, [md](guide.md)', "guide.md": "# Guide"}
    built = build_site(tmp_path, pages, hooks=[str(hook)])
    assert [one for one in built.findings() if one[0] == "broken_page"] == []


def test_an_absolute_path_to_a_source_leads_nowhere_unless_mkdocs_rewrites_it(tmp_path: Path) -> None:
    pages = {"index.md": "# Home", "guide.md": "# Guide", "sub/page.md": "# P\n\n[it](/guide.md#guide)"}
    site: dict[str, Any] = {"site_url": "https://example.org/"}
    [finding] = [
        one
        for one in build_site(tmp_path / "as-it-stands", pages, **site).report()["findings"]
        if one["severity"] == "error"
    ]
    assert (finding["rule"], finding["line"], finding["column"]) == ("broken_page", 3, 1)
    assert finding["fix"]["href"] == "/guide/#guide"
    rewritten = {"links": {"absolute_links": "relative_to_docs"}}
    built = build_site(tmp_path / "rewritten", pages, validation=rewritten, **site)
    assert [one for one in built.findings() if one[0].startswith("broken_")] == []
    assert [(link["target"], link["line"]) for link in built.links("sub/page.md")] == [("guide.md", 3)]
