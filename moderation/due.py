"""What is due from a person in moderation."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.due import DueItem
from banding_portal.roles import BANDING_SCHOOL_ROLES, PANEL_MEMBERS, SENCO, Role
from moderation.calibration.selectors import wanting_calibration
from moderation.counts import panels_of
from moderation.evidence.models import EvidenceRequest
from moderation.evidence.selectors import first_due, requests_to
from moderation.leases.selectors import judge_by
from moderation.models import Case, Sample
from moderation.selectors.progress import my_cases
from moderation.widening.selectors import proposals
from schools.models import User


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    items = school_items(user)
    if user.has_role(*PANEL_MEMBERS):
        items += panel_items(user)
    if user.has_role(Role.MODERATOR):
        items += moderator_items(user)
    if user.has_role(Role.MODERATION_LEAD):
        items += lead_items(user)
    return items


def school_items(user: User) -> list[DueItem]:
    """What those who moderate ask the person's schools for (M5): SENCOs answer, headteachers
    follow it.
    """
    if not user.school_ids_as(*BANDING_SCHOOL_ROLES):
        return []
    own: list[EvidenceRequest] = []
    others: list[EvidenceRequest] = []
    for request in requests_to(user).open():
        (own if request.school.pk in user.school_ids_as(*SENCO) else others).append(request)
    return [*evidence_items(own), *evidence_items(others, is_for_others=True)]


def evidence_items(
    asked: list[EvidenceRequest], *, is_for_others: bool = False
) -> Iterator[DueItem]:
    if not asked:
        return
    one = len(asked) == 1
    detail = reverse("moderation:evidence_detail", args=[asked[0].pk])
    text = "1 request" if one else f"{len(asked)} requests"
    verb = "See" if is_for_others else "Answer"
    yield DueItem(
        title="Evidence asked for",
        text=f"{text} for your SENCO to answer" if is_for_others else f"{text} to answer",
        url=detail if one else reverse("moderation:evidence_list"),
        action=f"{verb} the request" if one else "See the requests",
        due_on=first_due(asked),
        school=asked[0].school.name if one else "",
        is_for_others=is_for_others,
    )


def moderator_items(user: User) -> Iterator[DueItem]:
    mine = my_cases(user)
    if mine.to_judge and (first := wanting_calibration(user)):
        yield DueItem(
            title="Training cases to judge",
            text=f"{counted(mine.to_judge)} left to judge. {first[0].why_not}",
            url=reverse("moderation:calibration"),
            action="See your training cases",
        )
    elif mine.to_judge:
        yield DueItem(
            title="Cases to judge",
            text=f"{counted(mine.to_judge)} left to judge",
            url=reverse("moderation:case_detail", args=[mine.next_to_judge]),
            action="Judge the next case",
            due_on=judge_by(user),
            done=mine.total - mine.to_judge,
            total=mine.total,
        )
    if mine.to_settle:
        yield DueItem(
            title="Cases to settle",
            text=f"{counted(mine.to_settle)} judged, to be upheld or changed",
            url=reverse("moderation:case_detail", args=[mine.next_to_settle]),
            action="Settle the next case",
        )


def panel_items(user: User) -> Iterator[DueItem]:
    """The panels a person sits on that have something to decide."""
    if not counts_for(user)["own_panels"]:
        return
    for panel in panels_of(user).order_by("meets_on"):
        yield DueItem(
            title="A panel you sit on",
            text=panel.place,
            url=reverse("moderation:panel_detail", args=[panel.pk]),
            action="See the agenda",
            due_on=panel.meets_on,
        )


def lead_items(user: User) -> Iterator[DueItem]:
    counts = counts_for(user)
    if count := counts["unassigned"]:
        yield DueItem(
            title="Cases to assign",
            text=f"{counted(count)} not given to a moderator yet",
            url=reverse("moderation:sample_assign", args=[counts["unassigned_in"]]),
            action="Assign cases",
        )
    if count := counts["kept_too_long"]:
        yield DueItem(
            title="Cases kept too long",
            text=f"{counted(count)} that nobody has begun in time",
            url=reverse("moderation:sample_detail", args=[counts["kept_in"]]),
            action="See whether to take them back",
        )
    if count := counts["of_leavers"]:
        yield DueItem(
            title="Cases of people who left",
            text=f"{counted(count)} to be judged by somebody who no longer moderates",
            url=reverse("moderation:case_assign", args=[counts["first_of_leavers"]]),
            action="Give the next to somebody else",
        )
    if count := counts["for_a_panel"]:
        yield DueItem(
            title="Cases for a panel",
            text=f"{counted(count)} to be put on an agenda",
            url=reverse("moderation:panel_list"),
            action="See the panels",
        )
    yield from widening_items(user)
    if count := counts["evidence_overdue"]:
        yield DueItem(
            title="Evidence overdue",
            text=f"{counted(count)} for which the school has not answered",
            url=reverse("moderation:case_detail", args=[counts["first_overdue"]]),
            action="See the case",
        )
    if count := counts["disputed"]:
        yield DueItem(
            title="Disagreements to settle",
            text=f"{counted(count)} in which two moderators differ",
            url=reverse("moderation:case_detail", args=[counts["first_disputed"]]),
            action="Settle the next disagreement",
        )


def widening_items(user: User) -> Iterator[DueItem]:
    """Samples of a collection count together; a pilot stands for itself where it is alone."""
    open_cases = Case.objects.filter(sample__collection__samples=OuterRef("pk")).to_judge(user)
    standing = Sample.objects.standing().annotate(is_judging=Exists(open_cases))
    ordered = standing.select_related("collection").order_by("pilot", "-drawn_at")
    sample = ordered.first()
    if sample and not sample.is_judging and (found := proposals(sample)):
        yield DueItem(
            title="Schools past the limit",
            text=f"{sample.collection.name}: {counted_schools(len(found))} at which bands "
            "differ often",
            url=reverse("moderation:sample_schools", args=[sample.pk]),
            action="Decide whether to judge more",
        )


def work_of(person: User) -> list[DueItem]:
    """What a person holds and an administrator may hand to somebody else."""
    count = Case.objects.to_judge(person).count()
    if not count:
        return []
    url = reverse("moderation:hand_over", args=[person.pk])
    return [DueItem("Cases", f"{counted(count)} left to judge", url, "Hand them over")]


def counted_schools(count: int) -> str:
    return "1 school" if count == 1 else f"{count:,} schools"


def counted(count: int) -> str:
    return "1 case" if count == 1 else f"{count:,} cases"
