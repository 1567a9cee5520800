"""What a sample would be before it is drawn: its cost, and the precision it buys (M2)."""

import math
from dataclasses import dataclass
from functools import cached_property

from banding.models import Collection
from moderation.allocation import allot
from moderation.design import Advice, Design, Population, hours_each, schools_left_out
from moderation.sampling import Stratum
from moderation.selectors.last_time import differing_last_time
from moderation.selectors.moderators import moderator_memberships
from moderation.selectors.population import (
    Missing,
    Settings,
    StratumRow,
    planned_strata,
    returns_missing,
    schools_in_strata,
    strata_sizes,
)


@dataclass(frozen=True)
class Cost:
    """Of a design: cases and hours for each moderator, None where nobody moderates."""

    design: Design
    cases_each: int | None
    hours_each: float | None


class SamplePreview:
    """What a draw with these settings would give now; changes nothing.

    `minutes` is how long a case takes. Raises ValueError for a rate outside 0 to 1.
    """

    def __init__(self, collection: Collection, settings: Settings, minutes: int = 20) -> None:
        self.settings, self.minutes = settings, minutes
        self.sizes: dict[Stratum, int] = strata_sizes(collection)
        self.differing = differing_last_time(collection, self.sizes)
        self.design_of = Population(self.sizes, self.differing, settings.minimum)
        self.chosen = self.design_of.design(settings.rate, settings.allocation)
        self.given = allot(
            self.sizes,
            allocation=settings.allocation,
            rate=settings.rate,
            minimum=settings.minimum,
            differing=self.differing,
        )
        self.strata: list[StratumRow] = planned_strata(collection, self.sizes, self.given)
        self.missing: Missing = returns_missing(collection)
        self.others = 0
        if settings.each_school:
            members = schools_in_strata(collection)
            self.others = math.ceil(schools_left_out(members, self.sizes, self.given))
        quadrants = {stratum.quadrant for stratum in self.sizes}
        people = moderator_memberships().filter(quadrant__name__in=quadrants)
        self.moderators: int = people.values("user").distinct().count()

    @property
    def population(self) -> int:
        return sum(self.sizes.values())

    @property
    def sampled(self) -> int:
        return self.chosen.cases

    @property
    def half_width(self) -> float | None:
        """Half the 95 % interval of a share of one half, 0 to 1; None where not defined."""
        return self.chosen.at_most

    @property
    def cases_each(self) -> int | None:
        return self.cost(self.chosen).cases_each

    def cost(self, design: Design) -> Cost:
        """With the cases of schools that would have none."""
        cases = design.cases + self.others
        each = math.ceil(cases / self.moderators) if self.moderators else None
        return Cost(design, each, hours_each(cases, self.moderators, self.minutes))

    @cached_property
    def side_by_side(self) -> list[Cost]:
        return [self.cost(one) for one in self.design_of.side_by_side(self.settings.rate)]

    @cached_property
    def curve(self) -> list[Design]:
        return self.design_of.curve(self.settings.allocation)

    @cached_property
    def advice(self) -> Advice:
        return self.design_of.advice(self.chosen)
