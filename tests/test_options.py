"""A wrong value is a configuration error that names the key, what was given and what is allowed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from mkdocs_backlinks.adapter.options import BacklinksPluginOptions, settings_of
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings, Settings, UrlExclusion


def load(text: str) -> tuple[Settings, str]:
    options = BacklinksPluginOptions()
    options.load_dict(yaml.safe_load(text) or {})
    errors, warnings = options.validate()
    messages = "\n".join(f"{key}: {message}" for key, message in [*errors, *warnings])
    return (Settings() if errors else settings_of(options)), messages


def test_the_defaults_are_those_of_the_settings() -> None:
    assert load("") == (Settings(), "")


def test_everything_can_be_set() -> None:
    chosen, messages = load("""
        exclude: [drafts/*]
        backlinks: {enabled: false, context: paragraph, open: 0, limit: 9, toc: false, hide_reciprocal: true}
        related: {limit: 3, min_score: 1, skip_linked: false}
        external:
          check: off
          on_serve: all
          lockfile: external.lock
          cache: false
          allow_private: [wiki.example.org]
          exclude: [{url: "https://x/*", reason: slow, until: 2027-01-31}]
          timeout: 5
          per_host: {concurrency: 1, interval: 0}
        rules: {vague_text: ignore}
        reports: {json: out/report.json}
        index: site/backlinks.json
        labels: {en: {more: {one: '{n} page', other: '{n} pages'}}}
        wikilinks: true
    """)
    assert messages == ""
    assert chosen.external == ExternalSettings(
        check="off",
        on_serve="all",
        lockfile="external.lock",
        cache=False,
        allow_private=("wiki.example.org",),
        exclude=(UrlExclusion(url="https://x/*", reason="slow", until=date(2027, 1, 31)),),
        timeout=5.0,
        per_host=PerHostSettings(concurrency=1, interval=0.0),
    )
    assert (chosen.rules, chosen.reports.json, chosen.index) == (
        {"vague_text": "ignore"},
        "out/report.json",
        "site/backlinks.json",
    )
    assert (chosen.backlinks.context, chosen.backlinks.open, chosen.related.min_score) == (
        "paragraph",
        0,
        1.0,
    )


@pytest.mark.parametrize("check", ["off", "'off'", "false"])
def test_off_needs_no_quotes(check: str) -> None:
    assert load(f"external: {{check: {check}}}")[0].external.check == "off"


WRONG: list[tuple[str, list[str]]] = [
    ("exclude: 3", ["exclude", "list of path patterns", "3"]),
    ("exclude: [3]", ["exclude", "[3]"]),
    ("backlinks: {enabled: maybe}", ["backlinks", "enabled", "true or false", "'maybe'"]),
    ("backlinks: {context: word}", ["context", "sentence, paragraph, none", "'word'"]),
    ("backlinks: {open: -1}", ["open", "whole number from 0 to 1000", "-1"]),
    ("backlinks: {limit: 2.5}", ["limit", "whole number", "2.5"]),
    ("backlinks: {limit: true}", ["limit", "whole number", "True"]),
    ("related: {min_score: 2}", ["min_score", "number from 0.0 to 1.0", "2"]),
    ("external: {check: locked}", ["external", "lockfile", "`locked` needs", "external.lock"]),
    ("external: {on_serve: locked}", ["external", "lockfile", "`locked` needs"]),
    ("external: {lockfile: 3}", ["external", "lockfile", "path of a file", "3"]),
    ("related: {min_score: .nan}", ["min_score", "nan"]),
    ("external: {check: some}", ["check", "all, new, locked, off", "'some'"]),
    ("external: {timeout: 0}", ["timeout", "from 0.1", "0"]),
    ("external: {allow_private: localhost}", ["allow_private", "list of texts", "'localhost'"]),
    (
        "external: {exclude: [https://x]}",
        ["exclude", "{url: pattern, reason: text, until: date}", "https://x"],
    ),
    ("external: {exclude: [{url: https://x}]}", ["reason: text"]),
    ("external: {exclude: [{url: x, reason: y, until: soon}]}", ["until", "2027-01-31", "'soon'"]),
    ("external: {per_host: {concurrency: 0}}", ["per_host", "concurrency", "from 1 to 64", "0"]),
    ("rules: [vague_text]", ["rules", "rule: severity", "['vague_text']"]),
    ("rules: {vage_text: warn}", ["rules", "'vage_text'", "Did you mean 'vague_text'?", "broken_page"]),
    ("rules: {vague_text: warning}", ["vague_text", "error, warn, info, ignore", "'warning'"]),
    ("labels: [x]", ["labels", "language: {label: text}", "['x']"]),
    ("labels: {en: Backlinks}", ["labels", "language: {label: text}"]),
    ("labels: {1: {}}", ["labels", "a language such as 'en'", "1"]),
    ("labels: {en: {backlink: x}}", ["'backlink'", "Did you mean 'backlinks'?", "linked_from"]),
    ("labels: {en: {backlinks: 3}}", ["'backlinks'", "a text", "3"]),
    ("labels: {en: {more: {one: '{n}'}}}", ["'more'", "`other`"]),
    ("reports: {json: []}", ["reports", "json", "path of a file", "[]"]),
    ("reports: {jsn: x}", ["reports", "jsn"]),
    ("index: ''", ["index", "path of a file"]),
    ("wikilinks: yes please", ["wikilinks", "true or false", "'yes please'"]),
    ("colour: red", ["colour", "Unrecognised"]),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_wrong_value(text: str, words: list[str]) -> None:
    _, message = load(text)
    for word in words:
        assert word in message


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [{}], {"x": 1}, True, float("inf")])
def test_no_value_raises(value: Any) -> None:  # noqa: ANN401  (whatever YAML may hold)
    for key in BacklinksPluginOptions()._schema_keys:
        options = BacklinksPluginOptions()
        options.load_dict({key: value})
        options.validate()
