"""Plural forms by the rules of Unicode's CLDR, for whole numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PluralRule = tuple[tuple["PluralRelation", ...], ...]
"""Alternatives of which one must hold, with every relation of it."""

_RELATION = re.compile(r"n(?: % (\d+))? (!?=) ([\d.,]+)")


@dataclass(frozen=True, slots=True)
class PluralRelation:
    """The number, or its remainder by `modulus`, lies in one of the `ranges`, or in none if `negated`."""

    modulus: int | None
    ranges: tuple[range, ...]
    negated: bool

    def holds(self, number: int) -> bool:
        value = number % self.modulus if self.modulus else number
        return any(value in numbers for numbers in self.ranges) != self.negated


@dataclass(frozen=True, slots=True)
class Plural:
    """A text with `{n}` in the forms of a language; called with a number, it returns the right one."""

    forms: Mapping[str, str]
    rules: Mapping[str, PluralRule]

    def __call__(self, number: int) -> str:
        categories = (category for category, rule in self.rules.items() if _applies(rule, number))
        form = self.forms.get(next(categories, "other"), self.forms["other"])
        return form.replace("{n}", str(number))


def parse_rule(rule: str) -> PluralRule:
    """Return a rule that is written as in CLDR, with no other operand than `n`.

    Raises ValueError for any other. Source:
    https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
    """
    return tuple(tuple(map(_relation, condition.split(" and "))) for condition in rule.split(" or "))


def _applies(rule: PluralRule, number: int) -> bool:
    return any(all(relation.holds(number) for relation in condition) for condition in rule)


def _relation(text: str) -> PluralRelation:
    match = _RELATION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a relation of a plural rule: {text!r}")
    modulus, sign, values = match.groups()
    ranges = tuple(map(_range, values.split(",")))
    return PluralRelation(int(modulus) if modulus else None, ranges, sign == "!=")


def _range(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)
