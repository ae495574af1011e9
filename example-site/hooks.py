"""Writes the pages that repeat the code, one of all options and one for each rule, from the docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from mkdocs_backlinks import rules
from mkdocs_backlinks.adapter import options

_RULES = "rules/index.md"

_OPTIONS_PAGE = """\
# Options

Every option stands under `backlinks:` in `mkdocs.yml`, and every one may be left out. The bare word
`backlinks` is a good configuration. A wrong value stops the build before it begins, with a message that
names the option, what was given and what is allowed. A name that does not exist is a warning, which stops
a strict build only.

This page is written from the docstrings of the code. With every option at its default, a configuration
reads:

```yaml title="mkdocs.yml"
{defaults}```

{options}
"""

_RULES_PAGE = """\
# Rules

A rule is one opinion of the gate about a link or a page. What a rule finds has a
[severity](../gate.md#severities), and the option [`rules`](../options.md#rules) changes it.

| Rule | Default | What it finds |
|---|---|---|
{rows}
"""

_RULE_PAGE = """\
# {rule.name}

{rule.doc}

## At a glance

- Default severity: [`{rule.severity}`](../gate.md#severities). The option
  [`rules`](../options.md#rules) changes it.
- Looks at: {kinds}.
- Runs in: {where}.
- In a terminal: [`mkdocs-backlinks explain {rule.name}`](../command.md#explain) prints the text above.
"""

_READ_ON = {
    "exclude": "[Pages that take no part](gate.md#pages-that-take-no-part)",
    "backlinks": '[The section "Backlinks"](sections.md#backlinks)',
    "related": '[The section "Related pages"](sections.md#related-pages)',
    "graph": "[The link graph](graph.md)",
    "labels": "[In your language](sections.md#in-your-language)",
    "external": "[External links](external.md)",
    "rules": "[The severities](gate.md#severities) and [all rules](rules/index.md)",
    "reports": "[The report](files.md#the-report)",
    "index": "[The link index](files.md#the-link-index)",
    "wikilinks": "[Wikilinks](wikilinks.md)",
}
_KINDS = {
    "page": "links to pages of the site",
    "asset": "images, downloads and other files",
    "external": "links to other sites",
    "wikilink": "wikilinks that lead nowhere",
}
_WHERE = {"internal": "`mkdocs build`", "external": "`mkdocs build` and `mkdocs-backlinks check`"}


@dataclass(frozen=True)
class Option:
    """One option as it is written in the code; what has options of its own has no default."""

    path: str
    text: str
    allowed: str = ""
    default: object = None
    inner: tuple[Option, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the written pages to the site, and the rules to its navigation."""
    pages = {"options.md": options_page(read_options(inspect.getsource(options))), **rule_pages()}
    for uri, text in pages.items():
        files.append(File.generated(config, uri, content=text))
    config.nav = _filled(config.nav, [uri for uri in pages if uri.startswith("rules/")])
    return files


def read_options(source: str, root: str = "BacklinksPluginOptions") -> tuple[Option, ...]:
    """The options of the class `root` in `source`; one that is not documented is an error."""
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    return tuple(_options(root, classes, ""))


def options_page(found: Sequence[Option]) -> str:
    everything = {"plugins": ["search", {"backlinks": _defaults(found)}]}
    return _OPTIONS_PAGE.format(
        defaults=yaml.safe_dump(everything, sort_keys=False),
        options="\n\n".join(paragraph for option in found for paragraph in _described(option, 2)),
    )


def rule_pages() -> Mapping[str, str]:
    """The Markdown of each page about rules by its path, the overview first."""
    rows = (f"| [{one.name}]({one.name}.md) | `{one.severity}` | {one.summary} |" for one in rules.ALL_RULES)
    return {_RULES: _RULES_PAGE.format(rows="\n".join(rows)), **dict(map(_rule_page, rules.ALL_RULES))}


def _rule_page(rule: rules.Rule) -> tuple[str, str]:
    kinds = ", ".join(_KINDS[kind] for kind in rule.kinds) if isinstance(rule, rules.LinkRule) else "pages"
    return f"rules/{rule.name}.md", _RULE_PAGE.format(rule=rule, kinds=kinds, where=_WHERE[rule.scope])


def _options(name: str, classes: Mapping[str, ast.ClassDef], prefix: str) -> Iterator[Option]:
    body = classes[name].body
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.Assign):
            path = prefix + ast.unparse(statement.targets[0])
            text = _docstring(following)
            if text is None:
                raise PluginError(f"The option `{path}` has no docstring in options.py, class {name}.")
            yield _option(path, text, statement.value, classes)


def _docstring(node: ast.stmt | None) -> str | None:
    value = node.value if isinstance(node, ast.Expr) else None
    text = value.value if isinstance(value, ast.Constant) else None
    return inspect.cleandoc(text) if isinstance(text, str) and text.strip() else None


def _option(path: str, text: str, made: ast.expr, classes: Mapping[str, ast.ClassDef]) -> Option:
    if not isinstance(made, ast.Call):
        raise PluginError(f"The option `{path}` is not made by a call in options.py.")
    kind = ast.unparse(made.func).rpartition(".")[2]
    if kind == "SubConfig":
        return Option(path, text, inner=tuple(_options(ast.unparse(made.args[0]), classes, path + ".")))
    arguments = [ast.literal_eval(argument) for argument in made.args]
    default = getattr(options, kind)(*arguments).default
    return Option(path, text, _allowed(kind, arguments), default)


def _allowed(kind: str, arguments: Sequence[object]) -> str:
    """What an option takes, by its arguments where those say more than the docstring of its kind."""
    match kind, arguments:
        case "Number", [int(), int(least), int(most)]:
            return f"a whole number from {least} to {most}"
        case "Number", [float(), float(least), float(most)]:
            return f"a number from {least:g} to {most:g}"
        case "Word", words:
            return " or ".join(f"`{word}`" for word in words)
    described = getattr(options, kind).__doc__
    if not described:
        raise PluginError(f"The kind of option {kind} has no docstring.")
    return str(described[0].lower() + described[1:].rstrip("."))


def _defaults(found: Sequence[Option]) -> Mapping[str, object]:
    return {one.name: _defaults(one.inner) if one.inner else _plain(one.default) for one in found}


def _plain(default: object) -> object:
    return list(default) if isinstance(default, tuple) else default


def _described(option: Option, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{option.path}` {{ #{option.path} }}"
    yield option.text if level > 2 else f"{option.text} Read on: {_read_on(option.path)}."
    if not option.inner:
        yield f"Allowed: {option.allowed}. Default: `{_on_one_line(option.default)}`."
    for inner in option.inner:
        yield from _described(inner, level + 1)


def _on_one_line(default: object) -> str:
    return yaml.safe_dump(_plain(default), default_flow_style=True).removesuffix("...\n").strip()


def _read_on(path: str) -> str:
    if path not in _READ_ON:
        raise PluginError(f"hooks.py does not know which page of the handbook explains `{path}`.")
    return _READ_ON[path]


def _filled(nav: object, written: list[str]) -> object:
    """The navigation with all pages about rules where their overview stands."""
    if isinstance(nav, list):
        return [_filled(item, written) for item in nav]
    if isinstance(nav, dict):
        return {title: written if to == _RULES else _filled(to, written) for title, to in nav.items()}
    return nav
