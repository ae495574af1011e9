"""Odd pages cost nothing but themselves: the build goes on, the rest is indexed, the odd one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build_site

GOOD = {"index.md": "# Home\n\nSee [it](good.md).", "good.md": "# Good"}


def indexed(root: Path, odd: str | bytes, **more: object) -> list[dict[str, object]]:
    built = build_site(root, {**GOOD, "odd.md": odd}, **more)  # type: ignore[arg-type]
    assert 'href="../"' in built.html("good/index.html"), "the rest is indexed"
    return built.links("odd.md")


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "\n\n\n",
        "---\ntitle: only this\n---\n",
        "<div><p><b><a href='../good/'>x",
        "</div></section></body></html>\n\n[x](good.md)",
        "<table><tr><td><ul><li></table></ul>" * 50,
        "<" * 1000 + "a href=x>",
        "[" * 500,
        "[x](" * 2000,
        "<!-- " * 2000,
        "`" * 3000 + "x",
        "<a href='x' " * 500,
    ],
    ids=range(12),
)
def test_malformed_pages(tmp_path: Path, odd: str) -> None:
    indexed(tmp_path, odd)


@pytest.mark.parametrize(
    "address", ["http://e.com:99999/", "http://a b/", "https://[::1", "//[x", "http://%zz/"]
)
def test_an_address_that_is_none_is_named(tmp_path: Path, address: str) -> None:
    pages = {**GOOD, "odd.md": f'# Odd\n\n<a href="{address}">the thing</a>'}
    built = build_site(tmp_path, pages)
    assert built.aborted
    assert built.findings() == [("broken_url", "docs/odd.md", 3, 1)]


def test_a_lone_surrogate(tmp_path: Path) -> None:
    links = indexed(tmp_path, '---\ntitle: "a\\ud800b"\n---\n<a href="../good/?\\ud800">x&#xD800;y</a>')
    assert [link["target"] for link in links] == ["good.md"]


def test_a_page_of_five_megabytes(tmp_path: Path) -> None:
    text = "word " * 1000 + "\n\n"
    links = indexed(
        tmp_path, "# Odd\n\n" + "<div>" + text.replace("\n", " ") * 1000 + '<a href="../good/">x</a></div>'
    )
    assert [(link["target"], link["line"]) for link in links] == [("good.md", 3)]


def test_a_page_that_another_plugin_emptied_is_named(tmp_path: Path) -> None:
    hook = tmp_path / "drop.py"
    hook.write_text(
        "def on_env(env, config, files):\n"
        "    files.get_file_from_path('odd.md').page.content = None\n"
        "    files.remove(files.get_file_from_path('gone.md'))\n",
        encoding="utf-8",
    )
    pages = {**GOOD, "odd.md": "# Odd", "gone.md": "# Gone", "last.md": "[o](odd.md#x) [g](gone.md)"}
    built = build_site(tmp_path, pages, hooks=[str(hook)])
    assert "Without content in this build, so that their links are not known: 1 (odd.md)." in built.text
    assert [link["target"] for link in built.links("last.md")] == ["odd.md", "gone/"]


def test_fifty_equal_pages(tmp_path: Path) -> None:
    built = build_site(tmp_path, {f"p{n}.md": "# Same\n\nText [x](p0.md)." for n in range(50)})
    assert len(built.index()["pages"]) == 50
    assert not built.aborted


def test_a_site_of_one_page(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "# Only"}, strict=True)
    assert not built.aborted
    assert "bl-section" not in built.html("index.html")


def test_hidden_characters_reach_no_terminal(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "[x](no\u202e\x1b[31mpe.md)\n\n<a href='::error::x/'>y</a>"})
    report = next(message for level, message in built.log if level == "ERROR")
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert not any(line.lstrip().startswith("::") for line in report.splitlines())
