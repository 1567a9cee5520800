"""What a school has asked the authority for, in the world of the access tests."""

from typing import Any

from banding.choices import JoinerState, NamedBy
from banding.models import (
    ChangeRequest,
    DetailCorrection,
    ExceptionalRequest,
    Joiner,
    Leaver,
    TemplateBatch,
    Transfer,
)
from banding_portal.roles import Role
from schools.models import User
from tests.factories import PupilFactory, SchoolFactory, UserFactory


def add_requests(side: Any, surname: str, people: dict[str, User], why: str) -> None:
    """What a school waits for the authority to answer."""
    at = side.objects
    at["joiner"] = Joiner.objects.create(
        school=side.school,
        pupil_return=at["return"],
        surname=surname,
        forename="Joan",
        date_of_birth=at["pupil"].date_of_birth,
        joined_on=at["collection"].reference_date,
        plan_type="EHCP",
        state=JoinerState.WAITING,
    )
    at["leaver"] = Leaver.objects.create(
        school=side.school,
        pupil=at["pupil"],
        left_on=at["collection"].reference_date,
        told_by=people[Role.SENCO],
    )
    elsewhere = SchoolFactory()
    facts = {"year": 2027, "named_by": NamedBy.SCHOOL}
    at["transfer"] = Transfer.objects.create(
        pupil=at["pupil"], from_school=side.school, to_school=elsewhere, **facts
    )
    at["arrival"] = Transfer.objects.create(
        pupil=PupilFactory(surname=surname), from_school=elsewhere, to_school=side.school, **facts
    )
    at["change_request"] = ChangeRequest.objects.create(
        return_pupil=at["return_pupil"],
        band=at["return"].collection.framework.bands.get(code="C"),
        levels={},
        reason=why,
        effective_from=at["collection"].reference_date,
        asked_by=people[Role.SENCO],
    )
    at["exceptional"] = ExceptionalRequest.objects.create(
        return_pupil=at["return_pupil"], reason=why, asked_by=people[Role.SENCO]
    )
    senco = people[Role.SENCO]
    is_own = side.school.pk in senco.school_ids_as(Role.SENCO)
    at["template_batch"] = TemplateBatch.objects.create(
        started_by=senco if is_own else UserFactory(), state="done", filename=surname, content=b""
    )
    at["details"] = DetailCorrection.objects.create(
        school=side.school,
        pupil=at["pupil"],
        had={"surname": at["pupil"].surname},
        says={"surname": f"{surname}s"},
        asked_by=people[Role.SENCO],
    )
