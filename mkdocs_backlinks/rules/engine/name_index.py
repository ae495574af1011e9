"""Finds what an author may have meant by the name of a page or file that does not exist."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph

LIMIT = 3
"""How many suggestions are made at most."""

_INDEXES = ("/index.html", "/index.md", "/readme.md")
_ENDINGS = (".html", ".htm", ".markdown", ".md")
_COMPARED = 12
_SAME_NAME = 0.6
_NEAR_NAME = 0.75
_AHEAD = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """The names that may be meant, the likeliest first; `clear` when no other comes close."""

    names: tuple[str, ...] = ()
    clear: bool = False


class Names:
    """Names of one sort, indexed when the first one is looked for and never before.

    `spellings` gives each name with every spelling under which it may be asked for.
    """

    def __init__(self, spellings: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self._spellings = spellings
        self._guesses: dict[tuple[str, ...], Guess] = {}

    @classmethod
    def of_pages(cls, graph: LinkGraph) -> Names:
        """All pages, by their source path and by their address."""
        pages = graph.pages.values()
        return cls(
            lambda: ((page.uri, name) for page in pages for name in (page.uri, urls.decode_path(page.url)))
        )

    @classmethod
    def of_assets(cls, graph: LinkGraph) -> Names:
        """All other files, by their path below the site."""
        return cls(lambda: ((asset, asset) for asset in graph.assets))

    def like(self, readings: tuple[str, ...]) -> Guess:
        """What may have been meant, by any of these source paths or paths below the site.

        The same name in another spelling of case or ending comes first, then the same file name in
        another folder (a moved page) and near spellings, by likeness.
        """
        if readings not in self._guesses:
            self._guesses[readings] = self._guess([key(reading) for reading in readings])
        return self._guesses[readings]

    def in_other_case(self, readings: tuple[str, ...]) -> tuple[str, ...]:
        """The names that one of these paths asks for in other letters, capital or small, in their order."""
        if any(_trimmed(reading) in self._exact for reading in readings):
            return ()
        folded = (_trimmed(reading.casefold()) for reading in readings)
        return tuple(sorted({name for path in folded for name in self._by_case.get(path, ())}))

    def has_file(self, path: str) -> bool:
        """Whether there is one with the last name of the path, in any folder and letter case."""
        return posixpath.basename(path.casefold()) in self._files

    def _guess(self, keys: list[str]) -> Guess:
        same = sorted({name for asked in keys for name in self._by_key.get(asked, ())})
        if same:
            return Guess(tuple(same[:LIMIT]), clear=len(same) == 1)
        scores: dict[str, float] = {}
        for score, name in chain.from_iterable(map(self._scored, keys)):
            scores[name] = max(score, scores.get(name, 0))
        best = sorted(scores, key=lambda name: (-scores[name], name))[:LIMIT]
        ahead = len(best) == 1 or (len(best) > 1 and scores[best[0]] - scores[best[1]] >= _AHEAD)
        return Guess(tuple(best), clear=ahead)

    def _scored(self, asked: str) -> Iterator[tuple[float, str]]:
        folder, base = posixpath.split(asked)
        for other in self._alike(base):
            likeness = 1.0 if other == base else alike(base, other)
            if likeness < _NEAR_NAME:
                continue
            for folder_there, name in self._by_base[other]:
                score = _SAME_NAME * likeness + (1 - _SAME_NAME) * alike(folder, folder_there)
                if other == base or score >= _NEAR_NAME:
                    yield score, name

    def _alike(self, base: str) -> list[str]:
        """The file names that share most groups of three letters with `base`: few, and cheap to find."""
        if not base:
            return []
        shared = Counter(other for group in _groups(base) for other in self._by_group.get(group, ()))
        best = sorted(shared, key=lambda other: (-shared[other] / (len(other) + len(base)), other))
        return best[:_COMPARED]

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(_trimmed(spelling) for _, spelling in self._spellings())

    @cached_property
    def _by_case(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name, spelling in self._spellings():
            found[_trimmed(spelling.casefold())].add(name)
        return dict(found)

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(map(posixpath.basename, self._by_case))

    @cached_property
    def _by_key(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name, spelling in self._spellings():
            found[key(spelling)].add(name)
        return dict(found)

    @cached_property
    def _by_base(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for full, names in self._by_key.items():
            folder, base = posixpath.split(full)
            found[base].extend((folder, name) for name in names)
        return dict(found)

    @cached_property
    def _by_group(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for base in self._by_base:
            for group in _groups(base):
                found[group].append(base)
        return dict(found)


def key(name: str) -> str:
    """What is left of a name when its spelling as source, as address and in capitals is all one."""
    path = "/" + name.casefold().strip("/")
    for index in _INDEXES:
        path = path.removesuffix(index)
    stem, ending = posixpath.splitext(path)
    return (stem if ending in _ENDINGS else path).strip("/")


def alike(one: str, other: str) -> float:
    """How alike two words are spelled, 0…1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one != other else 1.0


def near(word: str, words: Iterable[str], cutoff: float) -> tuple[str, ...]:
    """The words spelled most like `word`, the nearest first; letter case makes no difference."""
    folded = word.casefold()
    matcher = SequenceMatcher(None, "", folded, autojunk=False)
    scored = []
    for other in words:
        matcher.set_seq1(other.casefold())
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            scored.append((-matcher.ratio(), other))
    return tuple(other for score, other in sorted(scored)[:LIMIT] if -score >= cutoff)


def _trimmed(path: str) -> str:
    """A path however a server would take it: `a/`, `a` and `a/index.html` are one."""
    return path.removesuffix("index.html").strip("/")


def _groups(base: str) -> set[str]:
    padded = f"  {base} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
