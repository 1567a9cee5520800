"""Outcomes are published to all schools together, and each is told once (rules.md M11)."""

import datetime as dt
from collections.abc import Collection as Several

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from banding.models import Collection, Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.feedback.letters import write_letters
from moderation.feedback.selectors import to_be_told, with_feedback
from moderation.models import Sample
from schools.models import User
from schools.selectors.people import people_by_school

LONGEST = 300


@transaction.atomic
def tell_feedback(*, on: dt.date) -> int:
    """Tell SENCOs and headteachers of the schools with an outcome that was held till now.

    Run daily; a person is told once of a return and day. What is published by now is written into
    letters. Returns how many returns have one.
    """
    write_letters(on=on)
    return tell(list(with_feedback(on)))


@verb
def publish_outcomes(*, sample: Sample, by: User) -> int:
    """The same at once, for the lead, on the day of feedback or any day after; who has been told
    already is not told again. Returns how many schools have an outcome.

    Raises RefusalError before that day: outcomes are published to all schools together.
    """
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=sample.collection_id)
    sample_actions(sample, by).require("publish")
    write_letters(on=timezone.localdate())
    return tell(list(to_be_told(collection)))


def tell(returns: Several[Return]) -> int:
    people = people_by_school({each.school_id for each in returns}, BANDING_SCHOOL_ROLES)
    notify(
        NoticeKind.FEEDBACK,
        [
            Happening(
                people.get(each.school_id, ()),
                key=f"{each.pk} {each.collection.feedback_on}",
                title=f"{each.collection.name}: you can see the outcomes of moderation"[:LONGEST],
                path=reverse("moderation:outcome_letter", args=[each.pk]),
                school=each.school.name,
            )
            for each in returns
        ],
    )
    return len(returns)
