"""The state of pupils on a collection's reference date (F3), as SQL of the rows of its returns."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from banding.choices import AWAY, OPEN_STATES, CollectionKind, PupilChange, ReturnState
from banding.decisions.agreed_bands import agreed_decisions
from banding.models import BandDecision, Leaver, ReturnPupil
from banding.roll_over.selectors import ended_with_the_year
from schools.choices import Fact, PlanType
from schools.models import FormerFact, Placement, Plan


def states_of_rows(rows: Iterable[UUID]) -> QuerySet[ReturnPupil, dict[str, Any]]:
    """For each row the plan on the reference date, the decision in force, and whose pupil it is."""
    has_ehcp, has_support = (plan_then("pupil", "collection", kind) for kind in PlanType.values)
    return (
        ReturnPupil.objects.filter(pk__in=list(rows))
        .annotate(
            placed=placed_then("pupil", "collection"),
            basis=Case(
                When(has_ehcp, then=Value(PlanType.EHCP)),
                When(has_support, then=Value(PlanType.SEN_SUPPORT)),
            ),
            rests_on=Subquery(decisions_then("pupil", "collection").values("pk")[:1]),
            authority=authority_then("pupil", "collection"),
            taken_off=taken_off_then("pupil", "collection", "pupil_return__school"),
        )
        .values(
            *("pk", "pupil", "pupil_return__school", "plan_type", "change"),
            *("placed", "basis", "rests_on", "authority", "taken_off"),
        )
    )


def asks_nothing(pupil: str, collection: str, plan_type: str, school: str) -> Q:
    """Of a row of returns: that nothing is asked of the school, as `PupilLine.status` has it: for
    another authority's pupil in any collection, for who is rolled forward in a round.
    """
    foreign = ~is_own_then(pupil, collection)
    at_support = Q(**{plan_type: PlanType.SEN_SUPPORT})
    goes_on = goes_on_unasked(pupil, collection, school)
    return foreign | (in_a_round(collection) & (at_support | goes_on))


def applies(pupil: str, collection: str, plan_type: str, school: str) -> Q:
    """Of a row of returns: that a band there applies for top-up, as `Standing.is_application` has
    it where the school says no more than the band (B13).
    """
    at_support = Q(**{plan_type: PlanType.SEN_SUPPORT})
    goes_on = goes_on_unasked(pupil, collection, school)
    return is_own_then(pupil, collection) & in_a_round(collection) & at_support & ~goes_on


def is_own_then(pupil: str, collection: str) -> Q:
    return Q(Exact(authority_then(pupil, collection), Value(settings.LA_CODE)))


def in_a_round(collection: str) -> Q:
    return Q(**{f"{collection}__kind": CollectionKind.ROUND})


def goes_on_unasked(pupil: str, collection: str, school: str) -> Q:
    """Rolled forward, or told to be leaving already."""
    funded = (
        placed_then(pupil, collection)
        & Q(Exists(decisions_then(pupil, collection)))
        & plan_then(pupil, collection, *PlanType.values)
    )
    return (
        funded
        | taken_off_then(pupil, collection, school)
        | told_elsewhere(pupil, collection, school)
    )


def told_elsewhere(pupil: str, collection: str, school: str) -> Q:
    """Whether the school has told elsewhere that the pupil is not its own (any more)."""
    who = {"pupil": OuterRef(pupil)}
    on_returns = reported_on_returns().exclude(collection=OuterRef(collection))
    out_of_one = reported_out_of_a_return()
    return Q(Exists(on_returns.filter(**who, pupil_return__school=OuterRef(school)))) | Q(
        Exists(out_of_one.filter(**who, school=OuterRef(school)))
    )


def reported_on_returns() -> QuerySet[ReturnPupil]:
    """Rows that say a pupil is not the school's (any more), and wait: of a return that is
    submitted, or is still with the school in a collection that goes on.
    """
    waits = Q(pupil_return__state=ReturnState.SUBMITTED) | Q(
        pupil_return__state__in=OPEN_STATES, collection__closed_at=None
    )
    is_there = Q(change=PupilChange.NOT_OURS) | still_there("pupil_return__school", "change_date")
    return ReturnPupil.objects.filter(waits, is_there, change__in=AWAY)


def reported_out_of_a_return() -> QuerySet[Leaver]:
    return Leaver.objects.waiting().filter(still_there("school", "left_on"))


def still_there(school: str, left_on: str) -> Q:
    """Whether by the roll the pupil stayed beyond the day, and did not come back since."""
    there = Placement.objects.filter(pupil=OuterRef("pupil"), school=OuterRef(school))
    beyond = there.filter(Q(end=None) | Q(end__gt=OuterRef(left_on)), start__lte=OuterRef(left_on))
    return Q(Exists(beyond)) & ~Q(Exists(there.filter(start__gt=OuterRef(left_on))))


def taken_off_then(pupil: str, collection: str, school: str) -> Q:
    """Taken off that school at a year's end before the round, and at none since (S7)."""
    day = OuterRef(f"{collection}__reference_date")
    since = Placement.objects.filter(pupil=OuterRef("pupil"))
    since = since.filter(Q(end=None) | Q(end__gt=OuterRef("end")))
    ended = ended_with_the_year().exclude(Exists(since))
    return Q(Exists(ended.filter(pupil=OuterRef(pupil), school=OuterRef(school), end__lt=day)))


def placed_then(pupil: str, collection: str) -> Q:
    day = OuterRef(f"{collection}__reference_date")
    return Q(Exists(Placement.objects.on(day).filter(pupil=OuterRef(pupil))))


def plan_then(pupil: str, collection: str, *kinds: str) -> Q:
    day = OuterRef(f"{collection}__reference_date")
    return Q(Exists(Plan.objects.on(day).filter(pupil=OuterRef(pupil), plan_type__in=kinds)))


def decisions_then(pupil: str, collection: str) -> QuerySet[BandDecision]:
    """What may be the agreed band of the reference date, the one in force first (B9)."""
    day = OuterRef(f"{collection}__reference_date")
    with_plan = Plan.objects.on(OuterRef(day)).filter(
        pupil=OuterRef("pupil"), plan_type=PlanType.EHCP
    )
    return agreed_decisions().filter(
        Q(settled=True) | Q(Exists(with_plan)),
        pupil=OuterRef(pupil),
        framework=OuterRef(f"{collection}__framework"),
        effective_from__lte=day,
    )


def authority_then(pupil: str, collection: str) -> Coalesce:
    """The authority responsible on the reference date (S11)."""
    was = FormerFact.objects.filter(
        kind=Fact.RESPONSIBLE_LA,
        pupil=OuterRef(pupil),
        until__gte=OuterRef(f"{collection}__reference_date"),
    ).order_by("until")
    return Coalesce(Subquery(was.values("value")[:1]), F(f"{pupil}__responsible_la"))
