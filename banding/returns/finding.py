"""Finding what an address names, for a person: 404 out of scope, 403 with the wrong role there."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from banding.models import Return, ReturnPupil
from banding_portal.access import PortalRequest, WrongRole
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES, RETURN_READERS
from schools.models import User


def find_return(request: PortalRequest, pk: UUID) -> Return:
    found = Return.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("collection__framework", "school"), pk=pk)


def find_read(request: PortalRequest, pk: UUID) -> Return:
    """A return with its pupils, for those who may see them."""
    pupil_return = find_return(request, pk)
    if not sees_pupils(request.user, pupil_return):
        raise WrongRole(RETURN_READERS)
    return pupil_return


def find_row(request: PortalRequest, pk: UUID) -> ReturnPupil:
    """A pupil on a return, for those who may see pupils."""
    found = ReturnPupil.objects.visible_to(request.user).select_related(
        "pupil", "pupil_return__collection__framework", "pupil_return__school"
    )
    row = get_object_or_404(found, pk=pk)
    if not sees_pupils(request.user, row.pupil_return):
        raise WrongRole(RETURN_READERS)
    return row


def sees_pupils(user: User, pupil_return: Return) -> bool:
    return user.has_role(*ALL_PUPIL_ROLES) or holds(user, pupil_return, BANDING_SCHOOL_ROLES)


def holds(user: User, pupil_return: Return, roles: Collection[str]) -> bool:
    """Whether the person has one of the roles at the return's own school."""
    return pupil_return.school_id in user.school_ids_as(*roles)


def need_role(request: PortalRequest, pupil_return: Return, roles: Collection[str]) -> None:
    if not holds(request.user, pupil_return, roles):
        raise WrongRole(roles)


def frame(request: PortalRequest, pupil_return: Return) -> dict[str, Any]:
    """What every page of a return shows around itself."""
    collection = pupil_return.collection
    context: dict[str, Any] = {
        "pupil_return": pupil_return,
        "collection": collection,
        "band_total": collection.framework.bands.count(),
    }
    if pupil_return.school_id in request.user.school_ids:
        context["acting_school"] = pupil_return.school
    return context
