"""What is due from a person in banding."""

from collections import Counter
from collections.abc import Iterator, Set
from uuid import UUID

from django.db.models import Count, Value
from django.urls import reverse
from django.utils import timezone

from banding.choices import OPEN_STATES, ReturnState
from banding.collections.selectors import closing_soon, overview_of
from banding.joiners.selectors import waiting_joiners
from banding.leavers.selectors import waiting_leavers
from banding.models import (
    ChangeRequest,
    Collection,
    DetailCorrection,
    ExceptionalRequest,
    Return,
)
from banding.panel.selectors import NEW_FOR, new_plans
from banding.returns.actions import waits_for_head
from banding.returns.progress import ReturnProgress, progress_of_return
from banding.returns.readiness import told_ready
from banding.templates_io.selectors import uploads_waiting_for
from banding.transfers.selectors import to_confirm
from banding_portal.due import DueItem, Way
from banding_portal.roles import Role
from banding_portal.uploads.due import waiting_item
from banding_portal.words import counted, day, number
from schools.models import User

MOST_RETURNS = 5
CLOSING_WITHIN = 21
"""Days before its deadline when a collection comes up on the administrator's home page."""


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    items = [*school_items(user)]
    if user.has_role(Role.SEND_OFFICER):
        items += officer_items(user)
    if user.has_role(Role.ADMINISTRATOR):
        items += administrator_items()
    return items


def arrival_items(user: User) -> Iterator[DueItem]:
    """Pupils for whom a school of the SENCO's is named after a phase transfer."""
    if count := to_confirm(user).count():
        yield DueItem(
            title="Who may be coming",
            text=f"{counted(count, 'pupil')} to confirm",
            url=reverse("banding:arrival_list"),
            action="Say who is coming",
        )


def school_items(user: User) -> Iterator[DueItem]:
    """Open returns and files: a headteacher submits what is ready, and follows the others."""
    as_senco = user.school_ids_as(Role.SENCO)
    schools = as_senco | user.school_ids_as(Role.HEADTEACHER)
    if not schools:
        return
    yield from upload_items(user, as_senco)
    yield from arrival_items(user)
    owed = (
        Return.objects.filter(
            school__in=schools,
            state__in=OPEN_STATES,
            collection__in=Collection.objects.open_on(timezone.localdate()),
        )
        .select_related("collection__framework", "school")
        .order_by("collection__deadline", "school__name")
    )
    found = list(owed[: MOST_RETURNS + 1])
    for pupil_return in found[:MOST_RETURNS]:
        yield return_item(pupil_return, user, is_senco=pupil_return.school_id in as_senco)
    if len(found) > MOST_RETURNS:
        yield further_returns(owed.count() - MOST_RETURNS)


def further_returns(count: int) -> DueItem:
    """Of somebody with many schools."""
    return DueItem(
        title="Further returns",
        text=f"{counted(count, 'return')} still to submit",
        url=f"{reverse('banding:return_list')}?owed=yes",
        action="See all returns",
    )


def return_item(pupil_return: Return, user: User, *, is_senco: bool) -> DueItem:
    progress = progress_of_return(pupil_return)
    is_untold = progress.is_of_round and not progress.has_begun
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    text, action = f"{progress.left} of {progress.total} pupils left", "Continue"
    ways: tuple[Way, ...] = ()
    if on_its_page := words_of_page(pupil_return, progress, user):
        text, action = on_its_page
    elif progress.is_complete:
        text, action = "Every pupil is done", "Check answers and submit"
        url = reverse("banding:return_check", args=[pupil_return.pk])
    elif not is_senco:
        text, action = f"{text} for your SENCO to band", "See the return"
    elif not progress.has_begun:
        text, action = f"{counted(progress.total, 'pupil')} to band", "See your list"
        ways = first_ways(pupil_return)
    elif progress.next_line:
        url = reverse("banding:decision_edit", args=[progress.next_line.row.pk])
    was_sent_back = pupil_return.state == ReturnState.RETURNED
    if was_sent_back and not any(line.draft for line in progress.lines):
        text, action = "Returned to you for correction", "See what to correct"
        url = reverse("banding:return_detail", args=[pupil_return.pk])
    elif was_sent_back and not pupil_return.is_late:
        text = f"Returned to you for correction. {text}"
    if progress.to_look_at:
        text = f"{text}, {counted(len(progress.to_look_at), 'pupil')} to check"
    return DueItem(
        title=pupil_return.collection.name,
        text=text,
        url=url,
        action=action,
        due_on=pupil_return.deadline,
        school=pupil_return.school.name,
        done=0 if is_untold else progress.done,
        total=0 if is_untold else progress.total,
        message=pupil_return.returned_reason,
        ways=ways,
        is_for_others=not is_senco and not progress.is_complete,
    )


def words_of_page(
    pupil_return: Return, progress: ReturnProgress, user: User
) -> tuple[str, str] | None:
    """What is due and the words of the button where it leads to the page of the return."""
    if pupil_return.is_late:
        return "The deadline has passed", "See the return"
    waits = progress.is_complete and waits_for_head(pupil_return, user)
    if waits and (told := told_ready(pupil_return)):
        return f"Headteacher told on {day(told.moved_at)} that it is ready", "See the return"
    if not progress.total:
        return "No pupils are listed for your school", "Confirm this, or add pupils who have joined"
    if progress.is_of_round and not progress.has_begun:
        return round_words(progress, waits_for_head=waits), "See your lists"
    if waits:
        return "Every pupil is done", "Tell the headteacher that it is ready"
    return None


def round_words(progress: ReturnProgress, *, waits_for_head: bool) -> str:
    """Of a round on which the school has said nothing yet."""
    if progress.left:
        return f"{counted(progress.left, 'pupil')} to tell us about"
    if waits_for_head:
        return "Tell us what has changed, or the headteacher that nothing has"
    return "Tell us what has changed, or confirm that nothing has"


def first_ways(pupil_return: Return) -> tuple[Way, ...]:
    """What a SENCO may begin with instead of the first pupil."""
    framework = pupil_return.collection.framework_id
    return (
        Way(
            "Download the Excel template",
            reverse("banding:template_download", args=[pupil_return.pk]),
        ),
        Way("Read the descriptors", reverse("banding:framework_detail", args=[framework])),
    )


def upload_items(user: User, as_senco: Set[UUID]) -> Iterator[DueItem]:
    """Files that were checked and wait for somebody to look: a preview, or problems."""
    for upload in uploads_waiting_for(user):
        if upload.pupil_return.school_id not in as_senco:
            continue
        yield waiting_item(
            upload.state,
            upload.filename,
            reverse("banding:template_upload_detail", args=[upload.pk]),
            school=upload.pupil_return.school.name,
            due_on=upload.pupil_return.deadline,
        )


def officer_items(user: User) -> Iterator[DueItem]:
    """Joiners and exceptional requests that wait, and returns to accept."""
    joiners = waiting_joiners(user).count()
    if joiners:
        yield DueItem(
            title="Joiners",
            text=f"{counted(joiners, 'pupil')} waiting to be placed",
            url=reverse("banding:joiner_list"),
            action="Place joiners",
        )
    told = told_and_waiting(user)
    leavers, details = told["leavers"], told["details"]
    if leavers:
        yield DueItem(
            title="Leavers",
            text=f"{counted(leavers, 'pupil')} whom schools report as having left",
            url=reverse("banding:leaver_list"),
            action="Take leavers off the rolls",
        )
    if details:
        yield DueItem(
            title="Details to correct",
            text=f"{counted(details, 'pupil')} whose details schools say are wrong",
            url=reverse("banding:details_list"),
            action="Correct details",
        )
    yield from new_plan_items(user)
    requests = ExceptionalRequest.objects.visible_to(user).waiting().count()
    if requests:
        yield DueItem(
            title="Exceptional requests",
            text=f"{counted(requests, 'request')} waiting for an answer",
            url=reverse("banding:exceptional_list"),
            action="Answer requests",
        )
    changes = ChangeRequest.objects.visible_to(user).waiting().count()
    if changes:
        yield DueItem(
            title="Changes of band",
            text=f"{counted(changes, 'request')} waiting for an answer",
            url=reverse("banding:change_request_list"),
            action="Answer requests",
        )
    submitted = Return.objects.filter(state=ReturnState.SUBMITTED, collection__closed_at=None)
    to_accept = (
        submitted.order_by()
        .values_list("collection", "collection__name")
        .annotate(count=Count("pk"))
    )
    for pk, name, count in to_accept.order_by("collection__name"):
        yield DueItem(
            title=name,
            text=f"{counted(count, 'return')} to accept",
            url=f"{reverse('banding:collection_returns', args=[pk])}?state=submitted",
            action="Read the returns",
        )


def told_and_waiting(user: User) -> Counter[str]:
    """How many leavers and details to correct wait, in one query for both."""
    leavers = waiting_leavers(user).order_by().values_list(Value("leavers"))
    details = DetailCorrection.objects.visible_to(user).waiting().order_by()
    return Counter(
        noun for (noun,) in leavers.union(details.values_list(Value("details")), all=True)
    )


def new_plan_items(user: User) -> Iterator[DueItem]:
    """New plans that lack a band under a framework in force (B4)."""
    day = timezone.localdate()
    plans = new_plans(user, day, since=day - NEW_FOR).count()
    if plans:
        yield DueItem(
            title="New plans",
            text=f"{counted(plans, 'plan')} without a band under a framework in force",
            url=reverse("banding:new_plan_list"),
            action="Band new plans",
        )


def administrator_items() -> Iterator[DueItem]:
    """Collections about to close, or just closed, that schools still owe returns for."""
    for collection in closing_soon(timezone.localdate(), CLOSING_WITHIN):
        tally = overview_of(collection).all
        left = tally.total - tally.submitted
        if left:
            yield DueItem(
                title=collection.name,
                text=f"{number(left)} of {counted(tally.total, 'return')} still to come in",
                url=reverse("banding:collection_detail", args=[collection.pk]),
                action="See which schools",
                due_on=collection.deadline,
                done=tally.submitted,
                total=tally.total,
                is_for_others=True,
            )
