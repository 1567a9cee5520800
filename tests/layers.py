"""Where each module of an app stands, by its name."""

import ast
import itertools
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("schools", "banding", "moderation", "funding")
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
            "schedules",
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
            "looks.rules",
            *("matching", "oddities", "people_columns", "naming", "queries.rules"),
            *(
                "register_columns",
                "register_files",
                "register_rules",
                "succession",
                "two_administrators",
                "training.rules",
            ),
        ),
        "selectors": ("calendar", "counts", "places", "portal_pages"),
        "services": ("queries.services", "training.visits"),
        "forms": ("visit_forms",),
        "top": ("looks.middleware", "pupil_sections", "visit_views"),
    },
    "banding": {
        "pure": (
            *("columns", "deadlines", "found_moves", "merging", "milestones", "modelling"),
            "terms",
            *("reminders.calendar", "reminders.steps"),
            *("rules", "suggestion", "versions", "wording", "workbooks"),
        ),
        "models": ("freezing", "moves", "outcome_triggers"),
        "selectors": (
            *("agreed_bands", "answers", "homes", "overview", "problems", "progress", "readiness"),
            *("afterwards", "lists", "narrowing", "states", "chasing", "pace", "untouched"),
            *("at_home", "counts", "warnings"),
        ),
        "services": (
            *("applying", "batches", "caseload.changes", "caseload.dates", "checking", "comparing"),
            *("dating", "deciding", "differences", "ending", "feedback", "following"),
            "identifying",
            *("known", "life", "locks", "mail", "one_child", "outcomes", "panel.corrections"),
            "periods",
            *("publishing", "pupil_merging", "putting_aside", "reading", "remembered", "resting"),
            *("scheduling", "several", "shifting", "starting", "telling", "undoing", "uploads"),
            *("reminders.log", "zeros"),
        ),
        "forms": ("exercise_forms", "returns_forms"),
        "top": (
            *("difference_views", "dual_views", "life_views", "opening_views", "returns_views"),
            *(
                "pages",
                "portal_pages",
                "pupil_sections",
                "query_places",
                "schedule_views",
                "showing",
            ),
        ),
    },
    "moderation": {
        "pure": (
            *("agreement", "allocation", "design", "effect", "intervals", "possible", "precision"),
            *("publication", "references", "rules", "sampling", "settling", "spreading"),
            *("bands", "names", "variance"),
        ),
        "selectors": ("counts", "design_words", "estimate", "group_rows", "published", "tables"),
        "services": ("letters", "reminding", "telling"),
        "top": ("calibration.tables", "exports", "pictures", "pupil_sections", "results_file"),
    },
    "funding": {
        "pure": (
            *("calculation", "figures.rules", "file_columns", "section_251", "wishes"),
            *("candidates", "growing", "outcome", "packing", "pricing", "proposing"),
            *("protecting", "reported", "results", "sensitivity", "solving", "terms", "wanting"),
            *("contradicting", "relaxing", "spreading"),
            *(
                "ceasing",
                "columns",
                "imputing",
                "interface.rules",
                "simulating",
                "summing",
                "webhooks.rules",
            ),
            "moderating",
            *("benchmarks.columns", "benchmarks.rules"),
            *("ledger.columns", "ledger.rules", "layouts", "own_layout", "year.rules"),
        ),
        "models": ("sql",),
        "selectors": (
            "averages",
            "counts",
            *("adopting", "answers", "run_words", "caseloads", "grid", "ledger.files", "preparing"),
            "doubting",
        ),
        "services": ("delivering", "paying_back", "webhooks.sending"),
        "forms": ("row_fields", "search_forms"),
        "top": (
            *("api", "describing", "examples"),
            *("exports", "figures.files", "figures.public", "changing", "comparing"),
            "query_places",
            *("finding_values", "moving", "ranging", "reporting", "scenarios.files", "showing"),
        ),
    },
}


def source_files(package: str) -> list[Path]:
    files = sorted((ROOT / package).rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
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
    files = [path for path in source_files(app) if tree_of(path).body[1:]]
    return [(path, layer_of(module_of(path))) for path in files]
