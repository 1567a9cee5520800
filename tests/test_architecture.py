"""The structure docs/architecture.md describes, held against the imports and the files."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires

import pytest

from tests.layers import (
    APPS,
    LAYERS,
    ROOT,
    files_with_layers,
    imported_modules,
    layer_of,
    source_files,
    tree_of,
)

MAY_IMPORT = {
    "banding_portal": set(),
    "schools": {"banding_portal"},
    "banding": {"banding_portal", "schools"},
    "moderation": {"banding_portal", "schools", "banding"},
    "funding": {"banding_portal", "schools", "banding"},
}
NOT_PURE = {"django", "pghistory", "pgtrigger", "celery", "redis"}
# What the vocabulary may take from Django: its TextChoices need neither database nor settings.
VOCABULARY_MAY_IMPORT = {"django.db.models.TextChoices"}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_package_imports_only_what_lies_below_it(package):
    allowed = MAY_IMPORT[package] | {package}
    forbidden = set(MAY_IMPORT) - allowed
    bad = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in source_files(package)
        for module in imported_modules(path)
        if module.split(".")[0] in forbidden
    ]
    assert bad == []


@pytest.mark.parametrize("app", APPS)
def test_every_module_has_a_layer(app):
    assert [str(path) for path, layer in files_with_layers(app) if layer is None] == []


@pytest.mark.parametrize("app", APPS)
def test_module_imports_only_layers_to_its_left(app):
    bad = []
    for path, own in files_with_layers(app):
        for module in imported_modules(path):
            theirs = layer_of(module) if module.split(".")[0] == app else None
            if own and theirs and LAYERS.index(theirs) > LAYERS.index(own):
                bad.append(f"{path.relative_to(ROOT)} ({own}) imports {module} ({theirs})")
    assert bad == []


@pytest.mark.parametrize("app", APPS)
def test_pure_module_knows_no_django(app):
    bad = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, layer in files_with_layers(app)
        if layer == "pure"
        for module in imported_modules(path)
        if module.split(".")[0] in NOT_PURE or "models" in module.split(".")
    ]
    assert bad == []


@pytest.mark.parametrize("app", APPS)
def test_vocabulary_is_choices_and_nothing_else(app):
    """Pure modules import it, so it holds nothing that would make them impure."""
    tree = tree_of(ROOT / app / "choices.py")
    imported = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= VOCABULARY_MAY_IMPORT
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))


@pytest.mark.parametrize("app", APPS)
def test_choices_stand_in_the_vocabulary_alone(app):
    bad = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in source_files(app)
        if path.name != "choices.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        if any("Choices" in ast.unparse(base) for base in node.bases)
    ]
    assert bad == []


@pytest.mark.parametrize("app", APPS)
def test_no_word_of_a_vocabulary_stands_twice(app):
    """`EHCP = "EHCP"` beside `PlanType.EHCP` is a second vocabulary."""
    words = {
        (target.id, ast.unparse(value))
        for package in APPS
        for node in ast.walk(tree_of(ROOT / package / "choices.py"))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
        for target, value in [(node.targets[0], node.value.elts[0])]
    }
    bad = [
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in source_files(app)
        if path.name != "choices.py"
        for node in tree_of(path).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and (target.id, ast.unparse(node.value)) in words
    ]
    assert bad == []


def test_module_that_says_it_is_pure_is_placed_so():
    said = [
        path
        for app in APPS
        for path, layer in files_with_layers(app)
        if re.search(r"\bPure\b", ast.get_docstring(tree_of(path)) or "") and layer != "pure"
    ]
    assert said == []


def test_no_state_is_set_but_by_the_one_mechanism():
    """`row.state = …` and `.update(state=…)` stand in banding_portal/states.py and jobs alone."""
    setting = re.compile(r"\.state = |\.update\([^)]*\bstate=")
    bad = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for app in APPS
        for path in source_files(app)
        for line in path.read_text().splitlines()
        if setting.search(line) and "WHERE" not in line
    ]
    assert bad == []


def test_shared_module_that_says_it_is_pure_knows_no_django():
    bad = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in source_files("banding_portal")
        if re.search(r"\bPure\b", ast.get_docstring(tree_of(path)) or "")
        for module in imported_modules(path)
        if module.split(".")[0] in NOT_PURE
    ]
    assert bad == []


def test_product_imports_only_packages_of_production():
    """`seed_demo` included; the embedded servers alone have packages of development."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    named = {re.split(r"[=\[]", line)[0].lower() for line in lines if line[0] != "#"}
    # What they bring along with them: kombu of celery, pydantic_core of pydantic.
    brought = {
        re.split(r"[^\w.-]", each)[0].lower() for name in named for each in requires(name) or []
    }
    holders = packages_distributions()
    bad = [
        f"{path.relative_to(ROOT)} imports {module}"
        for package in MAY_IMPORT
        for path in source_files(package)
        if "servers" not in path.parts
        for module in imported_modules(path)
        if (top := module.split(".")[0]) not in MAY_IMPORT
        if top not in sys.stdlib_module_names
        if not (named | brought) & {name.lower().replace("_", "-") for name in holders.get(top, [])}
    ]
    assert bad == []


def test_time_travels_in_the_demonstration_alone():
    found = [
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in source_files(package)
        if "time_machine" in imported_modules(path)
    ]
    assert found == ["banding_portal/demo/clock.py"]


def test_no_python_file_over_400_lines():
    long = [
        str(path.relative_to(ROOT))
        for package in (*MAY_IMPORT, "tests", "benchmarks")
        for path in source_files(package)
        if len(path.read_text().splitlines()) > 400
    ]
    assert long == []


@pytest.mark.parametrize("app", APPS)
def test_each_app_has_one_linear_history_of_migrations(app):
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    leaves = [name for label, name in loader.graph.leaf_nodes() if label == app]
    assert len(leaves) == 1


def test_nothing_built_or_local_is_committed():
    listed = subprocess.run(
        ["git", "ls-files", "static/build", ".local", "node_modules", ".venv"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout == ""
