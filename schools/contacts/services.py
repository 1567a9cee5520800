"""The contacts of a school are kept and confirmed (rules.md S15)."""

from collections.abc import Mapping

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.contacts.actions import contact_actions
from schools.contacts.rules import Given, check
from schools.contacts.selectors import facts_on, last_confirmation
from schools.models import Contact, ContactConfirmation, School, User

MEANWHILE = (
    "{who} has saved the contacts of {school} meanwhile. They stand below; what you typed beside "
    "them has not been saved."
)


@verb
def confirm_contacts(
    *, school: School, given: Mapping[str, Given], seen: str, by: User
) -> ContactConfirmation:
    """Keep what was said of each kind of contact, and that all of it is right today.

    `seen` is the key of the last confirmation the person looked at, empty for none. Raises
    RefusalError where somebody confirmed meanwhile, nobody at all is named, or a contact cannot
    be as it was given; nothing is kept then.
    """
    locked = School.objects.select_for_update().get(pk=school.pk)
    contact_actions(locked, by).require("confirm")
    refuse_unseen(locked, seen)
    if not any(each.name for each in given.values()):
        raise RefusalError("Name at least one person whom the authority can speak to.")
    said, wrong = check(facts_on(locked), given, timezone.localdate())
    for each in wrong:
        raise RefusalError(f"{each.problem}.", field=each.field)
    for kind, fact in said.items():
        values = {"name": fact.name, "email": fact.email, "telephone": fact.telephone}
        Contact.objects.update_or_create(
            school=locked, kind=kind, since=fact.since, defaults=values
        )
    return ContactConfirmation.objects.create(school=locked, confirmed_by=by)


def refuse_unseen(school: School, seen: str) -> None:
    last = last_confirmation(school)
    if last and str(last.pk) != seen:
        raise RefusalError(MEANWHILE.format(who=last.confirmed_by, school=school))
