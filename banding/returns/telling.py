"""Tell the people of a school what became of its return (R3: no pupil is named)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding.models import Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.mails import SENT_BACK_WITH
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES, HEADTEACHER, INCLUSION_PARTNER, SEND_OFFICER
from banding_portal.words import upper_first
from schools.models import School, User
from schools.naming import Known
from schools.queries.selectors import pupils_known
from schools.selectors.people import people_by_school
from schools.selectors.telling import may_tell_of
from schools.services.news import tell_authority

TITLES = {
    NoticeKind.RETURNED: "returned to you for correction",
    NoticeKind.ACCEPTED: "your return is accepted",
    NoticeKind.JOINER_PLACED: "a pupil who joined you is placed",
    NoticeKind.JOINER_REFUSED: "a pupil you reported as a joiner is not accepted",
    NoticeKind.EXCEPTIONAL: "your exceptional request is answered",
    NoticeKind.OUTCOME: "moderation has an outcome for your school",
    NoticeKind.LEAVER_ACCEPTED: "a pupil you reported as a leaver is off your roll",
    NoticeKind.LEAVER_REFUSED: "a pupil you reported as a leaver is not accepted",
    NoticeKind.DETAILS: "the authority has answered about details of a pupil",
    NoticeKind.TRANSFER_ASKED: "a pupil may be coming to your school: please confirm",
    NoticeKind.TRANSFER_ANSWERED: "a school that was named for one of your pupils has answered",
}


def tell_school(pupil_return: Return, kind: NoticeKind, key: str, mail: str = "") -> None:
    """Once a person and key; SENCOs and headteachers of the school. The email says `mail`, where
    it is not what it says of its kind.
    """
    path = reverse("banding:return_detail", args=[pupil_return.pk])
    if kind == NoticeKind.OUTCOME:
        path = f"{reverse('moderation:outcome_list')}?school={pupil_return.school_id}"
    title = f"{pupil_return.collection.name}: {TITLES[kind]}"
    told = happening(pupil_return.school, key, title, path)
    notify(kind, [replace(told, text=mail)])


def tell_without(pupil_return: Return) -> None:
    """That somebody was placed there since it was submitted, once for each time it is."""
    path = reverse("banding:return_detail", args=[pupil_return.pk])
    title = f"{pupil_return.collection.name}: a pupil placed with you is not on the return you sent"
    key = f"{pupil_return.pk} {pupil_return.submitted_at}"
    notify(NoticeKind.JOINER_PLACED, [happening(pupil_return.school, key, title, path)])


def tell_people_of(
    school: School, kind: NoticeKind, *, key: str, url_name: str, about: Sequence[object] = ()
) -> None:
    """The same of what was told out of a return."""
    title = upper_first(TITLES[kind])
    notify(kind, [happening(school, key, title, reverse(url_name, args=about))])


def happening(school: School, key: str, title: str, path: str) -> Happening:
    people = people_by_school([school.pk], BANDING_SCHOOL_ROLES).get(school.pk, ())
    return Happening(people, key=key, title=title, path=path, school=school.name)


def tell_officers(
    kind: NoticeKind, school: School, *, key: str, title: str, url_name: str, of: UUID | None = None
) -> None:
    """What a school sends the authority, as news on the home page of its officers."""
    path = reverse(url_name, args=[of] if of else None)
    tell_authority(kind, SEND_OFFICER, key=key, title=title, path=path, school=school.name)


def tell_submitted(pupil_return: Return, by: User, at: dt.datetime) -> None:
    """The authority’s officers, and everybody at the school."""
    name, key = pupil_return.collection.name, f"{pupil_return.pk} {at:%Y%m%d%H%M%S%f}"
    tell_officers(
        NoticeKind.SUBMITTED,
        pupil_return.school,
        key=key,
        title=f"{name}: return submitted",
        url_name="banding:return_detail",
        of=pupil_return.pk,
    )
    tell_partners(pupil_return, "return submitted", key)
    path = reverse("banding:return_submitted", args=[pupil_return.pk])
    told = happening(pupil_return.school, key, f"{name}: {by.name} submitted your return", path)
    others = {person for person in told.recipients if person != by.pk}
    own = set(told.recipients) - others
    mine = replace(told, recipients=own, title=f"{name}: you submitted the return")
    notify(NoticeKind.SUBMITTED, [replace(told, recipients=others), mine])


def tell_sent_back(pupil_return: Return) -> None:
    """The school, which has to correct it, and its Inclusion Partners."""
    key = f"{pupil_return.pk} {pupil_return.submitted_at}"
    tell_school(pupil_return, NoticeKind.RETURNED, key, mail_of(pupil_return))
    tell_partners(pupil_return, "return sent back for correction", f"{key} back")


def mail_of(pupil_return: Return) -> str:
    """The message with which a return was sent back, where it cannot say who a pupil is (R3); the
    email without it says where it is, and why.
    """
    message = pupil_return.returned_reason
    told = pupil_return.joiners.values_list("forename", "surname", "date_of_birth")
    about = [*pupils_known([pupil_return.school_id]), *(Known(*row) for row in told)]
    return "" if may_tell_of(message, about) else SENT_BACK_WITH.format(message=message)


def tell_partners(pupil_return: Return, what: str, key: str) -> None:
    """News on the home page of the Inclusion Partners of the school."""
    school = pupil_return.school
    happening = Happening(
        people_by_school([school.pk], INCLUSION_PARTNER).get(school.pk, ()),
        key=key,
        title=f"{pupil_return.collection.name}: {what}",
        path=reverse("banding:return_detail", args=[pupil_return.pk]),
        school=school.name,
    )
    notify(NoticeKind.SUBMITTED, [happening])


def tell_headteacher(pupil_return: Return, by: User) -> None:
    """That the return is ready for them to submit, once a day. Raises RefusalError where no
    headteacher of the school can sign in.
    """
    school = pupil_return.school
    heads = people_by_school([school.pk], HEADTEACHER).get(school.pk, set())
    if not heads:
        raise RefusalError(
            f"{school} has no headteacher who can sign in. Ask the authority to invite them."
        )
    told = Happening(
        heads,
        key=f"{pupil_return.pk} {timezone.localdate()}",
        title=f"{pupil_return.collection.name}: {by.name} has the return ready for you to submit",
        path=reverse("banding:return_check", args=[pupil_return.pk]),
        school=school.name,
    )
    notify(NoticeKind.READY, [told])
