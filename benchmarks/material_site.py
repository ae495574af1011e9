"""The configuration of a site with Material in which a folder of Markdown is built for a benchmark."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

EXTENSIONS: list[Any] = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": True}},
    "pymdownx.details",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
    "pymdownx.magiclink",
    "pymdownx.emoji",
]


def build_command(work: Path, name: str, docs: Path, options: Mapping[str, Any] | None) -> list[str]:
    """The command that builds such a site, with its `mkdocs.yml` as `configure` writes it."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        str(configure(work, name, docs, options)),
    ]


def configure(
    work: Path,
    name: str,
    docs: Path,
    options: Mapping[str, Any] | None,
    extensions: Sequence[Any] = EXTENSIONS,
) -> Path:
    """Write the `mkdocs.yml` of a site of `docs`; without `options` the plugin is left out."""
    plugins: list[Any] = ["search"]
    if options is not None:
        plugins.append({"backlinks": options})
    config = {
        "site_name": "Benchmark",
        "site_url": "https://benchmark.invalid/",
        "docs_dir": str(docs),
        "site_dir": str(work / f"site-{name}"),
        "theme": {"name": "material", "custom_dir": str(_templates(work, docs)), "font": False},
        "plugins": plugins,
        "markdown_extensions": list(extensions),
    }
    path = work / f"{name}.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def _templates(work: Path, docs: Path) -> Path:
    """A page of the site may ask for a template of the site's own: a plain one stands in for it."""
    folder = work / "theme"
    folder.mkdir(exist_ok=True)
    for page in docs.rglob("*.md"):
        for name in re.findall(r"(?m)^template: *(\S+)$", page.read_text(encoding="utf-8")[:2000]):
            (folder / name).write_text('{% extends "main.html" %}', encoding="utf-8")
    return folder
