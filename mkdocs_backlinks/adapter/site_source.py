"""What MkDocs knows of the site around its pages: addresses, files, and pages that are elsewhere now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.yaml import yaml_load

from mkdocs_backlinks import check, gate
from mkdocs_backlinks.index import SiteSource
from mkdocs_backlinks.settings import Settings
from mkdocs_backlinks.verdicts import verdict

CACHE = ".cache/plugin/backlinks/external.sqlite"

_WRITTEN_BY_MKDOCS = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json")
_EXCLUDED = tuple(level for level in InclusionLevel if level.is_excluded())
_DEPENDING = (b"INHERIT", b"!ENV")
"""What makes a configuration depend on more than its own file."""


def built_files(files: Files) -> Iterator[tuple[str, str]]:
    """Every file that is no page: its path in the sources and below the site."""
    for file in files:
        if not file.is_documentation_page() and file.inclusion not in _EXCLUDED:
            yield file.src_uri, file.dest_uri


def site_of(
    files: Files, assets: Mapping[str, str], bases: Sequence[str], config: MkDocsConfig
) -> SiteSource:
    """The site around the pages, served at `bases`; `assets` are files of which some may be gone by now."""
    pages: dict[str, str] = {}
    sources = dict(assets)
    excluded: list[str] = []
    for file in files:
        is_page, is_excluded = file.is_documentation_page(), file.inclusion in _EXCLUDED
        if is_page or not is_excluded:
            address, known = (_address(file), pages) if is_page else (file.dest_uri, sources)
            for name in source_names(file):
                known[name] = address
        if is_page and is_excluded:
            excluded.append(file.src_uri)
    sources.update((one, one) for one in _templates(config))
    return SiteSource(
        bases=bases,
        assets=frozenset(sources.values()),
        sources=sources,
        pages=pages,
        excluded=frozenset(excluded),
        moved=dict(_moved(config)),
    )


def author_site_url(config: MkDocsConfig) -> str | None:
    """The `site_url` in the configuration file, whatever a command has made of it since."""
    return _written(config, "site_url")


def check_options(config: MkDocsConfig, settings: Settings, mode: check.Mode) -> check.RunOptions:
    """Return the options of a check of this site: its cache, its lockfile and its own repository."""
    external = settings.external
    root = Path(config.config_file_path or "mkdocs.yml").absolute().parent
    # MkDocs fills in a branch of its own where the author has named none.
    edited = config.edit_uri if _written(config, "edit_uri") else None
    return check.RunOptions(
        mode=mode,
        probe_https=gate.severity("insecure_http", settings.rules) != "ignore",
        history=check.HistoryFiles(
            judge=verdict,
            cache=root / CACHE if external.cache else None,
            lockfile=root / external.lockfile if external.lockfile else None,
        ),
        repository=check.own_repository(config.repo_url, edited, check.tree_root(root)),
    )


def source_names(file: File) -> Iterator[str]:
    """The source paths by which authors link to a file: its own, and those without its language."""
    yield file.src_uri
    # mkdocs-static-i18n takes the file of the language that it builds, or else that of the default one.
    neutral = getattr(file, "norm_src_uri", None)
    if neutral:
        yield neutral
        yield f"{getattr(file, 'locale_alternate_of', '')}/{neutral}"


def _written(config: MkDocsConfig, key: str) -> str | None:
    """A text of the configuration file."""
    if not config.config_file_path:
        return None
    with Path(config.config_file_path).open("rb") as file:
        content = file.read()
        file.seek(0)
        depends = any(sign in content for sign in _DEPENDING)
        value = (yaml_load(file) if depends else _parsed(content)).get(key)
    return value if isinstance(value, str) else None


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> Mapping[str, object]:
    """A configuration that is all there, which each build under `serve` asks for again."""
    return yaml_load(BytesIO(content))


def _address(file: File) -> str:
    """The address of a page, of one that is not built as well, relative to the site."""
    if file.page is not None:
        return file.page.url
    return "" if file.url == "./" else file.url


def _templates(config: MkDocsConfig) -> Iterator[str]:
    """What is made from a template without a page."""
    yield from (*config.theme.static_templates, *config.extra_templates, *_WRITTEN_BY_MKDOCS)


def _moved(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Each address from which mkdocs-redirects leads on, and the source path or address behind it."""
    redirects = config.plugins.get("redirects")
    for old, new in (redirects.config["redirect_maps"] if redirects else {}).items():
        if isinstance(old, str) and isinstance(new, str):
            yield File(old, "", "", config.use_directory_urls).url, new
