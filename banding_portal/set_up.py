"""What an installation needs before its first collection, as each app tells it.

The home page shows it to the administrator until nothing is missing.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from banding_portal.remembering import remembering
from banding_portal.roles import ADMINISTRATOR, Role
from banding_portal.words import lower_first

FIRST_COLLECTION = "collection"


@dataclass(frozen=True)
class SetUpStep:
    """One part of setting up: done, or what to do, with the page to do it on."""

    name: str
    """By which SET_UP_ORDER places it."""
    title: str
    text: str
    """What is there, like “248 schools”, or what is missing and why it is needed."""
    url: str
    action: str
    """Words of the button, like “Upload the register”."""
    is_done: bool


@dataclass(frozen=True)
class SetUp:
    """Every step in order."""

    steps: list[SetUpStep]

    @cached_property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def comes_first(self) -> bool:
        """Until there is a collection nothing else can be due."""
        return any(step.name == FIRST_COLLECTION and not step.is_done for step in self.steps)

    @property
    def next_step(self) -> SetUpStep | None:
        return next((step for step in self.steps if not step.is_done), None)


def set_up_for(user: Any) -> SetUp | None:
    """What is still to be set up; None when nothing is, and for whoever does not do it."""
    if not user.has_role(*ADMINISTRATOR):
        return None
    with remembering():
        told = [import_string(path)(user) for path in settings.SET_UP_SOURCES]
        steps = sorted(
            (step for steps in told for step in steps),
            key=lambda step: settings.SET_UP_ORDER.index(step.name),
        )
    set_up = SetUp(steps)
    return set_up if set_up.next_step else None


def way_to(user: Any, role: Role, url: str, words: str) -> tuple[str, str]:
    """The address and words of a button to something that only one role may do: the page
    itself, or for anybody else the people who hold the role.
    """
    if user.has_role(role):
        return url, words
    people = f"{reverse('schools:person_list')}?role={role}"
    return people, f"Find a {lower_first(role.label)}"
