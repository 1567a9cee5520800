"""Walks the portal as a person and inspects each kind of page (quality.md Q19, Q20)."""

import json
import os
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from tests.browser.look import HEADER_ON_A_PHONE, MEASURE, TWICE_AS_LARGE
from tests.browser.visitor import Visitor

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RESULTS = settings.BASE_DIR / "banding_portal" / "public_texts" / "accessibility_results.json"
NO_AXE = "axe-core isn't installed (npm ci), so pages are not inspected."
WIDTHS = (1280, 320)
WHOLE = os.environ.get("ACCESSIBILITY") == "new"
"""Every rule at every width, and text twice as large (`make accessibility`); else the narrow
width has rules of its own."""
FILES = frozenset(
    {
        "banding:collection_calendar",
        "funding:figures_csv",
        "funding:openapi",
        "banding:template_upload_marked",
        "banding:caseload_marked",
        "moderation:plan_document",
        "moderation:sample_population",
        "schools:training_calendar",
        "schools:people_export",
        "schools:quadrant_export",
    }
)
FILE_ENDS = ("_file", "_download")
"""Addresses that answer with a file, not with a page, and what the names of others end in."""
FORMS = ("_create", "_upload", "_invite", "_add", "_clear", "decision_edit", "case_detail")
"""Ends of the names of pages whose form is sent empty, to see its errors."""
CALCULATES = "funding:run_create"

RUN_AXE = """async (everyRule) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const ofPlaceAndSize = ["target-size", "scrollable-region-focusable"];
  const runOnly = everyRule
    ? { type: "tag", values: tags }
    : { type: "rule", values: ofPlaceAndSize };
  // No rule of these reads the style sheets themselves.
  const options = { runOnly, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""
LOOK = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const wide = document.documentElement.scrollWidth;
  return {
    headings: document.querySelectorAll("h1").length,
    sideways: Math.max(0, wide - document.documentElement.clientWidth),
    twice: [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))],
  };
}"""
LINKS = """() => [...document.querySelectorAll("a[href]:not([download])")]
  .filter((link) => link.origin === location.origin)
  .map((link) => link.pathname + link.search)"""

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Inspector:
    """Keeps what is wrong, one sentence a page and width; together, what the statement tells."""

    states: ClassVar = 0
    violations: ClassVar = 0

    def __init__(self, visitor: Visitor) -> None:
        if not AXE.exists():
            pytest.skip(NO_AXE)
        self.visitor = visitor
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.with_errors: set[str] = set()
        self.titles: dict[str, str] = {}

    def walk(self, *starts: str) -> None:
        """Every kind of page that links lead to, the first of each kind."""
        waiting = list(starts or ["/"])
        while waiting:
            path = waiting.pop(0)
            view = view_of(path)
            if view and view not in self.seen | FILES and not view.endswith(FILE_ENDS):
                self.seen.add(view)
                self.visitor.go(path)
                waiting += self.visitor.page.evaluate(LINKS)
                self.inspect(view)
                if view.endswith(FORMS) and view != CALCULATES:
                    self.inspect_errors(view)

    def inspect(self, name: str) -> None:
        """The page that is open, on a laptop and on a phone."""
        page = self.visitor.page
        page.evaluate(AXE.read_text(encoding="utf-8"))
        Inspector.states += 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(DRAWN)  # the menu folds when the browser next draws the page
            look = page.evaluate(LOOK)
            found = page.evaluate(RUN_AXE, WHOLE or width == WIDTHS[0])
            Inspector.violations += len(found)
            found += [f"{look['headings']} h1"] if look["headings"] != 1 else []
            found += [f"{look['sideways']} px too wide"] if look["sideways"] else []
            found += [f"id {name} twice" for name in look["twice"]]
            found += page.evaluate(MEASURE, HEADER_ON_A_PHONE)
            if WHOLE and width == WIDTHS[0]:
                found += [f"twice as large, {fault}" for fault in page.evaluate(TWICE_AS_LARGE)]
            self.faults += [f"{name} at {width} px: {fault}" for fault in found]
        self.check_title(page.title(), urlsplit(page.url).path)

    def inspect_errors(self, name: str) -> None:
        """The same page after its form was sent as it stands, unless that was right."""
        primary = "button.govuk-button:not(.govuk-button--secondary)"
        button = self.visitor.page.locator(f"main form[method=post] {primary}").first
        if button.count():
            self.visitor.leave_by(button)
            if self.visitor.page.title().startswith("Error: "):
                self.with_errors.add(name)
                self.inspect(f"{name} with errors")

    def check_title(self, title: str, path: str) -> None:
        """Two pages may not have one title."""
        if self.titles.setdefault(title, path) != path:
            self.faults.append(f"{path} is called {title}, as {self.titles[title]} is")


def keep_results(day: str) -> None:
    """For the accessibility statement, when asked for by `make accessibility`."""
    if not WHOLE:
        return
    package = json.loads((settings.BASE_DIR / "package.json").read_text(encoding="utf-8"))
    results = {
        "tested_on": day,
        "axe": package["devDependencies"]["axe-core"],
        "page_states": Inspector.states,
        "widths": WIDTHS,
        "violations": Inspector.violations,
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def view_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
