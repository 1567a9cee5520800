"""People: invited by an email link, given roles, deactivated. Memberships end, never vanish."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from banding_portal.refusals import RefusalError
from banding_portal.roles import (
    ADMINISTRATOR,
    GIVEN_BY_TWO,
    ROLES_AT_A_SCHOOL,
    ROLES_IN_A_QUADRANT,
    Role,
    in_the_way,
)
from banding_portal.states import acting
from banding_portal.verbs import verb
from schools.actions.people import actions_on_people, membership_actions, person_actions
from schools.models import Membership, Quadrant, RoleRequest, School, User
from schools.services.letters import link_to, send_letter
from schools.services.staff_news import tell_of_request, tell_of_staff
from schools.two_administrators import why_not_ask

SIGNER = TimestampSigner(salt="schools.invitation", sep=".")
PLACE_NEEDED = {
    "school": "Choose the school this role is for",
    "quadrant": "Choose the quadrant this role is for",
}


class InvitationError(RefusalError):
    """Raised for a link that is used, too old or wrong."""


@verb
def invite_person(
    *,
    email: str,
    name: str,
    role: str,
    school: School | None = None,
    quadrant: Quadrant | None = None,
    by: User,
) -> tuple[User, Membership | RoleRequest]:
    """Add a person with a first role, or ask for it; send_invitation then lets them in.

    Raises RefusalError when the address is there already or the role lacks its place.
    """
    actions_on_people(by).require("invite")
    user = add_person(email, name)
    return user, give_or_ask(user, role, school, quadrant, by)


@verb
def create_administrator(*, email: str, name: str) -> User:
    """Add the first administrator, whom nobody can invite: on record as who did it themselves.

    Raises RefusalError when the address is there already.
    """
    user = add_person(email, name)
    with acting(user):
        add_role(user, Role.ADMINISTRATOR)
    return user


def add_person(email: str, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email=email, name=name.strip())
    except IntegrityError as problem:
        raise RefusalError(
            "There is a person with this email address already. Give them the role on "
            "their own page.",
            field="email",
        ) from problem


def send_invitation(*, person: User, by: User) -> None:
    """Send a link to choose a password, at any time. Raises OSError when mail is away.

    It never replaces the second factor of who has one.
    """
    person_actions(person, by).require("invite")
    mail_link(person)


def mail_link(person: User) -> None:
    """Send a link to choose a password; an earlier one stops working. Raises OSError likewise."""
    person.invited_at = timezone.now()
    person.save(update_fields=["invited_at"])
    mail_invitation(person)


def mail_invitation(person: User) -> None:
    """Send the link of the invitation that is put down. Raises OSError likewise.

    The mail names the authority and nobody's data (rules.md R3).
    """
    path = reverse("schools:invitation", args=[invitation_token(person)])
    send_letter("invitation", person.email, person=person, url=link_to(path))


def invitation_token(user: User) -> str:
    """A signed token that works once: it rests on what setting a password changes."""
    return SIGNER.sign(f"{user.pk.hex}.{state_of(user)}")


def state_of(user: User) -> str:
    """Changes when the person sets a password, is invited again or is deactivated."""
    state = f"{user.password}|{user.invited_at}|{user.last_login}|{user.is_active}"
    return salted_hmac("schools.invitation", state).hexdigest()[:32]


def invited_person(token: str, *, lock: bool = False) -> User:
    """The person a link was sent to. Raises InvitationError with what to do."""
    try:
        value = SIGNER.unsign(token, max_age=dt.timedelta(days=settings.INVITATION_DAYS))
        pk, state = value.split(".")
    except (BadSignature, ValueError) as problem:
        raise InvitationError("This link is too old or not complete.") from problem
    users = User.objects.select_for_update() if lock else User.objects
    user = users.filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(state, state_of(user)):
        raise InvitationError("This link has been used, or a newer one was sent.")
    return user


@verb
def accept_invitation(*, token: str, password: str) -> User:
    """Set the password and use the link up. Of two at once one gets an InvitationError.

    Raises RefusalError when the password is too weak.
    """
    user = invited_person(token, lock=True)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise RefusalError(*problem.messages, field="password") from problem
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@verb
def give_role(
    *,
    person: User,
    role: str,
    school: School | None = None,
    quadrant: Quadrant | None = None,
    by: User,
) -> Membership | RoleRequest:
    """Give a role, at the school or in the quadrant it needs. Raises RefusalError.

    One of weight is asked for, and another administrator gives it.
    """
    person_actions(person, by).require("give")
    return give_or_ask(person, role, school, quadrant, by)


def give_or_ask(
    person: User, role: str, school: School | None, quadrant: Quadrant | None, by: User
) -> Membership | RoleRequest:
    if role not in GIVEN_BY_TWO:
        return add_role(person, role, school, quadrant)
    refuse_irreconcilable(person, role)
    return ask_for_role(person, role, by)


def ask_for_role(person: User, role: str, by: User) -> RoleRequest:
    """Put the role down as asked for; `tell_others` tells. Raises RefusalError for one's own."""
    if reasons := why_not_ask(by=by.pk, person=person.pk):
        raise RefusalError(*reasons, field="role")
    if Membership.objects.current().filter(user=person, role=role).exists():
        raise RefusalError("The person has this role already", field="role")
    try:
        with transaction.atomic():
            asked = RoleRequest.objects.create(user=person, role=role, asked_by=by)
    except IntegrityError as problem:
        raise RefusalError(
            "This role was asked for already, and waits for another administrator.", field="role"
        ) from problem
    tell_of_request(asked, by, "asks that")
    return asked


def add_role(
    person: User, role: str, school: School | None = None, quadrant: Quadrant | None = None
) -> Membership:
    at_school, in_quadrant = role in ROLES_AT_A_SCHOOL, role in ROLES_IN_A_QUADRANT
    if at_school and school is None:
        raise RefusalError(PLACE_NEEDED["school"], field="school")
    if in_quadrant and quadrant is None:
        raise RefusalError(PLACE_NEEDED["quadrant"], field="quadrant")
    refuse_irreconcilable(person, role)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user=person,
                role=role,
                school=school if at_school else None,
                quadrant=quadrant if in_quadrant else None,
            )
    except IntegrityError as problem:
        raise RefusalError("The person has this role already", field="role") from problem


def refuse_irreconcilable(person: User, role: str) -> None:
    """Raises RefusalError where a role the person holds cannot go with this one (M9).

    The lock makes a second role given at the same moment see the first.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = Membership.objects.current().filter(user=person).values_list("role", flat=True)
    if other := in_the_way(role, held):
        raise RefusalError(irreconcilable_words(role, other), field="role")


def irreconcilable_words(role: str, other: str) -> str:
    return (
        f"{Role(other).label} and {Role(role).label} cannot be the same person: a moderator "
        "judges without seeing bands, and the other role reads them."
    )


@verb
def end_role(*, membership: Membership, by: User) -> Membership:
    """End a role today; it stays on record. Raises RefusalError for one's own administration."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    membership_actions(row, by).require("end")
    row.ended_on = max(timezone.localdate(), row.started_on)
    row.save(update_fields=["ended_on"])
    if not by.has_role(*ADMINISTRATOR):
        tell_of_staff(row, by, "ended the role of")
    return row


@verb
def deactivate_person(*, person: User, by: User) -> User:
    """Stop a person from signing in, and end their sessions for good; the roles stay."""
    return set_active(person, "deactivate", by, is_active=False)


@verb
def reactivate_person(*, person: User, by: User) -> User:
    """Let a person sign in again."""
    return set_active(person, "reactivate", by, is_active=True)


def set_active(person: User, action: str, by: User, *, is_active: bool) -> User:
    row = User.objects.select_for_update().get(pk=person.pk)
    person_actions(row, by).require(action)
    row.is_active = is_active
    row.end_sessions()
    row.save(update_fields=["is_active", "sessions_ended_at"])
    return row
