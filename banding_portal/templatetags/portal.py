"""Filters, and tags that work something out before they show it; built in, see docs/look.md."""

from types import SimpleNamespace
from typing import Any, cast

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString

from banding_portal import words
from banding_portal.actions import Actions, actions_for
from banding_portal.chosen_school import with_school
from banding_portal.forms import chosen_words, problems_of
from banding_portal.help.glossary import glossary
from banding_portal.kept_forms.typed import PERSON
from banding_portal.markup import marked

register = template.Library()

for filter_function in (
    words.day,
    words.short_day,
    words.day_time,
    words.due_words,
    words.left_words,
    words.money,
    words.signed_money,
    words.round_money,
    words.signed_percent,
    words.number,
    words.percent,
    words.lower_first,
):
    register.filter(filter_function.__name__, filter_function)

register.filter("marked", marked)
register.simple_tag(words.funding_word)

# Colour of a status; what is not named here is grey. Never colour alone: the words are in it.
STATUS_COLOURS = {
    "blue": "in_progress open running checking applying",
    "light-blue": "queued waiting confirmed calculating checked",
    "green": "submitted sent ready done applied accepted placed answered published",
    "yellow": "returned changed preview leaving closing",
    "orange": "late overdue extended",
    "red": "failed issues refused escalated",
}
COLOUR_OF = {status: colour for colour, names in STATUS_COLOURS.items() for status in names.split()}
SHADES = 6


# Forms


class TokenNode(CsrfTokenNode):
    """Django's token, and whose page the form is on: what is sent is kept without any cookie."""

    def render(self, context: Context) -> SafeString:
        token = SafeString(super().render(context))
        person = (context.get("session") or {}).get("person", "")
        whose = format_html('<input type="hidden" name="{}" value="{}">', PERSON, person)
        return token + whose if token and person else token


@register.tag
def csrf_token(parser: Parser, token: Token) -> TokenNode:
    return TokenNode()


# Links and buttons


@register.inclusion_tag("components/post_button.html")
def post_button(
    url: str,
    text: str,
    kind: str = "secondary",
    hidden: dict[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A form of one button; `hidden` and further keyword arguments become hidden inputs."""
    return {"url": url, "text": text, "kind": kind, "hidden": ((hidden or {}) | more).items()}


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(context: template.Context, row: Any, *names: str) -> dict[str, Any]:
    """What the person may do with a row now, as buttons, and why not what is not possible.

    `row` may also be the Actions a view has worked out already. `names` picks some of the
    actions; without them all are shown.
    """
    found = row if isinstance(row, Actions) else actions_for(row, context["request"].user)
    return {"actions": found.only(*names) if names else found}


@register.simple_tag(takes_context=True)
def actions_of(context: template.Context, row: Any) -> Actions:
    """The actions themselves, for rows of a table: `{% actions_of row as can %}`."""
    return actions_for(row, context["request"].user)


@register.simple_tag(takes_context=True)
def may(context: template.Context, row: Any, name: str) -> bool:
    """Whether the person may do it now: for links inside a table."""
    return actions_for(row, context["request"].user).may(name)


@register.inclusion_tag("components/back_link.html", takes_context=True)
def back_link(context: template.Context, url: str, text: str = "Back") -> dict[str, str]:
    """To where the person came from (`?back=`, see with_back), else to the page above."""
    request = context.get("request")
    came_from = request.GET.get("back", "") if request else ""
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return {"url": came_from, "text": text}
    return {"url": keep_school(context, url), "text": text}


@register.simple_tag(takes_context=True)
def with_back(context: template.Context, url: str) -> str:
    """The url with this page's own address, filters and all, for its back link."""
    back = urlencode({"back": context["request"].get_full_path()})
    return f"{url}{'&' if '?' in url else '?'}{back}"


@register.simple_tag(takes_context=True)
def keep_school(context: template.Context, url: Any) -> str:
    """The url with the school that the page is about, for somebody of several."""
    return with_school(str(url), context.get("chosen_school"))


@register.simple_tag(takes_context=True)
def school_urls(context: template.Context) -> list[tuple[Any, str]]:
    """Each of the person’s schools, and where the same page is for it."""
    schools: list[Any] = list(cast("Any", context["own_schools"]))
    page = getattr(context["request"], "page", None)
    known = page.at_other_schools(schools) if page else {}
    here = str(context["switch_url"])
    return [(each, known.get(each.pk) or with_school(here, each)) for each in schools]


@register.simple_block_tag(takes_context=True)
def naming_school(context: template.Context, content: str) -> str:
    """A title, with the school that the page is about, for somebody of several."""
    name = conditional_escape(str(context.get("chosen_school") or ""))
    title = SafeString(content.strip())
    return title if name in title else title + ", " + name


# Words


@register.simple_tag(takes_context=True)
def word(context: template.Context, slug: str, text: str = "") -> SafeString | str:
    """A word of the glossary that explains itself when it is pressed, once a page; `text` is how
    it reads in the sentence where not as in the glossary.
    """
    found = glossary()[slug]
    shown = text or words.lower_first(found.term)
    told: set[str] = cast("dict[Any, Any]", context.render_context).setdefault(word, set())
    if slug in told:
        return shown
    told.add(slug)
    # Without the line’s end of the file: a comma may follow.
    explained = render_to_string("components/word.html", {"word": found, "text": shown})
    return SafeString(explained.strip())


# Tags


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
def status_tag(status: Any, text: str = "") -> SafeString:
    """Of an object with a `status` or `state` of choices, or of a value and its words."""
    if hasattr(status, "state_colour"):
        words = text or getattr(status, "state_words", "") or status.get_state_display()
        return tag(words, status.state_colour)
    for field in ("status", "state"):
        if hasattr(status, f"get_{field}_display"):
            status, text = getattr(status, field), getattr(status, f"get_{field}_display")()
            break
    value = str(status or "")
    return tag(text or value.replace("_", " ").capitalize(), COLOUR_OF.get(value, "grey"))


@register.simple_tag
def band_tag(band: Any, short: bool = False, total: int = SHADES) -> SafeString:
    """The band's name on its shade; `total` spreads a shorter framework over all shades.

    Without a band nothing is decided yet: blank is never a band (rules.md B5).
    """
    if not band:
        return _band_html("none", words.NOTHING if short else "Not decided yet")
    shade = min(max(-(-band.rank * SHADES // total), 1), SHADES)
    return _band_html(str(shade), band.code if short else band.name)


@register.simple_tag
def shown_value(value: Any) -> SafeString | str:
    """What a preview says is there now or after: text, or a band as its tag (None: B5)."""
    if value is None or isinstance(value, dict):
        band = SimpleNamespace(**value) if value else None
        return band_tag(band, total=value["total"] if value else SHADES)
    return value or words.NOTHING


def _band_html(shade: str, text: str) -> SafeString:
    return format_html('<strong class="band-tag band-tag--{}">{}</strong>', shade, text)


# Lists and forms


@register.inclusion_tag("components/kept_text.html", takes_context=True)
def kept_text(context: template.Context) -> dict[str, Any]:
    """What the person typed on this page and has not saved, where there is something to say.

    The page of an error that broke everything knows no request.
    """
    request = context.get("request")
    return {"kept": getattr(request, "kept", None), "path": getattr(request, "path", "")}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any) -> dict[str, Any]:
    """Nothing for a single page, but on paper which rows it shows and when it was printed."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    chosen = chosen_words(context.get("filters"))
    return {
        "page": page,
        "shown": list(shown),
        "ellipsis": page.paginator.ELLIPSIS,
        "chosen": chosen,
    }


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context: template.Context, form: Any) -> dict[str, Any]:
    """Filters keep the order; clearing them keeps the school one looks at, too."""
    path, school = context["request"].path, context.get("chosen_school")
    sorting = context.get("sorting")
    kept = {"school": school.pk} if school else {}
    if order := sorting.asked if sorting else "":
        kept["sort"] = order
    cleared = f"{path}?{urlencode(kept)}" if kept else path
    return {"form": form, "path": path, "order": order, "cleared": cleared}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """Every problem of these forms and formsets, each a link to its input."""
    return {"problems": [problem for form in forms if form for problem in problems_of(form)]}


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """What the title begins with where the form, or the page by its own word, has a problem."""
    forms = [context[name] for name in ("form", "formset", "filters") if context.get(name)]
    wrong = context.get("page_has_errors") or any(problems_of(form) for form in forms)
    return "Error: " if wrong else ""
