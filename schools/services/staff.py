"""What a headteacher does with the people of their own school; the administrators are told."""

from django.contrib.auth.hashers import make_password
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import STAFF_ROLES, Role
from banding_portal.verbs import verb
from schools.actions.people import staff_actions
from schools.models import Membership, School, User
from schools.services.letters import link_to, send_letter
from schools.services.people import add_role, mail_link
from schools.services.staff_news import tell_of_staff


@verb
def invite_to_school(*, school: School, email: str, name: str, role: str, by: User) -> Membership:
    """Make somebody SENCO or finance contact of a school; `mail_about_staff` tells them.

    Who has an account already keeps their name and other roles. Raises RefusalError for another
    role, or for somebody deactivated, whom an administrator alone lets in again.
    """
    staff_actions(school, by).require("invite")
    if role not in STAFF_ROLES:
        raise RefusalError("Choose SENCO or school finance contact.", field="role")
    fields = {"name": name.strip(), "password": make_password(None)}
    person, _ = User.objects.get_or_create(email=email.strip().lower(), defaults=fields)
    if not person.is_active:
        raise RefusalError(
            "The account with this address is closed. Ask an administrator to open it again.",
            field="email",
        )
    membership = add_role(person, role, school)
    tell_of_staff(membership, by, "added")
    return membership


def mail_about_staff(*, membership: Membership, by: User) -> None:
    """Tell the person, with a link where they have never signed in, and the administrators.

    Raises OSError when mail is away.
    """
    person = membership.user
    if not person.has_signed_in:
        mail_link(person)
    else:
        send_letter("role_given", person.email, person=person, membership=membership, by=by)
    tell_administrators(membership=membership, by=by)


def tell_administrators(*, membership: Membership, by: User) -> None:
    """That a headteacher invited somebody or ended a role. Raises OSError when mail is away."""
    path = reverse("schools:person_detail", args=[membership.user_id])
    administrators = Membership.objects.current().filter(
        role=Role.ADMINISTRATOR, user__is_active=True
    )
    for email in administrators.values_list("user__email", flat=True):
        send_letter("staff_changed", email, membership=membership, by=by, url=link_to(path))
