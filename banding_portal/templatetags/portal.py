"""Components and filters of every page, shown in docs/look.md. Built in: no load needed."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString, mark_safe

from banding_portal import charts, words
from banding_portal.actions import Actions, actions_for
from banding_portal.forms import problems_of

register = template.Library()

for filter_function in (
    words.day,
    words.short_day,
    words.day_time,
    words.due_words,
    words.money,
    words.signed_money,
    words.number,
    words.percent,
):
    register.filter(filter_function.__name__, filter_function)

# Colour of a status; what is not named here is grey. Never colour alone: the words are in it.
STATUS_COLOURS = {
    "blue": "in_progress open running assigned checking applying",
    "light-blue": "queued waiting confirmed calculating checked",
    "green": "submitted sent ready done applied accepted placed answered upheld settled published",
    "yellow": "returned changed preview leaving closing",
    "orange": "late overdue extended",
    "red": "failed issues refused escalated",
    "purple": "judged locked",
}
COLOUR_OF = {status: colour for colour, names in STATUS_COLOURS.items() for status in names.split()}
SHADES = 6


def component(name: str, /, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", context))  # noqa: S308


# Links and buttons


@register.simple_tag
def button(
    text: str,
    href: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    id: str = "",
    form: str = "",
) -> SafeString:
    """A link that looks like a button where it has `href`, else a submit button."""
    return component(
        "button", text=text, href=href, kind=kind, name=name, value=value, id=id, form=form
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: template.Context,
    url: str,
    text: str,
    kind: str = "secondary",
    hidden: dict[str, str] | None = None,
    **more: Any,
) -> SafeString:
    """A form of one button; `hidden` and further keyword arguments become hidden inputs."""
    return mark_safe(  # noqa: S308
        render_to_string(
            "components/post_button.html",
            {"url": url, "text": text, "kind": kind, "hidden": ((hidden or {}) | more).items()},
            request=context.get("request"),
        )
    )


@register.simple_tag(takes_context=True)
def actions(context: template.Context, row: Any, *names: str) -> SafeString:
    """What the person may do with a row now, as buttons, and why not what is not possible.

    `row` may also be the Actions a view has worked out already. `names` picks some of the
    actions; without them all are shown.
    """
    request = context["request"]
    found = row if isinstance(row, Actions) else actions_for(row, request.user)
    shown = found.only(*names) if names else found
    return mark_safe(  # noqa: S308
        render_to_string("components/actions.html", {"actions": shown}, request=request)
    )


@register.simple_tag(takes_context=True)
def actions_of(context: template.Context, row: Any) -> Actions:
    """The actions themselves, for rows of a table: `{% actions_of row as can %}`."""
    return actions_for(row, context["request"].user)


@register.simple_tag(takes_context=True)
def may(context: template.Context, row: Any, name: str) -> bool:
    """Whether the person may do it now: for links inside a table."""
    return actions_for(row, context["request"].user).may(name)


@register.simple_block_tag
def button_group(content: str) -> SafeString:
    return component("button_group", content=content)


@register.simple_tag(takes_context=True)
def back_link(context: template.Context, url: str, text: str = "Back") -> SafeString:
    """To where the person came from (`?back=`, see with_back), else to the page above."""
    request = context.get("request")
    came_from = request.GET.get("back", "") if request else ""
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        url = came_from
    return component("back_link", url=url, text=text)


@register.simple_tag(takes_context=True)
def with_back(context: template.Context, url: str) -> str:
    """The url with this page's own address, filters and all, for its back link."""
    back = urlencode({"back": context["request"].get_full_path()})
    return f"{url}{'&' if '?' in url else '?'}{back}"


@register.simple_tag
def breadcrumbs(*parts: str) -> SafeString:
    """Text, url, text, url, …; a last text without url is the page itself."""
    items = [
        {"text": parts[i], "url": parts[i + 1] if i + 1 < len(parts) else ""}
        for i in range(0, len(parts), 2)
    ]
    return component("breadcrumbs", items=items)


# Tags


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
def status_tag(status: Any, text: str = "") -> SafeString:
    """Of an object with a `status` or `state` of choices, or of a value and its words."""
    if hasattr(status, "state_colour"):
        return tag(text or status.get_state_display(), status.state_colour)
    for field in ("status", "state"):
        if hasattr(status, f"get_{field}_display"):
            status, text = getattr(status, field), getattr(status, f"get_{field}_display")()
            break
    value = str(status or "")
    return tag(text or value.replace("_", " ").capitalize(), COLOUR_OF.get(value, "grey"))


@register.simple_tag
def band_tag(band: Any, short: bool = False, total: int = SHADES) -> SafeString:
    """The band's name on its shade; `total` spreads a shorter framework over all shades."""
    if not band:
        return _band_html("none", words.NOTHING if short else "No band")
    shade = min(max(-(-band.rank * SHADES // total), 1), SHADES)
    return _band_html(str(shade), band.code if short else band.name)


def _band_html(shade: str, text: str) -> SafeString:
    return format_html('<strong class="band-tag band-tag--{}">{}</strong>', shade, text)


# Blocks


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    return component("summary_list", content=content)


@register.simple_tag
def summary_row(
    key: str, value: Any, href: str = "", action: str = "Change", number: bool = False
) -> SafeString:
    return component("summary_row", key=key, value=value, href=href, action=action, number=number)


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    return component("task_list", content=content)


@register.simple_tag
def task_row(title: str, href: str = "", status: Any = None, hint: str = "") -> SafeString:
    """`status` is an object or value for status_tag, or a tag already made."""
    made = not status or str(status).startswith("<")
    shown = status if made else status_tag(status)
    return component("task_row", title=title, href=href, status=shown, hint=hint)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return component("warning", content=content)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return component("inset", content=content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    return component("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def panel(content: str, title: str = "", kind: str = "", level: int = 2) -> SafeString:
    return component("panel", content=content, title=title, kind=kind, level=level)


@register.simple_block_tag
def figures(content: str) -> SafeString:
    return component("figures", content=content)


@register.simple_tag
def figure(label: str, value: Any) -> SafeString:
    return component("figure", label=label, value=value)


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    dense: bool = False,
    hide_caption: bool = False,
    sticky: bool = False,
    stacked: bool = False,
) -> SafeString:
    """Rows of plain th and td, in a box that scrolls sideways where it must.

    `stacked` puts the cells of a row under each other on a phone, named by their `data-label`.
    """
    return component(
        "table",
        content=content,
        caption=caption,
        dense=dense,
        hide_caption=hide_caption,
        sticky=sticky,
        stacked=stacked,
    )


@register.simple_tag
def progress(done: int | None, total: int | None, noun: str = "done") -> SafeString:
    """ "14 of 23 pupils done" and its bar; without a total a bar of unknown length."""
    return component("progress", done=done, total=total, noun=noun)


@register.simple_block_tag
def empty_state(content: str, title: str, href: str = "", action: str = "") -> SafeString:
    return component("empty_state", content=content, title=title, href=href, action=action)


@register.simple_tag
def notification(text: str, kind: str = "", title: str = "") -> SafeString:
    heading = title or ("Success" if kind == "success" else "Important")
    return component("notification", text=text, kind=kind, title=heading)


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Any) -> SafeString:
    """Nothing for a single page."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return mark_safe(  # noqa: S308
        render_to_string(
            "components/pagination.html",
            {"page": page, "shown": list(shown), "ellipsis": page.paginator.ELLIPSIS},
            request=context["request"],
        )
    )


@register.simple_tag(takes_context=True)
def filter_panel(context: template.Context, form: Any) -> SafeString:
    path = context["request"].path
    return component("filter_panel", form=form, path=path)


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """Every problem of these forms and formsets, each a link to its input."""
    problems = [problem for form in forms if form for problem in problems_of(form)]
    return component("error_summary", problems=problems)


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """What the title begins with where the form, or the page by its own word, has a problem."""
    forms = [context[name] for name in ("form", "formset") if context.get(name)]
    wrong = context.get("page_has_errors") or any(problems_of(form) for form in forms)
    return "Error: " if wrong else ""


# Pictures, each with its figures in a table


@register.simple_tag
def bar_chart(rows: Any, title: str, head: str = "", figure_head: str = "") -> SafeString:
    drawn = charts.bars(rows)
    return _chart("bar_chart", drawn, title, head or "What", figure_head or "Figure")


@register.simple_tag
def waterfall(steps: Any, title: str, head: str = "", figure_head: str = "") -> SafeString:
    drawn = charts.steps(steps)
    return _chart("waterfall", drawn, title, head or "Step", figure_head or "Amount")


def _chart(name: str, drawn: list[charts.Bar], title: str, head: str, figure: str) -> SafeString:
    return component(
        name,
        bars=drawn,
        title=title,
        head=head,
        figure_head=figure,
        width=charts.WIDTH,
        height=len(drawn) * charts.ROW,
        label_x=charts.LABELS - 12,
        axis_x=charts.LABELS,
    )
