"""The description of the interface in tables that a page can show (F20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter or field: its name, what it holds, and what is said of it."""

    name: str
    holds: str
    said: str


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    said: str
    parameters: list[Named]
    answers: str


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    said: str
    fields: list[Named]


def operations_in(described: dict[str, Any]) -> list[Operation]:
    holds = Words(described)
    return [
        Operation(
            path=path,
            said=each["description"],
            parameters=[
                Named(one["name"], holds(one["schema"]), said_of(one))
                for one in each.get("parameters", [])
            ],
            answers=holds(each["responses"][200]["content"]["application/json"]["schema"]),
        )
        for path, methods in described["paths"].items()
        for each in methods.values()
    ]


def shapes_in(described: dict[str, Any]) -> list[Shape]:
    """Every shape with fields, in the order of the description."""
    holds = Words(described)
    return [
        Shape(
            name,
            shape.get("description", ""),
            [Named(each, holds(one), said_of(one)) for each, one in shape["properties"].items()],
        )
        for name, shape in described["components"]["schemas"].items()
        if "properties" in shape
    ]


def said_of(each: dict[str, Any]) -> str:
    return each.get("description") or each.get("schema", {}).get("description", "")


class Words:
    """Says what a schema holds: “string (date)”, “list of LineAnswer”, “string or null”."""

    def __init__(self, described: dict[str, Any]) -> None:
        self.schemas = described["components"]["schemas"]

    def __call__(self, schema: dict[str, Any]) -> str:
        return " or ".join(dict.fromkeys(self.each(schema)))

    def each(self, schema: dict[str, Any]) -> Iterator[str]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            yield from self.schemas[name].get("enum", [name])
        elif "anyOf" in schema:
            for one in schema["anyOf"]:
                yield from self.each(one)
        elif schema.get("type") == "array":
            yield f"list of {self(schema['items'])}"
        elif "format" in schema:
            yield f"{schema['type']} ({schema['format']})"
        else:
            yield schema["type"]
