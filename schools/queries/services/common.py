"""What every change of a query shares: its lock, its texts without names, when an answer is due."""

import datetime as dt

from django.conf import settings

from banding_portal.refusals import RefusalError
from banding_portal.roles import SCHOOL_ROLES
from banding_portal.working_days import working_day_after
from schools.models import Query, School, User
from schools.naming import doubts_of_text, names_in, upns_in
from schools.queries.selectors import pupil_at, pupils_known

NO_SUCH_PUPIL = "There is no pupil with that reference or UPN at {school}."


def locked_query(query: Query) -> Query:
    found = Query.objects.select_for_update(of=("self",))
    return found.select_related("school", "merged_into").get(pk=query.pk)


def due_after(asked_on: dt.date) -> dt.date:
    """The working day on which the answer to a query of that day is due."""
    return working_day_after(asked_on, settings.QUERY_DAYS)


def refuse_names(school: School, by: User, **texts: str) -> None:
    """A pupil is named by reference alone, for not everybody who answers may know the name: none of
    the school, and none of another school that the person works for.
    """
    pupils = pupils_known({school.pk, *by.school_ids_as(*SCHOOL_ROLES)})
    names = [(each.forename, each.surname) for each in pupils]
    for field, text in texts.items():
        if not text.strip():
            raise RefusalError("Write something first.", field=field)
        if named := names_in(text, names):
            raise RefusalError(
                f"Take out the name {named[0]}: write the pupil’s reference instead.", field=field
            )
        if upns := upns_in(text):
            raise RefusalError(
                f"Take out the UPN {upns[0]}: write the pupil’s reference instead.", field=field
            )
        for doubt in doubts_of_text(field, text, pupils):
            if doubt.is_error:
                raise RefusalError(f"{doubt.sentence}.", field=field)


def reference_of(school: School, text: str) -> str:
    """The authority's reference of the pupil that is meant, by reference or UPN; or nothing."""
    if not text.strip():
        return ""
    pupil = pupil_at(school.pk, text.strip())
    if pupil is None:
        raise RefusalError(NO_SUCH_PUPIL.format(school=school), field="pupil")
    return pupil.reference
