"""How moderation stands: one's own cases, for the lead and auditors the latest sample, for a school
its outcomes.
"""

from django.db.models import Count, F, Q
from django.urls import reverse

from banding_portal.roles import BANDING_SCHOOL_ROLES, MODERATION_OVERSIGHT, Role
from banding_portal.standing import Standing
from banding_portal.words import number
from moderation.choices import OutcomeKind, PanelRoute
from moderation.models import Outcome, Sample
from moderation.selectors.progress import my_cases, progress_by_quadrant
from moderation.tables import bars_of
from schools.models import User


def standing_of(user: User) -> list[Standing]:
    """For the home page. Says how many cases there are and nothing of a case (M4)."""
    found = [of_moderator(user)] if user.has_role(Role.MODERATOR) else []
    if user.has_role(*MODERATION_OVERSIGHT):
        samples = Sample.objects.standing().visible_to(user).select_related("collection")[:1]
        found += [of_sample(sample) for sample in samples]
    return [*found, *of_schools(user)] if user.has_role(*BANDING_SCHOOL_ROLES) else found


def of_schools(user: User) -> list[Standing]:
    """The published outcomes of the person's schools in their latest collection; two queries."""
    collection = "case__decision__collection"
    challenged = Q(case__panel_cases__route=PanelRoute.CHALLENGED)
    found = (
        Outcome.objects.visible_to(user)
        .order_by()
        .values(f"{collection}__name", f"{collection}__reference_date")
        .annotate(
            upheld=Count("pk", filter=Q(kind=OutcomeKind.UPHELD), distinct=True),
            changed=Count("pk", filter=Q(kind=OutcomeKind.CHANGED), distinct=True),
            challenged=Count("pk", filter=challenged, distinct=True),
        )
        .order_by(F(f"{collection}__reference_date").desc(nulls_last=True))
        .first()
    )
    if found is None:
        return []
    return [
        Standing(
            title=f"{found[f'{collection}__name']}: outcomes of moderation",
            url=reverse("moderation:outcome_list"),
            action="See the outcomes",
            figures=[
                ("Upheld", number(found["upheld"])),
                ("Changed", number(found["changed"])),
                ("Challenged by you", number(found["challenged"])),
            ],
        )
    ]


def of_moderator(user: User) -> Standing:
    mine = my_cases(user)
    return Standing(
        title="Your cases",
        url=reverse("moderation:home"),
        action="See your cases",
        figures=[
            ("Given to you", number(mine.total)),
            ("To judge", number(mine.to_judge)),
            ("To settle", number(mine.to_settle)),
            *([("Waiting for somebody else", number(mine.waiting))] if mine.waiting else []),
            ("Settled", number(mine.settled)),
        ],
        done=mine.total - mine.to_judge,
        total=mine.total,
        noun="judged",
    )


def of_sample(sample: Sample) -> Standing:
    quadrants = progress_by_quadrant(sample)
    return Standing(
        title=f"Moderation of {sample.collection.name}: judged by quadrant",
        url=reverse("moderation:sample_detail", args=[sample.pk]),
        action="See the sample",
        figures=[],
        chart=bars_of(quadrants),
        head="Quadrant",
        figure_head="Judged",
    )
