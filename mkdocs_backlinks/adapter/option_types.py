"""Validate the values of options; messages name the value given and the values allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from pathspec.gitignore import GitIgnoreSpec

if TYPE_CHECKING:
    from mkdocs_backlinks.model import Severity
    from mkdocs_backlinks.settings import UrlExclusion

_Number = TypeVar("_Number", int, float)
_SEVERITIES: tuple[Severity, ...] = ("error", "warn", "info", "ignore")


class Flag(BaseConfigOption[bool]):
    """`true` or `false`."""

    def __init__(self, default: bool) -> None:
        super().__init__()
        self.default = default

    def run_validation(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(f"Expected true or false, but received: {value!r}")
        return value


class Number(BaseConfigOption[_Number], Generic[_Number]):
    """A number of the default's type, from `minimum` to `maximum`."""

    def __init__(self, default: _Number, minimum: _Number, maximum: _Number) -> None:
        super().__init__()
        self.default = default
        self._type: type[_Number] = type(default)
        self._minimum: _Number = minimum
        self._maximum: _Number = maximum

    def run_validation(self, value: object) -> _Number:
        kinds = (int,) if self._type is int else (int, float)
        if (
            isinstance(value, bool)
            or not isinstance(value, kinds)
            or not self._minimum <= value <= self._maximum
        ):
            kind = "a whole number" if self._type is int else "a number"
            raise ValidationError(
                f"Expected {kind} from {self._minimum} to {self._maximum}, but received: {value!r}"
            )
        return self._type(value)


class Word(BaseConfigOption[str]):
    """One of a few words; an unquoted `off`, which YAML reads as false, means `off`."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.default = words[0]
        self._words = words

    def run_validation(self, value: object) -> str:
        word = "off" if value is False else value
        if not isinstance(word, str) or word not in self._words:
            raise ValidationError(f"Expected one of: {', '.join(self._words)}; but received: {value!r}")
        return word


class Texts(BaseConfigOption[tuple[str, ...]]):
    """A list of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise ValidationError(f"Expected a list of texts, but received: {value!r}")
        return tuple(value)


class Patterns(c.PathSpec):
    """Paths of pages in the language of `.gitignore`: a list, or lines of text."""

    def __init__(self) -> None:
        super().__init__()
        self.default = []

    def run_validation(self, value: object) -> GitIgnoreSpec:
        if isinstance(value, (list, tuple)):
            value = "\n".join(Texts().run_validation(value))
        if not isinstance(value, str):
            raise ValidationError(f"Expected a list of path patterns, but received: {value!r}")
        return super().run_validation(value)


class FilePath(BaseConfigOption["str | None"]):
    """A file to write, relative to `mkdocs.yml`, or nothing."""

    def run_validation(self, value: object) -> str | None:
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise ValidationError(f"Expected the path of a file, but received: {value!r}")


class LockfilePath(FilePath):
    """A file to read, relative to `mkdocs.yml`, or nothing if no check is `locked`."""

    def post_validation(self, config: Config, key_name: str) -> None:
        if config[key_name] is None and "locked" in (config["check"], config["on_serve"]):
            raise ValidationError("`locked` needs the path of a file, such as external.lock")


class PagePath(BaseConfigOption["str | None"]):
    """The path of a page below `docs_dir`, or nothing."""

    def run_validation(self, value: object) -> str | None:
        if value is None or (isinstance(value, str) and value.endswith(".md") and not value.startswith("/")):
            return value
        raise ValidationError(f"Expected the path of a page such as 'graph.md', but received: {value!r}")


class Severities(BaseConfigOption["dict[str, Severity]"]):
    """A severity for each rule that is named."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, Severity] = {}

    def run_validation(self, value: object) -> dict[str, Severity]:
        if not isinstance(value, dict):
            raise ValidationError(f"Expected `rule: severity` pairs, but received: {value!r}")
        for name, severity in value.items():
            _check_name(name)
            if severity not in _SEVERITIES:
                raise ValidationError(
                    f"Rule {name!r}: expected one of: {', '.join(_SEVERITIES)}; but received: {severity!r}"
                )
        return cast("dict[str, Severity]", value)


class Words(BaseConfigOption["dict[str, dict[str, Any]]"]):
    """Labels to replace, by language: a text, or a text for each plural category."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, dict[str, Any]] = {}

    def run_validation(self, value: object) -> dict[str, dict[str, Any]]:
        if not isinstance(value, dict) or not all(isinstance(words, dict) for words in value.values()):
            raise ValidationError(f"Expected `language: {{label: text}}`, but received: {value!r}")
        for language, words in value.items():
            if not isinstance(language, str):
                raise ValidationError(f"Expected a language such as 'en', but received: {language!r}")
            for name, word in words.items():
                _check_label(name, word)
        return value


class Exclusions(BaseConfigOption["tuple[UrlExclusion, ...]"]):
    """A list of `{url, reason, until}`; `until` may be left out."""

    def __init__(self) -> None:
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> tuple[UrlExclusion, ...]:
        if not isinstance(value, (list, tuple)):
            raise ValidationError(f"Expected a list of {{url, reason, until}}, but received: {value!r}")
        return tuple(map(self._exclusion, value))

    def _exclusion(self, item: object) -> UrlExclusion:
        # The core is loaded with the first site that needs it, as in `plugin`.
        from mkdocs_backlinks.settings import UrlExclusion  # noqa: PLC0415

        if isinstance(item, UrlExclusion):
            return item
        fields = item if isinstance(item, Mapping) else {}
        url, reason, until = fields.get("url"), fields.get("reason"), fields.get("until")
        known = set(fields) <= {"url", "reason", "until"}
        if not known or not (isinstance(url, str) and url and isinstance(reason, str) and reason):
            raise ValidationError(
                f"Expected {{url: pattern, reason: text, until: date}}, but received: {item!r}"
            )
        if until is not None and not isinstance(until, date):
            raise ValidationError(f"Expected `until` to be a day such as 2027-01-31, but received: {until!r}")
        return UrlExclusion(url=url, reason=reason, until=until)


def _check_name(name: object) -> None:
    # The rules bring the whole index along, which is loaded with the first build and not with the options.
    from mkdocs_backlinks.rules import NAMES  # noqa: PLC0415

    if name not in NAMES:
        raise ValidationError(f"There is no rule {name!r}.{_hint(name, NAMES)}")


def _check_label(name: object, word: object) -> None:
    # As above: the sections bring templates along.
    from mkdocs_backlinks.inject import labels  # noqa: PLC0415

    if name not in labels.NAMES:
        raise ValidationError(f"There is no label {name!r}.{_hint(name, sorted(labels.NAMES))}")
    forms = word if isinstance(word, dict) and name in labels.COUNTED else {"other": word}
    if "other" not in forms or not all(isinstance(text, str) for text in (*forms, *forms.values())):
        expected = "a text, or texts by plural category with `other` among them"
        raise ValidationError(f"Label {name!r}: expected {expected}, but received: {word!r}")


def _hint(name: object, known: Collection[str]) -> str:
    import difflib  # noqa: PLC0415 (only for a hint)

    near = difflib.get_close_matches(str(name), known, 1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return f"{guess} There are: {', '.join(known)}"
