"""How moderators stand with the training cases of a framework (M12)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from banding.choices import FrameworkState
from banding.frameworks.selectors import training_cases_of
from banding.models import Framework
from moderation.calibration.models import Calibration, TrainingJudgement, TrainingLevel
from moderation.calibration.rules import (
    Finished,
    Judged,
    Rules,
    Standing,
    Tally,
    key_of,
    lapses_on,
    standing_of,
    tally_of,
    why_not_yet,
)
from moderation.models.cases import Case
from moderation.selectors.moderators import moderators
from schools.models import User


def rules_in_force() -> Rules:
    """What the authority has set."""
    return Rules(
        size=settings.CALIBRATION_CASES,
        percent=settings.CALIBRATION_PERCENT,
        days=settings.CALIBRATION_DAYS,
    )


def with_training_cases() -> QuerySet[Framework]:
    """Published frameworks that keep examples back for calibration."""
    published = Framework.objects.filter(state=FrameworkState.PUBLISHED)
    return published.filter(examples__contains=[{"calibration": True}])


@dataclass(frozen=True)
class Calibrated:
    """How a moderator stands under a framework, with every set they have finished."""

    moderator: User
    framework: Framework
    sets: list[tuple[Calibration, Finished]]
    """In the order in which they were finished."""
    open_set: Calibration | None

    @property
    def rules(self) -> Rules:
        return rules_in_force()

    @property
    def last(self) -> Finished | None:
        return self.sets[-1][1] if self.sets else None

    @cached_property
    def standing(self) -> Standing:
        return standing_of(
            self.last,
            has_cases=bool(training_cases_of(self.framework)),
            today=timezone.localdate(),
            rules=self.rules,
        )

    @property
    def lapses_on(self) -> dt.date | None:
        """The first day on which the calibration counts no more; None where there is none."""
        if self.last is None or self.standing == Standing.BELOW:
            return None
        return lapses_on(self.last.on, self.rules.days)

    @property
    def why_not(self) -> str:
        return why_not_yet(self.standing, self.last, self.framework.name, self.rules)


def calibration_of(user: User, framework: Framework) -> Calibrated:
    return calibrations_of([user], [framework])[0]


def calibrations_of(people: Iterable[User], frameworks: Iterable[Framework]) -> list[Calibrated]:
    """Each of the people under each framework; four queries however many."""
    people, frameworks = list(people), list(frameworks)
    sets = Calibration.objects.filter(moderator__in=people, framework__in=frameworks)
    found: dict[tuple[UUID, UUID], list[Calibration]] = defaultdict(list)
    for one in sets.order_by("finished_at"):
        found[one.moderator_id, one.framework_id].append(one)
    tallies = tallies_of(one for group in found.values() for one in group if one.finished_at)
    return [
        Calibrated(
            moderator=person,
            framework=framework,
            sets=[
                (one, Finished(timezone.localdate(one.finished_at), tallies[one.pk]))
                for one in found[person.pk, framework.pk]
                if one.finished_at
            ],
            open_set=next(
                (one for one in found[person.pk, framework.pk] if not one.finished_at), None
            ),
        )
        for framework in frameworks
        for person in people
    ]


def tallies_of(sets: Iterable[Calibration]) -> dict[UUID, Tally]:
    """Set to what its judgements come to; three queries."""
    wanted = [one.pk for one in sets]
    rows = TrainingJudgement.objects.filter(calibration__in=wanted).select_related("band")
    ranks: dict[UUID, dict[str, int]] = defaultdict(dict)
    bands = Framework.objects.filter(calibrations__in=wanted).distinct()
    for framework, code, rank in bands.values_list("pk", "bands__code", "bands__rank"):
        ranks[framework][code] = rank
    levels = TrainingLevel.objects.select_related("area", "level")
    judged: dict[UUID, list[Judged]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("levels", levels)):
        known = ranks[row.band.framework_id] if row.band else {}
        if row.band and row.settled_band in known:
            places = sorted(known.values())
            distance = places.index(row.band.rank) - places.index(known[row.settled_band])
            judged[row.calibration_id].append(Judged(distance, areas_of(row)))
    return {pk: tally_of(judged[pk]) for pk in wanted}


def areas_of(row: TrainingJudgement) -> dict[str, bool]:
    """Area to whether the level is the settled one, for the areas that are settled."""
    chosen = {one.area.code: one.level.code for one in row.levels.all()}
    return {area: chosen.get(area) == level for area, level in row.settled_levels.items()}


def why_not_calibrated(user: User, framework: UUID) -> str:
    """Why the person may not judge cases of the framework yet; empty where they may.

    One query where the framework has no training cases.
    """
    found = with_training_cases().filter(pk=framework).first()
    return calibration_of(user, found).why_not if found else ""


def own_calibrations(user: User) -> list[Calibrated]:
    """A moderator under every framework with training cases."""
    return calibrations_of([user], with_training_cases())


def everybody_calibrated() -> list[Calibrated]:
    """Every moderator under every framework with training cases, by framework and name."""
    return calibrations_of(moderators(), with_training_cases())


def judged_so_far(user: User, framework: Framework) -> Counter[str]:
    """Training case to how often the person has judged it."""
    rows = TrainingJudgement.objects.of(user).filter(calibration__framework=framework)
    return Counter(rows.values_list("key", flat=True))


def keyed_cases(framework: Framework) -> dict[str, dict[str, object]]:
    """Key to training case, as it is kept with a set."""
    names = ("pupil", "levels", "band", "why")
    cases = training_cases_of(framework)
    return {key_of(each["pupil"]): {name: each[name] for name in names} for each in cases}


def frameworks_to_judge(user: User) -> QuerySet[Case, Any]:
    """Of the cases the person has still to judge."""
    rows = Case.objects.to_judge(user).order_by()
    return rows.values_list("decision__framework", flat=True)


def wanting_calibration(user: User) -> list[Calibrated]:
    """Where the person has cases to judge and may not before a set of training cases."""
    frameworks = with_training_cases().filter(pk__in=frameworks_to_judge(user))
    return [one for one in calibrations_of([user], frameworks) if one.why_not]
