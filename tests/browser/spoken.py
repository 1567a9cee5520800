"""What a screen reader is given of a page: the accessibility tree of Chromium, in lines.

`SPOKEN=new` before the tests writes the lines that are kept in `spoken/` anew; read what changed.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path
from typing import Any

from tests.browser.visitor import Visitor

FOLDER = Path(__file__).parent / "spoken"
LANDMARKS = {"banner", "navigation", "main", "contentinfo", "search", "form", "region"}
CONTROLS = {"link", "button", "textbox", "searchbox", "radio", "checkbox", "combobox", "tab"}
GROUPS = {"heading", "group", "radiogroup", "table", "status", "alert", "progressbar", "image"}
SPOKEN = LANDMARKS | CONTROLS | GROUPS | {"DisclosureTriangle"}
STATES = ("level", "checked", "expanded", "invalid", "required", "disabled")


def lines_of(visitor: Visitor, *, below: str = "main") -> list[str]:
    """What stands below the landmark, or on the whole page with "RootWebArea"."""
    session = visitor.context.new_cdp_session(visitor.page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    (start,) = (node for node in nodes.values() if value_of(node, "role") == below)
    return list(spoken(start, nodes))


def spoken(node: dict[str, Any], nodes: dict[str, Any]):
    role, name = value_of(node, "role"), value_of(node, "name")
    if not node["ignored"] and role in SPOKEN:
        about = " ".join(value_of(node, "description").split())
        said = (role, f"“{' '.join(name.split())}”", states_of(node), about and f"– {about}")
        yield " ".join(filter(None, said))
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from spoken(nodes[child], nodes)


def value_of(node: dict[str, Any], key: str) -> str:
    return node.get(key, {}).get("value", "")


def states_of(node: dict[str, Any]) -> str:
    found = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    said = {name: found[name] for name in STATES if found.get(name) not in (None, False, "false")}
    return ", ".join(name if value is True else f"{name} {value}" for name, value in said.items())


def compare(person: str, pages: dict[str, list[str]]) -> None:
    """With what is kept; the difference is told. How many were made before is no matter."""
    text = "\n".join("\n".join([f"# {name}", *lines, ""]) for name, lines in pages.items())
    text = re.sub(r"\b(Alderbrook|Pupil) \d+", r"\1 0", text)
    path = FOLDER / f"{person}.txt"
    if os.environ.get("SPOKEN") == "new":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    differs = unified_diff(kept.split("\n"), text.split("\n"), "kept", "now", lineterm="")
    assert text == kept, "\n".join(differs)
