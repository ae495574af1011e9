"""The handbook builds without a warning and says all that the code does; the README's commands are there."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import runpy
import shutil
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from building import Built, run_build
from mkdocs.config.base import BaseConfigOption
from mkdocs.config.config_options import SubConfig
from mkdocs.exceptions import PluginError

import mkdocs_backlinks
from mkdocs_backlinks import cli, inject, plugin, rules
from mkdocs_backlinks.adapter import options
from mkdocs_backlinks.model import Evidence, Finding, Judged, PageUri, Report, Url, Verdict
from mkdocs_backlinks.report import as_json

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "example-site"
DOCS = HANDBOOK / "docs"
VENV = "python3 -m venv .venv && .venv/bin/pip install"

needs_material = pytest.mark.skipif(
    importlib.util.find_spec("material") is None, reason="the handbook's theme is not installed"
)


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hooks() -> dict[str, Any]:
    return runpy.run_path(str(HANDBOOK / "hooks.py"))


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("handbook") / "example-site"
    shutil.copytree(HANDBOOK, root, ignore=shutil.ignore_patterns("site", "__pycache__"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BACKLINKS_EXTERNAL", "off")
        environment.setenv("NO_MKDOCS_2_WARNING", "1")
        return run_build(root, strict=True)


@needs_material
class TestBuilt:
    def test_it_passes_strictly_and_warns_of_nothing(self, handbook: Built) -> None:
        assert not handbook.aborted, handbook.text
        assert {level for level, _ in handbook.log} == {"INFO"}, handbook.text

    def test_its_home_page_shows_both_sections(self, handbook: Built) -> None:
        html = handbook.html("index.html")
        assert '<h2 id="__backlinks">' in html
        assert '<h2 id="__related">' in html

    def test_a_marker_puts_the_section_where_it_stands(self, handbook: Built) -> None:
        html = handbook.html("sections/index.html")
        assert html.index('<h2 id="__backlinks">') < html.index('<h2 id="styling">')

    def test_no_section_is_in_the_search(self, handbook: Built) -> None:
        sentence = "What that looks like is shown"
        assert sentence in handbook.html("index.html")
        entries = json.loads(handbook.html("search/search_index.json"))["docs"]
        assert {entry["location"] for entry in entries if sentence in entry["text"]} == {"first-steps/"}
        assert [entry["location"] for entry in entries if "#__" in entry["location"]] == []

    def test_every_option_has_its_place(self, handbook: Built) -> None:
        html = handbook.html("options/index.html")
        paths = list(option_paths(options.BacklinksPluginOptions))
        assert {"exclude", "external.per_host.interval", "reports.json"} <= set(paths)
        assert [path for path in paths if f'id="{path}"' not in html] == []

    def test_every_rule_has_its_page(self, handbook: Built) -> None:
        overview = handbook.html("rules/index.html")
        for rule in rules.ALL_RULES:
            assert f'href="{rule.name}/"' in overview, rule.name
            html = handbook.html(f"rules/{rule.name}/index.html")
            assert f'<h1 id="{rule.name}">' in html
            assert f"<code>{rule.severity}</code>" in html

    def test_every_field_of_the_link_index_is_described(self, handbook: Built) -> None:
        index = json.loads(handbook.html("backlinks.json"))
        page = next(page for page in index["pages"] if page["related"])
        link = next(link for link in index["links"] if link["heading"])
        related = page["related"][0]
        assert_described([*index, *page, *link, *link["heading"], *related, *related["reasons"][0]])

    def test_no_page_is_out_of_reach(self, handbook: Built) -> None:
        graph = json.loads(handbook.html("backlinks.json"))
        linked = {link["target"] for link in graph["links"] if link["source"] != link["target"]}
        assert [page["uri"] for page in graph["pages"] if page["uri"] not in linked] == []


def option_paths(config: type, prefix: str = "") -> list[str]:
    paths: list[str] = []
    for name, option in vars(config).items():
        if isinstance(option, SubConfig):
            paths += [prefix + name, *option_paths(option.config_class, f"{prefix}{name}.")]
        elif isinstance(option, BaseConfigOption):
            paths.append(prefix + name)
    return paths


def assert_described(fields: list[str]) -> None:
    described = text("files.md")
    assert [field for field in fields if f"`{field}`" not in described] == []


def test_an_option_without_docstring_stops_the_build(hooks: dict[str, Any]) -> None:
    source = 'class Root(Config):\n    one = Flag(True)\n    """Text."""\n    two = Flag(False)\n'
    with pytest.raises(PluginError, match="`two` has no docstring"):
        hooks["read_options"](source, "Root")


def test_an_option_is_shown_with_what_it_takes(hooks: dict[str, Any]) -> None:
    source = 'class Root(Config):\n    open = Number(5, 0, 1000)\n    """How many."""\n'
    (option,) = hooks["read_options"](source, "Root")
    assert (option.path, option.text, option.default) == ("open", "How many.", 5)
    assert option.allowed == "a whole number from 0 to 1000"
    with pytest.raises(PluginError, match="which page of the handbook explains `open`"):
        hooks["options_page"]((option,))


def test_every_field_of_the_report_is_described() -> None:
    evidence = Evidence(url=Url("https://example.org/"), status=404)
    finding = Finding(rule="broken_url", severity="error", message="x", page=PageUri("a.md"), url="x")
    report = Report(links=1, pages=1, findings=(finding,), targets=(Judged(evidence, "broken"),))
    found = json.loads(as_json(report))
    verdicts = set(get_args(Verdict))
    summary = [name for name in found["summary"] if name not in verdicts]
    assert_described([*found, *summary, *found["findings"][0], *found["targets"][0]])


def test_every_verdict_is_explained() -> None:
    assert [verdict for verdict in get_args(Verdict) if f"| `{verdict}` |" not in text("external.md")] == []


def test_every_command_and_flag_is_described() -> None:
    described = text("command.md")
    assert isinstance(cli.command, click.Group)
    for name, command in cli.command.commands.items():
        assert f"## {name}\n" in described
        flags = [flag for parameter in command.params for flag in parameter.opts if flag.startswith("-")]
        assert [flag for flag in flags if f"`{flag}" not in described] == []


def test_every_exit_code_is_described() -> None:
    for code in (cli.CLEAN, cli.FOUND, cli.UNVERIFIED, cli.MISUSED, cli.INTERRUPTED):
        assert f"\n| {code} | " in text("command.md"), code


def test_the_table_of_hooks_is_that_of_the_plugin() -> None:
    hooks = {
        (name, getattr(one, "mkdocs_priority", 0))
        for name, hook in vars(plugin.BacklinksPlugin).items()
        if name.startswith("on_")
        for one in getattr(hook, "methods", [hook])
    }
    table = re.findall(r"^\| `(on_\w+)` \| (-?\d+) \|", text("contribute/architecture.md"), re.MULTILINE)
    assert {(name, int(priority)) for name, priority in table} == hooks


def test_every_module_has_its_place_in_the_architecture() -> None:
    page = text("contribute/architecture.md")
    package = Path(inspect.getfile(mkdocs_backlinks)).parent
    names = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    names |= {path.parent.name + "/" for path in package.glob("*/__init__.py")}
    assert [name for name in sorted(names) if f"\n  {name} " not in page] == []


@pytest.mark.parametrize("item", [inject.BacklinkItem, inject.RelatedItem, inject.LinkMention])
def test_every_template_variable_is_described(item: type) -> None:
    names = [name for name in item.__annotations__ if f"`{name}`" not in text("sections.md")]
    assert names == []


def test_the_user_agent_in_the_handbook_is_the_one_that_is_sent() -> None:
    from mkdocs_backlinks.check.fetch.http import USER_AGENT  # noqa: PLC0415

    assert USER_AGENT in text("external.md")


def test_the_readme_has_two_commands_and_nothing_else_to_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^```sh\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE) == [
        f"{VENV} '.[site]' && .venv/bin/mkdocs build -f example-site/mkdocs.yml\n",
        f"{VENV} -e '.[test]' && .venv/bin/pytest\n",
    ]
    assert readme.index("## Set up") < readme.index("```sh")


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert mkdocs_backlinks.__version__ in changelog
