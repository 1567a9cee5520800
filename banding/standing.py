"""How the returns stand: of the authority, of the schools of a person, or of one school."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from banding.choices import ReturnState
from banding.collections.at_home import Going, collections_going, returns_now
from banding.collections.chasing import ToCall, whom_to_call
from banding.collections.selectors import IN_HAND, Overview, ReturnTally, overview_of, with_progress
from banding.models import Collection, Return
from banding.rounds.selectors import is_round
from banding_portal.chosen_school import schools_of
from banding_portal.roles import COLLECTION_FOLLOWERS, Role
from banding_portal.standing import SchoolRow, Standing
from banding_portal.words import number
from schools.models import School, User

MOST = 2
"""Collections shown: of those that are open the soonest due, else the last one."""
MOST_SCHOOLS = 5
"""Of somebody of many schools, in a collection; the list of returns has them all."""
NOT_ASKED = "No return: no pupil whom this collection asks about"


def standing_of(user: User) -> list[Standing]:
    """For the home page; at most three queries besides what home reads anyway."""
    if user.has_role(*COLLECTION_FOLLOWERS):
        return of_authority(user)
    seen = Return.objects.visible_to(user)
    own, collections = in_hand_now(user) or last_of(seen)
    is_partner = user.has_role(Role.INCLUSION_PARTNER)
    if not is_partner and len(own) == len(collections):
        return [of_one_school(each) for each in own]
    schools = schools_of(user)
    return of_schools(own, collections, schools, calls=is_partner)


def of_authority(user: User) -> list[Standing]:
    today = timezone.localdate()
    now = [each for each in collections_going() if each.opens_on <= today][:MOST]
    return [of_many(each, each.tally, follows=True) for each in now] or of_the_last(user)


def of_the_last(user: User) -> list[Standing]:
    """Of the authority, where no collection is open; two queries."""
    asked = Return.objects.visible_to(user).values("collection")
    last = Collection.objects.filter(pk__in=asked).order_by("-deadline").first()
    if last is None:
        return []
    return [of_many(last, overview_of(last).all, follows=True)]


def in_hand_now(user: User) -> tuple[list[Return], list[Collection]] | None:
    """The returns in those of the open collections that are due the soonest."""
    rows = [own.row for own in returns_now(user)]
    collections = list({row.collection_id: row.collection for row in rows}.values())[:MOST]
    kept = {collection.pk for collection in collections}
    found = [row for row in rows if row.collection_id in kept]
    return (found, collections) if collections else None


def last_of(seen: QuerySet[Return]) -> tuple[list[Return], list[Collection]]:
    """The same of the last collection, where none is open; two queries."""
    collections = list(
        Collection.objects.filter(pk__in=seen.values("collection")).order_by("-deadline")[:1]
    )
    found = with_progress(seen.filter(collection__in=collections))
    return list(found.select_related("school", "collection").order_by("school__name")), collections


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
    returns: list[Return], collections: list[Collection], schools: list[School], *, calls: bool
) -> list[Standing]:
    """School by school, those whose return is not in first, those without one last. With whom to
    call there, but for people of the schools themselves.

    A picture of all only where they are too many to be listed.
    """
    found: dict[UUID, list[Return]] = defaultdict(list)
    people = whom_to_call({school.pk for school in schools}) if calls else {}
    for each in returns:
        found[each.collection_id].append(each)
    told = []
    for collection in collections:
        tally = ReturnTally(collection.name)
        asked = sorted(found[collection.pk], key=lambda each: each.state in IN_HAND)
        for each in asked:
            tally.add(each.state, 1)
        without = not_asked(collection, asked, schools)
        rows = [row_of(each, people.get(each.school_id, ())) for each in asked] + without
        title = f"{collection.name}: your schools"
        standing = replace(of_many(collection, tally, follows=False), title=title)
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


def of_many(collection: Collection | Going, tally: ReturnTally, *, follows: bool) -> Standing:
    url = reverse("banding:return_list")
    if follows:
        url = reverse("banding:collection_detail", args=[collection.pk])
    return Standing(
        title=f"{collection.name}: progress of the schools",
        url=url,
        action="See all schools",
        figures=[],
        chart=Overview(tally).chart,
        head="State",
        figure_head="Returns",
    )
