"""What a person may do with pupils, their placements and plans: officers maintain them."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SEND_OFFICER
from schools.models import FormerFact, Placement, Plan, Pupil, User


def actions_on_pupils(user: User) -> Actions:
    """What a person may do beside the list of pupils."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    return Actions(
        Action("create", "Add a pupil", reverse("schools:pupil_create")),
        Action("duplicates", "Possible duplicates", reverse("schools:duplicate_list")),
        Action("stranded", "Pupils at closed schools", reverse("schools:stranded_list")),
    )


def actions_on_pairs(user: User) -> Actions:
    """What a person may do with two pupils that are perhaps the same child (S8)."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    return Actions(
        Action("answer", "Say whether they are the same child"), Action("merge", "Same child")
    )


@actions_for.register
def pupil_actions(pupil: Pupil, user: User) -> Actions:
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    return Actions(
        Action("edit", "Change details", reverse("schools:pupil_edit", args=[pupil.pk])),
        Action("place", "Add a placement", reverse("schools:placement_add", args=[pupil.pk])),
        Action("plan", "Add a plan", reverse("schools:plan_add", args=[pupil.pk])),
    )


@actions_for.register
def placement_actions(placement: Placement, user: User) -> Actions:
    return actions_on_record(user, "placement", placement)


@actions_for.register
def plan_actions(plan: Plan, user: User) -> Actions:
    return actions_on_record(user, "plan", plan)


def actions_on_record(user: User, noun: str, row: Placement | Plan) -> Actions:
    """A last day may be given, and everything put right later (S10)."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    words = {"end": "End", "correct": "Correct", "remove": "Entered by mistake"}
    return Actions(
        *(
            Action(name, text, reverse(f"schools:{noun}_{name}", args=[row.pk]))
            for name, text in words.items()
        )
    )


@actions_for.register
def fact_actions(fact: FormerFact, user: User) -> Actions:
    """The last day of a former fact may be put right, or that it ever was true (S11)."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    words = {"correct": "Correct the date", "remove": "It was never true"}
    return Actions(
        *(
            Action(name, text, reverse(f"schools:fact_{name}", args=[fact.pk]))
            for name, text in words.items()
        )
    )
