"""What a person may do with people and their roles: administrators change them."""

from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse

from banding_portal.actions import Action, Actions, Reasons, actions_for
from banding_portal.roles import ADMINISTRATOR, AUDITOR, STAFF_ROLES, Role
from banding_portal.words import day
from schools import two_administrators
from schools.choices import RoleRequestState
from schools.models import Membership, RoleRequest, School, User


def actions_on_people(user: User) -> Actions:
    """What a person may do beside the list of people."""
    download = Action("download", "Download people and roles", reverse("schools:people_export"))
    emails = Action("emails", "Emails", reverse("mail_list"))
    sign_ins = Action("sign_ins", "Sign-ins", reverse("sign_in_list"))
    if not user.has_role(*ADMINISTRATOR):
        return Actions(download, emails, sign_ins) if user.has_role(*AUDITOR) else Actions()
    return Actions(
        Action("invite", "Invite a person", reverse("schools:person_invite"), primary=True),
        Action("invite_all", "Invite everybody who is waiting", reverse("schools:invite_all")),
        Action("upload", "Upload people and roles", reverse("schools:people_upload")),
        download,
        emails,
        sign_ins,
    )


@actions_for.register
def person_actions(person: User, by: User) -> Actions:
    """Buttons of the person's page, or links to a page that asks."""
    if not by.has_role(*ADMINISTRATOR):
        return Actions()
    page = reverse("schools:person_detail", args=[person.pk])

    def press(name: str, words: str, why_not: Reasons, warns: bool = False) -> Action:
        hidden = {"action": name}
        return Action(name, words, page, posts=True, warns=warns, why_not=why_not, hidden=hidden)

    return Actions(
        Action("give", "Give the role", page),
        Action("edit", "Change name or address", reverse("schools:person_edit", args=[person.pk])),
        press("invite", invitation_words(person), why_not_invite(person)),
        press("reset", "Reset the second factor", why_not_reset(person, by), warns=True),
        press("reactivate", "Let them sign in again", why_not_reactivate(person)),
        Action(
            "deactivate",
            "Deactivate",
            reverse("schools:person_deactivate", args=[person.pk]),
            why_not=why_not_deactivate(person, by),
        ),
    )


def invitation_words(person: User) -> str:
    asked = person.invited_at or person.has_signed_in
    return "Send the link again" if asked else "Send the invitation"


def why_not_invite(person: User) -> Reasons:
    return [] if person.is_active else [f"{person} is deactivated. Let them sign in again first."]


def why_not_reset(person: User, by: User) -> Reasons:
    if person.pk == by.pk:
        return ["You cannot reset your own second factor. Change it on your account page."]
    if not is_mfa_enabled(person):
        return [f"{person} has no second factor."]
    return two_administrators.why_not_reset(
        person.roles_kept(),
        address_waits=bool(person.new_email),
        address_changed=person.address_changed_at,
        signed_in=person.last_login,
    )


def why_not_reactivate(person: User) -> Reasons:
    return [f"{person} can sign in already."] if person.is_active else []


def why_not_deactivate(person: User, by: User) -> Reasons:
    if person.pk == by.pk:
        return ["You cannot deactivate yourself. Ask another administrator."]
    return [] if person.is_active else [f"{person} is deactivated already."]


@actions_for.register
def role_request_actions(request: RoleRequest, by: User) -> Actions:
    """Another administrator agrees; whoever asked may take it back."""
    if not by.has_role(*ADMINISTRATOR):
        return Actions()
    page = reverse("schools:role_request", args=[request.pk])

    def press(name: str, words: str, why_not: Reasons, *, primary: bool = False) -> Action:
        hidden = {"action": name}
        return Action(
            name, words, page, primary=primary, posts=True, why_not=why_not, hidden=hidden
        )

    answered = why_not_answer(request)
    if by.pk == request.asked_by_id:
        return Actions(press("withdraw", "Take it back", answered))
    agree = press(
        "agree", "Agree to the role", answered or why_not_agree(request, by), primary=True
    )
    return Actions(agree, press("refuse", "Refuse the role", answered))


def why_not_answer(request: RoleRequest) -> Reasons:
    return [] if request.state == RoleRequestState.WAITING else ["This was answered already."]


def why_not_agree(request: RoleRequest, by: User) -> Reasons:
    return two_administrators.why_not_agree(
        asked_by=request.asked_by_id,
        person=request.user_id,
        by=by.pk,
        address_waits=bool(request.user.new_email),
    )


@actions_for.register
def membership_actions(membership: Membership, by: User) -> Actions:
    """A role is ended, never deleted."""
    if not may_end(membership, by):
        return Actions()
    url = reverse("schools:role_end", args=[membership.pk])
    return Actions(Action("end", "End", url, why_not=why_not_end(membership, by)))


def may_end(membership: Membership, by: User) -> bool:
    """Administrators every role; headteachers those they give, at their own school."""
    at_own_school = membership.school_id in by.school_ids_as(Role.HEADTEACHER)
    return by.has_role(*ADMINISTRATOR) or (at_own_school and membership.role in STAFF_ROLES)


def staff_actions(school: School, by: User) -> Actions:
    """What a headteacher may do with the people of their own school."""
    if school.pk not in by.school_ids_as(Role.HEADTEACHER):
        return Actions()
    url = reverse("schools:staff_list", args=[school.pk])
    return Actions(Action("invite", "Invite or end people", url))


def why_not_end(membership: Membership, by: User) -> Reasons:
    if membership.ended_on:
        return [f"This role ended on {day(membership.ended_on)}."]
    if membership.role == Role.ADMINISTRATOR and membership.user_id == by.pk:
        return ["You cannot end your own role as administrator. Ask another one."]
    return []
