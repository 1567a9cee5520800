"""What home only counts of schools, people and pupils."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from banding_portal.counting import Counted
from banding_portal.jobs.states import JobState
from banding_portal.roles import ADMINISTRATOR, SCHOOL_ROLES, SEND_OFFICER, Role
from schools.choices import QueryState, RegisterKind, SchoolStatus
from schools.models import (
    Membership,
    Quadrant,
    Query,
    RegisterUpload,
    RoleRequest,
    School,
    SchoolLink,
    User,
)
from schools.selectors.conversions import stranded
from schools.selectors.people import NOT_YET, quiet_for, unanswered_invitations
from schools.selectors.pupils import unplaced
from schools.selectors.register import MISSING, schools_without

NEEDED_ROLES = (
    Role.SEND_OFFICER,
    Role.SENCO,
    Role.MODERATION_LEAD,
    Role.MODERATOR,
    Role.FINANCE_OFFICER,
    Role.FINANCE_AUTHORISER,
)
"""Without one of each a collection cannot go the whole way from a school to its payment."""
QUIET_DAYS = 90
IN_NO_QUADRANT = Q(quadrant=None, status=SchoolStatus.OPEN, arrangement="")


def counts_of(user: User) -> Counted:
    found: Counted = {}
    if schools := user.school_ids_as(*SCHOOL_ROLES):
        own = Query.objects.visible_to(user).filter(school__in=schools)
        found["own_queries"] = own.filter(state=QueryState.OPEN)
    if user.has_role(*SEND_OFFICER):
        found["unplaced"] = unplaced(timezone.localdate())
        found["stranded"] = stranded().order_by().values("pupil").distinct()
    if user.has_role(*ADMINISTRATOR):
        found |= of_the_register()
        found["unanswered"] = unanswered_invitations()
        found["role_requests"] = roles_waiting_for(user)
        found |= {f"held_{role}": held_now(role) for role in NEEDED_ROLES}
        found |= of_people()
    return found


def held_now(role: str) -> QuerySet[Membership]:
    return Membership.objects.current().filter(user__is_active=True, role=role)


def roles_waiting_for(user: User) -> QuerySet[RoleRequest]:
    """Roles that another administrator asked for, and this one may agree to."""
    return RoleRequest.objects.waiting().exclude(Q(asked_by=user) | Q(user=user))


def of_people() -> Counted:
    return {
        "people": User.objects.filter(is_active=True),
        "never_signed_in": User.objects.filter(NOT_YET),
        "gone_quiet": User.objects.filter(quiet_for(QUIET_DAYS)).exclude(last_login=None),
    }


def of_the_register() -> Counted:
    """What an administrator sees to, and sets up."""
    today, schools = timezone.localdate(), School.objects.all()
    applied = RegisterUpload.objects.filter(kind=RegisterKind.LINKS, state=JobState.DONE)
    return {
        **{f"without_{role}": schools_without(role, today) for role in MISSING},
        "ungrouped": schools.filter(IN_NO_QUADRANT),
        "schools": schools,
        "closed": schools.filter(status=SchoolStatus.CLOSED),
        "grouped": schools.exclude(quadrant=None),
        "quadrants": Quadrant.objects.all(),
        "links": SchoolLink.objects.all(),
        "links_applied": applied,
    }
