"""What a person may do with figures for everybody now (rules.md F13)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER
from funding.choices import FiguresState
from funding.figures.models import FiguresEdition
from schools.models import User


def actions_on_figures(user: User) -> Actions:
    """The finance officer makes a new edition."""
    if not user.has_role(*FINANCE_OFFICER):
        return Actions()
    return Actions(Action("make", "Make new figures", reverse("funding:figures_make"), True))


@actions_for.register
def edition_actions(edition: FiguresEdition, user: User) -> Actions:
    """The authoriser lets everybody read it, and ends that; the officer deletes a draft."""
    found: list[Action] = []
    draft = edition.state == FiguresState.DRAFT
    if user.has_role(*FINANCE_AUTHORISER):
        shown = [] if draft else [edition.refusal_of(FiguresState.PUBLIC)]
        public = edition.state == FiguresState.PUBLIC
        ended = [] if public else ["These figures are not public."]
        found += [
            Action(
                "publish", "Make public", url_of(edition, "publish"), True, True, why_not=shown
            ),
            Action(
                "end", "Take off the public page", url_of(edition, "end"), posts=True, warns=True,
                why_not=ended,
            ),
        ]  # fmt: skip
    if user.has_role(*FINANCE_OFFICER):
        kept = [] if draft else ["What was public is kept."]
        url = url_of(edition, "delete")
        found.append(Action("delete", "Delete this draft", url, posts=True, why_not=kept))
    return Actions(*found)


def url_of(edition: FiguresEdition, name: str) -> str:
    return reverse(f"funding:figures_{name}", args=[edition.pk])
