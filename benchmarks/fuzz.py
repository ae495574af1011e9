"""Puts generated HTML, Markdown and addresses into the index, and looks for one that breaks a law.

    python benchmarks/fuzz.py [--seconds 60] [--seed N]

The laws are those of `laws.py`: nothing raises, every link is resolvable or has a name, reading twice
changes nothing, a location shows its link. A text that breaks one is cut down to the least that still does,
and printed; the exit code is 1 then. Equal seeds make equal texts in equal order.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import laws

HREFS = (
    "a/b.md", "index.md#x", "p.md", "../p/", "../", "..", ".", "#", "#x", "?q", "//h.example/docs/p/",
    "i.png", "https://h.example/docs/a/b/", "HTTPS://H.example:443/docs/../docs/p/#%C3%A9",
    "caf%C3%A9/", "cafe\u0301.md", "http://[", "http://a b/", "https://u:p@e.org/", "mailto:a@b",
    "javascript:1", "data:,x", "{{ x }}", "\\x", "https://e.org/a_(b)", "https://e.org/?a=1&amp;b=2",
    "a%2Fb.md", "%zz", "\ud800", "x\0y", "/docs/p", "/", "#:~:text=a,b", "#x:~:text=a-,b&text=c",
    "http://e.org:99999/", "http://0x7f.1/", "ftp://e.org/x", "www.e.org",
)  # fmt: skip
HTML = (
    "<a href=", "<a href='", '<a href="', "'>", '">', ">", "</a>", "<p>", "</p>", "<h1 id=x>", "<h2>",
    "</h2>", "<img src=", " alt=", "<img srcset='", " 1x, ", " 2x'>", "<base href='", "<source srcset=",
    "<video poster=", "<template>", "</template>", "<!--", "-->", "<script>", "</script>", "<style>",
    "<svg>", "</svg>", "<area href=", "<table><tr><td>", "</table>", "<a name=n id=n>", "<pre><code>",
    "</code></pre>", "&amp;", "&#xD800;", "&#0;", "<link href=", "<object data=", "<iframe src=",
    "<form>", "<select>", "<math>", "<title>", "<textarea>", "<span data-wikilink='[[x]]'>",
    "<!-- backlinks-ignore: broken_page x -->", " class='backlinks-ignore'", "<div class=toc>",
    "</div>", "<ul><li>", "<a href class=headerlink>", "text. More text", " ", "\n", "\u202e",
)  # fmt: skip
MARKDOWN = (
    "[x](", ")", "[y][r]", "[r]: ", "![i](", "[", "]", "(", "<", ">", "`", "``", "```\n", "~~~\n", "\\",
    "*", "_", "\n", "\n\n", "    ", "\t", "# ", "## ", "- ", "> ", "1. ", "!!! note\n\n    ",
    "| a | b |\n|---|---|\n| ", " | ", "[^1]", "\n\n[^1]: ", "<!-- ", " -->", "{: #i .c }", "{ #x }",
    "---\n", "<a href='a/'>", "</a>", "<div>\n", "</div>\n", "<div markdown='1'>\n", "[[p]]",
    "![[i.png]]", '--8<-- "p.md"\n', "{% x %}", "Term\n:   ", ' "T"', "*[x]: y", "&amp;", "é", "日本",
    "\u202e", "\r\n", "\x0c", "  \n",
)  # fmt: skip
INCLUSION = (
    '--8<-- "p.md"', "--8<--", '--8<-- "p.md:s"', '--8<-- "p.md:2:3"', '--8<-- "p.md:-1,1:2"',
    ";--8<-- 'p.md'", "<!-- --8<-- [start:s] -->", "--8<-- [end:s]", '{% include "p.md" %}',
    '{% include-markdown "p.md" start="x" %}', '{% include-markdown "q" end="\\n" %}',
    "{% include 'p.md'", '"', "'", "%}", "=", "p.md", "\n", "\n", "\r\n", "é",
)  # fmt: skip
FRAGMENT = (
    ",", ",", "-", "&text=", "text=", "%2C", "%2D", "<p>", "</p>", "<b>", "one two", "one", "t", " ",
    "'", ".", "日本",
)  # fmt: skip
ADDRESS = (
    "http:", "https:", "//", "/", "\\", ":", "@", "?", "#", "&", ".", "..", "%", "%2e", "%2F", "%00",
    "[::1]", "0x7f", "example.org", "h.example", "docs/", "user:pw@", ":80", ":99999", "é", "e\u0301",
    "ß", "日本", "xn--", " ", "\t", "\n", "\0", "\ud800", "\u202e", "\ufdd0", "|", "<", ">", '"', "'",
    "*", "+", "a", "b.md", "index.html", "text=x", "javascript:", "mailto:", "file:", "data:", "blob:",
    "ftp:", "~", "!", "$", ";", "=", "1", "-", "^", "`", "{", "}",
)  # fmt: skip
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """The pieces that a text is generated from, and the law that holds for it."""

    law: laws.Law
    pieces: Sequence[str]


SUBJECTS: Mapping[str, Subject] = {
    "HTML": Subject(laws.of_html, HTML + HREFS),
    "Markdown": Subject(laws.of_markdown, MARKDOWN + HREFS + HTML[:12]),
    "inclusion": Subject(laws.of_inclusion, INCLUSION + MARKDOWN[:20]),
    "fragment": Subject(laws.of_fragment, FRAGMENT + ADDRESS),
    "address": Subject(laws.of_address, ADDRESS + HREFS),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    chance = random.Random(chosen.seed)  # noqa: S311  (a benchmark keeps no secrets)
    sys.exit(run(chance, time.monotonic() + chosen.seconds))


def run(chance: random.Random, end: float) -> int:
    """Try texts of each kind in turn until the end, or until one breaks a law; the exit code."""
    counts = dict.fromkeys(SUBJECTS, 0)
    while time.monotonic() < end:
        for name, subject in SUBJECTS.items():
            text = [chance.choice(subject.pieces) for _ in range(chance.randint(1, LONGEST))]
            counts[name] += 1
            if failure(subject.law, text):
                say(name, subject.law, text)
                return 1
    print(
        f"{sum(counts.values()):,} cases, no failure:",
        ", ".join(f"{count:,} {name}" for name, count in counts.items()),
    )
    return 0


def failure(law: laws.Law, text: Sequence[str]) -> str | None:
    """Return the failure of a text in one line, None if the law holds."""
    try:
        law("".join(text))
    except Exception as error:  # noqa: BLE001  (any exception is what is looked for)
        return f"{type(error).__name__}: {error}"
    return None


def say(name: str, law: laws.Law, text: Sequence[str]) -> None:
    least = cut(law, list("".join(cut(law, list(text)))))
    print(f"{name} that breaks a law: {''.join(least)!r}\n  {failure(law, least)}")


def cut(law: laws.Law, parts: list[str]) -> list[str]:
    """The parts without which nothing goes wrong any more."""
    size = len(parts) // 2
    while size:
        at = 0
        while at < len(parts):
            shorter = parts[:at] + parts[at + size :]
            if failure(law, shorter):
                parts = shorter
            else:
                at += size
        size //= 2
    return parts


if __name__ == "__main__":
    main()
