"""The structure docs/architecture.md describes, held against the imports and the files."""

import ast
import itertools
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("schools", "banding", "moderation", "funding")
MAY_IMPORT = {
    "banding_portal": set(),
    "schools": {"banding_portal"},
    "banding": {"banding_portal", "schools"},
    "moderation": {"banding_portal", "schools", "banding"},
    "funding": {"banding_portal", "schools", "banding"},
}
# Inside an app a module imports only layers to its left. A module's layer is the first of its
# names, from the app down, that stands here; one without a layer fails the test.
LAYERS = ("choices", "pure", "models", "selectors", "actions", "services", "forms", "top")
NAMED = {
    **{layer: layer for layer in LAYERS},
    **dict.fromkeys(
        [
            "tasks",
            "views",
            "admin",
            "management",
            *("urls", "apps", "board", "demo", "due", "finding"),
            "set_up",
            "standing",
        ],
        "top",
    ),
}
PLACED = {
    "schools": {
        "pure": (
            *("authorities", "contacts.rules", "facts", "identifiers", "joining", "kinds", "lines"),
            *("matching", "oddities", "people_columns", "queries.naming", "queries.rules"),
            *(
                "register_columns",
                "register_files",
                "register_rules",
                "succession",
                "training.rules",
            ),
        ),
        "selectors": ("places",),
        "services": ("queries.services", "training.visits"),
        "forms": ("visit_forms",),
        "top": ("pupil_sections", "visit_views"),
    },
    "banding": {
        "pure": (
            *("columns", "deadlines", "merging", "milestones", "modelling", "terms"),
            *("reminders.calendar", "reminders.steps"),
            *("rules", "suggestion", "versions", "wording", "workbooks"),
        ),
        "models": ("freezing", "moves", "outcome_triggers"),
        "selectors": (
            *("agreed_bands", "answers", "homes", "overview", "problems", "progress", "readiness"),
            *("afterwards", "lists", "narrowing", "states", "chasing", "pace", "untouched"),
            "warnings",
        ),
        "services": (
            *("applying", "batches", "caseload.changes", "caseload.dates", "checking", "comparing"),
            *("deciding", "differences", "ending", "feedback", "following", "identifying"),
            *("known", "life", "locks", "mail", "one_child", "outcomes", "panel.corrections"),
            "periods",
            *("publishing", "pupil_merging", "putting_aside", "reading", "remembered", "resting"),
            *("scheduling", "several", "shifting", "starting", "telling", "undoing", "uploads"),
            *("reminders.log", "zeros"),
        ),
        "forms": ("exercise_forms", "returns_forms"),
        "top": (
            *("difference_views", "dual_views", "life_views", "opening_views", "returns_views"),
            *("pages", "pupil_sections", "query_places", "schedule_views", "showing"),
        ),
    },
    "moderation": {
        "pure": (
            *("agreement", "allocation", "design", "effect", "intervals", "precision"),
            *("publication", "references", "sampling", "settling", "spreading"),
            *("evidence.rules", "panels.rules", "widening.rules", "dashboard.rules"),
        ),
        "selectors": ("design_words", "estimate", "tables"),
        "services": ("telling",),
        "top": ("exports", "pictures"),
    },
    "funding": {
        "pure": (
            *("calculation", "figures.rules", "file_columns", "section_251", "wishes"),
            *("candidates", "growing", "outcome", "packing", "pricing", "proposing"),
            *("protecting", "results", "solving", "terms", "wanting"),
        ),
        "models": ("sql",),
        "selectors": ("run_words", "caseloads", "grid", "preparing"),
        "top": (
            *("exports", "figures.files", "changing", "comparing", "finding_values"),
            *("scenarios.files", "showing"),
        ),
    },
}
NOT_PURE = {"django", "pghistory", "pgtrigger", "celery", "redis"}
# What the vocabulary may take from Django: its TextChoices need neither database nor settings.
VOCABULARY_MAY_IMPORT = {"django.db.models.TextChoices"}


def source_files(package: str) -> list[Path]:
    files = sorted((ROOT / package).rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts]


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str | None:
    """The layer of a module like `banding.returns.services`; None where it has none."""
    app, *names = module.split(".")
    placed = {name: layer for layer, ones in PLACED[app].items() for name in ones}
    pairs = [".".join(pair) for pair in itertools.pairwise(names)]
    return next((placed[pair] for pair in pairs if pair in placed), None) or next(
        (layer for name in names if (layer := NAMED.get(name) or placed.get(name))), None
    )


def files_with_layers(app: str) -> list[tuple[Path, str | None]]:
    """Every module of an app that holds code, with its layer."""
    files = [path for path in source_files(app) if ast.parse(path.read_text()).body[1:]]
    return [(path, layer_of(module_of(path))) for path in files]


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
    tree = ast.parse((ROOT / app / "choices.py").read_text())
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
        for node in ast.walk(ast.parse(path.read_text()))
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
        for node in ast.walk(ast.parse((ROOT / package / "choices.py").read_text()))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
        for target, value in [(node.targets[0], node.value.elts[0])]
    }
    bad = [
        f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
        for path in source_files(app)
        if path.name != "choices.py"
        for node in ast.parse(path.read_text()).body
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
        if re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_text())) or "")
        and layer != "pure"
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
        if re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_text())) or "")
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


def test_no_template_over_130_lines():
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.read_text().splitlines()) > 130
    ]
    assert long == []


def test_no_template_line_over_120_characters():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_templates_draw_tags_and_figures_in_one_way():
    """`{% tag %}` draws a tag; the head of a column says whether it has figures."""
    own = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.findall(r'govuk-tag|<td[^>]* class="number"', path.read_text())
    ]
    assert own == []


def test_no_form_is_checked_by_the_browser():
    """Its bubbles vanish, are small and speak its own words; our error summary stays."""
    checked = [
        f"{path.relative_to(ROOT)}: {form}"
        for path in (ROOT / "templates").rglob("*.html")
        for form in re.findall(r"<form\b[^>]*>", path.read_text())
        if "novalidate" not in form
    ]
    assert checked == []


def test_templates_have_no_inline_script_or_style():
    inline = re.compile(r"\s(style|on[a-z]+)=|<style|hx-on|<script(?!.*( src=|/json))")
    bad = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if inline.search(re.sub(r"{%.*?%}", "{%%}", path.read_text()))
    ]
    assert bad == []


def test_template_blocks_use_only_their_own_variables():
    """What `{% url … as name %}` sets in one block is empty in the next."""
    block = re.compile(r"{% block \w+ %}.*?{% endblock %}", re.DOTALL)
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "templates").rglob("*.html")
        for text in [path.read_text(encoding="utf-8")]
        for here in block.findall(text)
        for name in re.findall(r" as (\w+) %}", here)
        for there in block.findall(text.replace(here, ""))
        if re.search(rf"({{{{ |href=){name}\b", there) and f" as {name} %}}" not in there
    ]
    assert lost == []


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
