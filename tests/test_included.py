"""A link from an included file has that file's path, line and column, or else the page's path and no line."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from building import Built, build_site, write_files

GUIDE = {"guide.md": "# Guide\n\n## Start\n\n## Stop\n"}
SHARED = 'Shared: [the start](/guide/#start).\n\n--8<-- "parts/deep.md"\n'
DEEP = """\
<!-- --8<-- [start:end] -->
Deep: [the stop](/guide/#stop).
<!-- --8<-- [end:end] -->

[More](/guide/)."""

needs_include_markdown = pytest.mark.skipif(
    importlib.util.find_spec("mkdocs_include_markdown_plugin") is None, reason="the plugin is not installed"
)


def places(built: Built, source: str = "index.md") -> list[str]:
    """Fragment, file and position of each link, and proof that the link's text is there."""
    found = []
    for link in built.links(source):
        if link["line"]:
            line = (built.root / link["file"]).read_text(encoding="utf-8").split("\n")[link["line"] - 1]
            assert line[link["column"] - 1 :].startswith(("[" + link["text"], "<a")), link
        place = f"{link['line']}:{link['column']}" if link["line"] else "?"
        found.append(f"{link['fragment'] or ''} {link['file']} {place}".strip())
    return found


def with_snippets(root: Path, page: str, files: Mapping[str, str], **options: Any) -> Built:  # noqa: ANN401
    write_files(root, files)
    extension = {"pymdownx.snippets": {"base_path": [str(root)], **options}}
    return build_site(
        root,
        {**GUIDE, "index.md": page},
        site_url="https://example.org/",
        markdown_extensions=["tables", "admonition", extension],
    )


SNIPPETS = {
    "nested": (
        'A [link](guide.md#start).\n\n--8<-- "parts/shared.md"\n\nA [link](guide.md#stop).',
        [
            "start docs/index.md 1:3",
            "start parts/shared.md 1:9",
            "stop parts/deep.md 2:7",
            "parts/deep.md 5:1",
            "stop docs/index.md 5:3",
        ],
    ),
    "a section": ('--8<-- "parts/deep.md:end"', ["stop parts/deep.md 2:7"]),
    "lines": ('--8<-- "parts/deep.md:4:5"', ["parts/deep.md 5:1"]),
    "in an admonition": ('!!! note\n\n    --8<-- "parts/deep.md:end"', ["stop parts/deep.md 2:7"]),
    "twice": (
        '--8<-- "parts/deep.md:end"\n\n--8<-- "parts/deep.md:end"',
        ["stop parts/deep.md 2:7", "stop parts/deep.md 2:7"],
    ),
    "equal to one of the page": (
        '[More](/guide/).\n\n--8<-- "parts/deep.md:4:5"\n\n[More](/guide/).',
        ["docs/index.md 1:1", "parts/deep.md 5:1", "docs/index.md 5:1"],
    ),
    "in a fence": ('```\n--8<-- "parts/deep.md"\n```\n\n[More](guide.md)', ["docs/index.md 5:1"]),
    "in a page with front matter": ('---\na: b\n---\n--8<-- "parts/deep.md:4:5"', ["parts/deep.md 5:1"]),
    "a definition": ("[More][g]\n\n--8<-- \"parts/refs.md\"", ["start docs/index.md 1:1"]),
    "an address on the web": ('--8<-- "https://example.org/x.md"\n\n[More](guide.md)', ["docs/index.md 3:1"]),
}  # fmt: skip
PARTS = {"parts/shared.md": SHARED, "parts/deep.md": DEEP, "parts/refs.md": "[g]: /guide/#start\n"}


@pytest.mark.parametrize("case", SNIPPETS)
def test_snippets(case: str, tmp_path: Path) -> None:
    page, expected = SNIPPETS[case]
    assert places(with_snippets(tmp_path, page, PARTS)) == expected


def test_a_snippet_outside_of_the_site_has_no_line(tmp_path: Path) -> None:
    write_files(tmp_path / "other", {"far.md": "[Far](/guide/#start)"})
    page = '--8<-- "far.md"\n\n[Near](guide.md)'
    built = with_snippets(tmp_path / "site", page, {}, base_path=[str(tmp_path / "other")])
    assert places(built) == ["start docs/index.md ?", "docs/index.md 3:1"]


def test_what_every_page_gets_is_found_once_and_reported_once(tmp_path: Path) -> None:
    files = {"parts/foot.md": "A [dead end](/nothing/)."}
    built = with_snippets(tmp_path, "# Home\n\n[Guide](guide.md)", files, auto_append=["parts/foot.md"])
    broken = [finding for finding in built.findings() if finding[0] == "broken_page"]
    assert broken == [("broken_page", "parts/foot.md", 1, 3)]


INCLUDED = {
    "a page": (
        '[Guide](guide.md)\n\n{% include-markdown "parts/a.md" %}',
        ["docs/index.md 1:1", "start docs/parts/a.md 1:1", "stop docs/parts/b.md 3:1"],
    ),
    "a file beside the pages": (
        'A {% include-markdown "../README.md" start="<!--s-->" end="<!--e-->" %} B',
        ["start README.md 3:3"],
    ),
    "as it stands": ('{% include "parts/c.md" %}', ["start docs/parts/c.md 1:1"]),
    "addresses left alone": (
        '{% include-markdown "parts/c.md" rewrite-relative-urls=false %}',
        ["start docs/parts/c.md 1:1"],
    ),
    "raw HTML": ('{% include-markdown "parts/raw.md" %}', ["start docs/parts/raw.md 2:1"]),
    "in an admonition": ('!!! note\n\n    {% include-markdown "parts/c.md" rewrite-relative-urls=false %}',
                         ["start docs/parts/c.md 1:1"]),
    "with snippets in it": ('{% include-markdown "parts/s.md" %}', ["stop parts/deep.md 2:7"]),
    "several files": (
        '{% include-markdown "c*.md" rewrite-relative-urls=false %}',
        ["start docs/index.md ?"],
    ),
}  # fmt: skip
FILES = {
    "docs/parts/a.md": '[Start](../guide.md#start)\n\n{% include-markdown "./b.md" %}',
    "docs/parts/b.md": "B\n\n[Stop](../guide.md#stop)",
    "docs/cc.md": "[Start](guide.md#start)",
    "docs/parts/c.md": "[Start](guide.md#start)",
    "docs/parts/raw.md": '<div>\n<a href="../guide/#start">Start</a>\n</div>',
    "docs/parts/s.md": '--8<-- "parts/deep.md:end"',
    "README.md": "[Not](x.md) <!--s-->\n\nA [start](docs/guide.md#start)\n\n<!--e--> [Not](y.md)",
    **PARTS,
}


@needs_include_markdown
@pytest.mark.parametrize("case", INCLUDED)
def test_include_markdown(case: str, tmp_path: Path) -> None:
    page, expected = INCLUDED[case]
    write_files(tmp_path, FILES)
    built = build_site(
        tmp_path,
        {**GUIDE, "index.md": page},
        site_url="https://example.org/",
        plugins=["include-markdown"],
        exclude_docs="parts/\ncc.md",
        markdown_extensions=["admonition", {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}],
    )
    assert places(built) == expected


@needs_include_markdown
@pytest.mark.parametrize(
    ("included", "written", "fix"),
    [
        ("parts/a.md", "../gude.md#start", "../guide.md#start"),
        ("parts/a.md", "../guide.md#strat", "../guide.md#start"),
        ("parts/deep/a.md", "../../gude.md", "../../guide.md"),
        ("../README.md", "docs/gude.md", None),
    ],
)
def test_a_fix_is_what_to_write_in_the_included_file(
    included: str, written: str, fix: str | None, tmp_path: Path
) -> None:
    write_files(tmp_path / "docs", {included: f"A [link]({written})."})
    pages = {
        **GUIDE,
        "sub/page.md": f'{{% include-markdown "{"../" if included[0] == "." else ""}{included}" %}}',
    }
    built = build_site(tmp_path, pages, plugins=["include-markdown"], exclude_docs="parts/")
    [finding] = (entry for entry in built.report()["findings"] if entry["severity"] == "error")
    assert finding["line"] == 1
    assert (finding["fix"] or {}).get("href") == fix
