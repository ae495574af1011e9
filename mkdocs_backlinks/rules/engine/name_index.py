"""Find the page or file that an author may have meant by a name that does not exist."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Page

LIMIT = 3
"""Largest number of suggestions."""

_INDEXES = ("/index.html", "/index.md", "/readme.md")
_ENDINGS = (".html", ".htm", ".markdown", ".md")
_CANDIDATES = 12
_BASE_SHARE = 0.6
_LEAST_SIMILARITY = 0.75
_CLEAR_LEAD = 0.1


@dataclass(frozen=True, slots=True)
class NameMatches:
    """Names that may be meant, the likeliest first; `clear` if no other comes close."""

    names: tuple[str, ...] = ()
    clear: bool = False


class NameIndex:
    """Names of pages or of files, indexed when the first one is sought.

    `spellings` gives each name with every spelling under which it may be asked for.
    """

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        self._spellings = tuple(spellings)

    @classmethod
    def of_pages(cls, pages: Iterable[Page]) -> NameIndex:
        """Index all pages by their source path and by their address."""
        return cls((page.uri, name) for page in pages for name in (page.uri, urls.decode_path(page.url)))

    def similar(self, paths: Iterable[str]) -> NameMatches:
        """Return what any of these source paths or paths below the site may mean.

        The same name in another spelling of case or ending comes first, then the same file name in
        another folder (a moved page) and near spellings, by similarity.
        """
        keys = list(map(name_key, paths))
        same = sorted({name for key in keys for name in self._by_key.get(key, ())})
        if same:
            return NameMatches(tuple(same[:LIMIT]), clear=len(same) == 1)
        scores: dict[str, float] = {}
        for score, name in chain.from_iterable(map(self._scored, keys)):
            scores[name] = max(score, scores.get(name, 0))
        best = sorted(scores, key=lambda name: (-scores[name], name))[:LIMIT]
        is_clear = len(best) == 1 or (len(best) > 1 and scores[best[0]] - scores[best[1]] >= _CLEAR_LEAD)
        return NameMatches(tuple(best), clear=is_clear)

    def in_other_case(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the names that differ from one of these paths by letter case alone, sorted."""
        if any(_trimmed(path) in self._exact for path in paths):
            return ()
        folded = (_trimmed(path.casefold()) for path in paths)
        return tuple(sorted({name for path in folded for name in self._by_case.get(path, ())}))

    def has_file(self, path: str) -> bool:
        """True if a name in any folder has the last part of the path, in any letter case."""
        return posixpath.basename(path.casefold()) in self._files

    def _scored(self, key: str) -> Iterator[tuple[float, str]]:
        folder, base = posixpath.split(key)
        for candidate in self._candidates(base):
            of_base = similarity(base, candidate)
            if of_base < _LEAST_SIMILARITY:
                continue
            for candidate_folder, name in self._by_base[candidate]:
                score = _BASE_SHARE * of_base + (1 - _BASE_SHARE) * similarity(folder, candidate_folder)
                if candidate == base or score >= _LEAST_SIMILARITY:
                    yield score, name

    def _candidates(self, base: str) -> list[str]:
        """Return the few file names that share most groups of three letters with `base`."""
        if not base:
            return []
        shared = Counter(name for group in _trigrams(base) for name in self._by_trigram.get(group, ()))
        return sorted(shared, key=lambda name: (-shared[name] / (len(name) + len(base)), name))[:_CANDIDATES]

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(_trimmed(spelling) for _, spelling in self._spellings)

    @cached_property
    def _by_case(self) -> Mapping[str, set[str]]:
        return _grouped((_trimmed(spelling.casefold()), name) for name, spelling in self._spellings)

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(map(posixpath.basename, self._by_case))

    @cached_property
    def _by_key(self) -> Mapping[str, set[str]]:
        return _grouped((name_key(spelling), name) for name, spelling in self._spellings)

    @cached_property
    def _by_base(self) -> Mapping[str, list[tuple[str, str]]]:
        by_base: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, names in self._by_key.items():
            folder, base = posixpath.split(key)
            by_base[base].extend((folder, name) for name in names)
        return dict(by_base)

    @cached_property
    def _by_trigram(self) -> Mapping[str, set[str]]:
        return _grouped((group, base) for base in self._by_base for group in _trigrams(base))


def name_key(name: str) -> str:
    """Return what a name has in common with its other spellings: as source, as address, in capitals."""
    path = "/" + name.casefold().strip("/")
    for index in _INDEXES:
        path = path.removesuffix(index)
    stem, ending = posixpath.splitext(path)
    return (stem if ending in _ENDINGS else path).strip("/")


def similarity(first: str, second: str) -> float:
    """Return how alike two words are spelled, 0…1."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def nearest(word: str, words: Iterable[str], cutoff: float) -> tuple[str, ...]:
    """Return the words spelled most like `word`, the nearest first; letter case makes no difference."""
    matcher = SequenceMatcher(None, "", word.casefold(), autojunk=False)
    scores: dict[str, float] = {}
    for candidate in words:
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            scores[candidate] = matcher.ratio()
    best = sorted(scores, key=lambda candidate: (-scores[candidate], candidate))
    return tuple(candidate for candidate in best[:LIMIT] if scores[candidate] >= cutoff)


def _trimmed(path: str) -> str:
    """Return the path that a server takes for equal to this one: `a/`, `a` and `a/index.html` are one."""
    return path.removesuffix("index.html").strip("/")


def _trigrams(base: str) -> set[str]:
    padded = f"  {base} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return dict(groups)
