"""How the returns stand: of the authority, of the schools of a person, or of one school."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from banding.choices import ReturnState
from banding.collections.chasing import ToCall, whom_to_call
from banding.collections.selectors import IN_HAND, Overview, with_progress
from banding.models import Collection, Return
from banding.rounds.selectors import is_round
from banding_portal.roles import COLLECTION_FOLLOWERS, ROLES_AT_A_SCHOOL, Role
from banding_portal.standing import SchoolRow, Standing
from banding_portal.words import number
from schools.models import School, User

MOST = 2
"""Collections shown: of those that are open the soonest due, else the last one."""
MOST_SCHOOLS = 10
"""Of somebody of many schools, in a collection; the list of returns has them all."""
NOT_ASKED = "No return: no pupil whom this collection asks about"


def standing_of(user: User) -> list[Standing]:
    """For the home page; at most six queries."""
    seen = Return.objects.visible_to(user)
    collections = collections_with(seen)
    own = seen.filter(collection__in=collections)
    follows = user.has_role(*COLLECTION_FOLLOWERS)
    is_partner = user.has_role(Role.INCLUSION_PARTNER)
    if not (follows or is_partner) and len(own) == len(collections):
        return [of_one_school(each) for each in with_progress(own).select_related("collection")]
    if not follows:
        schools = School.objects.filter(pk__in=user.school_ids_as(*ROLES_AT_A_SCHOOL))
        return of_schools(own, collections, list(schools.order_by("name")), calls=is_partner)
    overviews: dict[UUID, Overview] = defaultdict(Overview)
    counted = own.order_by().values_list("collection", "state").annotate(count=Count("pk"))
    for collection, state, count in counted:
        overviews[collection].all.add(state, count)
    return [of_many(each, overviews[each.pk], follows=follows) for each in collections]


def collections_with(seen: QuerySet[Return]) -> list[Collection]:
    asked = Collection.objects.filter(pk__in=seen.values("collection"))
    now = asked.open_on(timezone.localdate()).order_by("deadline")[:MOST]
    return list(now) or list(asked.order_by("-deadline")[:1])


def of_one_school(pupil_return: Return) -> Standing:
    """One that `with_progress` found."""
    total, done = pupil_return.pupil_count, pupil_return.done_count  # type: ignore[attr-defined]
    state = ("The return is", str(pupil_return.get_state_display()).lower())
    standing = Standing(
        title=pupil_return.collection.name,
        url=reverse("banding:return_detail", args=[pupil_return.pk]),
        action="See the return",
        figures=[("Pupils", number(total)), ("Reported so far", "Nothing"), state],
    )
    if is_untold(pupil_return):
        return standing
    figures = [("Done", number(done)), ("Still to do", number(total - done))]
    return replace(
        standing, figures=[("Pupils", number(total)), *figures, state], done=done, total=total
    )


def of_schools(
    returns: QuerySet[Return], collections: list[Collection], schools: list[School], *, calls: bool
) -> list[Standing]:
    """School by school, those whose return is not in first, those without one last; three queries.
    With whom to call there, but for people of the schools themselves.

    A picture of all only where they are too many to be listed.
    """
    found: dict[UUID, list[Return]] = defaultdict(list)
    people = whom_to_call({school.pk for school in schools}) if calls else {}
    for each in (
        with_progress(returns).select_related("school", "collection").order_by("school__name")
    ):
        found[each.collection_id].append(each)
    told = []
    for collection in collections:
        overview = Overview()
        asked = sorted(found[collection.pk], key=lambda each: each.state in IN_HAND)
        for each in asked:
            overview.all.add(each.state, 1)
        without = not_asked(collection, asked, schools)
        rows = [row_of(each, people.get(each.school_id, ())) for each in asked] + without
        title = f"{collection.name}: your schools"
        standing = replace(of_many(collection, overview, follows=False), title=title)
        if len(rows) > MOST_SCHOOLS:
            title += f" ({MOST_SCHOOLS} of {len(rows)})"
        else:
            standing = replace(standing, chart=())
        told.append(
            replace(standing, schools=rows[:MOST_SCHOOLS], schools_title=title, calls=calls)
        )
    return told


def not_asked(
    collection: Collection, asked: list[Return], schools: list[School]
) -> list[SchoolRow]:
    """Their schools of the collection's sectors that have no return in it."""
    has_one = {each.school_id for each in asked}
    return [
        SchoolRow(
            school.name,
            collection.name,
            "",
            "",
            "No return: no pupil whom this collection asks about",
        )
        for school in schools
        if school.sector in collection.sectors and school.pk not in has_one
    ]


def row_of(pupil_return: Return, contacts: Sequence[ToCall]) -> SchoolRow:
    """Of one that `with_progress` found."""
    return SchoolRow(
        name=pupil_return.school.name,
        collection=pupil_return.collection.name,
        url=reverse("banding:return_detail", args=[pupil_return.pk]),
        state=pupil_return.state,
        state_words=pupil_return.get_state_display(),
        done=pupil_return.done_count,  # type: ignore[attr-defined]
        total=pupil_return.pupil_count,  # type: ignore[attr-defined]
        is_untold=is_untold(pupil_return),
        due=pupil_return.deadline,
        is_late=pupil_return.is_late and pupil_return.state not in IN_HAND,
        contacts=contacts,
    )


def is_untold(pupil_return: Return) -> bool:
    """A round that nobody has begun: everybody carries on, and nobody has said so (B10)."""
    return pupil_return.state == ReturnState.NOT_STARTED and is_round(pupil_return.collection)


def of_many(collection: Collection, overview: Overview, *, follows: bool) -> Standing:
    url = reverse("banding:return_list")
    if follows:
        url = reverse("banding:collection_detail", args=[collection.pk])
    return Standing(
        title=f"{collection.name}: progress of the schools",
        url=url,
        action="See all schools",
        figures=[],
        chart=overview.chart,
        head="State",
        figure_head="Returns",
    )
