"""What a person may do with the contacts of a school."""

from django.urls import reverse

from banding_portal.actions import Action, Actions
from banding_portal.roles import COLLECTION_RUNNERS, CONTACT_READERS, SCHOOL_ROLES
from schools.models import School, User


def contact_actions(school: School, user: User) -> Actions:
    """The school’s own people keep them; an officer writes down what the school says."""
    at_school = school.pk in user.school_ids_as(*SCHOOL_ROLES)
    if not at_school and not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    gone = [f"{school} has closed."] if school.status == "closed" else []
    url = reverse("schools:contact_edit", args=[school.pk])
    words = "Change or confirm the contacts"
    return Actions(Action("confirm", words, url, why_not=gone))


def actions_on_contacts(user: User) -> Actions:
    """Beside the list of schools."""
    if not user.has_role(*CONTACT_READERS):
        return Actions()
    return Actions(Action("contacts", "Contacts of schools", reverse("schools:contact_list")))
