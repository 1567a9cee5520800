"""Sending a run for checking, sending it back, deleting a draft, publishing (rules.md F6, F7)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_ROLES, FUNDING_READERS, SCHOOL_ROLES
from banding_portal.verbs import verb
from banding_portal.words import money
from funding.actions import run_actions
from funding.choices import LineKind, RunState
from funding.models import Period, Run
from funding.selectors.line_files import hash_lines
from funding.services.adding_up import control_total
from funding.services.calculations import refuse_while_calculated
from funding.services.locks import hold_for_publishing
from funding.webhooks.services import promise_messages
from schools.models import School, User
from schools.selectors.people import people_by_school
from schools.services.news import tell_authority

GONE = "This draft has been deleted in the meantime."
CALCULATED_SINCE = (
    "The run was calculated again after this page was opened and pays {total} now. Look at it "
    "again before you publish it."
)
NOT_THOSE = "The lines are not the ones that were calculated. Calculate the run again."


@verb
def send_for_checking(*, run: Run, by: User) -> Run:
    """A draft that was calculated waits for somebody else to publish it.

    Raises RefusalError with every reason for which its content could not be published: it is
    not sent before they are gone.
    """
    refuse_while_calculated(run)
    run = _lock(run)
    run_actions(run, by).require("send")
    run.move(RunState.CHECKED, by=by, sent_by=by, sent_at=timezone.now())
    tell_finance(run, "is sent for checking", key=f"{run.pk} sent {run.sent_at}", by=by)
    return run


@verb
def send_back(*, run: Run, by: User) -> Run:
    """A run being checked becomes a draft again, to be calculated anew. Raises RefusalError."""
    run = _lock(run)
    run_actions(run, by).require("send_back")
    sent_at = run.sent_at
    run.move(RunState.DRAFT, by=by, sent_by=None, sent_at=None)
    tell_finance(run, "is sent back", key=f"{run.pk} {sent_at}", by=by)
    return run


@verb
def delete_draft(*, run: Run, by: User) -> Period:
    """Take a draft away with its lines and exceptions; returns its period. Raises RefusalError."""
    refuse_while_calculated(run)
    run = _lock(run)
    run_actions(run, by).require("delete")
    run.delete()
    return run.period


@verb
def publish_run(*, run: Run, seen: str | None = None, by: User) -> Run:
    """Publish a checked run for good; returns it.

    Raises RefusalError with every reason against it: published already, prepared or sent by the
    same person, lines without a value, exceptions not cleared, another run published since, or
    lines that are not those calculated. `seen` is the hash of the lines whose figures the person
    was shown; others are not published.
    """
    hold_for_publishing()
    run = _lock(run)
    run_actions(run, by).require("publish")
    if seen not in (None, run.lines_hash):
        raise RefusalError(CALCULATED_SINCE.format(total=money(run.control_total)))
    # Lines can be changed past the portal, and nobody has checked what they are then.
    if (run.lines_hash, run.control_total) != (hash_lines(run.pk), control_total(run)):
        raise RefusalError(NOT_THOSE)
    run.move(RunState.PUBLISHED, by=by, published_by=by, published_at=timezone.now())
    run.recalculated.all().delete()
    tell_schools(run)
    promise_messages(run, by=by)
    corrects = ": it adjusts what was published before" if run.sequence > 1 else ""
    what = f"is published{corrects}"
    tell_finance(run, what, key=str(run.pk), by=by, roles=FUNDING_READERS)
    return run


def tell_finance(
    run: Run, what: str, *, key: str, by: User, roles: Collection[str] = FINANCE_ROLES
) -> None:
    """News for everybody in finance, or with these roles, but whoever did it."""
    tell_authority(
        NoticeKind.RUN,
        roles,
        key=key,
        title=f"Run of {run.period.name} {what}",
        path=reverse("funding:run_detail", args=[run.pk]),
        by=by,
    )


def tell_schools(run: Run) -> None:
    """Everybody who reads the statement of a school with a line in the run."""
    lines = run.lines.exclude(kind=LineKind.RECOUPMENT)
    schools = list(School.objects.filter(pk__in=lines.values("school")))
    people = people_by_school([school.pk for school in schools], SCHOOL_ROLES)
    happenings = [
        Happening(
            people.get(school.pk, ()),
            key=f"{run.pk} {school.pk}",
            title=f"Your statement of funding for {run.period.name} is published",
            path=reverse("funding:statement_detail", args=[run.pk, school.pk]),
            school=school.name,
        )
        for school in schools
    ]
    notify(NoticeKind.STATEMENT, happenings)


def _lock(run: Run) -> Run:
    locked = Run.objects.select_for_update(of=("self",)).select_related("period")
    found = locked.filter(pk=run.pk).first()
    if found is None:
        raise RefusalError(GONE)
    return found
