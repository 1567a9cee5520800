"""What a person may do with frameworks (rules.md B1)."""

from django.urls import reverse

from banding.choices import FrameworkState
from banding.frameworks.selectors import collections_open_on
from banding.models import Framework
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import ADMINISTRATOR
from banding_portal.words import in_a_row
from schools.models import User


def actions_on_frameworks(user: User) -> Actions:
    """What a person may do beside the list of frameworks."""
    if not user.has_role(*ADMINISTRATOR):
        return Actions()
    url = reverse("banding:framework_upload")
    return Actions(Action("load", "Load a framework", url, primary=True))


@actions_for.register
def framework_actions(framework: Framework, user: User) -> Actions:
    """Publishing it, retiring it, and opening it to those who do not sign in."""
    if not user.has_role(*ADMINISTRATOR):
        return Actions()
    is_published = framework.state == FrameworkState.PUBLISHED
    publish = Action(
        "publish",
        "Publish it again" if framework.state == FrameworkState.RETIRED else "Publish it",
        reverse("banding:framework_publish", args=[framework.pk]),
        primary=True,
        posts=True,
    )
    retire = Action(
        "retire",
        "Retire it",
        reverse("banding:framework_retire", args=[framework.pk]),
        posts=True,
        why_not=lambda: why_not_retire(framework),
        cannot="You cannot retire this framework yet.",
    )
    return Actions(
        None if is_published else publish,
        retire if is_published else None,
        share_action(framework) if framework.state != FrameworkState.DRAFT else None,
    )


def share_action(framework: Framework) -> Action:
    name, words, wanted = (
        ("close", "Show it only to people who sign in", "no")
        if framework.is_open
        else ("open", "Let anybody with the address read it", "yes")
    )
    url = reverse("banding:framework_share", args=[framework.pk])
    return Action(name, words, url, posts=True, hidden={"open": wanted})


def why_not_retire(framework: Framework) -> list[str]:
    names = [str(each) for each in collections_open_on(framework)]
    verb = "is" if len(names) == 1 else "are"
    return [f"{in_a_row(names)} {verb} still open on it."] if names else []
