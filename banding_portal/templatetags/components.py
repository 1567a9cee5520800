"""Tags that only fill a template of `components/` with what they are given.

The signature says what that is; Django checks each use against it. Shown in docs/look.md.
"""

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SORT_HEAD = (
    '<th scope="col"{}{} abbr="{}"><a class="govuk-link sort-link" href="{}">'
    '<span class="sort-by">Sort by </span>{}</a></th>'
)


def component(shape: Callable[..., None]) -> Callable[..., SafeString]:
    """The tag of `components/<name>.html`; a block where the first argument is `content`."""
    name = f"components/{shape.__name__}.html"
    parameters = inspect.signature(shape).parameters
    usual = {each.name: each.default for each in parameters.values()}

    @functools.wraps(shape)
    def fill(*args: Any, **kwargs: Any) -> SafeString:
        given = usual | dict(zip(parameters, args, strict=False)) | kwargs
        return mark_safe(render_to_string(name, given))  # noqa: S308

    block = "content" in parameters
    (register.simple_block_tag if block else register.simple_tag)(fill)
    return fill


@component
def button(
    text: str, href: str = "", kind: str = "", name: str = "", value: str = "", id: str = "",
    form: str = "",
) -> None:  # fmt: skip
    """A link that looks like a button where it has `href`, else a submit button."""


@component
def button_group(content: str) -> None: ...


@component
def summary_list(content: str) -> None: ...


@component
def summary_row(
    key: str, value: Any, href: str = "", action: str = "Change", number: bool = False
) -> None: ...


@component
def task_list(content: str) -> None: ...


@component
def task_row(
    title: str, href: str = "", hint: str = "", about: str = "", is_new: bool = False
) -> None:
    """`about` is heard only: what tells this link from another of the same words."""


@component
def warning(content: str) -> None: ...


@component
def inset(content: str) -> None: ...


@component
def details(content: str, summary: str, open: bool = False) -> None: ...


@component
def panel(content: str, title: str = "", kind: str = "") -> None: ...


@component
def figures(content: str) -> None: ...


@component
def figure(label: str, value: Any) -> None: ...


@component
def table(
    content: str, caption: str, dense: bool = False, hide_caption: bool = False,
    stacked: bool = False,
) -> None:  # fmt: skip
    """Rows of plain th and td, in a box that scrolls sideways where it must.

    `stacked` makes each row a card where the table does not fit, its cells named by `data-label`.
    """


DOES_SOMETHING = {"Action", "Actions", "Change", "Choose", "Forget"}
"""Heads of columns of links, buttons and boxes, which paper leaves out."""


@register.simple_tag
def heads(*words: str | list[str]) -> SafeString:
    """The head of a table: one word or more a column, "# Amount" over figures, "" for none.
    A list of words is a column each.
    """
    return _row_of(_head(word) for word in _each(words))


@register.simple_tag(takes_context=True)
def list_heads(context: template.Context, *words: str | list[str]) -> SafeString:
    """The same over the rows of a ListPage: a column it has an order for links to the list in
    that order. “Pupils done” is the order `pupils_done`. A list of words is a column each.
    """
    return _row_of(_list_head(word, context["sorting"]) for word in _each(words))


def _each(words: Iterable[str | list[str]]) -> Iterator[str]:
    each = chain.from_iterable([word] if isinstance(word, str) else word for word in words)
    return filter(None, each)


def _row_of(cells: Iterable[SafeString]) -> SafeString:
    row = format_html_join("", "{}", ((cell,) for cell in cells))
    return format_html("<thead><tr>{}</tr></thead>", row)


def _list_head(word: str, sorting: Any) -> SafeString:
    name, text = "_".join(re.findall(r"\w+", word.lower())), word.removeprefix("# ")
    if name not in sorting.orders:
        return _head(word)
    number = SafeString(' class="number"' if word != text else "")
    state = sorting.state(name)
    sorted_now = format_html(' aria-sort="{}"', state) if state else ""
    return format_html(SORT_HEAD, number, sorted_now, text, sorting.url(name), text)


def _head(word: str) -> SafeString:
    if word.startswith("# "):
        return format_html('<th scope="col" class="number">{}</th>', word.removeprefix("# "))
    if word in DOES_SOMETHING:
        return format_html('<th scope="col" class="does-something">{}</th>', word)
    return format_html('<th scope="col">{}</th>', word)


@component
def progress(done: int | None, total: int | None, noun: str = "done") -> None:
    """ "14 of 23 pupils done" and its bar; without a total a bar of unknown length."""


@component
def empty_state(content: str, title: str, href: str = "", action: str = "") -> None: ...


@component
def notification(text: str, kind: str = "") -> None: ...
