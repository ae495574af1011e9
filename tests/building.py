"""Builds real sites with real MkDocs in this process, for tests that look at what a build leaves behind."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort


@dataclass
class Built:
    """A finished or failed build: its folder, what it logged, and why it stopped."""

    root: Path
    log: list[tuple[str, str]] = field(default_factory=list)
    aborted: bool = False

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def text(self) -> str:
        return "\n".join(f"{level}: {message}" for level, message in self.log)

    def html(self, page: str) -> str:
        return (self.site / page).read_text(encoding="utf-8")

    def index(self) -> dict[str, Any]:
        index: dict[str, Any] = json.loads((self.root / "index.json").read_text(encoding="utf-8"))
        return index

    def links(self, source: str) -> list[dict[str, Any]]:
        return [link for link in self.index()["links"] if link["source"] == source]

    def report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.root / "report.json").read_text(encoding="utf-8"))
        return report

    def findings(self) -> list[tuple[Any, ...]]:
        return [
            (finding["rule"], finding["file"], finding["line"], finding["column"])
            for finding in self.report()["findings"]
        ]


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def build_site(
    root: Path,
    pages: Mapping[str, str | bytes],
    options: Mapping[str, Any] | None = None,
    *,
    dirty: bool = False,
    strict: bool = False,
    **config: Any,  # noqa: ANN401  (whatever mkdocs.yml may hold)
) -> Built:
    """Build a site of `pages` (paths below `docs/`) with the plugin's `options`, by default offline."""
    write_files(root / "docs", pages)
    chosen: dict[str, Any] = {"external": {"check": "off"}, **(options or {})}
    chosen.setdefault("index", "index.json")
    chosen.setdefault("reports", {"json": "report.json"})
    plugins = [*config.pop("plugins", []), {"backlinks": chosen}]
    settings = {"site_name": "Test", "site_url": "https://example.org/docs/", "theme": {"name": "mkdocs"}}
    settings.update(config, plugins=plugins)
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return run_build(root, dirty=dirty, strict=strict)


def run_build(
    root: Path,
    *,
    dirty: bool = False,
    strict: bool = False,
    command: Literal["build", "serve"] = "build",
    again: bool = False,
) -> Built:
    """Build the site whose `mkdocs.yml` stands in `root`, as the command line would.

    `again` says that it is another build of the command that made the last one, as `serve` does.
    """
    built = Built(root)
    with _logged(built.log), warnings.catch_warnings():
        # What other plugins are warned of is theirs to mend.
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", module="mkdocs_backlinks")
        try:
            config = load_config(str(root / "mkdocs.yml"), strict=strict)
            if not again:
                config.plugins.on_startup(command=command, dirty=dirty)
            build(config, dirty=dirty)
            config.plugins.on_shutdown()
        except Abort:
            built.aborted = True
    return built


@contextmanager
def _logged(into: list[tuple[str, str]]) -> Iterator[None]:
    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            into.append((record.levelname, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    handler, level = Handler(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
