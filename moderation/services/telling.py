"""Tell moderators and leads what happened in moderation; nothing of a case itself (M4, R3)."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import MODERATION_LEAD
from banding_portal.words import counted, day
from moderation.choices import ASSIGNABLE, OPEN_STATES
from moderation.models import Case, Sample
from moderation.selectors.settling import is_disputed
from schools.models import User
from schools.services.news import tell_authority


def tell_moderators(cases: Mapping[UUID, Sequence[Case]]) -> None:
    """By moderator, the cases they were given now."""
    notify(
        NoticeKind.CASES,
        [
            Happening(
                [person],
                key=f"{timezone.localdate()} {min(case.pk for case in given)}",
                title=cases_given(len(given)),
                path=reverse("moderation:home"),
            )
            for person, given in cases.items()
            if given
        ],
    )


def cases_given(count: int) -> str:
    return f"{counted(count, 'case')} {'is' if count == 1 else 'are'} given to you to judge"


def tell_of_judged(case: Case, by: User) -> None:
    """Leads: that its moderators differ, and that it was the last one to be judged."""
    name = case.sample.collection.name
    if is_disputed(case):
        tell_authority(
            NoticeKind.DIFFER,
            MODERATION_LEAD,
            key=str(case.pk),
            title=f"{name}: two moderators differ on case {case.reference}",
            path=reverse("moderation:case_detail", args=[case.pk]),
            by=by,
        )
    tell_of_last(case.sample, ASSIGNABLE, "judged", by)


def tell_of_settled(case: Case, by: User) -> None:
    tell_of_last(case.sample, OPEN_STATES, "settled", by)


def tell_of_last(sample: Sample, still_open: Collection[str], done: str, by: User) -> None:
    """Leads: that nothing is left to do in one of perhaps several samples of the collection."""
    if sample.cases.filter(state__in=still_open).exists():
        return
    drawn, over = day(sample.drawn_at), f"has been {done}"
    tell_authority(
        NoticeKind.MODERATED,
        MODERATION_LEAD,
        key=f"{sample.pk} every case {over}",
        title=f"{sample.name}: every case of the sample drawn on {drawn} {over}",
        path=reverse("moderation:sample_results", args=[sample.pk]),
        by=by,
    )
