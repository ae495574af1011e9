"""Sites in `tests/sites`, and the outcome that each must have.

A folder of `tests/sites` is a site, and its `expected.yml` is the outcome:

    needs: the modules that the site's plugins are in
    environment: variables that a command sets before it builds
    properdocs: whether it is built under ProperDocs as well
    pages: source path → depth in the navigation
    links: "source line:column -> target#fragment", `?` where the source cannot show the place; before the
        line stands the file where another one is included
    findings: "file:line:column rule" as far as it is known, errors and warnings only
    backlinks: finished page → addresses in its section
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from building import Built

SITES = Path(__file__).parent / "sites"
EXPECTED: dict[str, dict[str, Any]] = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted(SITES.glob("*/expected.yml"))
}
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")


def need(expected: Mapping[str, Any]) -> None:
    """Skip a site whose plugins are not here; some do not run on every Python."""
    missing = [name for name in expected.get("needs", []) if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def copied(name: str, into: Path) -> Path:
    """A copy of a site to build in; its folder `repository` becomes one of git."""
    root = into / name
    shutil.copytree(SITES / name, root)
    if (root / "repository").is_dir():
        config = root / "mkdocs.yml"
        config.write_text(
            config.read_text(encoding="utf-8").replace("ROOT", root.as_posix()), encoding="utf-8"
        )
        for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=All"]):
            subprocess.run([*GIT, *command], cwd=root / "repository", check=True)
    return root


def expectation(expected: Mapping[str, Any]) -> dict[str, Any]:
    return {key: expected[key] for key in ("pages", "links", "findings", "backlinks")}


def outcome(built: Built) -> dict[str, Any]:
    """Return the outcome of a build, in the form of `expected.yml`."""
    index = built.index()
    return {
        "pages": {page["uri"]: page["depth"] for page in index["pages"]},
        "links": [as_line(link) for link in index["links"]],
        "findings": [
            f"{location(finding)} {finding['rule']}"
            for finding in built.report()["findings"]
            if finding["severity"] != "info"
        ],
        "backlinks": dict(sections(built.site)),
    }


def location(finding: Mapping[str, Any]) -> str:
    place = (finding["file"] or finding["page"], finding["line"], finding["column"])
    return ":".join(str(part) for part in place if part is not None)


def as_line(link: Mapping[str, Any]) -> str:
    place = f"{link['line']}:{link['column']}" if link["line"] else "?"
    if (
        link["line"]
        and Path(link["file"]).name != Path(link["source"]).name
        and link["source"].endswith(".md")
    ):
        place = f"{link['file']}:{place}"
    fragment = f"#{link['fragment']}" if link["fragment"] else ""
    return f"{link['source']} {place} -> {link['target']}{fragment}"


def sections(site: Path) -> list[tuple[str, list[str]]]:
    linked = []
    for file in sorted(site.rglob("*.html")):
        section = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one(".bl-backlinks")
        if section is not None:
            links = [str(link["href"]) for link in section.select(".bl-list > li > a")]
            linked.append((file.relative_to(site).as_posix(), links))
    return linked
