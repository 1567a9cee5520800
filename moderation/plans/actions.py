"""Who gives documents with the plan of a pupil to those who judge (rules.md M4)."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.documents.choices import DocumentState
from banding_portal.roles import SENCO, SEND_OFFICER
from moderation.models import PlanDocument
from moderation.plans.models import PlanDocumentQuerySet
from schools.models import Placement, Pupil, School, User
from schools.models.pupils import PlacementQuerySet

MOST_DOCUMENTS = 10
FULL = f"There are {MOST_DOCUMENTS} documents already. Take one away, or put several into one PDF."
NOT_ASKED = "Your authority does not ask schools for documents with plans."
GONE = "This pupil is not on roll at your school."


def given_with(pupil: Pupil, user: User) -> PlanDocumentQuerySet:
    """What the person's side has given with the plan and not taken away."""
    return PlanDocument.objects.visible_to(user).standing().filter(pupil=pupil)


def actions_on_plan(pupil: Pupil, user: User, given: int | None = None) -> Actions:
    """The officer gives them, and the SENCO of the pupil's school where the authority lets schools.

    `given` is how many are there, where that is known. Nobody is told here whether the pupil has
    been drawn.
    """
    office = user.has_role(*SEND_OFFICER)
    if not office and not places_of(pupil, user).exists():
        return Actions()
    why_not = [] if office else why_no_school(pupil, user)
    if not why_not:
        there = given_with(pupil, user).count() if given is None else given
        why_not = [FULL] if there >= MOST_DOCUMENTS else []
    url = reverse("moderation:plan_documents", args=[pupil.pk])
    return Actions(Action("give", "Give documents with the plan", url, why_not=why_not))


def why_no_school(pupil: Pupil, user: User) -> list[str]:
    if not settings.SCHOOLS_GIVE_PLANS:
        return [NOT_ASKED]
    return [] if school_that_gives(pupil, user) else [GONE]


def school_that_gives(pupil: Pupil, user: User) -> School | None:
    """The one of the person's schools the pupil is at today; none of an officer."""
    if user.has_role(*SEND_OFFICER):
        return None
    here = places_of(pupil, user).on(timezone.localdate()).select_related("school").last()
    return here.school if here else None


def places_of(pupil: Pupil, user: User) -> PlacementQuerySet:
    """The pupil's placements at schools of which the person is SENCO; at others another role."""
    return Placement.objects.filter(pupil=pupil, school__in=user.school_ids_as(*SENCO))


@actions_for.register
def plan_document_actions(document: PlanDocument, user: User) -> Actions:
    """The school takes away its own, an officer any: one that names a band has to go at once."""
    if not (user.has_role(*SEND_OFFICER) or document.is_of(user.school_ids_as(*SENCO))):
        return Actions()
    gone = document.state in (DocumentState.DELETED, DocumentState.INFECTED)
    why_not = ["This document is no longer there."] if gone else []
    url = reverse("moderation:plan_document_remove", args=[document.pk])
    words = f"Take away: {document.about}"
    return Actions(Action("remove", words, url, posts=True, why_not=why_not))
