"""Which form of a word goes with a number, by the rules of Unicode's CLDR for whole numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Rule = tuple[tuple["Relation", ...], ...]
"""One of the alternatives must hold, and of it every relation."""

_RELATION = re.compile(r"n(?: % (\d+))? (!?=) ([\d.,]+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """The number, or what `modulus` leaves of it, lies in one of the `ranges`, or in none if `negated`."""

    modulus: int | None
    ranges: tuple[range, ...]
    negated: bool

    def holds(self, number: int) -> bool:
        rest = number % self.modulus if self.modulus else number
        return any(rest in one for one in self.ranges) != self.negated


@dataclass(frozen=True, slots=True)
class Plural:
    """A text with `{n}` in the forms of a language; called with a number, it is the right one."""

    forms: Mapping[str, str]
    rules: Mapping[str, Rule]

    def __call__(self, number: int) -> str:
        kind = next((kind for kind, rule in self.rules.items() if _applies(rule, number)), "other")
        return self.forms.get(kind, self.forms["other"]).replace("{n}", str(number))


def parse(rule: str) -> Rule:
    """A rule as CLDR writes it, with no other operand than `n`.

    Source: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
    """
    return tuple(tuple(map(_relation, part.split(" and "))) for part in rule.split(" or "))


def _applies(rule: Rule, number: int) -> bool:
    return any(all(relation.holds(number) for relation in part) for part in rule)


def _relation(text: str) -> Relation:
    found = _RELATION.fullmatch(text)
    if found is None:
        raise ValueError(f"not a relation of a plural rule: {text!r}")
    modulus, sign, values = found.groups()
    return Relation(int(modulus) if modulus else None, tuple(map(_range, values.split(","))), sign == "!=")


def _range(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)
