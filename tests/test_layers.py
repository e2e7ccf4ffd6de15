"""What import-linter can't see of the layers: who reads files, who waits, who knows the time."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
# storage looks at the files only to see whether they changed; drawing opens pictures that it gets as bytes
READS_KNOWLEDGE = {"content", "storage", "drawing"}
READS_ITS_OWN = {"places"}  # the table of cities that lies beside it
READERS = {"builtin_root", "open", "read_bytes", "read_text", "glob", "rglob", "iterdir"}
CLOCKS = {"now", "utcnow", "today", "perf_counter", "monotonic"}  # the module time can't be imported there


def _modules(*parts: str) -> list[Path]:
    return sorted(BOT.joinpath(*parts).rglob("*.py"))


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


@pytest.mark.parametrize("path", _modules("core"), ids=lambda path: path.name)
def test_the_core_waits_for_nothing_and_does_not_know_the_time(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(tree) if isinstance(node, waits)]
    assert CLOCKS.isdisjoint(_called(tree))


@pytest.mark.parametrize("path", _modules("services"), ids=lambda path: path.name)
def test_the_services_are_told_the_time(path: Path) -> None:
    assert CLOCKS.isdisjoint(_called(ast.parse(path.read_text(encoding="utf-8"))))


def test_only_content_reads_files_of_the_knowledge() -> None:
    readers = {
        path.relative_to(BOT).parts[0]
        for path in _modules()
        if not READERS.isdisjoint(_called(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert readers - READS_KNOWLEDGE - READS_ITS_OWN <= {"bootstrap.py", "command_line"}
    assert "content" in readers
