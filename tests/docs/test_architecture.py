"""What CONTRIBUTING and docs/architecture.md say of the files is true: names, lengths, private APIs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

#: Documented by Django in spite of the underscore.
DOCUMENTED = {"_meta", "_state", "_base_manager", "_default_manager", "_asdict", "_replace"}
NAMED = re.compile(r"`((?:[\w.]+/)+(?:[\w.]+)?|[\w.-]+\.(?:py|md|toml|txt|json|yaml))`")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    named = {path for path in NAMED.findall(PAGES[name]) if "/" in path or path.endswith(".py")}
    assert len(named) > 20
    inside = [ROOT, ROOT / "articles", ROOT / "actors"]
    resources = {"outlets/", "export/", "history/", "captures/"}
    missing = [
        path for path in sorted(named - resources) if not any((base / path).exists() for base in inside)
    ]
    assert not missing


def test_every_private_api_is_in_the_table() -> None:
    table = set(
        re.findall(r"^\| `([\w/.]+\.py)` \| `(_\w+)` \|", PAGES["docs/architecture.md"], re.MULTILINE)
    )
    assert table == set(private_apis())
    assert len(table) <= 25


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert len(lengths) > 300
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def private_apis() -> Iterator[tuple[str, str]]:
    """Every name with an underscore that a module of ours uses, and that none of ours defines."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules()}
    ours = {name for tree in trees.values() for name in defined(tree)}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not re.match("_[a-z]", node.attr):
                continue
            inherited = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "super"
            if node.attr not in DOCUMENTED and (inherited or node.attr not in ours):
                yield path.relative_to(ROOT).as_posix(), node.attr


def modules() -> list[Path]:
    found = [path for app in ("newsdb", "actors", "articles") for path in (ROOT / app).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
