"""Decisions, cases and moderators to test moderation with."""

import threading

from django.db import connection

from banding.models import Area, DecisionLevel, Return
from banding_portal.roles import Role
from moderation.choices import CaseState, Confidence
from moderation.models import Case, Sample, SampleDecision
from moderation.services.judgements import Answers, lock_judgement
from tests.factories import (
    BandDecisionFactory,
    CaseFactory,
    MembershipFactory,
    QuadrantFactory,
    ReturnPupilFactory,
    SampleFactory,
    person,
)


def decided(collection, school, band="B", level="2", **fields):
    """A school's submitted decision, with a level in each area."""
    pupil_return, _ = Return.objects.get_or_create(collection=collection, school=school)
    return_pupil = ReturnPupilFactory(pupil_return=pupil_return)
    decision = BandDecisionFactory(return_pupil=return_pupil, band_code=band, **fields)
    for area in Area.objects.filter(framework=decision.framework):
        DecisionLevel.objects.create(
            decision=decision, area=area, level=area.levels.get(code=level)
        )
    return decision


def moderator(quadrant=None, **fields):
    return person(Role.MODERATOR, quadrant=quadrant or QuadrantFactory(), **fields)


def lead(**fields):
    return person(Role.MODERATION_LEAD, **fields)


def works_at(user, school, ended_on=None):
    MembershipFactory(user=user, role=Role.SENCO, school=school, ended_on=ended_on)


def given_case(decision, first, second=None, **fields):
    """A case given to these moderators."""
    sample = Sample.objects.filter(collection=decision.collection).first()
    sample = sample or SampleFactory(collection=decision.collection)
    in_population(sample, decision)
    return CaseFactory(
        decision=decision,
        sample=sample,
        moderator=first,
        second_moderator=second,
        state=CaseState.ASSIGNED,
        **fields,
    )


def in_population(sample, decision):
    school = decision.school
    row = {
        "urn": school.urn,
        "quadrant": school.quadrant.name if school.quadrant else "",
        "sector": school.sector,
        "band": decision.band.code,
        "hash": decision.pk.hex * 2,
        "stratum_size": 1,
        "stratum_sample": 1,
        "selected": True,
    }
    SampleDecision.objects.get_or_create(sample=sample, decision=decision, defaults=row)


def answers(case, band="B", level="2", **fields):
    framework = case.decision.framework
    return Answers(
        levels={area.code: level for area in framework.areas.all()},
        band=framework.bands.get(code=band),
        **{"confidence": Confidence.SURE} | fields,
    )


def judge(case, by, band="B"):
    lock_judgement(case=case, by=by, answers=answers(case, band))
    case.refresh_from_db()
    return case


def all_at_once(*calls):
    """Runs the calls in threads that start together; returns what each returned or raised."""
    results = [None] * len(calls)
    barrier = threading.Barrier(len(calls))

    def run(place, call):
        barrier.wait()
        try:
            results[place] = call()
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def states():
    return list(Case.objects.order_by("reference").values_list("state", flat=True))
