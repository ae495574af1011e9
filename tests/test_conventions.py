"""The conventions of the code that no linter knows, checked on the syntax trees of all modules.

`conventions.yml` has the bounds, the words and, for each convention, its exceptions with the reason of each.
An exception that is no longer needed fails as well.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONVENTIONS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "conventions.yml").read_text(encoding="utf-8")
)
BOUNDS: dict[str, int] = CONVENTIONS["bounds"]
OPENINGS = re.compile(rf"({'|'.join(CONVENTIONS['docstring_openings'])})\b")
FORBIDDEN_NAMES = frozenset(CONVENTIONS["forbidden_names"].split())
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed module; `path` is below the project's folder, with `/`."""

    path: str
    lines: int
    tree: ast.Module


Convention = Callable[[list[Module]], Iterator[str]]
"""Yields the violations: `path`, or `path: name`."""


def _modules(folder: str) -> list[Module]:
    files = sorted((ROOT / folder).rglob("*.py"))
    texts = [(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in files]
    return [Module(path, text.count("\n"), ast.parse(text)) for path, text in texts]


PACKAGE = _modules("mkdocs_backlinks")
TESTS = _modules("tests")


def module_length(modules: list[Module]) -> Iterator[str]:
    yield from (module.path for module in modules if module.lines > BOUNDS["module_lines"])


def module_name(modules: list[Module]) -> Iterator[str]:
    """Yield the names that modules of several folders have, without those that say a role."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules:
        folder, _, name = module.path.removesuffix(".py").rpartition("/")
        folders[name].append(folder)
    yield from (name for name in folders if len(folders[name]) > 1)


def class_name(modules: list[Module]) -> Iterator[str]:
    """Yield the names that several classes of the package have."""
    names = [node.name for _, node in _nodes(modules, ast.ClassDef)]
    yield from {name for name in names if names.count(name) > 1}


def function_length(modules: list[Module]) -> Iterator[str]:
    """Yield the functions that are too long; a docstring does not count."""
    for module, node in _nodes(modules, ast.FunctionDef, ast.AsyncFunctionDef):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        if body and (body[-1].end_lineno or 0) - body[0].lineno >= BOUNDS["function_lines"]:
            yield f"{module.path}: {node.name}"


def class_methods(modules: list[Module]) -> Iterator[str]:
    for module, node in _nodes(modules, ast.ClassDef):
        methods = [part for part in node.body if isinstance(part, Function) and part.name != "__init__"]
        if len(methods) > BOUNDS["class_methods"]:
            yield f"{module.path}: {node.name}"


def class_attributes(modules: list[Module]) -> Iterator[str]:
    """Yield the classes with too many attributes; a frozen value may have as many fields as it has."""
    for module, node in _nodes(modules, ast.ClassDef):
        if len(_attributes(node)) > BOUNDS["class_attributes"]:
            yield f"{module.path}: {node.name}"


def docstring_opening(modules: list[Module]) -> Iterator[str]:
    """Yield the docstrings that open with a question word or a pronoun."""
    for module, node in _nodes(modules, ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef):
        if OPENINGS.match(ast.get_docstring(node) or ""):
            yield f"{module.path}: {getattr(node, 'name', 'module')}"


def forbidden_name(modules: list[Module]) -> Iterator[str]:
    """Yield the variables, parameters and attributes whose name says nothing."""
    for module, node in _nodes(modules, ast.Name, ast.Attribute, ast.arg):
        name = getattr(node, {ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg"}[type(node)])
        if name in FORBIDDEN_NAMES and isinstance(getattr(node, "ctx", ast.Store()), ast.Store):
            yield f"{module.path}: {name}"


def patched_code(modules: list[Module]) -> Iterator[str]:
    """Yield the tests that replace a part of the code by another one."""
    for module, node in _nodes(modules, ast.Attribute, ast.ImportFrom):
        replacer = node.module if isinstance(node, ast.ImportFrom) else _dotted(node)
        if replacer in ("monkeypatch.setattr", "mock.patch", "unittest.mock"):
            yield module.path


def real_sleep(modules: list[Module]) -> Iterator[str]:
    """Yield the tests that sleep; `asyncio.sleep` takes no time where the loop's clock is the test's own."""
    yield from (
        module.path for module, node in _nodes(modules, ast.Attribute) if _dotted(node) == "time.sleep"
    )


IN_PACKAGE: list[Convention] = [
    module_length,
    module_name,
    class_name,
    function_length,
    class_methods,
    class_attributes,
    docstring_opening,
    forbidden_name,
]
IN_TESTS: list[Convention] = [patched_code, real_sleep]
ALL = [(rule, PACKAGE) for rule in IN_PACKAGE] + [(rule, TESTS) for rule in IN_TESTS]


@pytest.mark.parametrize(("convention", "modules"), ALL, ids=lambda part: getattr(part, "__name__", ""))
def test_convention_holds_but_for_the_exceptions(convention: Convention, modules: list[Module]) -> None:
    exceptions: dict[str, str] = CONVENTIONS["exceptions"].get(convention.__name__) or {}
    assert set(convention(modules)) == set(exceptions)


def test_each_exception_has_a_reason() -> None:
    names = {convention.__name__ for convention, _ in ALL}
    assert CONVENTIONS["exceptions"].keys() <= names
    for exceptions in CONVENTIONS["exceptions"].values():
        assert all(exceptions.values())


def _nodes(modules: list[Module], *kinds: type[ast.AST]) -> Iterator[tuple[Module, Any]]:
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, kinds):
                yield module, node


def _attributes(node: ast.ClassDef) -> set[str]:
    """Return the attributes that `__init__` sets, or the fields of a dataclass that is not frozen."""
    if any(isinstance(decorator, ast.Call) for decorator in node.decorator_list):
        is_frozen = any("frozen=True" in ast.unparse(decorator) for decorator in node.decorator_list)
        fields = [part.target for part in node.body if isinstance(part, ast.AnnAssign)]
        return set() if is_frozen else {ast.unparse(target) for target in fields}
    inits = [part for part in node.body if isinstance(part, Function) and part.name == "__init__"]
    stores = [part for init in inits for part in ast.walk(init) if isinstance(part, ast.Attribute)]
    return {part.attr for part in stores if isinstance(part.ctx, ast.Store) and _dotted(part)[:5] == "self."}


def _dotted(node: ast.Attribute) -> str:
    return f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else node.attr
