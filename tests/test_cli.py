"""The command tells by output and exit code what it found, and needs neither MkDocs nor a terminal."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from loopback import Loopback, ReceivedRequest, redirect, reply, silence

from mkdocs_backlinks import __version__, cli, rules
from mkdocs_backlinks.check.history.cache import load
from mkdocs_backlinks.index import LinkGraph, SourceLinks, dump
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink, SourceLocation

LOCAL = ["--allow-private", "127.0.0.1"]


@pytest.fixture
def server() -> Loopback:
    return Loopback(
        {
            "/": reply(),
            "/fine": reply(),
            "/wall": reply(403),
            "/old": redirect("/new", 301),
            "/new": reply(),
        }
    )


def index_of(folder: Path, *urls: str) -> str:
    """An exported index of one page with these links, one a line."""
    page = Page(uri=PageUri("a.md"), url="a/", title="A")
    links = [
        Link(
            source=page.uri,
            kind="external",
            href=url,
            target=url,
            text="text",
            number=line,
        )
        for line, url in enumerate(urls)
    ]
    written = [
        SourceLink(location=SourceLocation("docs/a.md", line, 1), href=url, base=page.uri)
        for line, url in enumerate(urls, 1)
    ]
    sources = SourceLinks({page.uri: lambda: written})
    file = folder / "index.json"
    graph = LinkGraph.of([page], links)
    file.write_text("".join(dump(graph, sources, site_url=None, related={}, equity={})), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("paths", "options", "code"),
    [
        (["/fine"], [], cli.CLEAN),
        (["/fine", "/wall"], [], cli.CLEAN),
        (["/old"], ["--strict"], cli.CLEAN),
        (["/old"], ["--strict", "--rule", "permanent_redirect=warn"], cli.FOUND),
        (["/old"], ["--rule", "permanent_redirect=error"], cli.FOUND),
        (["/fine", "/gone"], [], cli.FOUND),
        (["/gone"], ["--rule", "broken_url=warn"], cli.CLEAN),
        (["/gone"], ["--rule", "broken_url=warn", "--strict"], cli.FOUND),
        (["/gone"], ["--rule", "broken_url=ignore"], cli.CLEAN),
        (["/gone"], ["--exclude", "*/gone"], cli.CLEAN),
        (["/wall"], [], cli.UNVERIFIED),
        (["/wall", "/gone"], ["--exclude", "*/gone"], cli.UNVERIFIED),
        ([], [], cli.CLEAN),
    ],
)
def test_the_exit_code_says_how_it_went(
    server: Loopback, tmp_path: Path, paths: list[str], options: list[str], code: int
) -> None:
    with server:
        index = index_of(tmp_path, *map(server.url, paths))
        assert cli.run(["check", index, *LOCAL, *options]) == code


def test_a_host_that_is_not_public_is_not_asked(server: Loopback, tmp_path: Path) -> None:
    with server:
        index = index_of(tmp_path, server.url("/fine"))
        assert cli.run(["check", index]) == cli.CLEAN
        assert cli.run(["check", index, "--strict"]) == cli.FOUND
        assert server.requests == []


def test_the_report_names_the_place(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server:
        cli.run(["check", index_of(tmp_path, server.url("/fine"), server.url("/gone")), *LOCAL])
        gone = server.url("/gone")
    out, err = capsys.readouterr()
    assert f"  docs/a.md:2:1  error  broken_url  {gone} answers 404 Not Found\n" in out
    assert out.endswith("Found 1 error.\n")
    assert err == "External addresses done: 2\n"


def test_the_json_report_is_written(server: Loopback, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with server:
        cli.run(["check", index_of(tmp_path, server.url("/gone")), *LOCAL, "--json", str(file)])
    report = json.loads(file.read_text(encoding="utf-8"))
    assert (report["version"], report["failed"], report["summary"]["broken"]) == (1, True, 1)
    assert [finding["line"] for finding in report["findings"]] == [1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "Missing argument"),
        (["check", "missing.json"], "Cannot read the link index missing.json"),
        (["check", "x.json", "--nonsense"], "No such option"),
        (["check", "x.json", "--timeout", "0"], "not in the range"),
        (["check", "x.json", "--timeout", "nan"], "expected a number of seconds"),
        (["check", "x.json", "--budget", "inf"], "expected a number of seconds"),
        (["check", "x.json", "--concurrency", "0"], "not in the range"),
        (["check", "x.json", "--rule", "broken_url=loud"], "one of error, warn, info, ignore"),
        (["check", "x.json", "--rule", "broken_url"], "one of error, warn, info, ignore"),
        (["check", "x.json", "--rule", "broken_ulr=warn"], "Did you mean broken_url?"),
        (["explain", "vague"], "there is no rule 'vague'"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_use_exits_with_3(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == cli.MISUSED
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_a_damaged_index_exits_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "index.json"
    file.write_text("{", encoding="utf-8")
    assert cli.run(["check", str(file)]) == cli.MISUSED
    assert "index.json" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_exits_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "no" / "such" / "folder.json"
    assert cli.run(["check", index_of(tmp_path), "--json", str(file)]) == cli.MISUSED
    assert "Cannot write the report" in capsys.readouterr().err


@pytest.mark.parametrize("rule", rules.ALL_RULES, ids=rules.NAMES)
def test_explain_prints_the_documentation(rule: rules.Rule, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", rule.name]) == cli.CLEAN
    out = capsys.readouterr().out
    assert out == f"# {rule.name}\n\nDefault severity: `{rule.severity}`\n\n{rule.doc}\n"


def test_explain_alone_lists_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain"]) == cli.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rules.NAMES)
    assert all(rule.summary in line for rule, line in zip(rules.ALL_RULES, lines, strict=True))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == cli.CLEAN
    assert __version__ in capsys.readouterr().out


def test_help_names_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == cli.CLEAN
    assert "2 no address could be verified" in " ".join(capsys.readouterr().out.split())


def test_the_command_never_imports_mkdocs(tmp_path: Path) -> None:
    code = (
        "import sys; from mkdocs_backlinks import cli; code = cli.run(['check', sys.argv[1]]);"
        "unwanted = {'mkdocs', 'mkdocs_backlinks.adapter', 'mkdocs_backlinks.plugin'} & set(sys.modules);"
        "sys.exit(code or bool(unwanted))"
    )
    done = subprocess.run([sys.executable, "-c", code, index_of(tmp_path)], check=False, timeout=60)
    assert done.returncode == 0


def test_an_output_that_cannot_show_a_script_is_no_error(tmp_path: Path) -> None:
    index = index_of(tmp_path, "http://localhost/指南")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs_backlinks", "check", index, "--exclude", "*"],
        check=False,
        capture_output=True,
        timeout=60,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stdout.isascii()) == (0, True)


def test_ctrl_c_stops_the_run_and_exits_with_130(tmp_path: Path) -> None:
    """What was found out before is kept."""
    arrived = threading.Event()

    async def hang(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await silence()(request, writer)

    cache = tmp_path / "cache.sqlite"
    with Loopback({"/a": reply(), "/slow": hang}) as server:
        addresses = [server.url("/a"), server.url("/slow")]
        index = index_of(tmp_path, *addresses)
        options = [*LOCAL, "--cache", str(cache), "--concurrency", "1"]
        command = [sys.executable, "-m", "mkdocs_backlinks", "check", index, *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert arrived.wait(60)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (cli.INTERRUPTED, "")
    assert err.strip() == "Stopped."
    kept = load(cache, addresses).records
    assert [kept[url].verdict for url in addresses] == ["ok", "deferred"]
