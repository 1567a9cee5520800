"""What an administrator may do with the cases somebody holds."""

from django.urls import reverse

from banding_portal.actions import Action, Actions
from banding_portal.roles import ADMINISTRATOR
from moderation.models import Case
from schools.models import User


def work_actions(person: User, by: User) -> Actions:
    if not by.has_role(*ADMINISTRATOR):
        return Actions()
    url = reverse("moderation:hand_over", args=[person.pk])

    def why_not() -> list[str]:
        held = Case.objects.to_judge(person).exists()
        return [] if held else [f"{person} has no cases to judge."]

    return Actions(Action("hand_over", "Hand them over", url, why_not=why_not))
