"""Frameworks that keep training cases back, and moderators who judge them."""

from moderation.calibration.services import lock_training_judgement, start_calibration
from moderation.choices import Confidence
from moderation.services.judgements import Answers
from tests.factories import FrameworkFactory

WORDS = "Invented pupil"


def training_case(number, band="B", levels=(("cl", "2"),), **more):
    return {
        "pupil": f"{WORDS} {number}",
        "levels": [{"area": area, "level": level} for area, level in levels],
        "band": band,
        "why": f"Reason {number}",
        "calibration": True,
    } | more


def framework_with_cases(count=5, code="calibrated", **fields):
    cases = [training_case(number) for number in range(1, count + 1)]
    return FrameworkFactory(code=code, name="Calibrated", examples=cases, **fields)


def answer(row, band="B", level="2"):
    framework = row.calibration.framework
    return Answers(
        levels={area.code: level for area in framework.areas.all()},
        band=framework.bands.get(code=band),
        confidence=Confidence.SURE,
    )


def a_set_of(person, framework):
    """An open set of the person and its first training case, by their nouns."""
    calibration = start_calibration(framework=framework, by=person)
    return {"calibration": calibration, "training_case": calibration.judgements.first()}


def judge_set(person, framework, right=5, band="C"):
    """A whole set; the last ones with another band than the settled one."""
    calibration = start_calibration(framework=framework, by=person)
    for row in calibration.judgements.all():
        given = answer(row, row.settled_band if row.place <= right else band)
        lock_training_judgement(judgement=row, by=person, answers=given)
    calibration.refresh_from_db()
    return calibration
