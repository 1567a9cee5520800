"""What is due from a person in banding."""

import datetime as dt
from collections.abc import Iterator, Set
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding.choices import ReturnState
from banding.collections.at_home import OwnReturn, collections_going, returns_now
from banding.models import (
    Return,
)
from banding.returns.actions import waits_for_head
from banding.templates_io.selectors import uploads_waiting_for
from banding_portal.counting import counts_for
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
    if count := counts_for(user).get("arriving"):
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
    owed = [each for each in returns_now(user) if each.is_owed and each.row.school_id in schools]
    for own in owed[:MOST_RETURNS]:
        yield return_item(own, user, is_senco=own.row.school_id in as_senco)
    if len(owed) > MOST_RETURNS:
        yield further_returns(len(owed) - MOST_RETURNS)


def further_returns(count: int) -> DueItem:
    """Of somebody with many schools."""
    return DueItem(
        title="Further returns",
        text=f"{counted(count, 'return')} still to submit",
        url=f"{reverse('banding:return_list')}?owed=yes",
        action="See all returns",
    )


def return_item(own: OwnReturn, user: User, *, is_senco: bool) -> DueItem:
    pupil_return = own.row
    is_untold = own.is_of_round and not own.has_begun
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    text, action = f"{own.left} of {own.total} pupils left", "Continue"
    ways: tuple[Way, ...] = ()
    if on_its_page := words_of_page(own, user):
        text, action = on_its_page
    elif own.is_complete:
        text, action = "Every pupil is done", "Check answers and submit"
        url = reverse("banding:return_check", args=[pupil_return.pk])
    elif not is_senco:
        text, action = f"{text} for your SENCO to band", "See the return"
    elif not own.has_begun:
        text, action = f"{counted(own.total, 'pupil')} to band", "See your list"
        ways = first_ways(pupil_return)
    elif own.next_row:
        url = reverse("banding:decision_edit", args=[own.next_row])
    was_sent_back = pupil_return.state == ReturnState.RETURNED
    if was_sent_back and not own.has_drafts:
        text, action = "Returned to you for correction", "See what to correct"
        url = reverse("banding:return_detail", args=[pupil_return.pk])
    elif was_sent_back and not pupil_return.is_late:
        text = f"Returned to you for correction. {text}"
    if own.to_look_at:
        text = f"{text}, {counted(own.to_look_at, 'pupil')} to check"
    return DueItem(
        title=pupil_return.collection.name,
        text=text,
        url=url,
        action=action,
        due_on=pupil_return.deadline,
        school=pupil_return.school.name,
        done=0 if is_untold else own.done,
        total=0 if is_untold else own.total,
        message=pupil_return.returned_reason,
        ways=ways,
        is_for_others=not is_senco and not own.is_complete,
    )


def words_of_page(own: OwnReturn, user: User) -> tuple[str, str] | None:
    """What is due and the words of the button where it leads to the page of the return."""
    if own.row.is_late:
        return "The deadline has passed", "See the return"
    waits = own.is_complete and waits_for_head(own.row, user)
    if waits and own.head_told_on:
        return f"Headteacher told on {day(own.head_told_on)} that it is ready", "See the return"
    if not own.total:
        return "No pupils are listed for your school", "Confirm this, or add pupils who have joined"
    if own.is_of_round and not own.has_begun:
        return round_words(own, waits_for_head=waits), "See your lists"
    if waits:
        return "Every pupil is done", "Tell the headteacher that it is ready"
    return None


def round_words(own: OwnReturn, *, waits_for_head: bool) -> str:
    """Of a round on which the school has said nothing yet."""
    if own.left:
        return f"{counted(own.left, 'pupil')} to tell us about"
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


WAITING = (
    ("joiners", "Joiners", "pupil", "waiting to be placed", "joiner_list", "Place joiners"),
    (
        *("leavers", "Leavers", "pupil", "whom schools report as having left"),
        *("leaver_list", "Take leavers off the rolls"),
    ),
    (
        *("details", "Details to correct", "pupil", "whose details schools say are wrong"),
        *("details_list", "Correct details"),
    ),
    (
        *("new_plans", "New plans", "plan", "without a band under a framework in force"),
        *("new_plan_list", "Band new plans"),
    ),
    (
        *("exceptional", "Exceptional requests", "request", "waiting for an answer"),
        *("exceptional_list", "Answer requests"),
    ),
    (
        *("changes", "Changes of band", "request", "waiting for an answer"),
        *("change_request_list", "Answer requests"),
    ),
)
"""What waits for an officer: its count, title, noun and words, the page, and the button."""


def officer_items(user: User) -> Iterator[DueItem]:
    """What schools told and asked for, new plans, and returns to accept."""
    counts = counts_for(user)
    for name, title, noun, words, page, action in WAITING:
        if count := counts[name]:
            text = f"{counted(count, noun)} {words}"
            yield DueItem(title, text, reverse(f"banding:{page}"), action)
    for going in sorted(collections_going(), key=lambda each: each.name):
        if count := going.by_state[ReturnState.SUBMITTED]:
            yield DueItem(
                title=going.name,
                text=f"{counted(count, 'return')} to accept",
                url=f"{reverse('banding:collection_returns', args=[going.pk])}?state=submitted",
                action="Read the returns",
            )


def administrator_items() -> Iterator[DueItem]:
    """Collections about to close, or just closed, that schools still owe returns for."""
    today = timezone.localdate()
    for going in collections_going():
        is_near = going.deadline <= today + dt.timedelta(days=CLOSING_WITHIN)
        tally = going.tally
        left = tally.total - tally.submitted
        if left and is_near and going.opens_on <= today:
            yield DueItem(
                title=going.name,
                text=f"{number(left)} of {counted(tally.total, 'return')} still to come in",
                url=reverse("banding:collection_detail", args=[going.pk]),
                action="See which schools",
                due_on=going.deadline,
                done=tally.submitted,
                total=tally.total,
                is_for_others=True,
            )
