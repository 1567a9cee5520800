"""Whoever writes a placement or plan holds the places and tells the followers (rules.md S10)."""

import ast
from pathlib import Path

import pytest

from tests.layers import APPS, ROOT, layer_of, module_of, source_files

WRITES = {
    *("create", "bulk_create", "get_or_create", "update_or_create"),
    *("save", "update", "bulk_update", "delete"),
}
# Modules whose callers hold and tell, with each of these callers.
TOLD_BY = {
    "banding/leavers/ending.py": ["banding/leavers/services.py", "banding/returns/services.py"],
    "schools/services/merge_parts.py": ["schools/services/merges.py"],
    "schools/services/successors.py": ["schools/services/register.py"],
}
# Modules that write what follows from placements, and the work on a whole file, which brings every
# list up to date itself.
FOLLOW = {
    "banding/returns/following.py",
    "banding/decisions/dating.py",
    "banding/collections/services.py",
    "banding/caseload/applying.py",
    "banding/transfers/services.py",
}
SEEDS = {"funding/services/scale.py"}


def writers() -> list[Path]:
    """Services that know placements or plans and write rows."""
    return [
        path
        for app in APPS
        for path in source_files(app)
        if layer_of(module_of(path)) == "services"
        and knows_places(tree := ast.parse(path.read_text()))
        and any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            for node in ast.walk(tree)
        )
    ]


def knows_places(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("schools.models")
        and {"Placement", "Plan"} & {alias.name for alias in node.names}
        for node in ast.walk(tree)
    )


def named(path: Path) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in writers()])
def test_writer_of_placements_holds_and_tells(path):
    if path in FOLLOW | SEEDS:
        return
    for each in TOLD_BY.get(path, [path]):
        assert {"hold_places", "tell_followers"} <= named(ROOT / each), each


def test_named_modules_are_there_and_write():
    """A name that means nothing any more would let its successor go free."""
    found = {str(path.relative_to(ROOT)) for path in writers()}
    assert {*TOLD_BY, *FOLLOW, *SEEDS} <= found
