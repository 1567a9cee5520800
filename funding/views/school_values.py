"""What each band is worth, for the schools that are paid by it (rules.md F2)."""

from functools import cached_property
from typing import Any

from django.db.models import Max, Min
from django.http import Http404
from django.utils import timezone

from banding_portal.chosen_school import acting_of, schools_of
from banding_portal.pages import Page
from banding_portal.roles import FUNDING_READERS, SCHOOL_ROLES
from funding.models import PaymentCalendar
from funding.selectors.school_values import worth_in_year
from schools.choices import Sector


class SchoolValues(Page[PaymentCalendar | None]):
    """Of one payment year: the sectors of a school's people, every sector for the authority's."""

    allowed_roles = SCHOOL_ROLES | FUNDING_READERS
    template_name = "funding/school_values.html"

    def find(self) -> PaymentCalendar | None:
        """The year asked for, else the one of today, else the last there is."""
        if asked := self.request.GET.get("year"):
            found = next((each for each in self.calendars if each.year == asked), None)
            if found is None:
                raise Http404
            return found
        today = timezone.localdate()
        begun = [each for each in self.calendars if each.starts <= today <= each.ends]
        return next(iter(begun or self.calendars), None)

    @cached_property
    def calendars(self) -> list[Any]:
        return list(
            PaymentCalendar.objects.annotate(
                starts=Min("periods__start"), ends=Max("periods__end")
            ).filter(starts__isnull=False)
        )

    def context(self) -> dict[str, Any]:
        reads_all = self.user.has_role(*FUNDING_READERS)
        own = [] if reads_all else schools_of(self.user)
        school = acting_of(own, self.request)
        of = [school] if school else own
        sectors = {each.sector for each in of} or set(Sector.values)
        year = self.found and worth_in_year(self.found, sectors, school.pk if school else None)
        others = [each for each in self.calendars if each != self.found]
        return {"year": year, "others": others, "reads_all": reads_all}
