"""The site that is looked at in a browser, with every theme and palette that the sections must fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from building import Built, build_site, write_files
from playwright.sync_api import Page

THEMES: dict[str, dict[str, Any]] = {
    "mkdocs": {"name": "mkdocs", "highlightjs": False},
    "mkdocs-dark": {"name": "mkdocs", "highlightjs": False, "color_mode": "dark"},
    "readthedocs": {"name": "readthedocs", "highlightjs": False},
    "material": {"name": "material", "font": False, "features": ["navigation.instant"]},
    "material-dark": {"name": "material", "font": False, "palette": {"scheme": "slate", "primary": "teal"}},
    "material-rtl": {"name": "material", "font": False, "language": "he"},
    "materialx": {"name": "materialx", "font": False},
    "materialx-dark": {"name": "materialx", "font": False, "palette": {"scheme": "slate"}},
    "bare": {"name": None},
}
BARE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ page.title }}</title>
{% for path in extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}</head>
<body><main>{{ page.content }}</main></body>
</html>
"""
PRIMARY = (
    "red pink purple deep-purple indigo blue light-blue cyan teal green light-green lime yellow amber orange "
    "deep-orange brown grey blue-grey black white".split()
)
WIDTHS = (320, 768, 1280)
LONG = "a_very_long_identifier_without_any_place_to_break_it_" * 3

_LINKS = [
    "Batch jobs wait in [a queue](queue.md#limits) until `sbatch` has *found* a **free** node.",
    f"The variable `{LONG}` names [the queue](queue.md), as told in <https://example.org/{LONG}>.",
    "| Name | Queue | Cores |\n|---|---|---|\n| Puhti | the [small one](queue.md#limits) | 40 |",
    "- These may wait:\n    - jobs in [the queue](queue.md)\n    - nothing else",
    "中文用户可以在[队列](queue.md)中等待。这是下一句。",
    "המשימות ממתינות ב[תור](queue.md#limits) עד שיתפנה מקום.",
    "!!! note\n\n    One word. Then see [it](queue.md). Three.",
    "A last page with [one more](queue.md), and [a second](queue.md#limits) link. See [this](queue.md) too.",
]
PAGES = {
    "index.md": "# Home\n\nStart with [the guide](guide/page-0.md). Wait in [the queue](guide/queue.md).",
    "guide/queue.md": "# The queue\n\nA queue holds batch jobs.\n\nSee [page 0](page-0.md).\n\n"
    "## Limits\n\nA scheduler queue holds few batch jobs.\n\n## Zebrafish\n\nThe word is on this page alone.",
    **{
        f"guide/page-{number}.md": f"# Page {number} & its <b>title</b>\n\n"
        f"Page {number} speaks of batch jobs.\n\n## How to wait\n\n{link}"
        for number, link in enumerate(_LINKS)
    },
}
OPTIONS = {
    "backlinks": {"at_headings": True, "limit": 7},
    "graph": {"page": "link-graph.md", "local": True},
}


@dataclass(frozen=True, slots=True)
class Site:
    """A built site with the address at which it is served."""

    built: Built
    address: str

    @property
    def queue(self) -> str:
        """Return the address of the page that all others link to."""
        return self.address + "guide/queue/"


def axe(page: Page, selector: str, rules: Sequence[str] = ()) -> list[str]:
    """Return the violations that axe-core finds in parts of a page, by all of its rules or by some."""
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    violations = Axe().run(page, context={"include": [[selector]]}, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in violations for node in rule["nodes"]]


def build_theme(name: str, root: Path, address: str) -> Built:
    theme = dict(THEMES[name])
    if theme["name"] is None:
        write_files(root, {"theme/main.html": BARE})
        theme["custom_dir"] = str(root / "theme")
    return build_site(
        root,
        PAGES,
        OPTIONS,
        plugins=["search"],
        theme=theme,
        site_url=address,
        markdown_extensions=["admonition", "tables"],
    )
