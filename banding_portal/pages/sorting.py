"""The order of a list: by one of its columns, up or down, in the address (`sort=name`, `-name`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict

DOWN = "-"
ASCENDING, DESCENDING = "ascending", "descending"


@dataclass(frozen=True)
class Order:
    """What a column is sorted by: fields of a queryset, or the key of a row."""

    fields: tuple[Any, ...] = ()
    key: Callable[[Any], Any] | None = None

    def of(self, rows: Any, *, down: bool) -> Any:
        if self.key:
            return sorted(rows, key=self.key, reverse=down)
        return rows.order_by(*(ordering_of(field, down=down) for field in self.fields))


def ordering_of(field: Any, *, down: bool) -> OrderBy:
    """Up, or down where `field` begins with “-”; the other way round for `down`. What is blank
    comes last both ways.
    """
    is_text = isinstance(field, str)
    if is_text and field.startswith(DOWN):
        field, down = field.removeprefix(DOWN), not down
    expression = F(field) if is_text else field
    return OrderBy(expression, descending=down, nulls_last=True)


def by(*fields: Any, then: tuple[Any, ...] = ("pk",)) -> Order:
    """By fields of a queryset; `then` keeps rows that are alike in one order over the pages."""
    return Order((*fields, *then))


@dataclass(frozen=True)
class Sorting:
    """How a list may be sorted, and how it is now."""

    orders: Mapping[str, Order]
    usual: str
    """The order the rows come in by themselves, as the address would name it, if by a column."""
    query: QueryDict

    @cached_property
    def asked(self) -> str:
        """What the address asks for, where it makes sense."""
        asked = self.query.get("sort", "")
        return asked if asked.removeprefix(DOWN) in self.orders else ""

    @property
    def problem(self) -> str:
        """Why the list is in its usual order although another was asked for."""
        if self.asked or not self.query.get("sort") or not self.orders:
            return ""
        return "This list cannot be sorted in that way, so it is in its usual order."

    def of(self, rows: Any) -> Any:
        if not self.asked:
            return rows
        order = self.orders[self.asked.removeprefix(DOWN)]
        return order.of(rows, down=self.asked.startswith(DOWN))

    def state(self, name: str) -> str:
        """“ascending” or “descending” for the column the list is sorted by, else empty."""
        now = self.asked or self.usual
        return {name: ASCENDING, DOWN + name: DESCENDING}.get(now, "")

    def url(self, name: str) -> str:
        """Sorted by a column, the other way round where it is so already; from the first page."""
        query = self.query.copy()
        query.pop("page", None)
        query["sort"] = f"{DOWN}{name}" if self.state(name) == ASCENDING else name
        return f"?{query.urlencode()}"
